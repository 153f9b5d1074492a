"""Looks words up in simplemma's lists: whether something is a word, and which dictionary forms it may have."""

from functools import lru_cache

from assistant.rules.matching.word_lists import word_list

_NOUNS_IN_CAPITALS = frozenset({"de"})
_SHORTEST_BASE = 3


@lru_cache(maxsize=65536)
def _entry(form: str, language: str) -> str | None:
    # Some marketplaces use languages without a list. There only the spelling counts.
    found = word_list(language)
    return found.base(form) if found else None


def noun(word: str, language: str) -> str | None:
    """Return the dictionary form of a word written with a capital, like German nouns; None if it has none."""
    return _entry(word[:1].upper() + word[1:], language)


def known(word: str, language: str) -> bool:
    """Return whether a lower-case word is in the language. Names only count in languages that capitalise nouns."""
    return _entry(word, language) is not None or (language in _NOUNS_IN_CAPITALS and noun(word, language) is not None)


@lru_cache(maxsize=65536)
def bases(word: str, language: str) -> frozenset[str]:
    """Return a lower-case word and its dictionary form. German nouns come before verbs that look the same."""
    found = (noun(word, language) if language in _NOUNS_IN_CAPITALS else None) or _entry(word, language)
    base = found.lower() if found else word
    if language == "en" and word.endswith(("ing", "ed")) and base != word:
        # "Painting" is a separate word, not a form of "paint".
        return frozenset({word})
    return frozenset({word, base})


@lru_cache(maxsize=65536)
def joins(word: str, language: str) -> bool:
    """Return whether a word may be part of a compound: a noun or a stem ("wasch", "kühl"), not an inflected verb ("kam")."""
    if word in _COMBINING:
        return True
    if len(word) < _SHORTEST_BASE:
        return word in _SHORT_NOUNS.get(language, ())
    if language not in _NOUNS_IN_CAPITALS:
        return _entry(word, language) is not None
    base = _entry(word, language)
    return noun(word, language) is not None or (base is not None and base.lower().startswith(word))


_COMBINING = frozenset({"thermo", "elektro", "mikro", "multi", "mini", "maxi", "super", "tele", "foto", "bio", "hydro", "nano", "turbo"})
_SHORT_NOUNS = {
    "de": frozenset({"öl", "ei"}),
    "nl": frozenset({"ei", "ui"}),
    "sv": frozenset({"öl", "te", "is", "ek", "ur", "ox", "by", "hö"}),
    "da": frozenset({"øl", "te", "is", "æg", "ur", "by"}),
    "nb": frozenset({"øl", "te", "is", "ur", "by"}),
}
