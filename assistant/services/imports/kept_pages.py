"""Which pages are kept, and for how long.

A page is kept only if reading it had a problem that a better reader could solve (a sum, a count, a field). A page without problems is
not kept, because the ledger has all its data. A kept page is redacted, compressed and at most 256 KiB, and only the newest 200 stay. It
is deleted when a later version reads it without problems or when the user confirms its orders. A page of orders takes 3 to 11 KiB,
so all pages together stay under 2 MiB in practice.

Apart from these, the newest page of an order and of its invoice is kept as it was shown, to be printed as a receipt
(`storage/taxes/order_pages`).
"""

from collections.abc import Iterator

from assistant.amazon.redaction import redacted
from assistant.amazon.version import reader_version
from assistant.domain.documents import Extraction
from assistant.domain.orders.precedence import PAGES
from assistant.domain.pages.kinds import SourceKind
from assistant.storage.imports.pages import KeptPage, store_page
from assistant.storage.unit_of_work import Session

MOST_PAGES, LARGEST_PAGE = 200, 256 << 10

_SOLVABLE = frozenset({"arithmetic", "count", "mixed-currencies", "unreadable", "missing", "unknown-label"})
_COMES_AGAIN = frozenset({"not-rendered", "encrypted"})


def worth_keeping(extraction: Extraction) -> bool:
    """Return whether a better reader could read more from this page. A page that was not rendered yet is captured again anyway."""
    codes = {problem.code for problem in extraction.problems}
    return extraction.source.kind in {*PAGES, SourceKind.TRANSACTIONS} and bool(codes & _SOLVABLE) and not codes & _COMES_AGAIN


def keep_page(session: Session, document_id: int, page: bytes | str | None, extraction: Extraction) -> None:
    """Keep a page if rereading it may help, replacing the one kept for this document."""
    if page is None or not worth_keeping(extraction):
        return
    text = redacted(page, _names(extraction))
    if text:
        store_page(session, KeptPage(document_id, reader_version(), text.encode()), largest=LARGEST_PAGE, most=MOST_PAGES)


def _names(extraction: Extraction) -> Iterator[str]:
    """Yield the names and addresses on the page."""
    account = extraction.account
    if account is not None:
        yield from (word for word in (account.customer_id, account.greeting, account.organization) if word)
    for order in extraction.orders:
        yield order.recipient.name or ""
        yield from (order.recipient.address or "").split(",")
