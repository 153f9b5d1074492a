"""Which lines a refund belongs to: the one its source names, else the only set it fits exactly, else all by weight."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from assistant.domain.books.entries import Certainty, Doubt, Parts, QuestionCode
from assistant.domain.books.lines import LineCost
from assistant.domain.books.sharing import share_out
from assistant.domain.books.taxes import round_half
from assistant.domain.languages.translating import to_translate
from assistant.domain.orders.order import Item, Refund

_MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPart:
    """What one refund gave back of one line; `parts` are positive. `refund` and `line` are places."""

    refund: int
    line: int
    parts: Parts
    certainty: Certainty
    on: date
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """One exact match of a refund with lines or units: parts and units by line."""

    parts: dict[int, Parts]
    quantities: dict[int, int | None]


class Allocation:
    """Allocates the refunds of one order to its lines, by day."""

    def __init__(self, lines: Sequence[LineCost], items: Sequence[Item]) -> None:
        """Start with nothing refunded."""
        self._lines = lines
        self._items = items
        self._left = [line.parts for line in lines]
        self._units = [line.quantity for line in lines]
        self._waiting: Counter[tuple[date, int]] = Counter()
        self.parts: list[RefundPart] = []
        self.doubts: list[Doubt] = []

    @property
    def left(self) -> int:
        """What the order cost less refunds."""
        return sum(parts.gross for parts in self._left)

    def expect(self, refund: Refund, on: date) -> None:
        """Announce a refund before any is allocated: several equal ones of a day may cover equal lines together."""
        if refund.amount:
            self._waiting[on, refund.amount.minor] += 1

    def take(self, place: int, refund: Refund, on: date) -> None:
        """Allocate one refund; a refund larger than the remaining cost is set aside whole."""
        minor = refund.amount.minor if refund.amount else 0
        equal = max(1, self._waiting[on, minor])
        self._waiting[on, minor] -= 1
        if minor > self.left:
            text = to_translate("The refunds are larger than the cost of the order.")
            self.doubts.append(Doubt(code=QuestionCode.REFUND_EXCEEDS_COST, minor=minor, item=refund.item, text=text, on=on))
            return
        fit, certainty = self._fit(refund, minor, equal)
        if certainty is Certainty.ESTIMATED:
            text = to_translate("No source says which items this refund was for.")
            self.doubts.append(Doubt(code=QuestionCode.ESTIMATED_REFUND, minor=minor, text=text, on=on))
        for line, parts in fit.parts.items():
            if parts.gross:
                self._left[line] = self._left[line].minus(parts)
                count = fit.quantities.get(line)
                units = self._units[line]
                if count is not None and units is not None:
                    self._units[line] = max(0, units - count)
                self.parts.append(RefundPart(refund=place, line=line, parts=parts, certainty=certainty, on=on, quantity=count))

    def _fit(self, refund: Refund, minor: int, equal: int) -> tuple[_Fit, Certainty]:
        """Return what a refund gave back; `equal` refunds of this amount came on its day and are still to be allocated."""
        open_lines = [at for at, parts in enumerate(self._left) if parts.gross > 0]
        named = [at for at in open_lines if refund.item is not None and self._lines[at].item == refund.item]
        if named and minor <= self._left[named[0]].gross:
            return self._within(named[0], minor, refund), Certainty.STATED
        if len(open_lines) == 1:
            return self._within(open_lines[0], minor, refund), Certainty.DERIVED
        fits = self._fits(minor, open_lines)
        returned = {at for at in open_lines if self._is_returned(at)}
        if len(fits) > 1 and returned:
            fits = [fit for fit in fits if set(fit.parts) <= returned] or fits
        if len(fits) == 1 or self._interchangeable(fits, equal):
            return fits[0], Certainty.DERIVED
        if not fits and len(returned) == 1 and minor <= self._left[min(returned)].gross:
            return self._within(min(returned), minor, refund), Certainty.DERIVED
        shares = share_out(minor, [self._left[at].gross for at in open_lines])
        parts = {at: self._partial(at, share, None) for at, share in zip(open_lines, shares, strict=True)}
        return _Fit(parts, {}), Certainty.ESTIMATED

    def _interchangeable(self, fits: Sequence[_Fit], equal: int) -> bool:
        """Return whether it makes no difference which of several lines a refund is for.

        So it is if as many equal refunds came on that day as there are lines, or if all are the same product at the same price.
        """
        places = [min(fit.parts) for fit in fits if len(fit.parts) == 1]
        if len(places) < 2 or len(places) < len(fits):  # noqa: PLR2004  # nothing to choose from
            return False
        lines = {(self._left[at], self._units[at]) for at in places}
        whole = all(fit.parts[at] == self._left[at] for fit, at in zip(fits, places, strict=True))
        products = {self._items[item].asin for at in places if (item := self._lines[at].item) is not None}
        same = len(products) == 1 and None not in products and len(lines) == 1
        return whole and (same or equal >= len(places))

    def _is_returned(self, at: int) -> bool:
        item = self._lines[at].item
        return item is not None and bool(self._items[item].returned)

    def _within(self, at: int, minor: int, refund: Refund) -> _Fit:
        """Return a refund that belongs to one line: units of it, its shipping, or a part of it."""
        found = next((fit for fit in self._of_line(at, minor)), None)
        return found or _Fit({at: self._partial(at, minor, refund)}, {})

    def _fits(self, minor: int, open_lines: Sequence[int]) -> list[_Fit]:
        """Return the sets of lines that match a refund exactly, each with its first match."""
        found: dict[tuple[int, ...], _Fit] = {}
        for at in open_lines:
            for fit in self._of_line(at, minor):
                found.setdefault((at,), fit)
        shipping = {at: self._left[at].shipping for at in open_lines if self._left[at].shipping > 0}
        if len(shipping) > 1 and sum(shipping.values()) == minor:
            found.setdefault(tuple(sorted(shipping)), _Fit({at: Parts(shipping=share) for at, share in shipping.items()}, {}))
        if len(open_lines) <= _MOST_LINES:
            for size in range(2, len(open_lines) + 1):
                for chosen in combinations(open_lines, size):
                    for parts in self._wholes(chosen):
                        if sum(each.gross for each in parts.values()) == minor:
                            found.setdefault(chosen, _Fit(parts, {at: self._units[at] for at in chosen}))
        return list(found.values())

    def _wholes(self, chosen: Sequence[int]) -> Iterator[dict[int, Parts]]:
        yield {at: self._left[at] for at in chosen}
        if any(self._left[at].shipping for at in chosen):
            yield {at: self._left[at]._replace(shipping=0) for at in chosen}

    def _of_line(self, at: int, minor: int) -> Iterator[_Fit]:
        """Yield the ways in which a refund matches a line exactly: the rest of it, without shipping, by units, or its shipping alone."""
        left, units = self._left[at], self._units[at]
        bare = left._replace(shipping=0)
        for parts in (left, bare):
            if parts.gross == minor:
                yield _Fit({at: parts}, {at: units})
        for count in range(1, units or 1):
            if abs(bare.gross * count - minor * (units or 1)) < (units or 1) or minor == self._printed(at, count):
                whole = [share_out(part, [count, (units or 1) - count])[0] for part in bare]
                yield _Fit({at: _brought_to(Parts(*whole), minor)}, {at: count})
        if left.shipping == minor:
            yield _Fit({at: Parts(shipping=minor)}, {})

    def _printed(self, at: int, count: int) -> int | None:
        """Return the cost of `units` by their printed price and tax."""
        place = self._lines[at].item
        if place is None or self._items[place].unit_price is None:
            return None
        item = self._items[place]
        price = item.unit_price.minor if item.unit_price else 0
        return (price + (item.unit_tax.minor if item.unit_tax else 0)) * count

    def _partial(self, at: int, minor: int, refund: Refund | None) -> Parts:
        """Return a part of a line, split over goods and tax as the line is; a stated tax is kept."""
        left = self._left[at]
        base = left.gross - left.shipping if left.gross > left.shipping else left.gross
        stated = refund.tax.minor if refund and refund.tax and refund.tax.minor <= left.tax else None
        tax = stated if stated is not None else round_half(Decimal(minor) * left.tax / base) if base and left.tax else 0
        return Parts(goods=minor - tax, tax=tax)


def _brought_to(parts: Parts, gross: int) -> Parts:
    """Return the parts with their goods changed so that they add up."""
    return parts.plus(goods=gross - parts.gross)
