"""Finds the encoding of a text file, by its byte order mark or its bytes."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4096
_STEP = 1 << 20
_AROUND = 1 << 14


def encoding_of(content: bytes) -> str | None:
    """Return the name of the encoding, None for binary content. Text that is not Unicode is Windows-1252."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:_HEAD]
    if b"\0" in head:
        return _without_mark(head)
    fault = _first_fault(content)
    if fault is None:
        return "utf-8"
    # A single broken byte must not make the whole file Windows-1252, which would garble every umlaut.
    part = content[max(0, fault - _AROUND) : fault + _AROUND].decode("utf-8", "replace")
    broken = part.count("\ufffd")
    foreign = sum(not sign.isascii() for sign in part) - broken
    return "utf-8" if foreign > broken else "cp1252"


def _without_mark(head: bytes) -> str | None:
    """Return the UTF-16 encoding of text without a mark, in which every other byte is zero; None for binary content."""
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.8 and not head[::2].count(0):
        return "utf-16-le"
    if head[::2].count(0) > half * 0.8 and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _first_fault(content: bytes) -> int | None:
    """Return where the content stops being UTF-8; a character cut off at the very end does not count."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with memoryview(content) as view:
        for start in range(0, len(view), _STEP):
            try:
                decoder.decode(bytes(view[start : start + _STEP]))
            except UnicodeDecodeError as error:
                return start + error.start
    return None
