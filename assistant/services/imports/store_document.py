"""A document that was read goes into the ledger: its orders merged, its payments joined, its doubts remembered, in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.domain.documents import Extraction
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import doubts_of
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.views import Held, ImportResult
from assistant.services.imports.document_owner import owner_of
from assistant.services.imports.kept_pages import keep_page
from assistant.services.imports.unassigned import packed
from assistant.storage.imports.quarantine import held_orders
from assistant.storage.orders.rows import problem_values, problems_of
from assistant.storage.orders.store_orders import Counts, take_in, take_payments
from assistant.storage.tables import AccountRow, DocumentRow
from assistant.storage.unit_of_work import UnitOfWork

_MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document that was read, on its way into the ledger; `digest` is the SHA-256 of its bytes, `page` the page itself.

    `more` are orders that still come in after those of the extraction; it can be run through once.
    """

    extraction: Extraction
    digest: str
    name: str
    url: str | None = None
    page: bytes | str | None = None
    more: Iterable[Order] = ()


def take(work: UnitOfWork, arrival: Arrival, account: str | None, now: datetime) -> ImportResult:
    """Put a document into the ledger within the caller's transaction; it waits when its customer id is not linked yet.

    Raises InvalidInput when the document does not say whose it is and `account` does not either.
    """
    extraction, session = arrival.extraction, work.session
    if not (extraction.orders or extraction.transactions or _counts_none(extraction)):
        return _take_nothing(work, arrival, now)
    owner = owner_of(work, extraction, account, now)
    row = _document(session, arrival, owner, now)
    session.add(row)
    session.flush()
    counts = Counts()
    if owner is None or owner.id is None or row.id is None:
        row.state, row.content = "parked", packed(replace(extraction, orders=(*extraction.orders, *arrival.more)))
    else:
        counts = bring_in(session, owner.id, row.id, extraction, _noting_days(row, arrival.more))
        # What comes again and brings nothing keeps what it brought at first.
        if counts.new or counts.changed or not (row.new or row.changed):
            row.new, row.changed, row.same = counts.new, counts.changed, counts.same
        if counts.new or counts.changed or extraction.listing:
            work.tell(EventKind.ORDERS_IMPORTED, account=owner.key, document=row.id, new=counts.new, changed=counts.changed)
    session.add(row)
    session.flush()
    keep_page(session, row, arrival.page, extraction)
    result = result_of(row, owner.key if owner else None, held_orders(session, [row.id]).get(row.id, ()))
    return replace(result, new=counts.new, changed=counts.changed, same=counts.same)


def bring_in(session: Session, account_id: int, document_id: int, extraction: Extraction, more: Iterable[Order] = ()) -> Counts:
    """Put what a document of this account says into the ledger; return how many orders that made or changed."""
    orders = chain(extraction.orders, more)
    counts = take_in(session, account_id, document_id, extraction.source.kind, orders, doubts=doubts_of(extraction))
    if extraction.transactions:
        counts.changed += take_payments(session, account_id, document_id, extraction.transactions)
    return counts


def _noting_days(row: DocumentRow, orders: Iterable[Order]) -> Iterator[Order]:
    """Yield orders that still come in, their days added to those that the document covers."""
    for order in orders:
        if order.placed_on:
            day = order.placed_on.isoformat()
            row.first_day, row.last_day = min(row.first_day or day, day), max(row.last_day or day, day)
        yield order


def _counts_none(extraction: Extraction) -> bool:
    """Tell whether this is a list that says that there are no orders in its period: that is worth knowing too."""
    return extraction.listing is not None and extraction.listing.shown == 0


def _take_nothing(work: UnitOfWork, arrival: Arrival, now: datetime) -> ImportResult:
    row = _document(work.session, arrival, None, now)
    row.state = "failed" if arrival.extraction.problems and arrival.extraction.source.kind is SourceKind.OTHER else "read"
    work.session.add(row)
    work.session.flush()
    keep_page(work.session, row, arrival.page, arrival.extraction)
    if row.state == "failed":
        work.tell(EventKind.IMPORT_FAILED, document=row.id)
    return result_of(row, None)


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
    describe(row, arrival.extraction)
    return row


def describe(row: DocumentRow, extraction: Extraction) -> None:
    """Write down what a document covers and what could not be read of it."""
    days = [order.placed_on for order in extraction.orders if order.placed_on]
    row.first_day, row.last_day = (min(days).isoformat(), max(days).isoformat()) if days else (None, None)
    row.problems = problem_values(extraction.problems[:_MOST_PROBLEMS])
    row.listing = _listing(extraction)


def _listing(extraction: Extraction) -> dict[str, Any] | None:
    listing = extraction.listing
    if listing is None:
        return None
    numbers = [order.number for order in extraction.orders]
    return {"period": listing.period, "start": listing.start, "shown": listing.shown, "filtered": listing.filtered, "numbers": numbers}


def result_of(row: DocumentRow, account: str | None, held: Sequence[Held] = ()) -> ImportResult:
    """Return what one document brought."""
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
        held=tuple(held),
    )
