"""Saved pages: HTML that somebody kept, and Amazon's own JSON answers, handed to the page reader."""

from assistant.amazon.reading import read_page
from assistant.domain.documents import Document, Extraction

_HEAD = 1 << 16
_ANSWERS = (b'"transactionsList"', b'"transactionList"')


def looks_like_page(name: str, content: bytes) -> bool:
    """Tell whether the content is HTML or a JSON answer of Amazon's."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_answer = head.startswith((b"{", b"[")) and any(mark in head for mark in _ANSWERS)
    return is_answer or head.startswith(b"<") or name.lower().endswith((".html", ".htm"))


def read_saved_page(name: str, content: bytes, url: str | None) -> Extraction:
    """Say what a saved page says."""
    return read_page(Document(name=name, content=content, media_type="text/html", url=url))
