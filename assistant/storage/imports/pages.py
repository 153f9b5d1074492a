"""Pages that are kept to be read again, compressed."""

import zlib
from typing import NamedTuple

from sqlalchemy import delete, exists, select
from sqlmodel import Field, Session, SQLModel, col

from assistant.storage.tables import DocumentRow, OrderRow, SightingRow


class PageRow(SQLModel, table=True):
    """A page to read again later (`services/imports/kept_pages.py`): redacted, zlib; `reader` is the version that read it last."""

    __tablename__ = "pages"
    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    reader: str
    content: bytes


class KeptPage(NamedTuple):
    """A kept page; `reader` is the version that read it last."""

    document_id: int
    reader: str
    content: bytes


def store_page(session: Session, page: KeptPage, *, largest: int, most: int) -> None:
    """Keep a page, replacing the one kept for its document, unless it is too large compressed. Only the newest `most` stay."""
    content = zlib.compress(page.content, 9)
    if len(content) > largest:
        return
    session.execute(delete(PageRow).where(col(PageRow.document_id) == page.document_id))
    session.add(PageRow(document_id=page.document_id, reader=page.reader, content=content))
    session.flush()
    newest = select(col(PageRow.document_id)).order_by(col(PageRow.document_id).desc()).limit(most)
    session.execute(delete(PageRow).where(col(PageRow.document_id).not_in(newest)))


def kept_page(session: Session, document_id: int) -> KeptPage | None:
    """Return the page kept for a document."""
    row = session.get(PageRow, document_id)
    return KeptPage(row.document_id, row.reader, zlib.decompress(row.content)) if row is not None else None


def pages_by_reader(session: Session) -> dict[int, str]:
    """Return which version read each kept page last, by document, oldest first; those of removed imports are left out."""
    query = select(col(PageRow.document_id), col(PageRow.reader)).join(DocumentRow, col(DocumentRow.id) == col(PageRow.document_id))
    rows = session.execute(query.where(col(DocumentRow.state) != "removed").order_by(col(DocumentRow.id)))
    return {row.document_id: row.reader for row in rows}


def note_reader(session: Session, document_id: int, reader: str) -> None:
    """Store which version read a kept page last."""
    row = session.get_one(PageRow, document_id)
    row.reader = reader
    session.add(row)


def drop_page(session: Session, document_id: int) -> None:
    """Delete a kept page."""
    session.execute(delete(PageRow).where(col(PageRow.document_id) == document_id))


def drop_pages_of(session: Session, order_id: int) -> None:
    """Delete the kept pages of an order that was confirmed, except those with another order that is still in quarantine."""
    told = select(col(SightingRow.document_id)).where(col(SightingRow.order_id) == order_id)
    held = exists().where(
        col(SightingRow.document_id) == col(PageRow.document_id),
        col(SightingRow.order_id) == col(OrderRow.id),
        col(OrderRow.quarantine).is_not(None),
    )
    session.execute(delete(PageRow).where(col(PageRow.document_id).in_(told), ~held))
