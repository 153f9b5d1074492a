"""The payment history of an account: each line once, joined to the orders that it names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from assistant.domain.books.charges import order_told_by, told_apart
from assistant.domain.days import stored_day
from assistant.domain.money import Money
from assistant.domain.orders.order import Transaction
from assistant.domain.orders.sightings import Sighting
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.books.tables import TransactionOrderRow, TransactionRow


class PaymentLine(NamedTuple):
    """A line of the payment history and the document that first reported it."""

    entry: Transaction
    document: int


def keep_payments(session: Session, account_id: int, document_id: int, entries: Sequence[Transaction]) -> list[str]:
    """Add the lines of one page; a pending line may have been completed since. The caller commits.

    Returns the numbers of the orders with new information.
    """
    told = dict(told_apart(entries))
    mine = (col(TransactionRow.account_id) == account_id, col(TransactionRow.key).in_(list(told)))
    known = {row.key: row for row in session.scalars(select(TransactionRow).where(*mine))}
    concerned: dict[str, None] = {}
    for key, entry in told.items():
        row = known.get(key)
        if row is None:
            _insert(session, account_id, document_id, key, entry)
        elif not _complete(session, row, entry):
            continue
        concerned.update(dict.fromkeys(entry.order_numbers))
    return list(concerned)


def _insert(session: Session, account_id: int, document_id: int, key: str, entry: Transaction) -> None:
    row = TransactionRow(account_id=account_id, key=key, document_id=document_id)
    row.on = entry.on.isoformat() if entry.on else None
    row.currency, row.amount = (entry.amount.currency, entry.amount.minor) if entry.amount else (None, None)
    row.method, row.last4, row.status, row.descriptor = entry.method, entry.last4, entry.status, entry.descriptor
    session.add(row)
    session.flush()
    numbers = [{"transaction_id": row.id, "position": at, "number": number} for at, number in enumerate(entry.order_numbers)]
    if numbers:
        session.execute(insert(TransactionOrderRow), numbers)


def _complete(session: Session, row: TransactionRow, entry: Transaction) -> bool:
    """Fill missing fields, whichever page came first; return whether anything changed."""
    told = {
        "status": max(filter(None, (row.status, entry.status)), key=lambda word: (word == "completed", word), default=None),
        "method": min(filter(None, (row.method, entry.method)), default=None),
        "descriptor": min(filter(None, (row.descriptor, entry.descriptor)), default=None),
    }
    values = {name: value for name, value in told.items() if value != getattr(row, name)}
    if values:
        session.execute(update(TransactionRow).where(col(TransactionRow.id) == row.id).values(**values))
    return bool(values)


def any_payments(session: Session, account_id: int) -> bool:
    """Return whether any line of this account's payment history is known."""
    return session.scalar(select(col(TransactionRow.id)).where(col(TransactionRow.account_id) == account_id).limit(1)) is not None


def payments_of(session: Session, account_id: int, numbers: Iterable[str]) -> dict[str, list[PaymentLine]]:
    """Return by order number the lines that name it, the oldest first."""
    named = select(col(TransactionOrderRow.number), col(TransactionOrderRow.transaction_id)).where(
        col(TransactionOrderRow.number).in_(list(numbers))
    )
    pairs = session.execute(named).all()
    lines = _lines(session, account_id, {transaction_id for _, transaction_id in pairs})
    found: dict[str, list[PaymentLine]] = {}
    for transaction_id, line in lines.items():
        for number, named_by in pairs:
            if named_by == transaction_id:
                found.setdefault(number, []).append(line)
    return found


def _lines(session: Session, account_id: int, ids: set[int]) -> dict[int, PaymentLine]:
    orders: dict[int, list[str]] = {}
    named = select(TransactionOrderRow).where(col(TransactionOrderRow.transaction_id).in_(ids)).order_by(col(TransactionOrderRow.position))
    for entry in session.scalars(named):
        orders.setdefault(entry.transaction_id, []).append(entry.number)
    mine = select(TransactionRow).where(col(TransactionRow.account_id) == account_id, col(TransactionRow.id).in_(ids))
    rows = session.scalars(mine.order_by(col(TransactionRow.on), col(TransactionRow.key)))
    return {row.id: PaymentLine(_transaction(row, orders.get(row.id, [])), row.document_id) for row in rows if row.id is not None}


def payments_told_by(session: Session, document_id: int) -> list[Transaction]:
    """Return the lines of the payment history that a document was the first to report."""
    rows = session.scalars(select(TransactionRow).where(col(TransactionRow.document_id) == document_id)).all()
    return [line.entry for row in rows for line in _lines(session, row.account_id, {row.id or 0}).values()]


def forget_payments(session: Session, document_id: int) -> list[str]:
    """Delete the lines that a document was the first to report; return the numbers of the orders that they name."""
    ids = select(col(TransactionRow.id)).where(col(TransactionRow.document_id) == document_id)
    named = select(col(TransactionOrderRow.number)).where(col(TransactionOrderRow.transaction_id).in_(ids)).distinct()
    numbers = list(session.scalars(named).all())
    session.execute(delete(TransactionOrderRow).where(col(TransactionOrderRow.transaction_id).in_(ids)))
    session.execute(delete(TransactionRow).where(col(TransactionRow.document_id) == document_id))
    return numbers


def _transaction(row: TransactionRow, numbers: Sequence[str]) -> Transaction:
    return Transaction(
        on=stored_day(row.on),
        amount=Money(row.amount, row.currency or "XXX") if row.amount is not None else None,
        method=row.method,
        last4=row.last4,
        status=row.status,
        order_numbers=tuple(numbers),
        descriptor=row.descriptor,
    )


def charges(session: Session, account_id: int, numbers: Iterable[str]) -> dict[str, list[Sighting]]:
    """Return by order number what the payment history says about it, as a list of at most one sighting."""
    found: dict[str, list[Sighting]] = {}
    for number, lines in payments_of(session, account_id, numbers).items():
        order = order_told_by(number, [line.entry for line in lines])
        if order is not None:
            found[number] = [Sighting(lines[0].document, SourceKind.TRANSACTIONS, order)]
    return found
