"""What a language knows: whether something is a word, and which dictionary forms a word may belong to (simplemma's lists)."""

from functools import lru_cache

from assistant.rules.matching.word_lists import word_list

_NOUNS_IN_CAPITALS = frozenset({"de"})
_SHORTEST_BASE = 3


@lru_cache(maxsize=65536)
def _entry(form: str, language: str) -> str | None:
    # Some shops speak languages that have no list; there only the spelling counts.
    found = word_list(language)
    return found.base(form) if found else None


def noun(word: str, language: str) -> str | None:
    """Return the dictionary form of a word written with a capital, as German nouns are; None where there is none."""
    return _entry(word[:1].upper() + word[1:], language)


def known(word: str, language: str) -> bool:
    """Whether a word, given in small letters, is one of the language; names count only where nouns have capitals."""
    return _entry(word, language) is not None or (language in _NOUNS_IN_CAPITALS and noun(word, language) is not None)


@lru_cache(maxsize=65536)
def bases(word: str, language: str) -> frozenset[str]:
    """Return a word in small letters and its dictionary form; German nouns come before verbs that look alike."""
    found = (noun(word, language) if language in _NOUNS_IN_CAPITALS else None) or _entry(word, language)
    base = found.lower() if found else word
    if language == "en" and word.endswith(("ing", "ed")) and base != word:
        # "Painting" is a thing of its own, not the plural of "paint".
        return frozenset({word})
    return frozenset({word, base})


@lru_cache(maxsize=65536)
def joins(word: str, language: str) -> bool:
    """Whether a word may be part of a compound: a noun, or a stem ("wasch", "kühl"), not any inflected verb ("kam")."""
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
