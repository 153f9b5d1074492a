"""Counts and dates of orders by account."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from assistant.domain.days import stored_day
from assistant.domain.due_dates import Due, DueKind, due_on
from assistant.storage.accounts.register import account_keys
from assistant.storage.tables import ItemRow, OrderRow


class OrderCount(NamedTuple):
    """How many orders an account has, and the day of the newest."""

    orders: int
    last: date | None


def orders_per_account(session: Session) -> dict[int, OrderCount]:
    """Return the count of each account that has orders, by its id."""
    query = select(col(OrderRow.account_id), func.count(), func.max(col(OrderRow.placed_on))).group_by(col(OrderRow.account_id))
    return {owner: OrderCount(number, stored_day(last)) for owner, number, last in session.execute(query)}


def returns_due(session: Session, first: date, last: date) -> list[Due]:
    """Return the items whose return window ends on one of these days, soonest first; without returned items."""
    query = (
        select(col(ItemRow.return_by), col(OrderRow.account_id), col(OrderRow.number), col(ItemRow.title))
        .join(OrderRow, col(OrderRow.id) == col(ItemRow.order_id))
        .where(col(ItemRow.return_by) >= first.isoformat(), col(ItemRow.return_by) <= last.isoformat())
        .where(col(OrderRow.status).not_in(["returned", "cancelled"]))
        .order_by(col(ItemRow.return_by), col(OrderRow.number))
    )
    keys = account_keys(session)
    return [
        due_on(date.fromisoformat(due), keys[owner], DueKind.RETURN, title or "", number=number)
        for due, owner, number, title in session.execute(query)
        if due
    ]
