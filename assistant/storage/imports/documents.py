"""Documents in the database: each with its account, the result of its import, and its packed content while parked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from assistant.domain.documents import Extraction, Held, ImportResult
from assistant.domain.filters import Page
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.accounts.register import account_keys
from assistant.storage.cursors import part_of
from assistant.storage.imports.quarantine import held_orders
from assistant.storage.orders.store_orders import Counts
from assistant.storage.tables import AccountRow, DocumentRow, OrderRow, SightingRow
from assistant.wire.orders import problem_values, problems_of

_MOST_PROBLEMS = 200
CORRECTIONS = SourceKind.USER
"""The kind of documents with the user's corrections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document in the ledger. `state`: read, parked (no account yet), failed, removed. `url` is the address of a page."""

    id: int
    name: str
    kind: SourceKind
    state: str
    account_id: int | None
    url: str | None


class Waiting(NamedTuple):
    """The packed content of a document without an account (`services.imports.unassigned`)."""

    id: int
    kind: SourceKind
    content: bytes


def document(session: Session, document_id: int) -> StoredDocument | None:
    """Return the document with this id, or None."""
    row = session.get(DocumentRow, document_id)
    if row is None:
        return None
    return StoredDocument(id=document_id, name=row.name, kind=SourceKind(row.kind), state=row.state, account_id=row.account_id, url=row.url)


def add_document(
    session: Session, extraction: Extraction, account_id: int | None, now: datetime, *, digest: str, name: str, url: str | None
) -> tuple[int, bool]:
    """Store that a document was read; return its id and whether it is new. The same bytes for the same account are the same document."""
    known = select(DocumentRow).where(col(DocumentRow.digest) == digest)
    known = known.where(col(DocumentRow.account_id) == account_id if account_id else col(DocumentRow.account_id).is_(None))
    row = session.scalars(known.where(col(DocumentRow.state) != "removed")).first()
    if new := row is None:
        row = DocumentRow(digest=digest, name=name, kind="", received_at=now.isoformat(), state="read", account_id=account_id)
    source, account = extraction.source, extraction.account
    row.kind, row.layout, row.url, row.state = source.kind.value, source.layout, url, "read"
    row.customer_id, row.content = account.customer_id if account else None, None
    session.add(row)
    session.flush()
    describe(session, row.id or 0, extraction)
    return row.id or 0, new


def describe(session: Session, document_id: int, extraction: Extraction) -> None:
    """Store which days a document covers and its problems."""
    row = session.get_one(DocumentRow, document_id)
    days = [order.placed_on for order in extraction.orders if order.placed_on]
    row.first_day, row.last_day = (min(days).isoformat(), max(days).isoformat()) if days else (None, None)
    row.problems = problem_values(extraction.problems[:_MOST_PROBLEMS])
    row.listing = _listing(extraction)
    session.add(row)
    session.flush()


def _listing(extraction: Extraction) -> dict[str, Any] | None:
    listing = extraction.listing
    if listing is None:
        return None
    numbers = [order.number for order in extraction.orders]
    return {"period": listing.period, "start": listing.start, "shown": listing.shown, "filtered": listing.filtered, "numbers": numbers}


def cover_days(session: Session, document_id: int, days: tuple[date, date]) -> None:
    """Extend the days that a document covers."""
    row = session.get_one(DocumentRow, document_id)
    first, last = (day.isoformat() for day in days)
    row.first_day, row.last_day = min(row.first_day or first, first), max(row.last_day or last, last)


def note_counts(session: Session, document_id: int, counts: Counts) -> None:
    """Store the result of importing a document. A repeated import without changes keeps the first counts."""
    row = session.get_one(DocumentRow, document_id)
    if counts.new or counts.changed or not (row.new or row.changed):
        row.new, row.changed, row.same = counts.new, counts.changed, counts.same
    session.add(row)
    session.flush()


def set_state(session: Session, document_id: int, state: str, *, content: bytes | None = None) -> None:
    """Set the state of a document; `content` is its packed content while it has no account."""
    row = session.get_one(DocumentRow, document_id)
    row.state, row.content = state, content
    session.add(row)
    session.flush()


def give_to(session: Session, document_id: int, account_id: int | None) -> None:
    """Assign a document to an account."""
    row = session.get_one(DocumentRow, document_id)
    row.account_id = account_id
    session.add(row)
    session.flush()


def is_stored_again(session: Session, document_id: int, account_id: int) -> bool:
    """Return whether an account has the same document under another id."""
    digest = session.get_one(DocumentRow, document_id).digest
    same = select(col(DocumentRow.id)).where(col(DocumentRow.digest) == digest, col(DocumentRow.account_id) == account_id)
    return session.scalars(same.where(col(DocumentRow.id) != document_id)).first() is not None


