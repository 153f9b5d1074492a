"""Views of the ledger, shared by screens, command line, HTTP and exports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from assistant.domain.accounts.account import Account
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.categories import Filed
from assistant.domain.errors import Problem
from assistant.domain.judging.verdict import Level, Link
from assistant.domain.money import Money
from assistant.domain.orders.order import Order, Transaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list: `next` is the cursor of the next page, None at the end; `total` counts the whole list."""

    items: tuple[T, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """One row of an order list, cheap to draw: `title` is the first item's, `items` counts them.

    `held`: it is in quarantine, so totals do not count it.
    """

    account: str
    number: str
    placed_on: date | None
    status: str
    title: str
    items: int
    total: Money | None
    refunded: Money | None = None
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSources:
    """What every source says about one field, the most trusted first: ("19.49 USD from order page", ...).

    `name` is the field's name for people.
    """

    field: str
    name: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A line of the payment history that names an order; `share` is that order's part of it, None if unknown."""

    entry: Transaction
    share: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order with everything known.

    `filed` is each item's category with its source.
    `sources` maps a field ("amounts.grand_total", "items[0].title") to the name of the document it came from;
    `conflicts` are fields on which two documents disagree; `quarantine` lists why totals do not count the order.
    `cost` and `refunded` are sums of its book entries: its cost, however it was paid, and its refunds.
    `told`, `charges` and `entries` (those of the books) are set only when a single order is loaded.
    """

    account: str
    order: Order
    purposes: tuple[str, ...] = ()
    categories: tuple[str | None, ...] = ()
    filed: tuple[Filed | None, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Problem, ...] = ()
    quarantine: tuple[Problem, ...] = ()
    cost: Money | None = None
    refunded: Money | None = None
    told: tuple[FieldSources, ...] = ()
    charges: tuple[Charge, ...] = ()
    entries: tuple[Entry, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOverview:
    """An account with its recent spending. Amounts are one per currency, spent less refunded.

    `gaps` say which months of this year may be incomplete, and why.
    """

    account: Account
    month: tuple[Money, ...] = ()
    year: tuple[Money, ...] = ()
    orders: int = 0
    alerts: int = 0
    last_order_on: date | None = None
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date to remember: `due` as a page printed it, `what` happens to `title` then; `number` is the order's, "" if there is none."""

    due: date
    account: str
    what: str
    title: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A reason raised for a visit or a purchase, and its outcome.

    `order` is the number of the purchase that followed, or that was judged `afterwards`; `links` are Amazon's own pages that help.
    """

    id: int
    at: datetime
    account: str | None
    code: str
    level: Level
    text: str
    advice: str
    evidence: tuple[str, ...] = ()
    source: str = ""
    url: str | None = None
    choice: str | None = None
    dismissed_at: datetime | None = None
    links: tuple[Link, ...] = ()
    order: str | None = None
    afterwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """An earlier purchase that probably belongs on another account; `suggest` is that account's name, if known."""

    account: str
    number: str
    placed_on: date
    code: str
    text: str
    suggest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCounts:
    """How the warnings of one rule ended.

    `overridden`: the user went on or ordered anyway; `heeded`: the user left and no order followed;
    `ordered`: an order followed on that account. `soften`: overridden so often that lowering its level is suggested.
    """

    code: str
    raised: int
    heeded: int
    overridden: int
    put_off: int
    dismissed: int
    ordered: int
    afterwards: int
    soften: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An order in quarantine: totals do not count it until a better document explains it or the user confirms it."""

    account: str
    number: str
    reasons: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The result of importing one document.

    `new`, `changed`, `same` count orders; `state` is read, parked (its account is not registered yet) or failed.
    `held` are those of its orders that are in quarantine now. `known_elsewhere` are (account, order number) of those that another
    account has too.
    """

    id: int
    name: str
    kind: str
    account: str | None
    at: datetime
    state: str
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: tuple[Problem, ...] = ()
    held: tuple[Held, ...] = ()
    known_elsewhere: tuple[tuple[str, str], ...] = ()
