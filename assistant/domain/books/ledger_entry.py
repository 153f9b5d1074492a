"""An entry as readers see it: with its account, its order, its item, and what it is for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.shares import PurposeShare
from assistant.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOrder:
    """The order of an entry, as far as books need it."""

    number: str
    placed_on: date | None = None
    marketplace: str | None = None
    recipient: str | None = None
    purchase_order: str | None = None


class EntryItem(NamedTuple):
    """The item of an entry. `nth` counts equal products of the order from 1, `place` its items from 0; `key` names it for good.

    `category` is the user's or a suggestion; `purpose` and `person` are the user's own words, None without one.
    """

    asin: str | None
    title: str | None
    nth: int
    quantity: int | None
    seller: str | None = None
    category: str | None = None
    person: str | None = None
    purpose: str | None = None
    place: int = 0
    key: int = 0


class Entry(NamedTuple):
    """One money movement of one item. The id stays the same through imports, corrections and edits.

    Exports and forms read a hundred thousand of them: a tuple is made fastest.
    """

    id: str
    kind: EntryKind
    on: date
    basis: DateBasis
    account: str
    order: EntryOrder
    item: EntryItem | None
    parts: Parts
    currency: str
    certainty: Certainty
    taxes: tuple[TaxShare, ...] = ()
    paid: tuple[PurseShare, ...] = ()
    shares: tuple[PurposeShare, ...] = ()

    @property
    def gross(self) -> Money:
        """What moved, negative for a refund."""
        return Money(self.parts.gross, self.currency)

    def share_for(self, purpose: str) -> int:
        """Return the part that serves a purpose, minor units."""
        found = 0
        for share in self.shares:
            if share.purpose == purpose or share.purpose.casefold() == purpose.casefold():
                found += share.gross
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRow:
    """What one account spent for one purpose in one month and currency; refunds are positive and not subtracted.

    `gaps` say why the account's month may be incomplete; empty if it is complete.
    """

    account: str
    purpose: str
    month: str
    currency: str
    orders: int
    spent: Money
    refunded: Money
    gaps: tuple[str, ...] = ()

    @property
    def net(self) -> Money:
        """Spending less refunds."""
        return self.spent - self.refunded


def orders_by_currency(rows: Iterable[ExpenseRow]) -> Counter[str]:
    """Return how many orders each currency has."""
    orders: Counter[str] = Counter()
    for row in rows:
        orders[row.currency] += row.orders
    return orders
