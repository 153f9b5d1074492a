"""Reading kept pages again with newer readers: what they say now takes the place of what they said, the user's words stay."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.amazon.reading import read_page
from assistant.amazon.version import reader_version
from assistant.domain.documents import Document, Extraction, Problem
from assistant.domain.errors import LedgerUnusable
from assistant.domain.events import EventKind
from assistant.domain.orders.order import Order, Recipient
from assistant.services.imports.kept_pages import page_text, worth_keeping
from assistant.services.imports.store_document import bring_in, describe
from assistant.services.imports.unassigned import packed
from assistant.storage.engine import Database
from assistant.storage.imports.quarantine import held_orders
from assistant.storage.imports.tables import PageRow
from assistant.storage.orders.sightings import told_by
from assistant.storage.tables import AccountRow, DocumentRow
from assistant.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading one kept page again brought: orders that changed, orders that left quarantine, and what is still wrong."""

    document: int
    name: str
    account: str | None
    changed: int
    settled: int
    problems: tuple[Problem, ...] = ()


class Rereading:
    """Reads kept pages again."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def all(self) -> list[Reread]:
        """Read every kept page again, each in a transaction of its own."""
        with self._database.reading() as session:
            ids = session.scalars(select(col(PageRow.document_id)).order_by(col(PageRow.document_id))).all()
        return self._again(ids)

    def catch_up(self) -> list[Reread]:
        """Read again what an older version read. A ledger that is busy is left for the next start."""
        with self._database.reading() as session:
            pages = session.execute(select(col(PageRow.document_id), col(PageRow.reader)).order_by(col(PageRow.document_id))).all()
        with suppress(LedgerUnusable):
            return self._again(document_id for document_id, reader in pages if reader != reader_version())
        return []

    def _again(self, ids: Iterable[int]) -> list[Reread]:
        found = []
        for document_id in ids:
            with self._database.writing() as work:
                page, row = work.session.get(PageRow, document_id), work.session.get(DocumentRow, document_id)
                if page is None or row is None:
                    continue
                found.append(_read_again(work, page, row))
                work.commit()
        return found


def _read_again(work: UnitOfWork, page: PageRow, row: DocumentRow) -> Reread:
    session = work.session
    extraction = read_page(Document(name=row.name, content=page_text(page), media_type="text/html", url=row.url))
    account = session.get(AccountRow, row.account_id) if row.account_id is not None else None
    page.reader = reader_version()
    session.add(page)
    if extraction.source.kind.value != row.kind:
        # A reader that no longer knows the page says nothing about it: what was read before stands.
        return Reread(document=page.document_id, name=row.name, account=account.key if account else None, changed=0, settled=0)
    before = len(held_orders(session, [row.id]).get(row.id, ()))
    extraction = _with_people(session, row, extraction)
    changed = 0
    if account is not None and account.id is not None:
        counts = bring_in(session, account.id, page.document_id, extraction)
        changed = counts.new + counts.changed
        work.tell(EventKind.ORDERS_IMPORTED, account=account.key, document=row.id, new=counts.new, changed=counts.changed)
    elif row.state == "parked":
        row.content = packed(extraction)
    describe(row, extraction)
    session.add(row)
    if not worth_keeping(extraction):
        session.execute(delete(PageRow).where(col(PageRow.document_id) == page.document_id))
    return Reread(
        document=page.document_id,
        name=row.name,
        account=account.key if account else None,
        changed=changed,
        settled=before - len(held_orders(session, [row.id]).get(row.id, ())),
        problems=extraction.problems,
    )


def _with_people(session: Session, row: DocumentRow, extraction: Extraction) -> Extraction:
    """A kept page is redacted: who gets a parcel is known from its first reading only."""
    known = told_by(session, row.id or 0, [order.number for order in extraction.orders])
    return replace(extraction, orders=tuple(_with_recipient(order, known.get(order.number)) for order in extraction.orders))


def _with_recipient(order: Order, earlier: Order | None) -> Order:
    if earlier is None:
        return replace(order, recipient=Recipient())
    return replace(order, recipient=earlier.recipient, marketplace=order.marketplace or earlier.marketplace)
