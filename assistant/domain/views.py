"""What the ledger shows its readers: screens, command line, HTTP and exports see the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from assistant.domain.accounts import Account
from assistant.domain.categories import Filed
from assistant.domain.documents import Problem
from assistant.domain.money import Money
from assistant.domain.orders import Order
from assistant.domain.verdicts import Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Part of a list: `next` is the cursor of the following part, None at the end; `total` counts the whole list."""

    items: tuple[T, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One line of an order list, cheap to draw: `title` is the first item's, `items` counts them."""

    account: str
    number: str
    placed_on: date | None
    status: str
    title: str
    items: int
    total: Money | None
    refunded: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order with everything known.

    `filed` is each line's category with who says so.
    `sources` maps a field ("amounts.grand_total", "items[0].title") to the name of the document it came from;
    `conflicts` are fields on which two documents disagree.
    """

    account: str
    order: Order
    purposes: tuple[str, ...] = ()
    categories: tuple[str | None, ...] = ()
    filed: tuple[Filed | None, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRow:
    """What one account spent for one purpose in one month and currency; refunds are positive and not subtracted."""

    account: str
    purpose: str
    month: str
    currency: str
    orders: int
    spent: Money
    refunded: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOverview:
    """An account with what happened lately. Amounts are one per currency, spent less refunded."""

    account: Account
    month: tuple[Money, ...] = ()
    year: tuple[Money, ...] = ()
    orders: int = 0
    alerts: int = 0
    last_order_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDue:
    """An item that can still be sent back until `due`, the civil date printed on the order."""

    due: date
    account: str
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A reason that was raised for a visit or an order, and what became of it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What one document brought.

    `new`, `changed`, `same` count orders; `state` is read, parked (its account is not registered yet) or failed.
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
