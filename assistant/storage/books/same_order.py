"""An order known under two accounts counts once: on the account proven by a customer id, else on the first that had it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from assistant.domain.books.entries import Doubt, OrderBooks, QuestionCode
from assistant.domain.languages.translating import to_translate
from assistant.storage.tables import DocumentRow, IdentityRow, OrderRow, SightingRow

_PART = 500


def mark_twins(session: Session, account_id: int, numbers: Sequence[str]) -> None:
    """Mark orders whose number another account also has as not booked; booking them decides which one counts."""
    for start in range(0, len(numbers), _PART):
        part = numbers[start : start + _PART]
        query = select(col(OrderRow.number)).where(col(OrderRow.account_id) != account_id, col(OrderRow.number).in_(part))
        twins = list(session.scalars(query.distinct()))
        if twins:
            session.execute(update(OrderRow).where(col(OrderRow.number).in_(twins)).values(booked=False))


def counted_elsewhere(session: Session, numbers: Sequence[str]) -> set[int]:
    """Return the ids of the orders with these numbers that count on another account."""
    owners: dict[str, dict[int, int]] = {}
    query = select(col(OrderRow.number), col(OrderRow.id), col(OrderRow.account_id)).where(col(OrderRow.number).in_(numbers))
    for number, order_id, account_id in session.execute(query):
        owners.setdefault(number, {})[order_id or 0] = account_id
    twins = [list(copies) for copies in owners.values() if len(set(copies.values())) > 1]
    ids = [order_id for copies in twins for order_id in copies]
    if not ids:
        return set()
    proven, first = _proven(session, ids), _first_documents(session, ids)
    counted = {min(copies, key=lambda order_id: (order_id not in proven, first.get(order_id, 0), order_id)) for copies in twins}
    return set(ids) - counted


def _first_documents(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return the first document that reported each order; it stays the same if an import is removed and restored."""
    order_id = col(SightingRow.order_id)
    rows = session.execute(select(order_id, func.min(col(SightingRow.document_id))).where(order_id.in_(ids)).group_by(order_id))
    return {number: first for number, first in rows}  # noqa: C416  # mypy takes no dict() of rows


def _proven(session: Session, ids: Sequence[int]) -> set[int]:
    """Return the orders that a document with a customer id linked to their own account reports."""
    query = (
        select(col(OrderRow.id))
        .join(SightingRow, col(SightingRow.order_id) == col(OrderRow.id))
        .join(DocumentRow, col(DocumentRow.id) == col(SightingRow.document_id))
        .join(IdentityRow, col(IdentityRow.customer_id) == col(DocumentRow.customer_id))
        .where(col(OrderRow.id).in_(ids), col(IdentityRow.account_id) == col(OrderRow.account_id))
    )
    return {order_id for order_id in session.scalars(query) if order_id is not None}


def told_twice(books: OrderBooks) -> OrderBooks:
    """Return the books of an order that counts on another account: no entries and one question."""
    text = to_translate("This order is known under two accounts and counts on the other one.")
    doubt = Doubt(code=QuestionCode.SAME_ORDER_TWICE, minor=books.cost, text=text)
    return replace(books, entries=(), doubts=(doubt,))
