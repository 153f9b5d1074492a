"""Folds texts and patterns so that accents, case, the Turkish dotless i and the Polish l with a stroke do not matter."""

import re
import unicodedata
from functools import lru_cache

from assistant.domain.text import fold

# Separate letters that have no accent to remove.
_UNACCENTED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'"})
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return the text in the form that patterns from `pattern` expect. Cached, because every item of a page has the same labels."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_UNACCENTED)


def western_digits(text: str) -> str:
    """Return the text with the digits of every script (Arabic, Devanagari, full-width) as 0 to 9."""
    return text if text.isascii() else _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)


def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern written in lower case whose words may have accents, voicing marks or characters of any script."""
    return re.compile(_BEYOND_ASCII.sub(lambda found: plain(found[0]), words))


def after(prefix: re.Pattern[str], text: str) -> str | None:
    """Return the text after a prefix that matches the folded text, None if the text does not start with it."""
    found = prefix.match(plain(text))
    if found is None:
        return None
    if plain(text[: found.end()]) == found[0]:
        return text[found.end() :].strip()
    place = 0
    for index, sign in enumerate(text):
        # Folding changes the length of some characters, so the end of the prefix is counted in folded characters.
        if place >= found.end():
            return text[index:].strip()
        place += len(plain(sign))
    return ""
