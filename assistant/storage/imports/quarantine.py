"""Orders that no total counts: which they are, and which documents told of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from assistant.domain.views import Held
from assistant.storage.imports.tables import PageRow
from assistant.storage.orders.rows import problems_of
from assistant.storage.tables import AccountRow, OrderRow, SightingRow


def is_counted() -> ColumnElement[bool]:
    """Return the condition that an order is in no quarantine."""
    return col(OrderRow.quarantine).is_(None)


def held_orders(session: Session, documents: Sequence[int | None]) -> dict[int | None, tuple[Held, ...]]:
    """Return by document the orders that it told of and that are in quarantine now."""
    query = (
        select(col(SightingRow.document_id), col(AccountRow.key), col(OrderRow.number), col(OrderRow.quarantine))
        .join(OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(col(OrderRow.quarantine).is_not(None), col(SightingRow.document_id).in_(documents))
        .order_by(col(OrderRow.id))
    )
    found: dict[int | None, tuple[Held, ...]] = {}
    for document_id, account, number, reasons in session.execute(query):
        held = Held(account=account, number=number, reasons=problems_of(reasons))
        found[document_id] = (*found.get(document_id, ()), held)
    return found


def readers_of_pages(session: Session) -> set[str]:
    """Return the versions of the readers that read the kept pages last."""
    return set(session.scalars(select(col(PageRow.reader)).distinct()))
