"""Stores a document that was read: merges its orders, joins its payments, keeps its problems, all in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from assistant.domain.documents import Extraction, ImportResult
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order
from assistant.domain.orders.sightings import doubts_of
from assistant.domain.pages.kinds import SourceKind
from assistant.services.imports.document_owner import owner_of
from assistant.services.imports.kept_pages import keep_page
from assistant.services.imports.unassigned import packed
from assistant.storage.accounts.register import AccountRef
from assistant.storage.imports import documents
from assistant.storage.orders.store_orders import Counts, take_in, take_payments
from assistant.storage.taxes.order_pages import OrderPage, keep_order_page
from assistant.storage.unit_of_work import Session, UnitOfWork

_PRINTED = frozenset({SourceKind.ORDER_DETAILS, SourceKind.INVOICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document that was read and is about to be stored; `digest` is the SHA-256 of its bytes, `page` the page itself.

    `more` are orders that come after those of the extraction; iterate it only once.
    """

    extraction: Extraction
    digest: str
    name: str
    url: str | None = None
    page: bytes | str | None = None
    more: Iterable[Order] = ()


def take(
    work: UnitOfWork, arrival: Arrival, account: str | None, now: datetime, *, new_account: bool = False, named: bool = False
) -> ImportResult:
    """Store a document within the caller's transaction; it is parked while its customer id is not linked.

    `new_account` registers an unknown account; otherwise that raises NotFound. `named`: also return what happens to each order.
    Raises InvalidInput if neither the document nor `account` says whose it is.
    """
    extraction, session = arrival.extraction, work.session
    if not (extraction.orders or extraction.transactions or _is_empty_list(extraction)):
        return _store_empty(work, arrival, now)
    owner = owner_of(work, extraction, account, now, new_account=new_account)
    document_id = _add(session, arrival, owner, now)
    counts = Counts()
    if owner is None:
        waiting = replace(extraction, orders=(*extraction.orders, *arrival.more))
        documents.set_state(session, document_id, "parked", content=packed(waiting))
    else:
        days = _Days()
        counts = bring_in(session, owner.id, document_id, extraction, days.of(arrival.more), named=named)
        if days.seen:
            documents.cover_days(session, document_id, (min(days.seen), max(days.seen)))
        documents.note_counts(session, document_id, counts)
        _keep_for_receipts(session, owner, arrival, now)
        if counts.new or counts.changed or extraction.listing:
            work.tell(EventKind.ORDERS_IMPORTED, account=owner.key, document=document_id, new=counts.new, changed=counts.changed)
    keep_page(session, document_id, arrival.page, extraction)
    result, numbers = documents.import_result(session, document_id), tuple((counts.numbers or {}).items())
    return replace(result, new=counts.new, changed=counts.changed, same=counts.same, numbers=numbers)


def bring_in(
    session: Session, account_id: int, document_id: int, extraction: Extraction, more: Iterable[Order] = (), *, named: bool = False
) -> Counts:
    """Store a document of this account; return how many orders it added or changed."""
    orders = chain(extraction.orders, more)
    doubts = doubts_of(extraction.source.kind, extraction.orders, extraction.problems)
    counts = take_in(session, account_id, document_id, extraction.source.kind, orders, doubts=doubts, named=named)
    if extraction.transactions:
        counts.changed += take_payments(session, account_id, document_id, extraction.transactions)
    return counts


def _keep_for_receipts(session: Session, owner: AccountRef, arrival: Arrival, now: datetime) -> None:
    """Keep the page of one order or its invoice: `shopper receipts print` makes a receipt of it."""
    kind, orders = arrival.extraction.source.kind, arrival.extraction.orders
    if arrival.page is None or kind not in _PRINTED or len(orders) != 1:
        return
    content = arrival.page if isinstance(arrival.page, bytes) else arrival.page.encode("utf-8", "replace")
    page = OrderPage(
        account=owner.key,
        number=orders[0].number,
        kind=kind.value,
        url=arrival.url,
        seen_at=now.isoformat(),
        printed=False,
        content=content,
    )
    keep_order_page(session, owner.id, page)


class _Days:
    """Collects the days of a stream of orders."""

    def __init__(self) -> None:
        self.seen: set[date] = set()

    def of(self, orders: Iterable[Order]) -> Iterator[Order]:
        for order in orders:
            if order.placed_on:
                self.seen.add(order.placed_on)
            yield order


def _is_empty_list(extraction: Extraction) -> bool:
    """Return whether this order list states that its period has no orders, which is worth storing too."""
    return extraction.listing is not None and extraction.listing.shown == 0


def _store_empty(work: UnitOfWork, arrival: Arrival, now: datetime) -> ImportResult:
    document_id = _add(work.session, arrival, None, now)
    if arrival.extraction.problems and arrival.extraction.source.kind is SourceKind.OTHER:
        documents.set_state(work.session, document_id, "failed")
        work.tell(EventKind.IMPORT_FAILED, document=document_id)
    keep_page(work.session, document_id, arrival.page, arrival.extraction)
    return documents.import_result(work.session, document_id)


def _add(session: Session, arrival: Arrival, owner: AccountRef | None, now: datetime) -> int:
    account_id = owner.id if owner else None
    number, _ = documents.add_document(
        session, arrival.extraction, account_id, now, digest=arrival.digest, name=arrival.name, url=arrival.url
    )
    return number
