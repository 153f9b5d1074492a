"""Texts of the app and of the help of commands in the current language.

Texts are written in English where they are shown; `translations/LANGUAGE.po` holds them in the other languages. After a change
`make languages` brings the catalogues up to date. English needs no catalogue. A text like "category|home" begins with a note for
translators, because "home" alone has other translations; English shows what is behind the bar.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from gettext import c2py
from pathlib import Path
from struct import unpack_from

from assistant.domain.languages.formats import number
from assistant.domain.languages.language import DEFAULT, current_language

_FOLDER = Path(__file__).with_name("translations")
_NOTE = re.compile(r"[a-z]+\|")


def to_translate(text: str) -> str:
    """Mark a constant for the catalogues and return it as it is. Whoever shows it passes it to `translated`."""
    return text


def translated(text: str, /, **values: object) -> str:
    """Return a text in the current language. `{name}` in it becomes the value of that name; without values braces stay."""
    language = current_language()
    found = text if language == DEFAULT or not text else _catalogue(language).gettext(text)
    if "|" in found:
        found = _NOTE.sub("", found, count=1) if _NOTE.match(found) else found
    return found.format_map(values) if values else found


def translated_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the text for a number of things in the current language: "{count} order" for 1, "{count} orders" for more."""
    return form_for(count, one, many).format_map({"count": number(count), **values})


def form_for(count: int, one: str, many: str) -> str:
    """Return the text for a number of things in the current language, with its braces."""
    language = current_language()
    return (one if count == 1 else many) if language == DEFAULT else _catalogue(language).ngettext(one, many, count)


def any_of(words: Iterable[str]) -> str:
    """Return words as alternatives: "office or offers"."""
    return translated(" or ").join(words)


def all_of(words: Iterable[str]) -> str:
    """Return words that belong together: "EUR and USD"."""
    return translated(" and ").join(words)


class Catalogue:
    """A compiled catalogue (.mo) of one language.

    The texts in the file are sorted, so that each is found without reading the others: `shopper --help` shows a hundred of thousands.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        _, _, self._size, self._texts, self._translations = unpack_from("<5I", content)
        self._found: dict[str, list[str]] = {}
        _, _, rule = self.gettext("").partition("plural=")
        self._form = c2py(rule.partition(";")[0])

    def gettext(self, text: str) -> str:
        """Return the translation of a text, or the text itself."""
        forms = self._forms(text)
        return forms[0] if forms else text

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form for a number of things, in English if there is no translation."""
        forms = self._forms(one)
        return forms[self._form(count)] if forms else one if count == 1 else many

    def _forms(self, text: str) -> list[str]:
        found = self._found.get(text)
        if found is None:
            wanted = text.encode()
            place = bisect_left(range(self._size), wanted, key=self._text)
            if place == self._size or self._text(place) != wanted:
                return []
            found = self._found[text] = self._entry(self._translations, place).decode().split("\0")
        return found

    def _text(self, place: int) -> bytes:
        """Return the English text at a place; of one with two forms the singular."""
        return self._entry(self._texts, place).partition(b"\0")[0]

    def _entry(self, table: int, place: int) -> bytes:
        length, start = unpack_from("<2I", self._content, table + 8 * place)
        return self._content[start : start + length]


@cache
def _catalogue(language: str) -> Catalogue:
    return Catalogue((_FOLDER / f"{language}.mo").read_bytes())
