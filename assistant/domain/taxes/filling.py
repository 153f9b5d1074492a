"""Fills a form: puts each item into the line of its category and says what the form does not count, and why.

All amounts of the entries end in a line, an asset, income or what is left out, so the sums of a form tie to the books.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.domain.books.taxes import round_half
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import label_said
from assistant.domain.languages.sentences import Sentence, in_every_language, sentence_of
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.domain.taxes.forms import AssetStep, FormLine, FormSetup, Placement, TaxForm, Treatment
from assistant.domain.taxes.items import TaxItem
from assistant.domain.taxes.returns import FilledAsset, FilledLine, LeftOut, NamedPart, TaxReturn, UsedRate

_WHOLE = 100
_NOT_AT_ALL = to_translate("above the limit of {limit} per person and year: it does not count at all")


@dataclass(slots=True)
class _Sum:
    """The sum of one line."""

    minor: int = 0
    entries: list[str] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    uncut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlaced:
    """An item without a line."""

    item: TaxItem
    minor: int
    limit: Sentence | str = ""


class Filling:
    """Fills one form."""

    def __init__(self, form: TaxForm, setup: FormSetup) -> None:
        self._form, self._setup = form, setup
        self._by_key = {line.key: line for line in reversed(form.lines)}
        self._usual: dict[str, _Place | None] = {}
        self._lines: dict[str, _Sum] = {}
        self._twins: dict[str, _Sum] = {}
        self._income: dict[str, _Sum] = {}
        self._assets: list[FilledAsset] = []
        self._left_out: list[LeftOut] = []
        self.not_placed: list[NotPlaced] = []
        self.capped: list[NotPlaced] = []

    def add(self, items: Iterable[TaxItem]) -> None:
        """Put items into lines."""
        for item in items:
            if item.of_earlier_year:
                self._add_returned(item)
            else:
                self._add_item(item)

    def _add_item(self, item: TaxItem) -> None:
        placed = self._place(item)
        amounts = item.amounts
        if isinstance(placed, Sentence):
            self._leave(item, amounts.net + amounts.tax, placed)
            if amounts.net or amounts.tax:
                self.not_placed.append(NotPlaced(item=item, minor=amounts.net + amounts.tax))
            return
        line, placement, step = placed
        allowed = self._capped(item, placement)
        if allowed is None:
            self._leave(item, amounts.net + amounts.tax, sentence_of(_NOT_AT_ALL, limit=_limit_text(self._form, placement.cap)))
            return
        later = step is not None and step.treatment not in (None, Treatment.EXPENSE)
        self._claim_taxes(item, named=not later)
        if step is not None and step.treatment is not None and amounts.net:
            line = self._asset(item, step, amounts.net)
            if later:
                return
        if allowed != amounts.net:
            why = sentence_of("above the limit of {limit} per person and year", limit=_limit_text(self._form, placement.cap))
            self._leave(item, amounts.net - allowed, why)
        self._expense(item, line, allowed)

    def _expense(self, item: TaxItem, line: FormLine, net: int) -> None:
        found = self._lines.get(line.key) or self._lines.setdefault(line.key, _Sum())
        counted = self._counted(found, line, net)
        private = item.amounts.private_net if line.twin else 0
        if line.twin:
            # The line shows everything, its twin what is private or not allowable.
            self._sum(found, item, net + private)
            if private + net - counted:
                self._sum(self._twins.setdefault(line.key, _Sum()), item, private + net - counted)
        else:
            self._sum(found, item, counted, line)
        if net != counted:
            self._leave(item, net - counted, Sentence(line.why))

    def _counted(self, found: _Sum, line: FormLine, net: int) -> int:
        """Return the part of an amount that counts. Cents are rounded once for the whole line, not for each item."""
        if line.counts == _WHOLE:
            return net
        before = _percent(found.uncut, line.counts)
        found.uncut += net
        return _percent(found.uncut, line.counts) - before

    def _add_returned(self, item: TaxItem) -> None:
        """Add the refund of an item that was bought in an earlier year: that year stays as it was."""
        back, placed = item.refunded, self._place(item)
        if isinstance(placed, Sentence):
            self._leave(item, back.net + back.tax, sentence_of("refund of an earlier year: {why}", why=placed))
            return
        line, _, step = placed
        later = step is not None and step.treatment not in (None, Treatment.EXPENSE)
        self._claim_taxes(item, named=not later)
        if step is not None and later:
            self._asset(item, step, back.net, returned=True)
            return
        counted = _percent(back.net, line.counts)
        self._leave(item, back.net - counted, sentence_of("refund of an earlier year: {why}", why=Sentence(line.why)))
        if counted:
            self._sum(self._income.setdefault(self._income_key(), _Sum()), item, -counted)

    def _income_key(self) -> str:
        chosen = (key for setting, key in self._form.income_by_setting.items() if self._setup.has(setting))
        return next(chosen, self._form.income_key)

    def _claim_taxes(self, item: TaxItem, *, named: bool) -> None:
        """Add the tax that is claimed back. Equipment that is depreciated is named once, as an asset (`named` is false)."""
        rules = self._form.input_tax
        if rules is None:
            return
        for code, minor in item.taxes.items():
            if rules.key and minor:
                self._sum(self._lines.setdefault(rules.key, _Sum()), item, minor, named=named)
            else:
                self._leave(item, minor, Sentence(rules.why, (("code", code.upper()),)))

    def _place(self, item: TaxItem) -> tuple[FormLine, Placement, AssetStep | None] | Sentence:
        """Return the line of an item and, for equipment, the deciding step; a reason if there is no line."""
        if item.category is None:
            return sentence_of("it has no category")
        if item.category not in self._usual:
            self._usual[item.category] = _usual_place(self._form, self._setup, item.category)
        if (found := self._usual[item.category]) is None:
            return sentence_of("category '{category}' has no line", category=label_said("category", item.category))
        placement, line, steps = found
        step = next((step for step in steps if self._fits(item, step)), None) if steps else None
        if step is not None and step.treatment in (None, Treatment.EXPENSE):
            line = self._by_key.get(step.key)
        if line is None:
            word = label_said("category", item.category)
            return sentence_of("category '{category}' has no line in {year}", category=word, year=self._form.year)
        return line, placement, step

    def _fits(self, item: TaxItem, step: AssetStep) -> bool:
        if not self._setup.has(step.setting) or (step.categories and item.category not in step.categories):
            return False
        cost = item.cost if step.basis == "gross" else item.cost_net
        return not step.limit or cost <= self._form.limits[step.limit] * item.units

    def _capped(self, item: TaxItem, placement: Placement) -> int | None:
        """Return what a limit per person lets count of an item, None for nothing. A unit is taken for one person."""
        net = item.amounts.net
        if not placement.cap or net <= self._form.limits[placement.cap] * item.units:
            return net
        allowed = self._form.limits[placement.cap] * item.units
        self.capped.append(NotPlaced(item=item, minor=net - allowed, limit=_limit_text(self._form, placement.cap)))
        return None if placement.cap_drops_all else allowed

    def _asset(self, item: TaxItem, step: AssetStep, minor: int, *, returned: bool = False) -> FormLine:
        line = self._by_key.get(step.key)
        if line is None:
            raise KeyError(step.key)
        why = Sentence(step.why, (("limit", _limit_text(self._form, step.limit)),))
        if returned:
            why = sentence_of("refund of an earlier year: it lowers what is left to depreciate; {why}", why=why)
        if minor:
            amount, treatment = Money(minor, self._form.currency), step.treatment or Treatment.EXPENSE
            self._assets.append(FilledAsset(entry=item.entry, amount=amount, treatment=treatment, line=line.line, reason=why))
        return line

    def _sum(self, found: _Sum, item: TaxItem, minor: int, line: FormLine | None = None, *, named: bool = True) -> None:
        if not minor:
            return
        found.minor += minor
        found.entries += item.entries if named else ()
        if line is not None and line.by_name:
            name = item.category or ""
            found.parts[name] = found.parts.get(name, 0) + minor

    def _leave(self, item: TaxItem, minor: int, why: Sentence) -> None:
        if minor:
            self._left_out.append(LeftOut(entry=item.entry, amount=Money(minor, self._form.currency), reason=why))

    def filled(self, ref: str, rates: Iterable[UsedRate] = ()) -> TaxReturn:
        """Return the form with its sums."""
        lines = []
        for line in self._form.lines:
            for one, sums in ((line, self._lines), (line.twin, self._twins)):
                if one is not None and line.key in sums and (sums[line.key].entries or sums[line.key].minor):
                    lines.append(self._filled(one, sums[line.key]))
        income = [self._filled(line, self._income[line.key]) for line in self._form.lines if line.key in self._income]
        return TaxReturn(
            form=ref,
            year=self._form.year,
            title=self._form.title,
            first=self._form.first,
            last=self._form.last,
            currency=self._form.currency,
            lines=tuple(lines),
            income=tuple(income),
            assets=tuple(self._assets),
            left_out=tuple(self._left_out),
            rates=tuple(rates),
            grade=self._form.grade,
        )

    def _filled(self, line: FormLine, found: _Sum) -> FilledLine:
        unit = self._form.currency
        minor = found.minor
        if self._setup.has("rounding=whole"):
            minor = round_whole(Money(minor, unit))
        parts = tuple(NamedPart(name=name, amount=Money(part, unit)) for name, part in sorted(found.parts.items()))
        return FilledLine(
            line=line.line,
            key=line.key,
            name=line.name,
            amount=Money(minor, unit),
            entries=tuple(dict.fromkeys(found.entries)),
            parts=parts,
            grade=line.grade,
            field=line.field,
        )


_Place = tuple[Placement, FormLine | None, tuple[AssetStep, ...]]


def _usual_place(form: TaxForm, setup: FormSetup, category: str) -> _Place | None:
    """Return where a category belongs: its placement, its line and the steps for equipment. None if it belongs nowhere."""
    usual, own = form.categories.get(category), setup.lines.get(category)
    placement = Placement(key=own) if own and (usual is None or usual.key != own) else usual
    return (placement, form.line(placement.key), form.assets.get(placement.key, ())) if placement else None


def _limit_text(form: TaxForm, name: str) -> Sentence | str:
    if not name:
        return ""
    amount = Money(form.limits[name], form.currency).decimal
    return in_every_language(lambda: decimal_text(amount))


def round_whole(money: Money) -> int:
    """Return an amount rounded to whole units, halves away from zero, in minor units."""
    one = Money.of(1, money.currency).minor
    return round_half(Decimal(money.minor) / one) * one


def _percent(minor: int, percent: int) -> int:
    return round_half(Decimal(minor * percent) / _WHOLE)
