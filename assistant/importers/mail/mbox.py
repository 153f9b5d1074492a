"""Splits mailboxes: a single mail, or an mbox with thousands, read as a stream. The content decides, not the file name.

The standard library's mbox reader wants a path, loads an index first and starts a mail at every line that begins with "From ".
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from assistant.importers.files.web_archives import is_mhtml

HEAD = 8192
"""The number of bytes that show whether a file contains mail."""
MOST_MAIL = 32 << 20
"""Mail services refuse larger mails, so these are skipped while reading."""

_PIECE = 1 << 16
_NAMES = (".eml", ".mbox")
_SEPARATOR = re.compile(rb"From \S.*\d{1,2}:\d{2}.*\d{4}\s*\Z")
_FIELD = re.compile(rb"([!-9;-~]{1,76}):(?:[ \t].*)?\r?\n?\Z")
_SEEN_IN_MAIL = frozenset(
    (b"from", b"to", b"subject", b"date", b"received", b"return-path", b"message-id", b"delivered-to", b"mime-version", b"dkim-signature")
)
_ENOUGH = 2
# A byte order mark and empty lines, as editors leave them.
_BEFORE = b"\xef\xbb\xbf\r\n"
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def looks_like_mail(name: str, head: bytes) -> bool:
    """Return whether this is the beginning of a mail or a mailbox, and not of a web page saved in that format."""
    if is_mhtml(head):
        return False
    if name.lower().endswith(_NAMES):
        return bool(head.strip())
    lines = head.lstrip(_BEFORE).splitlines()[:60]
    if len(lines) > 1 and _SEPARATOR.match(lines[0]):
        return _FIELD.match(lines[1]) is not None
    known: set[bytes] = set()
    for line in lines:
        field = _FIELD.match(line)
        if field is not None:
            known.add(field[1].lower())
        elif line[:1] not in (b" ", b"\t"):
            break
    return len(known & _SEEN_IN_MAIL) >= _ENOUGH


def messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the mails of a file, None for each that is too large."""
    pieces: list[bytes] = []
    size = 0
    fresh = after_empty = True
    for piece in iter(lambda: stream.readline(_PIECE), b""):
        start = piece if size else piece.lstrip(_BEFORE)
        if fresh and after_empty and start.startswith(b"From ") and _SEPARATOR.match(start):
            if size:
                yield _message(pieces, size)
            pieces, size, after_empty = [], 0, False
            continue
        size += len(piece)
        if size <= MOST_MAIL:
            pieces.append(piece)
        after_empty = fresh and not piece.strip()
        fresh = piece.endswith(b"\n")
    if size:
        yield _message(pieces, size)


def _message(pieces: list[bytes], size: int) -> bytes | None:
    return _QUOTED.sub(rb"\1", b"".join(pieces).lstrip(_BEFORE)) if size <= MOST_MAIL else None
