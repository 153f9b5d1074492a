"""An order as people see it: merged, with its categories, sources and book entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.categories import Filed
from assistant.domain.errors import Problem
from assistant.domain.money import Money
from assistant.domain.orders.order import Order, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """One row of an order list, cheap to draw: `title` is the first item's, `items` counts them.

    `cost` is the sum of its book entries, however it was paid; None while the books do not count it: nothing is charged
    yet, it was cancelled, or it is in quarantine (`held`). `total` is the total that the sources print.
    """

    account: str
    number: str
    placed_on: date | None
    status: str
    title: str
    items: int
    total: Money | None
    cost: Money | None = None
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
    `told`, `charges` and `entries` (those of the books) are set only when a single order is loaded, and so is `version`: it is
    another one as soon as anything about the order is different.
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
    version: str = ""


def version_of(view: OrderView) -> str:
    """Return a short text that differs for every different content of an order."""
    return sha256(repr(view).encode("utf-8", "replace")).hexdigest()[:16]
