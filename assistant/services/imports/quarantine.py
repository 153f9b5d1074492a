"""Orders in quarantine: what the user may do about them."""

from sqlalchemy import delete, exists, select
from sqlmodel import Session, col

from assistant.domain.errors import Conflict, NotFound
from assistant.domain.events import EventKind
from assistant.domain.views import Held
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.imports.tables import PageRow
from assistant.storage.orders.rows import problems_of
from assistant.storage.tables import AccountRow, OrderRow, SightingRow


class Quarantine:
    """Shows what is held, and lets it go when the user says that it is right."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def all(self) -> list[Held]:
        """Return every order that no total counts, with its reasons, the oldest first."""
        query = (
            select(col(AccountRow.key), col(OrderRow.number), col(OrderRow.quarantine))
            .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
            .where(col(OrderRow.quarantine).is_not(None))
            .order_by(col(OrderRow.placed_on), col(OrderRow.id))
        )
        with self._database.reading() as session:
            rows = session.execute(query).all()
        return [Held(account=account, number=number, reasons=problems_of(reasons)) for account, number, reasons in rows]

    def confirm(self, number: str, account: str | None = None) -> Held:
        """Say that an order is right as it stands: totals count it from now on. New doubts would hold it again.

        Without `account` the number must be that of one account only. Raises NotFound, Conflict.
        """
        with self._database.writing() as work:
            row, owner = _found(work.session, number, account)
            if not row.quarantine:
                raise Conflict(f"The order {number[:40]} is not in quarantine: it is counted already.")
            held = Held(account=owner.key, number=row.number, reasons=problems_of(row.quarantine))
            row.confirmed, row.quarantine = [*(row.confirmed or ()), *row.quarantine], None
            work.session.add(row)
            work.session.flush()
            _let_pages_go(work.session, row.id or 0)
            work.tell(EventKind.ORDERS_IMPORTED, account=owner.key, document=None, new=0, changed=1)
            work.commit()
        return held


def _found(session: Session, number: str, account: str | None) -> tuple[OrderRow, AccountRow]:
    owners = {row.id: row for row in ([register.account_row(session, account)] if account else register.account_rows(session))}
    rows = session.scalars(select(OrderRow).where(col(OrderRow.number) == number, col(OrderRow.account_id).in_(owners))).all()
    if not rows:
        raise NotFound(f"There is no order {number[:40]}. 'shopper imports' names those in quarantine.")
    if len(rows) > 1:
        names = " or ".join(owners[row.account_id].key for row in rows)
        raise Conflict(f"Several accounts know the order {number[:40]}. Say which is meant: --account {names}.")
    return rows[0], owners[rows[0].account_id]


def _let_pages_go(session: Session, order_id: int) -> None:
    """Drop the kept pages of an order that was confirmed, except where they tell of another order that is still held."""
    told = select(col(SightingRow.document_id)).where(col(SightingRow.order_id) == order_id)
    held = exists().where(
        col(SightingRow.document_id) == col(PageRow.document_id),
        col(SightingRow.order_id) == col(OrderRow.id),
        col(OrderRow.quarantine).is_not(None),
    )
    session.execute(delete(PageRow).where(col(PageRow.document_id).in_(told), ~held))
