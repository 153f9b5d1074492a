"""Claims as rows: foreign shares of entries, and settlements."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from assistant.domain.books.claims import Claim, ForeignShare, Purse, Settlement
from assistant.domain.books.entries import EntryKind
from assistant.storage.books.read_entries import SAME_ENTRY
from assistant.storage.books.tables import ClaimSettlementRow, EntryRow, EntryShareRow
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def foreign_shares(session: Session) -> list[ForeignShare]:
    """Return what items gave to purposes other than their account's, less refunds."""
    line = and_(col(ItemRow.order_id) == col(EntryRow.order_id), col(ItemRow.line) == col(EntryRow.line))
    keys = (
        col(EntryRow.order_id),
        col(EntryRow.item),
        col(OrderRow.number),
        col(AccountRow.key),
        col(EntryShareRow.purpose),
        col(EntryRow.currency),
        col(ItemRow.asin),
        col(ItemRow.title),
    )
    query = (
        select(*keys, func.sum(col(EntryShareRow.gross)), func.min(col(EntryRow.on)))
        .select_from(EntryShareRow)
        .join(EntryRow, and_(*SAME_ENTRY))
        .join(OrderRow, col(OrderRow.id) == col(EntryRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .outerjoin(ItemRow, line)
        .where(func.lower(col(EntryShareRow.purpose)) != func.lower(col(AccountRow.purpose)))
        .where(col(EntryRow.kind) != EntryKind.TOP_UP.value)
        .group_by(*keys)
    )
    return [
        ForeignShare(
            order_id=order_id,
            item=item,
            number=number,
            account=account,
            purpose=purpose,
            gross=int(gross),
            currency=currency,
            opened=date.fromisoformat(first),
            asin=asin,
            title=title,
        )
        for order_id, item, number, account, purpose, currency, asin, title, gross, first in session.execute(query)
    ]


def settlements(session: Session) -> list[Settlement]:
    """Return everything that was settled, the oldest first."""
    return [
        Settlement(
            id=row.id or 0,
            order_id=row.order_id,
            item=row.item,
            owes=row.owes,
            paid=row.paid,
            gross=row.amount,
            currency=row.currency,
            settled_on=date.fromisoformat(row.settled_on),
        )
        for row in session.scalars(select(ClaimSettlementRow).order_by(col(ClaimSettlementRow.id)))
    ]


def purses(session: Session) -> list[Purse]:
    """Return every account as a purse."""
    rows = session.scalars(select(AccountRow).order_by(col(AccountRow.id)))
    return [Purse(key=row.key, purpose=row.purpose, owner=row.owner) for row in rows]


def settle(session: Session, found: Sequence[Claim], today: date) -> None:
    """Write settlements of these claims. The caller commits."""
    for claim in found:
        session.add(
            ClaimSettlementRow(
                order_id=claim.order_id,
                item=claim.item,
                owes=claim.owes,
                paid=claim.paid,
                amount=claim.amount.minor,
                currency=claim.amount.currency,
                settled_on=today.isoformat(),
            )
        )
    session.flush()
