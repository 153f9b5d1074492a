"""Claims as rows: foreign shares of entries, and settlements."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from assistant.domain.books.claims import Claim, ForeignShare, Purse, Settlement
from assistant.domain.books.entries import EntryKind
from assistant.storage.books.read_entries import SAME_ENTRY
from assistant.storage.books.tables import ClaimSettlementRow, EntryRow, EntryShareRow
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def foreign_shares(session: Session) -> list[ForeignShare]:
    """Return what items gave to purposes other than their account's, less refunds; also settled shares that are nothing by now."""
    found = list(_open_shares(session))
    known = {(share.order_id, share.item, share.purpose.casefold()) for share in found}
    gone = {(share.order_id, share.item, share.purpose.casefold()): share for share in _settled_shares(session)}
    return [*found, *(share for key, share in gone.items() if key not in known)]


def _open_shares(session: Session) -> Iterator[ForeignShare]:
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
    for order_id, item, number, account, purpose, currency, asin, title, gross, first in session.execute(query):
        yield ForeignShare(
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


def _settled_shares(session: Session) -> Iterator[ForeignShare]:
    """Yield every settled share of orders that count, as nothing: its item may serve another purpose by now."""
    query = (
        select(ClaimSettlementRow, col(OrderRow.number), col(AccountRow.key), col(ItemRow.asin), col(ItemRow.title))
        .join(OrderRow, col(OrderRow.id) == col(ClaimSettlementRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .outerjoin(ItemRow, and_(col(ItemRow.order_id) == col(OrderRow.id), col(ItemRow.key) == col(ClaimSettlementRow.item)))
        .where(func.lower(col(ClaimSettlementRow.purpose)) != func.lower(col(AccountRow.purpose)), col(OrderRow.cost).is_not(None))
        .order_by(col(ClaimSettlementRow.id))
    )
    for row, number, account, asin, title in session.execute(query):
        yield ForeignShare(
            order_id=row.order_id,
            item=row.item,
            number=number,
            account=account,
            purpose=row.purpose,
            gross=0,
            currency=row.currency,
            opened=date.fromisoformat(row.settled_on),
            asin=asin,
            title=title,
        )


def settlements(session: Session) -> list[Settlement]:
    """Return everything that was settled, the oldest first."""
    return [
        Settlement(
            id=row.id or 0,
            order_id=row.order_id,
            item=row.item,
            purpose=row.purpose or row.owes,
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
                purpose=claim.purpose,
                amount=-claim.amount.minor if claim.back else claim.amount.minor,
                currency=claim.amount.currency,
                settled_on=today.isoformat(),
            )
        )
    session.flush()
