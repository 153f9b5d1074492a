"""Finds a rule's words in a title, ignoring case, accents and number. Other words and parts of words do not match.

Rule words are whole words; in compounding languages also parts of compounds whose rest is words; in languages written without
spaces whole segments. The language is that of the title: the marketplace's, unless the title's own words show another.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from assistant.amazon.marketplaces import by_host
from assistant.rules.matching.compounds import LANGUAGES as COMPOUNDING
from assistant.rules.matching.compounds import holds
from assistant.rules.matching.segments import SIGNS, segment, spaceless
from assistant.rules.matching.spelling import alike, skeleton
from assistant.rules.matching.title_language import is_english, other_languages, usual_languages, written_in
from assistant.rules.matching.word_lists import word_list

_TOKEN = re.compile(f"[^\\W_{SIGNS}]+")
# The Arabic article, with the particles that are written before it. It is not part of the word: "الورق" is "ورق".
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=[\u0620-\u064a]{2})")
_LONGEST_TITLE = 2000
# Marketplaces with titles in two languages. Elsewhere titles are in the marketplace's language, whatever language the menus have.
_TWO_LANGUAGES = frozenset({"amazon.com.be", "amazon.ca", "amazon.sa", "amazon.eg", "amazon.ae"})
_WITHOUT_LIST = frozenset({"ja", "zh"})


@lru_cache(maxsize=64)
def languages(marketplace: str | None) -> tuple[str, ...]:
    """Return the languages that titles of a marketplace are written in; English if the marketplace is unknown."""
    found = by_host(marketplace or "")
    if found is None:
        return ("en",)
    spoken = tuple(language for language in found.languages if language not in _WITHOUT_LIST) or ("en",)
    return spoken[:2] if found.name in _TWO_LANGUAGES else spoken[:1]


@lru_cache(maxsize=64)
def vocabulary(words: frozenset[str], spoken: tuple[str, ...]) -> "Vocabulary":
    """Return the vocabulary of these words. It is cached, with its earlier answers."""
    return Vocabulary(words, spoken)


def prepare(marketplaces: Iterable[str]) -> None:
    """Load the word lists of these marketplaces, and the English one, which every title may need."""
    for language in {"en", *(language for name in marketplaces for language in languages(name))}:
        word_list(language)


class Vocabulary:
    """The words and phrases of many rules. Each title is checked once for all of them, and each word once for all titles."""

    def __init__(self, words: frozenset[str], spoken: tuple[str, ...]) -> None:
        """Sort the phrases by their first word, and these by their first letter."""
        self._spoken = spoken
        self._segments = [word for word in words if spaceless(word)]
        self._phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for word in words.difference(self._segments):
            first, *rest = _tokens(word) or ("",)
            self._phrases.setdefault(first, []).append((word, tuple(rest)))
        self._phrases.pop("", None)
        self._firsts: dict[str, list[str]] = {}
        for first in self._phrases:
            self._firsts.setdefault(skeleton(first)[:1], []).append(first)
        self._stems = [(first, _stem(first)) for first in self._phrases]
        self._begun_by = lru_cache(maxsize=16384)(self._look)

    def mentioned(self, title: str) -> frozenset[str]:
        """Return the phrases that a title contains."""
        text = title[:_LONGEST_TITLE]
        tokens = _tokens(text)
        found = {word for word in self._segments if segment(_even(text), _even(word))}
        for language in usual_languages(tokens, self._spoken):
            found |= self._held(tokens, language)
        if found and is_english(tokens, self._spoken):
            # "The art of war" is no French title about "thé".
            found &= self._held(tokens, "en") | set(self._segments)
        for language in other_languages(tokens, self._spoken):
            # Finding a title's language needs word lists, so it is only done if the answer matters.
            more = self._held(tokens, language) - found
            if more and written_in(tokens, language, self._spoken):
                found |= more
        return frozenset(found)

    def _held(self, tokens: tuple[str, ...], language: str) -> set[str]:
        """Return the phrases that a title contains if it is in this language."""
        return {
            phrase
            for at, token in enumerate(tokens, 1)
            for first in self._begun_by(token, language)
            for phrase, rest in self._phrases[first]
            if _follows(tokens[at:], rest, language)
        }

    def _look(self, token: str, language: str) -> tuple[str, ...]:
        """Return the first words of phrases that equal a word of a title or are part of it. Equal words have equal beginnings."""
        letters = skeleton(token)
        same = [first for first in self._firsts.get(letters[:1], ()) if alike(token, first, language)]
        stems = self._stems if language in COMPOUNDING else []
        held = [first for first, stem in stems if stem in letters and holds(token, first, language)]
        return (*same, *held)


def _stem(word: str) -> str:
    """Return the beginning that all forms of a word share. A plural changes its last two letters at most (Museum, Museen)."""
    letters = skeleton(word)
    return letters[: max(2, len(letters) - 2)]


def _follows(tokens: tuple[str, ...], rest: tuple[str, ...], language: str) -> bool:
    return len(rest) <= len(tokens) and all(_word(tokens[step], word, language) for step, word in enumerate(rest))


def _word(token: str, word: str, language: str) -> bool:
    return alike(token, word, language) or holds(token, word, language)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    found = _TOKEN.findall(unicodedata.normalize("NFC", _even(text) if spaceless(text) else text))
    return tuple(_ARTICLE.sub("", token) for token in found)


def _even(text: str) -> str:
    """Return the text in lower case, with full-width and half-width characters normalised."""
    return unicodedata.normalize("NFKC", text).casefold()
