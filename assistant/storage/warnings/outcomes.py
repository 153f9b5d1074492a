"""Outcomes of purchases and warnings: which purchases are not judged yet, and which pages judged one before it was made."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, SQLModel, col

from assistant.storage.orders.history import Purchase
from assistant.storage.tables import BUYING_STEP, AlertRow, DocumentRow

_CHUNK = 400
_VISITS = SQLModel.metadata.tables["visits"]


def documents_unjudged(session: Session) -> list[int]:
    """Return the documents whose orders were not judged yet, oldest first."""
    query = select(col(DocumentRow.id)).where(col(DocumentRow.judged).is_(False), col(DocumentRow.state) == "read")
    return [number for number in session.scalars(query.order_by(col(DocumentRow.id)).limit(_CHUNK)) if number is not None]


def newest_document(session: Session) -> int:
    """Return the id of the newest document, 0 for none."""
    return session.scalar(select(func.max(col(DocumentRow.id)))) or 0


def mark_judged(session: Session, documents: Sequence[int]) -> None:
    """Record that the orders of these documents were judged."""
    session.execute(update(DocumentRow).where(col(DocumentRow.id).in_(documents)).values(judged=True))


def pages_before(session: Session, purchase: Purchase) -> list[str]:
    """Return the ids of the buying steps on which this purchase was judged: same account, same items, about that day.

    A page whose warnings belong to another order does not count.
    """
    first, last = (purchase.placed_on + timedelta(days=days) for days in (-1, 2))
    query = select(_VISITS.c.id, _VISITS.c.facts).where(
        _VISITS.c.account_id == purchase.account_id,
        BUYING_STEP,  # exactly this condition, so that SQLite uses the partial index
        _VISITS.c.at >= first.isoformat(),
        _VISITS.c.at < last.isoformat(),
    )
    pages = [number for number, facts in session.connection().execute(query) if _holds(facts, purchase)]
    others = select(col(AlertRow.visit_id)).where(col(AlertRow.visit_id).in_(pages), col(AlertRow.order_id) != purchase.id)
    taken = set(session.scalars(others)) if pages else set()
    return [page for page in pages if page not in taken]


def record_outcome(session: Session, pages: Collection[str], order_id: int) -> int:
    """Record that an order followed the warnings of these pages; return how many had no order yet."""
    open_ones = (col(AlertRow.visit_id).in_(pages), col(AlertRow.order_id).is_(None))
    number = session.scalar(select(func.count()).select_from(AlertRow).where(*open_ones)) or 0
    if number:
        session.execute(update(AlertRow).where(*open_ones).values(order_id=order_id))
    return number


def _holds(facts: dict[str, Any], purchase: Purchase) -> bool:
    return any(line.get("asin") in purchase.asins for line in facts.get("lines", ()))
