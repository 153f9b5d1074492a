"""The data of each item that a form needs, collected from its entries, oldest first, without keeping the entries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.domain.books.conversion import Rates, SettledPart, in_currency
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.sharing import share_out
from assistant.domain.money import Money
from assistant.domain.taxes.conversion import NOTHING, PURPOSE, Amounts, amounts_of, reclaimed_taxes
from assistant.domain.taxes.forms import FormSetup, TaxForm
from assistant.domain.taxes.returns import UsedRate

Settled = Callable[[str], Sequence[SettledPart]]
"""Returns what cards were charged for an entry, by its id."""


@dataclass(slots=True, kw_only=True)
class TaxItem:
    """One item of an order, as a form sees it; amounts are minor units of the form's currency. `place` counts its items from 0.

    `bought` and `refunded` are what moved within the form's year, `taxes` the business part of reclaimed tax by code. `cost` and
    `cost_net` (without any tax) are those of all its purchases, the ones before that year too, for limits per unit.
    """

    entry: str
    account: str
    number: str
    asin: str | None
    title: str | None
    category: str | None
    seller: str | None
    place: int = 0
    entries: list[str] = field(default_factory=list)
    bought: Amounts = NOTHING
    refunded: Amounts = NOTHING
    taxes: dict[str, int] = field(default_factory=dict)
    cost: int = 0
    cost_net: int = 0
    quantity: int | None = 0
    bought_before: bool = False
    bought_this_year: bool = False
    estimated_tax: bool = False
    estimated_amount: bool = False
    proof_of_payment: bool = True
    has_payment_day: bool = True

    @property
    def of_earlier_year(self) -> bool:
        """Whether only refunds are of this year: the purchase was in an earlier one."""
        return self.bought_before and not self.bought_this_year

    @property
    def amounts(self) -> Amounts:
        """What the year counts: purchases less refunds."""
        return self.bought if self.refunded is NOTHING else self.bought.plus(self.refunded)

    @property
    def units(self) -> int:
        """How many units were bought, 1 where no source says so."""
        return self.quantity or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconverted:
    """An entry in a currency without a rate for its day."""

    entry: Entry
    amount: Money


class TaxItems:
    """Collects items from entries."""

    def __init__(self, form: TaxForm, setup: FormSetup, rates: Rates, settled: Settled = lambda _: ()) -> None:
        """`settled` is what cards were charged for a foreign entry in the form's currency; else the rate of the day counts."""
        self._form = form
        self._setup = setup
        self._rates = rates
        self._settled = settled
        self._items: dict[str, TaxItem] = {}
        self.used_rates: list[UsedRate] = []
        self.unconverted: list[Unconverted] = []

    def __iter__(self) -> Iterator[TaxItem]:
        """Yield the items in the order of their first entries."""
        return iter(self._items.values())

    def add_earlier(self, purchases: Iterable[Entry]) -> None:
        """Add purchases of earlier years, of items that have refunds in this one."""
        for entry in purchases:
            if entry.kind is EntryKind.PURCHASE and entry.on < self._form.first and entry.share_for(PURPOSE):
                item = self._item(entry)
                item.bought_before = True
                self._add_cost(item, entry, self._at_home(entry, used=False))

    def add(self, entries: Iterable[Entry]) -> None:
        """Add the entries of the year. Private ones and top-ups are passed over."""
        for entry in entries:
            if entry.kind is not EntryKind.TOP_UP and entry.share_for(PURPOSE):
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        minor = self._at_home(entry)
        if minor is None:
            self.unconverted.append(Unconverted(entry=entry, amount=Money(entry.share_for(PURPOSE), entry.currency)))
            return
        taxes = reclaimed_taxes(entry, self._form, self._setup)
        amounts = amounts_of(entry, sum(taxes.values()), minor)
        item = self._item(entry)
        item.entries.append(entry.id)
        if taxes:
            for code, part in zip(taxes, share_out(amounts.tax, list(taxes.values())), strict=True):
                item.taxes[code] = item.taxes.get(code, 0) + part
            item.estimated_tax |= any(tax.code in taxes and tax.certainty is Certainty.ESTIMATED for tax in entry.taxes)
        if entry.kind is EntryKind.REFUND:
            item.refunded = item.refunded.plus(amounts)
        else:
            item.bought = item.bought.plus(amounts)
            item.bought_this_year = True
            item.proof_of_payment &= bool(entry.paid)
            item.estimated_amount |= entry.certainty is Certainty.ESTIMATED
            item.has_payment_day &= entry.basis is not DateBasis.PLACED
            self._add_cost(item, entry, minor)

    def _at_home(self, entry: Entry, *, used: bool = True) -> int | None:
        """Return an entry's amount in the form's currency, None without a rate. A rate that is `used` is noted."""
        home = self._form.currency
        if entry.currency == home:
            return entry.parts.gross
        found = in_currency(entry, home, self._rates, self._settled(entry.id))
        if used and (rate := found.rate) is not None and found.amount is not None:
            noted = UsedRate(entry=entry.id, unit=entry.currency, home=home, day=rate.day, rate=rate.rate, source=rate.source)
            self.used_rates.append(noted)
        return found.amount.minor if found.amount else None

    def _add_cost(self, item: TaxItem, entry: Entry, minor: int | None) -> None:
        if minor is None:
            return
        tax = entry.parts.tax
        item.cost += minor
        item.cost_net += share_out(minor, (entry.parts.gross - tax, tax))[0] if tax else minor
        quantity = entry.item.quantity if entry.item else None
        item.quantity = None if quantity is None or item.quantity is None else item.quantity + quantity

    def _item(self, entry: Entry) -> TaxItem:
        key = _item_key(entry)
        found = self._items.get(key)
        if found is None:
            about = entry.item
            found = self._items[key] = TaxItem(
                entry=entry.id,
                account=entry.account,
                number=entry.order.number,
                asin=about.asin if about else None,
                title=about.title if about else None,
                category=about.category.casefold() if about and about.category else None,
                seller=about.seller if about else None,
                place=about.place if about else 0,
            )
        return found


def _item_key(entry: Entry) -> str:
    """Return the order and item of an entry: the first two parts of its id."""
    return entry.id.rsplit(".", 2)[0]
