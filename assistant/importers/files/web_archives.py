"""Reads pages that a browser saved in one file with their pictures: MHTML (Chrome, Edge, Opera), Safari's web archive."""

import plistlib
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from xml.parsers.expat import ExpatError

# A saving browser has no mail address for the From line.
_SAVED_BY = re.compile(rb"^(?:snapshot-content-location:|from:\s*[\"<]*saved by [^@\r\n]*\r?$)", re.IGNORECASE | re.MULTILINE)
_HEAD = 8192
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MOST_PARTS = 50
"""The page comes first, followed by its pictures and frames."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}")
_CHARSET = re.compile(r"utf-?8|utf-16(?:le|be)?|us-ascii|iso-8859-(?:1|2|9|15)|windows-125[0-8]|shift_jis|euc-jp", re.IGNORECASE)
_SAFARI = (b"bplist00", b"<?xml")
_SAFARI_KEY = b"WebMainResource"


def is_mhtml(head: bytes) -> bool:
    """Return whether this is the beginning of a page saved as MHTML, which looks like a mail."""
    start = head[:_HEAD]
    end = _HEADER_END.search(start)
    return _SAVED_BY.search(start, 0, end.start() if end else len(start)) is not None


def page_in(content: bytes) -> bytes | None:
    """Return the page in an archive as UTF-8, with its address in a comment; None for other files and for archives without a page."""
    if is_mhtml(content[:_HEAD]):
        return _from_mhtml(content)
    if content.startswith(_SAFARI) and _SAFARI_KEY in content:
        return _from_safari(content)
    return None


def _from_mhtml(content: bytes) -> bytes | None:
    end = _HEADER_END.search(content[:_HEAD])
    parser = BytesParser(policy=policy.compat32)
    header = parser.parsebytes(content[: end.end() if end else _HEAD], headersonly=True)
    boundary = header.get_boundary()
    parts = (parser.parsebytes(part) for part in _mime_parts(content, boundary)) if boundary else iter((parser.parsebytes(content),))
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(payload, bytes):
        return None
    address = header["snapshot-content-location"] or page["content-location"]
    return _noted(payload, page.get_content_charset(), str(address or ""))


def _mime_parts(content: bytes, boundary: str) -> Iterator[bytes]:
    pieces = content.split(b"--" + boundary.encode("utf-8", "replace"), _MOST_PARTS + 1)
    return (piece.lstrip(b"\r\n") for piece in pieces[1 : _MOST_PARTS + 1])


def _from_safari(content: bytes) -> bytes | None:
    try:
        main = plistlib.loads(content)["WebMainResource"]
        page, named, address = main["WebResourceData"], main.get("WebResourceTextEncodingName"), main.get("WebResourceURL")
    except (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None
    return _noted(page, named if isinstance(named, str) else None, str(address or "")) if isinstance(page, bytes) else None


def _noted(page: bytes, charset: str | None, address: str) -> bytes:
    """Return the page in UTF-8, with its address in a comment at the top."""
    if charset and _CHARSET.fullmatch(charset):
        page = b"\xef\xbb\xbf" + page.decode(charset, "replace").encode()
    if not _ADDRESS.fullmatch(address) or "--" in address:
        return page
    note = f"<!-- saved from url=({len(address):04}){address} -->\n".encode()
    mark, rest = (page[:3], page[3:]) if page.startswith(b"\xef\xbb\xbf") else (b"", page)
    return mark + note + rest
