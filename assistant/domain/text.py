"""Makes text from pages and files safe to store and show."""

import re
import unicodedata
from itertools import filterfalse

LONGEST = 2000
"""Maximum length of any text; Amazon's own titles end at 200, addresses and gift messages at about 500."""

_LONGEST_NAME, _LONGEST_ENDING = 200, 20
# C0 and C1 controls, DEL, bidi controls and isolates, zero-width characters, BOM, soft hyphen, line and paragraph separators.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_STARTS_FORMULA = ("=", "+", "@", "-", "\uff1d", "\uff0b", "\uff20", "\uff0d")


def clean_text(text: str) -> str:
    """Return the text in one line: NFC, white space collapsed, control, bidi and zero-width characters dropped, cut at LONGEST."""
    # Printable text has none of the characters below and no white space except the space.
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()[:LONGEST]
    composed = unicodedata.normalize("NFC", text[: LONGEST * 4])
    return _SPACE.sub(" ", _UNSAFE.sub("", composed)).strip()[:LONGEST]


def one_line(text: str) -> str:
    """Return pasted lines, like those of an address, as one: a comma for each line break."""
    return ", ".join(filter(None, (line.strip(" ,") for line in text.splitlines())))


def fold(text: str) -> str:
    """Return the text for comparing: lower case, accents dropped, German sharp s as ss."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", lowered)))


def file_name(name: str) -> str:
    """Return a name short enough for every file system: at most 200 bytes of UTF-8, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    kept = f"{dot}{ending}" if stem and len(ending) <= _LONGEST_ENDING else ""
    room = _LONGEST_NAME - len(kept.encode("utf-8", "replace"))
    return name.removesuffix(kept).encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + kept


def spreadsheet_safe(cell: str) -> str:
    """Return text that a spreadsheet will not run as a formula: an apostrophe before = + - @, their full-width forms, tab or return.

    Plain numbers stay numbers.
    """
    if cell[:1].isalnum():
        return cell
    risky = cell.lstrip()[:1] in _STARTS_FORMULA or cell[:1] in ("\t", "\r")
    number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{cell}" if risky and not number else cell