def documents_of_customer(session: Session, account_id: int, customer_id: str) -> list[StoredDocument]:
    """Return the documents of an account that show this customer id, oldest first."""
    mine = (col(DocumentRow.account_id) == account_id, col(DocumentRow.customer_id) == customer_id)
    ids = session.scalars(select(col(DocumentRow.id)).where(*mine).order_by(col(DocumentRow.id))).all()
    return [found for number in ids if number is not None and (found := document(session, number)) is not None]


def newest_document(session: Session) -> int:
    """Return the id of the newest document, 0 for none."""
    return session.scalar(select(func.max(col(DocumentRow.id)))) or 0


def known_elsewhere(session: Session, document_id: int) -> tuple[tuple[str, str], ...]:
    """Return (account, number) of every order that this document reports and that another account has too."""
    other = aliased(OrderRow)
    query = (
        select(col(AccountRow.key), col(OrderRow.number))
        .join_from(SightingRow, OrderRow, col(OrderRow.id) == col(SightingRow.order_id))
        .join(other, (col(other.number) == col(OrderRow.number)) & (col(other.account_id) != col(OrderRow.account_id)))
        .join(AccountRow, col(AccountRow.id) == col(other.account_id))
        .where(col(SightingRow.document_id) == document_id)
        .order_by(col(OrderRow.id), col(other.id))
    )
    return tuple((account, number) for account, number in session.execute(query))


def waiting_for(session: Session, customer_id: str) -> list[Waiting]:
    """Return the documents parked for a customer id, oldest first."""
    waiting = select(DocumentRow).where(col(DocumentRow.customer_id) == customer_id, col(DocumentRow.state) == "parked")
    return [_waiting(row) for row in session.scalars(waiting.order_by(col(DocumentRow.id)))]


def packed_content(session: Session, document_id: int) -> Waiting:
    """Return the packed content of a document without an account."""
    return _waiting(session.get_one(DocumentRow, document_id))


def _waiting(row: DocumentRow) -> Waiting:
    return Waiting(row.id or 0, SourceKind(row.kind), row.content or b"")


def documents_of(session: Session, account_id: int) -> list[StoredDocument]:
    """Return the documents of an account, oldest first."""
    ids = session.scalars(select(col(DocumentRow.id)).where(col(DocumentRow.account_id) == account_id).order_by(col(DocumentRow.id))).all()
    return [found for number in ids if number is not None and (found := document(session, number)) is not None]


def correction_document(session: Session, account_id: int, number: str, name: str, now: datetime) -> int:
    """Return the id of the document that holds the user's corrections of an order, renamed to `name`."""
    digest = f"corrections of {number}"
    mine = (col(DocumentRow.digest) == digest, col(DocumentRow.account_id) == account_id)
    row = session.scalars(select(DocumentRow).where(*mine)).first()
    if row is None:
        row = DocumentRow(digest=digest, name="", kind=SourceKind.USER.value, received_at="", state="read", judged=True)
        row.account_id = account_id
    row.name, row.received_at = name, now.isoformat()
    session.add(row)
    session.flush()
    return row.id or 0


def delete_document(session: Session, document_id: int) -> None:
    """Delete the row of a document without content. The caller commits."""
    session.execute(delete(DocumentRow).where(col(DocumentRow.id) == document_id))


def import_result(session: Session, document_id: int) -> ImportResult:
    """Return the import result of a document."""
    row = session.get_one(DocumentRow, document_id)
    keys = account_keys(session)
    return _result(row, keys, held_orders(session, [row.id]).get(row.id, ()))


def import_results(session: Session, *, cursor: str | None, offset: int | None, limit: int) -> Page[ImportResult]:
    """Return import results, newest first. The cursor is the last id of the page before. Raises InvalidInput."""
    arrived = (col(DocumentRow.kind) != SourceKind.USER.value, col(DocumentRow.state) != "removed")
    query = part_of(select(DocumentRow).where(*arrived), col(DocumentRow.id), cursor=cursor, offset=offset, limit=limit)
    rows = session.scalars(query).all()
    keys = account_keys(session)
    total = session.scalar(select(func.count()).select_from(DocumentRow).where(*arrived)) or 0
    held = held_orders(session, [row.id for row in rows[:limit]])
    items = tuple(_result(row, keys, held.get(row.id, ())) for row in rows[:limit])
    return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)


def _result(row: DocumentRow, keys: dict[int, str], held: Sequence[Held]) -> ImportResult:
    return ImportResult(
        id=row.id or 0,
        name=row.name,
        kind=row.kind,
        account=keys.get(row.account_id) if row.account_id is not None else None,
        at=datetime.fromisoformat(row.received_at),
        state=row.state,
        new=row.new,
        changed=row.changed,
        same=row.same,
        problems=problems_of(row.problems),
        held=tuple(held),
    )
