"""Open questions as rows: those raised while deriving entries, unmatched charges, and incomplete entries."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, exists, func, or_, select
from sqlmodel import Session, col

from assistant.domain.books.entries import DateBasis, EntryKind, QuestionCode
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.questions import Question, fix_for
from assistant.domain.days import stored_day
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.storage.books.read_entries import each
from assistant.storage.books.tables import DoubtRow, EntryRow, EntryShareRow, TransactionOrderRow, TransactionRow
from assistant.storage.tables import AccountRow, ItemRow, OrderRow


def doubts(session: Session, since: date | None, until: date | None) -> Iterator[Question]:
    """Yield the questions raised while deriving entries; without a day, the day of the order's first entry."""
    first = select(func.min(col(EntryRow.on))).where(col(EntryRow.order_id) == col(DoubtRow.order_id)).scalar_subquery()
    day = func.coalesce(col(DoubtRow.on), first, col(OrderRow.placed_on))
    line = and_(col(ItemRow.order_id) == col(DoubtRow.order_id), col(ItemRow.line) == col(DoubtRow.line))
    query = (
        select(DoubtRow, col(OrderRow.number), col(AccountRow.key), col(ItemRow.asin), col(ItemRow.title), day.label("day"))
        .join(OrderRow, col(OrderRow.id) == col(DoubtRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .outerjoin(ItemRow, line)
    )
    if since:
        query = query.where(day >= since.isoformat())
    if until:
        query = query.where(day <= until.isoformat())
    for doubt, number, account, asin, title, on in session.execute(query):
        code = QuestionCode(doubt.code)
        yield Question(
            code=code,
            number=number,
            account=account,
            amount=Money(doubt.amount, doubt.currency) if doubt.currency else None,
            text=doubt.text,
            fix=fix_for(code, number, account),
            asin=asin,
            title=title,
            on=stored_day(on),
        )


def unmatched_charges(session: Session, since: date | None, until: date | None) -> Iterator[Question]:
    """Yield charges of the payment history that only name unknown orders."""
    known = exists().where(col(OrderRow.number) == col(TransactionOrderRow.number))
    query = (
        select(TransactionRow, col(TransactionOrderRow.number), col(AccountRow.key))
        .join(TransactionOrderRow, col(TransactionOrderRow.transaction_id) == col(TransactionRow.id))
        .join(AccountRow, col(AccountRow.id) == col(TransactionRow.account_id))
        .where(~known, col(TransactionRow.amount) < 0, func.coalesce(col(TransactionRow.status), "") != "pending")
    )
    if since:
        query = query.where(col(TransactionRow.on) >= since.isoformat())
    if until:
        query = query.where(col(TransactionRow.on) <= until.isoformat())
    for row, number, account in session.execute(query):
        yield Question(
            code=QuestionCode.UNMATCHED_CHARGE,
            number=number,
            account=account,
            amount=Money(-row.amount, row.currency) if row.currency else None,
            text="A charge names an order that no other source contains.",
            fix=fix_for(QuestionCode.UNMATCHED_CHARGE, number, account),
            on=stored_day(row.on),
        )


def entries_in_question(session: Session, found: Filter) -> Iterator[Entry]:
    """Yield entries that may be incomplete: dated by their order, large ones, and those with shares of their own."""
    shared = exists().where(col(EntryShareRow.order_id) == col(EntryRow.order_id), col(EntryShareRow.item) == col(EntryRow.item))
    dated = and_(col(EntryRow.basis) == DateBasis.PLACED.value, col(EntryRow.kind) == EntryKind.PURCHASE.value)
    large = and_(col(EntryRow.gross) > _LARGE, col(EntryRow.currency).in_(("EUR", "GBP", "CAD")))
    yield from each(session, found, or_(shared, dated, large))


_LARGE = 10_000
