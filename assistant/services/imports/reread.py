"""Rereads kept pages with newer readers: the new results replace the old ones, the user's labels stay."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from assistant.amazon.reading import read_page
from assistant.amazon.version import reader_version
from assistant.domain.documents import Document, Extraction
from assistant.domain.errors import LedgerUnusable, Problem
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order, Recipient
from assistant.services.imports.kept_pages import worth_keeping
from assistant.services.imports.store_document import bring_in
from assistant.services.imports.unassigned import packed
from assistant.storage.accounts.register import account_keys
from assistant.storage.engine import Database
from assistant.storage.imports import documents, pages
from assistant.storage.imports.documents import StoredDocument
from assistant.storage.imports.pages import KeptPage
from assistant.storage.imports.quarantine import held_orders
from assistant.storage.orders.sightings import told_by
from assistant.storage.unit_of_work import Session, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """The result of rereading one page: orders that changed, orders that left quarantine, and remaining problems."""

    document: int
    name: str
    account: str | None
    changed: int
    settled: int
    problems: tuple[Problem, ...] = ()


class Rereads:
    """Rereads kept pages."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def all(self) -> list[Reread]:
        """Reread every kept page, each in its own transaction."""
        with self._database.reading() as session:
            kept = pages.pages_by_reader(session)
        return self._again(kept)

    def catch_up(self) -> list[Reread]:
        """Reread pages that an older version read. Does nothing while the ledger is busy; the next start tries again."""
        with self._database.reading() as session:
            kept = pages.pages_by_reader(session)
        with suppress(LedgerUnusable):
            return self._again(document_id for document_id, reader in kept.items() if reader != reader_version())
        return []

    def _again(self, ids: Iterable[int]) -> list[Reread]:
        found = []
        for document_id in ids:
            with self._database.writing() as work:
                page, stored = pages.kept_page(work.session, document_id), documents.document(work.session, document_id)
                if page is None or stored is None:
                    continue
                found.append(_read_again(work, page, stored))
                work.commit()
        return found


def _read_again(work: UnitOfWork, page: KeptPage, stored: StoredDocument) -> Reread:
    session = work.session
    extraction = read_page(Document(name=stored.name, content=page.content, media_type="text/html", url=stored.url))
    account = account_keys(session)[stored.account_id] if stored.account_id is not None else None
    pages.note_reader(session, stored.id, reader_version())
    if extraction.source.kind is not stored.kind:
        # If the reader no longer recognises the page, keep the earlier result.
        return Reread(document=stored.id, name=stored.name, account=account, changed=0, settled=0)
    before = len(held_orders(session, [stored.id]).get(stored.id, ()))
    extraction = _with_people(session, stored.id, extraction)
    changed = 0
    if stored.account_id is not None:
        counts = bring_in(session, stored.account_id, stored.id, extraction)
        changed = counts.new + counts.changed
        work.tell(EventKind.ORDERS_IMPORTED, account=account, document=stored.id, new=counts.new, changed=counts.changed)
    elif stored.state == "parked":
        documents.set_state(session, stored.id, "parked", content=packed(extraction))
    documents.describe(session, stored.id, extraction)
    if not worth_keeping(extraction):
        pages.drop_page(session, stored.id)
    settled = before - len(held_orders(session, [stored.id]).get(stored.id, ()))
    return Reread(document=stored.id, name=stored.name, account=account, changed=changed, settled=settled, problems=extraction.problems)


def _with_people(session: Session, document_id: int, extraction: Extraction) -> Extraction:
    """Add the recipients of the first reading, because a kept page is redacted."""
    known = told_by(session, document_id, [order.number for order in extraction.orders])
    return replace(extraction, orders=tuple(_with_recipient(order, known.get(order.number)) for order in extraction.orders))


def _with_recipient(order: Order, earlier: Order | None) -> Order:
    if earlier is None:
        return replace(order, recipient=Recipient())
    return replace(order, recipient=earlier.recipient, marketplace=order.marketplace or earlier.marketplace)
