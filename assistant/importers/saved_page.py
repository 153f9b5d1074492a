"""Saved pages: HTML that somebody kept, and Amazon's own JSON answers, handed to the page reader."""

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document, Extraction


def looks_like_page(name: str, content: bytes) -> bool:
    """Tell whether the content is HTML or a JSON answer of Amazon's."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") or name.lower().endswith((".html", ".htm")) or (head.startswith(b"{") and b"transactionslist" in head)


def read_saved_page(name: str, content: bytes, url: str | None) -> Extraction:
    """Say what a saved page says."""
    return read_page(Document(name=name, content=content, media_type="text/html", url=url))
