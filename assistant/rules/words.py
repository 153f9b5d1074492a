"""Whether a title speaks of a rule's word: case, accents, singular and plural forgiven, other words and parts of words not.

policy: rule words are whole words; in compounding languages also parts of compounds whose rest is a word; in languages
written without spaces whole segments.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.amazon.marketplaces import MARKETPLACES
from assistant.domain.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LINKS = ("", "s", "n", "en", "er", "e", "es")
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb"})
_PLURAL_S = frozenset({"en", "fr", "es", "pt", "nl"})
_SHORTEST_REST = 3
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_KATAKANA = r"[\u30a0-\u30ff\uff66-\uff9f]+"
_SEGMENT = re.compile(rf"{_KATAKANA}|[\u3040-\u309f]+|[\u3400-\u9fff々]+|[\u0e00-\u0e7f]+|[a-z0-9]+")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u0e00-\u0e7f]")
_IS_KATAKANA = re.compile(rf"{_KATAKANA}\Z")
_LANGUAGES = {entry.name: entry.languages for entry in MARKETPLACES}
_TWO_LANGUAGES = frozenset({"amazon.com.be", "amazon.ca"})


def languages(site: str | None) -> tuple[str, ...]:
    """Return the languages that titles of a marketplace are written in."""
    known = _LANGUAGES.get((site or "").lower(), ("en",))
    return known[:2] if site in _TWO_LANGUAGES else known[:1]


def mentions(title: str, words: Iterable[str], site: str | None) -> str | None:
    """Return the first of a rule's words (or phrases) that a title speaks of."""
    return next((word for word in words if any(_phrase(title, word, language) for language in languages(site))), None)


@lru_cache(maxsize=4096)
def _phrase(title: str, phrase: str, language: str) -> bool:
    if _SPACELESS.search(phrase):
        return _segment(title, phrase)
    tokens, wanted = _TOKEN.findall(title), _TOKEN.findall(phrase)
    if not wanted:
        return False
    places = range(len(tokens) - len(wanted) + 1)
    return any(all(_word(tokens[at + step], word, language) for step, word in enumerate(wanted)) for at in places)


def _segment(title: str, word: str) -> bool:
    """Whether a word of a language without spaces stands in the title as whole segments, or as part of a katakana compound."""
    low, wanted = title.casefold(), word.casefold()
    edges = {match.start() for match in _SEGMENT.finditer(low)} | {match.end() for match in _SEGMENT.finditer(low)}
    at = low.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if at in edges and end in edges:
            return True
        if _IS_KATAKANA.match(wanted) and len(wanted) >= _SHORTEST_REST and _compound_edge(low, at, end, edges):
            return True
        at = low.find(wanted, at + 1)
    return False


def _compound_edge(text: str, start: int, end: int, edges: set[int]) -> bool:
    left = max((edge for edge in edges if edge <= start), default=start)
    right = min((edge for edge in edges if edge >= end), default=end)
    rests = [size for size in (start - left, right - end) if size]
    return len(text) >= right and (start in edges or end in edges) and all(size >= _SHORTEST_REST for size in rests)


@lru_cache(maxsize=65536)
def _word(token: str, word: str, language: str) -> bool:
    if token.casefold() == word.casefold():
        return True
    if _forms(token, language) & _forms(word, language):
        return not _another_word(token, word, language)
    return language in _COMPOUNDING and _in_compound(token, word, language)


@lru_cache(maxsize=65536)
def _forms(word: str, language: str) -> frozenset[str]:
    """Return the folded spellings of a word and of its singular."""
    found = {word.casefold(), _lemma(word, language).casefold()}
    found |= {
        form[:-1]
        for form in found
        if language in _PLURAL_S and form.endswith("s") and not form.endswith("ss") and len(form) > _SHORTEST_REST
    }
    return frozenset(spelling for form in found for spelling in _spellings(form))


def _spellings(form: str) -> Iterator[str]:
    yield fold(form)
    yield fold(form.translate(_UMLAUTS))
    if form.isascii():
        for long, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
            if long in form:
                yield form.replace(long, short)


def _another_word(token: str, word: str, language: str) -> bool:
    """Whether two words that only differ by accents are different words of the title's language (French thé, English the)."""
    low, wanted = token.casefold(), word.casefold()
    if fold(low) == low and fold(wanted) != wanted and low in set(_spellings(wanted)):
        return _known(low, language)
    if language != "en" and fold(low) != low and fold(wanted) == wanted and wanted in set(_spellings(low)):
        return _known(wanted, language) and _lemma(wanted, language) != _lemma(low, language)
    return False


def _in_compound(token: str, word: str, language: str) -> bool:
    low = token.casefold()
    for part in {word.casefold(), _lemma(word, language).casefold()}:
        if len(part) < _SHORTEST_REST or len(low) - len(part) < _SHORTEST_REST:
            continue
        if low.startswith(part) and any(_is_rest(low[len(part) :], link, language, front=True) for link in _LINKS):
            return True
        for end in _LINKS:  # the compound itself may stand in the plural
            head = low.removesuffix(part + end) if low.endswith(part + end) else ""
            if head and (_known(head + "e", language) or any(_is_rest(head, link, language, front=False) for link in _LINKS)):
                return True
    return False


def _is_rest(rest: str, link: str, language: str, *, front: bool) -> bool:
    if link and not (rest.startswith(link) if front else rest.endswith(link)):
        return False
    bare = rest[len(link) :] if front else rest[: len(rest) - len(link)]
    return len(bare) >= _SHORTEST_REST and _known(bare, language)


@lru_cache(maxsize=65536)
def _lemma(word: str, language: str) -> str:
    import simplemma  # noqa: PLC0415  # its word lists load only where a rule has words

    try:
        lemma = simplemma.lemmatize(word, lang=language)
        return simplemma.lemmatize(word.capitalize(), lang=language) if language == "de" and lemma == word else lemma
    except ValueError:
        return word


@lru_cache(maxsize=65536)
def _known(word: str, language: str) -> bool:
    import simplemma  # noqa: PLC0415  # as above

    try:
        return simplemma.is_known(word, lang=language) or (language == "de" and simplemma.is_known(word.capitalize(), lang=language))
    except ValueError:
        return False
