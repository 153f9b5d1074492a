"""Decodes a mail into letters: its header and its bodies. An attached mail is a separate letter."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from assistant.amazon.mails import Letter

_WANTED = frozenset(("from", "to", "subject", "date", "message-id"))
_LONGEST_HEADER = 2000
_LONGEST_HEADERS = 256 << 10
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MOST_MARKS = ((b"\n--", 2000), (b"boundary", 100), (b"message/rfc822", 50))
_MOST_PARTS = 200
_DEEPEST = 12
_LONGEST_BODY = 4 << 20
# Other codecs are slow (punycode), not text (zip) or not used in mails.
_CHARSET = re.compile(
    r"(?:utf-?(?:7|8|16|16le|16be)|us-ascii|ascii|latin-?1|iso-?8859-\d+|windows-125\d|cp125\d|iso-2022-(?:jp(?:-[1-3])?|kr)|euc-?(?:jp|kr)|(?:x-)?s(?:hift)?_?jis"
    r"|cp932|gb2312|gbk|gb18030|big5|koi8-[ru]|macintosh)"
)
# Words in every mail about Amazon, or hints that an encoded body may contain them.
_WORTH = re.compile(rb"amazon|base64|quoted-printable|=\?", re.IGNORECASE)


def letters(content: bytes) -> Iterator[Letter]:
    """Yield the mail and the mails attached to it. Raises ValueError for one that is too nested to be genuine."""
    if not _WORTH.search(content):
        return
    if _is_tangled(content):
        raise ValueError("not built like a mail")
    try:
        root = BytesParser(policy=policy.default).parsebytes(content)
        waiting: list[tuple[Message[str, str], int]] = [(root, 0)]
        while waiting:
            message, depth = waiting.pop()
            letter, carried = _opened(message)
            yield letter
            if depth < _DEEPEST:
                waiting += [(inner, depth + 1) for inner in reversed(carried)]
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _is_tangled(content: bytes) -> bool:
    """Return whether parsing a mail could take minutes: an endless header, thousands of parts, or deeply nested parts."""
    end = _HEADER_END.search(content)
    header = end.start() if end else len(content)
    return header > _LONGEST_HEADERS or any(content.count(mark) > most for mark, most in _MOST_MARKS)


def _opened(root: "Message[str, str]") -> tuple[Letter, list["Message[str, str]"]]:
    fields = _fields(root)
    bodies: dict[str, list[str]] = {"text/html": [], "text/plain": []}
    carried: list[Message[str, str]] = []
    parts: list[tuple[Message[str, str], int]] = [(root, 0)]
    seen = 0
    while parts and seen < _MOST_PARTS:
        part, depth = parts.pop()
        seen += 1
        payload = part.get_payload() if part.is_multipart() else None
        inside = [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []
        kind = part.get_content_type()
        if kind == "message/rfc822":
            carried += inside
        elif depth < _DEEPEST:
            parts += [(inner, depth + 1) for inner in reversed(inside)]
        if kind in bodies and not inside and part.get_content_disposition() != "attachment":
            bodies[kind].append(_text(part))
    senders = [(_decoded(name), address) for name, address in getaddresses(fields.get("from", [])) if address]
    return (
        Letter(
            senders=tuple(senders),
            addressee=next((address.lower() for _, address in getaddresses(fields.get("to", [])) if address), ""),
            subject=_decoded(next(iter(fields.get("subject", [])), "")),
            sent=_moment(next(iter(fields.get("date", [])), "")),
            html="\n".join(bodies["text/html"]),
            text="\n".join(bodies["text/plain"]),
            key=next(iter(fields.get("message-id", [])), None),
        ),
        carried,
    )


def _fields(message: "Message[str, str]") -> dict[str, list[str]]:
    """Return the needed header lines undecoded, because addresses must be found before encoded words are decoded."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        if name.lower() in _WANTED:
            found.setdefault(name.lower(), []).append(" ".join(str(value)[:_LONGEST_HEADER].split()))
    return found


def _decoded(value: str) -> str:
    raw = value.encode("ascii", "surrogateescape") if not _is_text(value) else value.encode()
    text = raw.decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text


def _is_text(value: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _text(part: "Message[str, str]") -> str:
    payload = part.get_payload(decode=True)
    content = payload[:_LONGEST_BODY] if isinstance(payload, bytes) else b""
    named = (part.get_content_charset() or "").lower()
    for charset in (named if _CHARSET.fullmatch(named) else "utf-8", "utf-8"):
        try:
            return content.decode(charset)
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")
