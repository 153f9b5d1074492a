"""Texts of the app and of the help of commands in the current language.

Texts are written in English where they are shown; `translations/LANGUAGE.po` holds them in the other languages. After a change
`make languages` brings the catalogues up to date. English needs no catalogue. A text like "category|home" begins with a note for
translators, because "home" alone has other translations; English shows what is behind the bar.
"""

import re
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

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


@cache
def _catalogue(language: str) -> GNUTranslations:
    with (_FOLDER / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)
