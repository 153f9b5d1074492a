"""Earlier orders as entries of a described history, for forms: a return, a review, an offer for new customers, a promotion used."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlmodel import Session, col

from assistant.domain.money import Money
from assistant.domain.terms import Term
from assistant.storage.tables import ItemRow, OrderRow

_YEAR = timedelta(days=365)
_NEAR = timedelta(days=1)


def orders_by_number(session: Session, number: str | None, accounts: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the orders of this number, one entry per account that has it."""
    rows = session.scalars(select(OrderRow).where(col(OrderRow.number) == number)).all() if number else ()
    return [
        {"type": "order", "account": accounts[row.account_id], "at": row.placed_on, "order_id": row.number, "state": _state(row)}
        for row in rows
        if row.account_id in accounts
    ]


def year_of_orders(session: Session, accounts: Mapping[int, str], today: date) -> list[dict[str, Any]]:
    """Return how many orders each account placed within a year, and how many went back; cancelled ones count nowhere."""
    returned = func.sum(case((col(OrderRow.status) == "returned", 1), else_=0))
    query = select(col(OrderRow.account_id), func.count(), returned).where(*_within_a_year(today)).group_by(col(OrderRow.account_id))
    return [
        {"type": "year_orders", "account": accounts[account], "orders": orders, "returned": int(back or 0)}
        for account, orders, back in session.execute(query)
        if account in accounts
    ]


def spent_in_a_year(session: Session, accounts: Mapping[int, str], today: date) -> list[dict[str, Any]]:
    """Return what each account spent within a year; nothing for one whose orders the ledger has known for less than that time."""
    first = select(col(OrderRow.account_id)).group_by(col(OrderRow.account_id))
    known = set(session.scalars(first.having(func.min(col(OrderRow.placed_on)) <= (today - _YEAR).isoformat())).all())
    sums = select(col(OrderRow.account_id), col(OrderRow.currency), func.sum(col(OrderRow.total)))
    sums = sums.where(*_within_a_year(today), col(OrderRow.total).is_not(None), col(OrderRow.currency).is_not(None))
    rows = session.execute(sums.group_by(col(OrderRow.account_id), col(OrderRow.currency)))
    return [
        {"type": "year_spend", "account": accounts[account], "amount": Money(int(total), unit).decimal, "currency": unit}
        for account, unit, total in rows
        if account in accounts and account in known
    ]


def returnable(session: Session, accounts: Mapping[int, str], first: date, last: date) -> list[dict[str, Any]]:
    """Return the things whose printed return day is one of these days, one entry per line of an order."""
    query = select(OrderRow, ItemRow).join(ItemRow, col(ItemRow.order_id) == col(OrderRow.id))
    query = query.where(col(ItemRow.return_by) >= first.isoformat(), col(ItemRow.return_by) <= last.isoformat())
    return [
        {
            "type": "order",
            "account": accounts[order.account_id],
            "at": order.placed_on,
            "site": order.marketplace,
            "order_id": order.number,
            "asin": item.asin,
            "title": item.title,
            "state": _state(order),
            "return_by": item.return_by,
        }
        for order, item in session.execute(query)
        if order.account_id in accounts
    ]


def newest_orders(session: Session, accounts: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return one order of each account that has any, the newest: enough to tell that somebody is no new customer."""
    query = select(col(OrderRow.account_id), func.max(col(OrderRow.placed_on))).where(col(OrderRow.cancelled).is_(False))
    rows = session.execute(query.group_by(col(OrderRow.account_id)))
    return [{"type": "order", "account": accounts[account], "at": day, "state": "placed"} for account, day in rows if account in accounts]


def order_states(session: Session, use: Term, account_id: int | None) -> tuple[str, str] | None:
    """Return number and state of the order that a promotion was used for, None while the ledger does not know it.

    Amazon's thank-you page names no order: the one of that account and day with the same things is meant, where there is exactly one.
    """
    if account_id is None:
        return None
    query = select(OrderRow).where(col(OrderRow.account_id) == account_id)
    number, asins = use.details.get("order_id"), use.details.get("asins") or ()
    if number:
        query = query.where(col(OrderRow.number) == number)
    elif asins and use.on is not None:
        days = and_(
            col(OrderRow.placed_on) >= (use.on - _NEAR).isoformat(),
            col(OrderRow.placed_on) <= (use.on + _NEAR).isoformat(),
        )
        held = select(col(ItemRow.id)).where(col(ItemRow.order_id) == col(OrderRow.id), col(ItemRow.asin).in_(asins))
        query = query.where(days, held.exists())
    else:
        return None
    rows = session.scalars(query.limit(2)).all()
    return (rows[0].number, _state(rows[0])) if len(rows) == 1 else None


def _state(row: OrderRow) -> str:
    return "cancelled" if row.cancelled else "placed" if row.status == "unknown" else row.status


def _within_a_year(today: date) -> tuple[Any, ...]:
    return (
        col(OrderRow.placed_on) >= (today - _YEAR).isoformat(),
        col(OrderRow.placed_on) <= today.isoformat(),
        col(OrderRow.cancelled).is_(False),
    )
