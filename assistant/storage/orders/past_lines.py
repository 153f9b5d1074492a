"""Past orders as they are judged again: one row per line, oldest first."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from assistant.storage.orders.products import CATEGORY

_ORDERS, _ITEMS, _PAYMENTS = (SQLModel.metadata.tables[name] for name in ("orders", "items", "payments"))
_PAID = select(_PAYMENTS.c.order_id, _PAYMENTS.c.method, _PAYMENTS.c.last4).where(_PAYMENTS.c.position == 0).subquery()


class PastLine(NamedTuple):
    """A line of a past order, with what it shares with the others of that order."""

    order_id: int
    account_id: int
    number: str
    on: str
    site: str | None
    currency: str | None
    total: int | None
    address: str | None
    recipient: str | None
    state: str
    method: str | None
    last4: str | None
    asin: str | None
    title: str | None
    quantity: int | None
    unit_price: int | None
    seller: str | None
    brand: str | None
    category: str | None
    gift: bool | None


def past_orders(session: Session, most: int) -> Iterator[list[PastLine]]:
    """Yield the newest orders that were not cancelled, up to so many, oldest first; each as its lines."""
    newest = (
        select(_ORDERS.c.id)
        .where(_ORDERS.c.cancelled.is_(False), _ORDERS.c.placed_on.is_not(None))
        .order_by(_ORDERS.c.placed_on.desc(), _ORDERS.c.id.desc())
        .limit(most)
        .subquery()
    )
    query: Any = (
        select(
            *(_ORDERS.c[name] for name in ("id", "account_id", "number", "placed_on", "marketplace", "currency", "total", "address")),
            *(_ORDERS.c[name] for name in ("recipient", "status")),
            _PAID.c.method,
            _PAID.c.last4,
            *(_ITEMS.c[name] for name in ("asin", "title", "quantity", "unit_price", "seller", "brand")),
            CATEGORY,
            _ITEMS.c.gift,
        )
        .join_from(newest, _ORDERS, _ORDERS.c.id == newest.c.id)
        .join(_ITEMS, _ITEMS.c.order_id == _ORDERS.c.id)
        .outerjoin(_PAID, _PAID.c.order_id == _ORDERS.c.id)
        .order_by(_ORDERS.c.placed_on, _ORDERS.c.id, _ITEMS.c.line)
    )
    rows = (PastLine(*row) for row in session.connection().execute(query))
    for _, lines in groupby(rows, key=lambda line: line.order_id):
        yield list(lines)
