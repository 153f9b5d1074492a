"""Which pages are kept, and for how long.

Written rule: a page is kept only while its reading has something wrong that a better reader could mend (a sum, a count, a field).
A page that reads well is not kept: what it said is in the ledger word for word. What is kept is redacted, compressed, at most
256 KiB each and the newest 200; it goes when a later version reads it well or when the user confirms its orders.
A page of orders is some 3 to 11 KiB that way, so that all of them together stay under 2 MiB in practice.
"""

import zlib
from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlmodel import Session, col

from assistant.amazon.redaction import redacted
from assistant.amazon.version import reader_version
from assistant.domain.documents import Extraction
from assistant.domain.orders.precedence import PAGES
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.imports.tables import PageRow
from assistant.storage.tables import DocumentRow

MOST_PAGES, LARGEST_PAGE = 200, 256 << 10

_MENDABLE = frozenset({"arithmetic", "count", "mixed-currencies", "unreadable", "missing", "unknown-label"})
_COMES_AGAIN = frozenset({"not-rendered", "encrypted"})


def worth_keeping(extraction: Extraction) -> bool:
    """Tell whether a better reader could make more of this page. One that was not drawn yet comes again by itself."""
    codes = {problem.code for problem in extraction.problems}
    return extraction.source.kind in {*PAGES, SourceKind.TRANSACTIONS} and bool(codes & _MENDABLE) and not codes & _COMES_AGAIN


def keep_page(session: Session, row: DocumentRow, page: bytes | str | None, extraction: Extraction) -> None:
    """Keep a page that is worth it, in place of what was kept of this document; the oldest make room."""
    if page is None or row.id is None or not worth_keeping(extraction):
        return
    text = redacted(page, _names(extraction))
    content = zlib.compress(text.encode(), 9) if text else b""
    if not content or len(content) > LARGEST_PAGE:
        return
    session.execute(delete(PageRow).where(col(PageRow.document_id) == row.id))
    session.add(PageRow(document_id=row.id, reader=reader_version(), content=content))
    session.flush()
    newest = select(col(PageRow.document_id)).order_by(col(PageRow.document_id).desc()).limit(MOST_PAGES)
    session.execute(delete(PageRow).where(col(PageRow.document_id).not_in(newest)))


def page_text(row: PageRow) -> bytes:
    """Return a kept page."""
    return zlib.decompress(row.content)


def _names(extraction: Extraction) -> Iterator[str]:
    """Yield who and where the page speaks of."""
    account = extraction.account
    if account is not None:
        yield from (word for word in (account.customer_id, account.greeting, account.organization) if word)
    for order in extraction.orders:
        yield order.recipient.name or ""
        yield from (order.recipient.address or "").split(",")
