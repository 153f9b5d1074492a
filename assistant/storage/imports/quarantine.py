"""Orders in quarantine: list them, find their documents, confirm one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from assistant.domain.documents import Held
from assistant.domain.errors import Conflict, NotFound
from assistant.domain.languages.translating import any_of, translated
from assistant.storage.accounts.register import account_row, account_rows
from assistant.storage.imports.pages import PageRow
from assistant.storage.tables import AccountRow, DocumentRow, OrderRow, SightingRow
from assistant.wire.orders import problems_of


def is_counted() -> ColumnElement[bool]:
    """Return the condition that an order is not in quarantine."""
    return col(OrderRow.quarantine).is_(None)


def all_held(session: Session) -> list[Held]:
    """Return every order in quarantine, oldest first."""
    query = (
        select(col(AccountRow.key), col(OrderRow.number), col(OrderRow.quarantine))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(~is_counted())
        .order_by(col(OrderRow.placed_on), col(OrderRow.id))
    )
    return [Held(account=account, number=number, reasons=problems_of(reasons)) for account, number, reasons in session.execute(query)]


def held_orders(session: Session, documents: Sequence[int | None]) -> dict[int | None, tuple[Held, ...]]:
    """Return by document its orders that are in quarantine."""
    query = (
        select(col(SightingRow.document_id), col(AccountRow.key), col(OrderRow.number), col(OrderRow.quarantine))
        .join(OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .where(~is_counted(), col(SightingRow.document_id).in_(documents))
        .order_by(col(OrderRow.id))
    )
    found: dict[int | None, tuple[Held, ...]] = {}
    for document_id, account, number, reasons in session.execute(query):
        held = Held(account=account, number=number, reasons=problems_of(reasons))
        found[document_id] = (*found.get(document_id, ()), held)
    return found


def held_order(session: Session, number: str, account: str | None) -> tuple[int, Held]:
    """Return the id of an order in quarantine, and why it is there. Raises NotFound, Conflict."""
    owners = {row.id: row for row in ([account_row(session, account)] if account else account_rows(session))}
    rows = session.scalars(select(OrderRow).where(col(OrderRow.number) == number, col(OrderRow.account_id).in_(owners))).all()
    if not rows:
        raise NotFound(translated("There is no order {number}. 'shopper imports' names those in quarantine.", number=number[:40]))
    if len(rows) > 1:
        names = any_of(owners[row.account_id].key for row in rows)
        raise Conflict(
            translated("Several accounts have the order {number}. Name one: --account {names}.", number=number[:40], names=names)
        )
    row = rows[0]
    if not row.quarantine:
        raise Conflict(translated("The order {number} is not in quarantine: it is counted already.", number=number[:40]))
    return row.id or 0, Held(account=owners[row.account_id].key, number=row.number, reasons=problems_of(row.quarantine))


def confirm(session: Session, order_id: int) -> None:
    """Dismiss the doubts about an order."""
    row = session.get_one(OrderRow, order_id)
    row.confirmed, row.quarantine = [*(row.confirmed or ()), *(row.quarantine or ())], None
    session.add(row)
    session.flush()


def readers_of_pages(session: Session) -> set[str]:
    """Return the versions that read the kept pages last; those of removed imports are left out."""
    query = select(col(PageRow.reader)).join(DocumentRow, col(DocumentRow.id) == col(PageRow.document_id))
    return set(session.scalars(query.where(col(DocumentRow.state) != "removed").distinct()))
