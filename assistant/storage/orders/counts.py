"""Counts and dates of orders by account."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from assistant.domain.views import Due
from assistant.storage.accounts.register import account_keys
from assistant.storage.tables import ItemRow, OrderRow


class OrderCount(NamedTuple):
    """How many orders an account has, and the day of the newest."""

    orders: int
    last: date | None


def orders_per_account(session: Session) -> dict[int, OrderCount]:
    """Return the count of each account that has orders, by its id."""
    query = select(col(OrderRow.account_id), func.count(), func.max(col(OrderRow.placed_on))).group_by(col(OrderRow.account_id))
    return {owner: OrderCount(number, date.fromisoformat(last) if last else None) for owner, number, last in session.execute(query)}


def year_of(session: Session, account_id: int, since: date) -> dict[str, int]:
    """Return {"orders", "cancelled", "returned"} of an account since a day; an order of which a part was refunded counts as returned."""
    cancelled = func.sum(case((col(OrderRow.cancelled), 1), else_=0))
    returned = func.sum(
        case((col(OrderRow.cancelled), 0), (col(OrderRow.status) == "returned", 1), (col(OrderRow.refunded) > 0, 1), else_=0)
    )
    query = select(func.count(), cancelled, returned).where(
        col(OrderRow.account_id) == account_id, col(OrderRow.placed_on) >= since.isoformat()
    )
    orders, gone, back = session.execute(query).one()
    return {"orders": orders, "cancelled": gone or 0, "returned": back or 0}


def returns_due(session: Session, first: date, last: date) -> list[Due]:
    """Return the items whose return window ends on one of these days, soonest first; what went back is left out."""
    query = (
        select(col(ItemRow.return_by), col(OrderRow.account_id), col(OrderRow.number), col(ItemRow.title))
        .join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .where(col(ItemRow.return_by) >= first.isoformat(), col(ItemRow.return_by) <= last.isoformat())
        .where(col(OrderRow.status).not_in(["returned", "cancelled"]))
        .order_by(col(ItemRow.return_by), col(OrderRow.number))
    )
    keys = account_keys(session)
    return [
        Due(due=date.fromisoformat(due), account=keys[owner], what="last day to return", title=title or "", number=number)
        for due, owner, number, title in session.execute(query)
        if due
    ]
