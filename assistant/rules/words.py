"""Whether a title speaks of a rule's word: case, accents, singular and plural forgiven, other words and parts of words not.

Rule words are whole words; in compounding languages also parts of compounds whose rest is words; in languages written without
spaces whole segments. The language is that of the shop.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from assistant.amazon.marketplaces import by_host
from assistant.rules.compounds import holds
from assistant.rules.lexicon import known
from assistant.rules.spaceless import SIGNS, segment, spaceless
from assistant.rules.spelling import alike

_TOKEN = re.compile(f"[^\\W_{SIGNS}]+")
_LONGEST_TITLE = 2000
# Shops whose titles come in two languages; elsewhere a title is in the shop's own, whatever the menus are in.
_TWO_LANGUAGES = frozenset({"amazon.com.be", "amazon.ca", "amazon.sa", "amazon.eg", "amazon.ae"})
_WITHOUT_LIST = frozenset({"ja", "zh"})


def languages(site: str | None) -> tuple[str, ...]:
    """Return the languages that titles of a marketplace are written in; English where the shop is unknown."""
    shop = by_host(site or "")
    if shop is None:
        return ("en",)
    spoken = tuple(language for language in shop.languages if language not in _WITHOUT_LIST) or ("en",)
    return spoken[:2] if shop.name in _TWO_LANGUAGES else spoken[:1]


def mentions(title: str, words: Iterable[str], site: str | None) -> str | None:
    """Return the first of a rule's words (or phrases) that a title speaks of."""
    spoken = languages(site)
    return next((word for word in words if _speaks(title[:_LONGEST_TITLE], word, spoken)), None)


@lru_cache(maxsize=8192)
def _speaks(title: str, phrase: str, spoken: tuple[str, ...]) -> bool:
    if spaceless(phrase):
        return segment(_even(title), _even(phrase))
    tokens, wanted = _tokens(title), _tokens(phrase)
    return bool(wanted) and any(_in_a_row(tokens, wanted, language) for language in _spoken_in(tokens, spoken))


def _in_a_row(tokens: tuple[str, ...], wanted: tuple[str, ...], language: str) -> bool:
    places = range(len(tokens) - len(wanted) + 1)
    return any(all(_word(tokens[at + step], word, language) for step, word in enumerate(wanted)) for at in places)


def _word(token: str, word: str, language: str) -> bool:
    return alike(token, word, language) or holds(token, word, language)


@lru_cache(maxsize=4096)
def _spoken_in(tokens: tuple[str, ...], spoken: tuple[str, ...]) -> tuple[str, ...]:
    """Return the language of the title: the one that knows most of its words; all of them where that is undecided."""
    if len(spoken) == 1:
        return spoken
    counts = {language: sum(known(token.lower(), language) for token in tokens) for language in spoken}
    most = max(counts.values())
    return tuple(language for language in spoken if counts[language] == most)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(unicodedata.normalize("NFC", _even(text) if spaceless(text) else text)))


def _even(text: str) -> str:
    """Return the text with wide and half-width signs made usual, in small letters."""
    return unicodedata.normalize("NFKC", text).casefold()
