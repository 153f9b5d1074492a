"""Open questions as rows: those raised while deriving entries, unmatched charges, and incomplete entries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, tuple_
from sqlmodel import Session, SQLModel, col

from assistant.domain.books.entries import DateBasis, EntryKind, QuestionCode
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.questions import LAST_DAYS, NEEDS_INVOICE, PRIVATE_CATEGORIES, UK_YEAR_END, Question, fix_for
from assistant.domain.days import stored_day
from assistant.domain.filters import Filter
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.labels import is_word
from assistant.storage.books.read_entries import each, of_item
from assistant.storage.books.tables import DoubtRow, EntryRow, EntryShareRow, TransactionOrderRow, TransactionRow
from assistant.storage.products import CATEGORY
from assistant.storage.tables import AccountRow, DocumentRow, ItemRow, OrderRow, SightingRow
from assistant.wire.orders import problems_of

_YEAR_ENDS = (date(2001, 12, 31), date(2001, *UK_YEAR_END))
"""Ends of tax years, in any year without a leap day."""


def doubts(session: Session, since: date | None, until: date | None) -> Iterator[Question]:
    """Yield the questions raised while deriving entries; without a day, the day of the order's first entry."""
    first = select(func.min(col(EntryRow.on))).where(col(EntryRow.order_id) == col(DoubtRow.order_id)).scalar_subquery()
    day = func.coalesce(col(DoubtRow.on), first, col(OrderRow.placed_on))
    line = and_(col(ItemRow.order_id) == col(DoubtRow.order_id), col(ItemRow.line) == col(DoubtRow.line))
    query = (
        select(
            DoubtRow,
            col(OrderRow.number),
            col(AccountRow.key),
            col(ItemRow.asin),
            col(ItemRow.title),
            day.label("day"),
            col(OrderRow.conflicts),
        )
        .join(OrderRow, col(OrderRow.id) == col(DoubtRow.order_id))
        .join(AccountRow, col(AccountRow.id) == col(OrderRow.account_id))
        .outerjoin(ItemRow, line)
    )
    if since:
        query = query.where(day >= since.isoformat())
    if until:
        query = query.where(day <= until.isoformat())
    for doubt, number, account, asin, title, on, conflicts in session.execute(query):
        code = QuestionCode(doubt.code)
        yield Question(
            code=code,
            number=number,
            account=account,
            amount=Money(doubt.amount, doubt.currency) if doubt.currency else None,
            text=_told(doubt.text, conflicts),
            fix=fix_for(code, number, account),
            asin=asin,
            title=title,
            on=stored_day(on),
        )


def _told(text: str, conflicts: Sequence[Mapping[str, Any]] | None) -> str:
    """Return the stored text of a doubt in the current language; the order itself keeps the values of what its sources disagree on."""
    conflict = next((each for each in problems_of(conflicts) if each.said.english == text), None)
    return conflict.text if conflict else translated(text)


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
            text=translated("A charge names an order that no other source contains."),
            fix=fix_for(QuestionCode.UNMATCHED_CHARGE, number, account),
            on=stored_day(row.on),
        )


def entries_in_question(session: Session, found: Filter) -> Iterator[Entry]:
    """Yield entries that may raise a question: those with shares of their own, and of business accounts what may be incomplete or private.

    An entry without shares has the purpose of its account, which is always known: only entries of business accounts are read then.
    """
    shared = tuple_(col(EntryRow.order_id), col(EntryRow.item)).in_(select(col(EntryShareRow.order_id), col(EntryShareRow.item)))
    yield from each(session, found, shared)
    business = session.scalars(select(col(AccountRow.id)).where(is_word(col(AccountRow.purpose), "business"))).all()
    if not business:
        return
    day = func.substr(col(EntryRow.on), 6)
    near_end = or_(*(day.between(f"{end - timedelta(days=LAST_DAYS - 1):%m-%d}", f"{end:%m-%d}") for end in _YEAR_ENDS))
    dated = and_(col(EntryRow.basis) == DateBasis.PLACED.value, near_end)
    limits = (and_(col(EntryRow.gross) > limit, col(EntryRow.currency) == unit) for unit, limit in NEEDS_INVOICE.items())
    private = of_item(and_(col(ItemRow.purpose).is_(None), CATEGORY.in_(PRIVATE_CATEGORIES)))
    purchase = col(EntryRow.kind) == EntryKind.PURCHASE.value
    yield from each(session, found, col(OrderRow.account_id).in_(business), purchase, ~shared, or_(dated, *limits, private))


def with_invoice(session: Session, numbers: Sequence[str]) -> set[str]:
    """Return which of these orders an invoice, a business report or a receipt of the user documents."""
    links = SQLModel.metadata.tables["receipt_links"]
    told = (
        select(col(OrderRow.number))
        .join(SightingRow, col(SightingRow.order_id) == col(OrderRow.id))
        .join(DocumentRow, col(DocumentRow.id) == col(SightingRow.document_id))
        .where(col(DocumentRow.kind).in_((SourceKind.INVOICE.value, SourceKind.BUSINESS_REPORT.value)))
    )
    found: set[str] = set()
    for start in range(0, len(numbers), _PART):
        part = list(numbers[start : start + _PART])
        found |= set(session.scalars(told.where(col(OrderRow.number).in_(part))))
        found |= set(session.scalars(select(links.c.number).where(links.c.number.in_(part))))
    return found


_PART = 500
