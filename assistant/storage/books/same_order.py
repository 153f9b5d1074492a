"""An order known under two accounts counts once: on the account proven by a customer id, else on the first that had it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from assistant.domain.books.entries import Doubt, OrderBooks, QuestionCode
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


def counts_elsewhere(session: Session, order_id: int, number: str) -> bool:
    """Return whether the order of this number counts on another account."""
    query = select(col(OrderRow.id), col(OrderRow.account_id)).where(col(OrderRow.number) == number)
    rows = session.execute(query.order_by(col(OrderRow.id))).all()
    if len({owner for _, owner in rows}) < 2:  # noqa: PLR2004  # nobody else knows it
        return False
    ranked = sorted(rows, key=lambda row: (not _is_proven(session, row[0], row[1]), _first_document(session, row[0]), row[0]))
    return bool(ranked[0][0] != order_id)


def _first_document(session: Session, order_id: int) -> int:
    """Return the first document that reported an order; it stays the same if an import is removed and restored."""
    return session.scalar(select(func.min(col(SightingRow.document_id))).where(col(SightingRow.order_id) == order_id)) or 0


def _is_proven(session: Session, order_id: int, account_id: int) -> bool:
    """Return whether a document with a customer id linked to this account reports the order."""
    query = (
        select(col(DocumentRow.id))
        .join(SightingRow, col(SightingRow.document_id) == col(DocumentRow.id))
        .join(IdentityRow, col(IdentityRow.customer_id) == col(DocumentRow.customer_id))
        .where(col(SightingRow.order_id) == order_id, col(IdentityRow.account_id) == account_id)
    )
    return session.scalar(query.limit(1)) is not None


def told_twice(books: OrderBooks) -> OrderBooks:
    """Return the books of an order that counts on another account: no entries and one question."""
    text = "This order is known under two accounts and counts on the other one."
    doubt = Doubt(code=QuestionCode.SAME_ORDER_TWICE, minor=books.cost, text=text)
    return replace(books, entries=(), doubts=(doubt,))
