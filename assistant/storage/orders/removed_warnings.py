"""Warnings about orders that are removed: they go with their order, and come back with it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, SQLModel, col

from assistant.storage.tables import AlertRow

Warnings = list[dict[str, Any]]
"""Rows of warnings. Those of a page stay where they are and only lose their order; those of an order are deleted with it."""


def take_warnings(session: Session, account_id: int, numbers: Mapping[int, str]) -> dict[str, Warnings]:
    """Delete the warnings about orders that are about to be removed; return them by order number. `numbers` are the orders by id."""
    found: dict[str, Warnings] = {}
    for row in _about(session, account_id, numbers):
        number = numbers[row.order_id] if row.order_id is not None else _order_in(row.url)
        found.setdefault(number, []).append(row.model_dump(exclude_none=True))
        if row.visit_id is None:
            session.delete(row)
        else:
            row.order_id = None
            session.add(row)
    session.flush()
    return found


def bring_warnings_back(session: Session, account_id: int, removed: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    """Store the warnings of orders that are in the ledger again, by the id that the order has now."""
    for order_id, warnings in removed.items():
        for values in warnings:
            if "visit_id" in values:
                still = (col(AlertRow.visit_id) == values["visit_id"], col(AlertRow.order_id).is_(None))
                session.execute(update(AlertRow).where(col(AlertRow.id) == values["id"], *still).values(order_id=order_id))
            else:
                about = {"order_id": order_id} if "order_id" in values else {}
                _store(session, {**values, **about, "account_id": account_id})


def take_all_warnings(session: Session, account_id: int) -> Warnings:
    """Delete every warning of an account; return them."""
    return _taken(session, session.scalars(select(AlertRow).where(col(AlertRow.account_id) == account_id)).all())


def take_open_warnings(session: Session, account_ids: Collection[int], codes: Collection[str]) -> Warnings:
    """Delete the open warnings of some accounts that have one of these codes; return them."""
    mine = (col(AlertRow.account_id).in_(account_ids), col(AlertRow.code).in_(codes), col(AlertRow.dismissed_at).is_(None))
    return _taken(session, session.scalars(select(AlertRow).where(*mine)).all())


def put_back(session: Session, warnings: Sequence[Mapping[str, Any]]) -> None:
    """Store deleted warnings again, except those whose order is gone."""
    orders = SQLModel.metadata.tables["orders"]
    for values in warnings:
        number = values.get("order_id")
        if number is None or session.scalar(select(orders.c.id).where(orders.c.id == number)) is not None:
            _store(session, values)


def _about(session: Session, account_id: int, numbers: Mapping[int, str]) -> list[AlertRow]:
    """Return the warnings about orders: those linked to one, and those about a date of one, which only know its page."""
    mine = session.scalars(select(AlertRow).where(col(AlertRow.account_id) == account_id)).all()
    named = set(numbers.values())
    return [
        row for row in mine if row.order_id in numbers or (row.order_id is None and row.visit_id is None and _order_in(row.url) in named)
    ]


def _order_in(url: str | None) -> str:
    """Return the number at the end of the address of an order's page."""
    return (url or "").rpartition("orderID=")[2]


def _taken(session: Session, rows: Sequence[AlertRow]) -> Warnings:
    found = [row.model_dump(exclude_none=True) for row in rows]
    for row in rows:
        session.delete(row)
    session.flush()
    return found


def _store(session: Session, values: Mapping[str, Any]) -> None:
    """Insert a warning. Its id may have been given to another one, and what was judged may be gone."""
    situations = SQLModel.metadata.tables["situations"]
    kept = session.scalar(select(situations.c.id).where(situations.c.id == values.get("situation_id")))
    taken = session.get(AlertRow, values["id"]) is not None
    session.add(AlertRow(**{**values, "situation_id": kept, "id": None if taken else values["id"]}))
    session.flush()
