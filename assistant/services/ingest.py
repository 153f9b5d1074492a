"""Orders come in by any door: a document is read, its account found, its orders merged into the ledger, in one transaction."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, SQLModel, col

from assistant.domain.accounts import Purpose
from assistant.domain.clock import Clock
from assistant.domain.documents import Extraction, SourceKind
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.orders import Order
from assistant.domain.views import ImportResult, Page
from assistant.domain.visits import PageAccount
from assistant.importers.sandbox import Arriving, Stopped, read_all, read_each
from assistant.services.accounts import new_account
from assistant.services.parked import packed
from assistant.storage import accounts as register
from assistant.storage.engine import Database
from assistant.storage.order_rows import problems_of
from assistant.storage.tables import AccountRow, DocumentRow, IdentityRow, OrderRow
from assistant.storage.taking_in import take_in
from assistant.storage.unit_of_work import UnitOfWork

_MOST_PROBLEMS = 200
_WORTH_NOTING = timedelta(minutes=1)
_IDENTITIES = SQLModel.metadata.tables["identities"]
_IDENTITY = select(_IDENTITIES).where(_IDENTITIES.c.customer_id == bindparam("customer"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document that was read, on its way into the ledger; `digest` is the SHA-256 of its bytes.

    `more` are orders that still come in after those of the extraction; it can be run through once.
    """

    extraction: Extraction
    digest: str
    name: str
    url: str | None = None
    more: Iterable[Order] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an import has come: `stored` of `count` orders of the path called `name`; `kept` when that path is done."""

    name: str
    stored: int
    count: int
    kept: bool = False


class Ingest:
    """Takes documents in and remembers what came."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def take_paths(
        self, paths: Sequence[Path], *, account: str | None = None, dry_run: bool = False, watch: Callable[[Step], None] = lambda _: None
    ) -> list[ImportResult]:
        """Import files, folders and zips, each in a transaction of its own; the result tells what each brought.

        `dry_run` tells the same and keeps nothing; `watch` is told of each step. Raises InvalidInput when nobody can say
        whose orders they are.
        """
        results = []
        with closing(read_each(paths)) as arrivals:
            for path, arriving in zip(paths, arrivals, strict=True):
                name = path.name or str(path)
                chunks = _watched(arriving, name, watch)
                try:
                    extraction = replace(arriving.extraction, orders=tuple(next(chunks, ())))
                    arrival = Arrival(extraction=extraction, digest=_digest(path), name=name, more=chain.from_iterable(chunks))
                    results.append(self._take(arrival, account, dry_run=dry_run))
                except Stopped as stopped:
                    arrival = Arrival(extraction=stopped.extraction, digest=_digest(path), name=name)
                    results.append(self._take(arrival, account, dry_run=dry_run))
                watch(Step(name=name, stored=arriving.count, count=arriving.count, kept=True))
        return results

    def _take(self, arrival: Arrival, account: str | None, *, dry_run: bool) -> ImportResult:
        with self._database.writing() as work:
            result = take(work, arrival, account, self._clock())
            if not dry_run:
                work.commit()
        return result

    def take_bytes(self, name: str, content: bytes, *, url: str | None = None, account: str | None = None) -> ImportResult:
        """Import one uploaded file or captured page."""
        extraction = _read(name, content, url)
        arrival = Arrival(extraction=extraction, digest=hashlib.sha256(content).hexdigest(), name=name, url=url)
        with self._database.writing() as work:
            result = take(work, arrival, account, self._clock())
            work.commit()
        return result

    def imports(self, *, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first. The cursor is the last id of the page before."""
        with self._database.reading() as session:
            query = select(DocumentRow).order_by(col(DocumentRow.id).desc()).limit(limit + 1)
            if cursor:
                query = query.where(col(DocumentRow.id) < _number(cursor))
            rows = session.scalars(query).all()
            keys = {row.id: row.key for row in register.account_rows(session)}
            total = session.scalar(select(func.count()).select_from(DocumentRow)) or 0
            items = tuple(_result(row, keys.get(row.account_id)) for row in rows[:limit])
        return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)


def take(work: UnitOfWork, arrival: Arrival, account: str | None, now: datetime) -> ImportResult:
    """Put a document into the ledger within the caller's transaction; it waits when its customer id is not linked yet.

    Raises InvalidInput when the document does not say whose it is and `account` does not either.
    """
    extraction, session = arrival.extraction, work.session
    if not extraction.orders:
        row = _document(session, arrival, None, now)
        row.state = "failed" if extraction.problems and extraction.source.kind is SourceKind.OTHER else "read"
        session.add(row)
        session.flush()
        if row.state == "failed":
            work.tell(EventKind.IMPORT_FAILED, document=row.id)
        return _result(row, None)
    owner = _owner(work, extraction, account, now)
    row = _document(session, arrival, owner, now)
    session.add(row)
    session.flush()
    if owner is None or owner.id is None or row.id is None:
        row.state, row.content = "parked", packed([*extraction.orders, *arrival.more])
    else:
        counts = take_in(session, owner.id, row.id, extraction.source.kind, chain(extraction.orders, arrival.more))
        row.new, row.changed, row.same = counts.new, counts.changed, counts.same
        if counts.new or counts.changed:
            work.tell(EventKind.ORDERS_IMPORTED, account=owner.key, document=row.id, new=counts.new, changed=counts.changed)
    session.add(row)
    session.flush()
    return _result(row, owner.key if owner else None)


def note_identity(work: UnitOfWork, extraction: Extraction, now: datetime) -> None:
    """Remember the customer id that a page showed."""
    seen = extraction.account
    if seen is None or not seen.customer_id:
        return
    known = work.session.connection().execute(_IDENTITY, {"customer": seen.customer_id}).first()
    if known is not None and _nothing_new(known, extraction, now):
        return
    moment = now.isoformat()
    row = work.session.get(IdentityRow, seen.customer_id)
    if row is None:
        row = IdentityRow(customer_id=seen.customer_id, first_seen=moment, last_seen=moment)
        work.tell(EventKind.IDENTITY_SEEN, customer_id=seen.customer_id)
    row.greeting, row.business = seen.greeting or row.greeting, bool(seen.business) or row.business
    row.organization = seen.organization or row.organization
    row.marketplace = extraction.source.marketplace or row.marketplace
    row.last_seen = max(row.last_seen, moment)
    work.session.add(row)
    work.session.flush()


def _watched(arriving: Arriving, name: str, watch: Callable[[Step], None]) -> Iterator[list[Order]]:
    """Yield what arrives, told of before it is stored."""
    stored = 0
    for chunk in arriving.chunks:
        watch(Step(name=name, stored=stored, count=arriving.count))
        stored += len(chunk)
        yield chunk


def _read(name: str, content: bytes, url: str | None) -> Extraction:
    with tempfile.TemporaryDirectory(prefix="shopper-") as folder:
        file = Path(folder) / (Path(name).name[:100] or "document")
        file.write_bytes(content)
        return read_all([file], url)[0]


def _nothing_new(row: Any, extraction: Extraction, now: datetime) -> bool:
    """Whether a page seen within a minute of the last one says the same: not worth a write."""
    seen = extraction.account or PageAccount()
    told = (seen.greeting, seen.organization, extraction.source.marketplace, seen.business or None)
    known = (row.greeting, row.organization, row.marketplace, row.business or None)
    same = all(new in (None, old) for new, old in zip(told, known, strict=True))
    return same and now - datetime.fromisoformat(row.last_seen) < _WORTH_NOTING


def _owner(work: UnitOfWork, extraction: Extraction, name: str | None, now: datetime) -> AccountRow | None:
    if name is not None:
        try:
            return register.account_row(work.session, name)
        except NotFound:
            return _registered(work, name, now)
    if extraction.account is not None and extraction.account.customer_id:
        note_identity(work, extraction, now)
        return register.account_of_customer(work.session, extraction.account.customer_id)
    rows = register.account_rows(work.session)
    if not rows:
        return _registered(work, "Personal", now)
    if len(rows) == 1:
        return rows[0]
    known = _holder(work.session, extraction)
    if known is None:
        names = ", ".join(row.key for row in rows)
        raise InvalidInput(f"'{extraction.source.name}' does not say whose orders it holds. Name the account: --account {names}.")
    return known


def _registered(work: UnitOfWork, name: str, now: datetime) -> AccountRow:
    purpose = next((purpose for purpose in Purpose if purpose.value in name.lower()), Purpose.PERSONAL)
    row = new_account(work.session, name, purpose, now.isoformat())
    work.session.add(row)
    work.session.flush()
    work.tell(EventKind.ACCOUNT_CHANGED, account=row.key)
    return row


def _holder(session: Session, extraction: Extraction) -> AccountRow | None:
    """Return the one account that already holds orders of this document."""
    numbers = [order.number for order in extraction.orders[:200]]
    owners = session.scalars(select(col(OrderRow.account_id)).where(col(OrderRow.number).in_(numbers)).distinct()).all()
    return session.get(AccountRow, owners[0]) if len(owners) == 1 else None


def _document(session: Session, arrival: Arrival, owner: AccountRow | None, now: datetime) -> DocumentRow:
    source = arrival.extraction.source
    account = arrival.extraction.account
    known = select(DocumentRow).where(col(DocumentRow.digest) == arrival.digest)
    known = known.where(col(DocumentRow.account_id) == owner.id if owner else col(DocumentRow.account_id).is_(None))
    row = session.scalars(known).first()
    if row is None:
        row = DocumentRow(digest=arrival.digest, name=arrival.name, kind=source.kind.value, received_at=now.isoformat(), state="read")
        row.account_id = owner.id if owner else None
    row.kind, row.layout, row.url, row.state = source.kind.value, source.layout, arrival.url, "read"
    row.customer_id = account.customer_id if account else None
    problems = arrival.extraction.problems[:_MOST_PROBLEMS]
    row.problems = [{"where": entry.where, "code": entry.code, "text": entry.text} for entry in problems]
    return row


def _result(row: DocumentRow, account: str | None) -> ImportResult:
    return ImportResult(
        id=row.id or 0,
        name=row.name,
        kind=row.kind,
        account=account,
        at=datetime.fromisoformat(row.received_at),
        state=row.state,
        new=row.new,
        changed=row.changed,
        same=row.same,
        problems=problems_of(row.problems),
    )


def _number(cursor: str) -> int:
    if not cursor.isdecimal():
        raise InvalidInput("The cursor is not one of this list. Start again without it.")
    return int(cursor)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    files = sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]
    for file in files:
        found.update(file.name.encode())
        if file.is_file():
            with file.open("rb") as stream:
                while part := stream.read(1 << 20):
                    found.update(part)
    return found.hexdigest()
