"""Compares spellings of a word: accents left out or restored, umlauts written out, plural endings."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from assistant.rules.matching.dictionary import bases, known, noun

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d"})
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})
_SHORTENED = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
_ACCENTED = {
    "de": "a:ä o:ö u:ü ae:ä oe:ö ue:ü ss:ß e:é",
    "nl": "e:é e:ë i:ï o:ö e:è",
    "sv": "a:å a:ä o:ö aa:å ae:ä oe:ö e:é",
    "da": "a:å aa:å ae:æ o:ø oe:ø e:é",
    "nb": "a:å aa:å ae:æ o:ø oe:ø e:é",
    "fr": "e:é e:è e:ê a:â a:à c:ç i:î i:ï o:ô u:û u:ù e:ë u:ü oe:œ",
    "es": "a:á e:é i:í o:ó u:ú n:ñ u:ü",
    "it": "a:à e:è e:é i:ì o:ò u:ù",
    "pt": "a:á a:â a:ã a:à e:é e:ê i:í o:ó o:ô o:õ u:ú c:ç",
    "pl": "a:ą c:ć e:ę l:ł n:ń o:ó s:ś z:ź z:ż",
    "tr": "c:ç g:ğ i:ı o:ö s:ş u:ü",
    "en": "e:é",
}
_MOST_ACCENTS, _MOST_CANDIDATES = 3, 3000
_ENDINGS = {
    "en": ("s", "es"),
    "fr": ("s", "x"),
    "es": ("s", "es"),
    "pt": ("s", "es"),
    "it": ("s",),
    "de": ("s", "n", "en", "e", "er", "es"),
    "nl": ("s", "en", "n"),
    "sv": ("ar", "or", "er", "n", "en", "et", "s"),
    "da": ("er", "e", "r", "en", "et", "s"),
    "nb": ("er", "e", "r", "en", "et", "s"),
    "tr": ("lar", "ler"),
}
# Plurals that are missing in the lists, or that the lists only have for another word ("Etikette").
_PLURALS = {
    "de": {"etiketten": "etikett", "atlanten": "atlas", "kakteen": "kaktus"},
    "nl": {"ballen": "bal"},
    "sv": {"knivar": "kniv", "möss": "mus"},
}
_REGULAR = frozenset({"en", "es", "pt", "fr"})
_SHORTEST_STEM, _LONGEST_ENDING = 2, 3
_WRITES_OUT = frozenset({"de", "sv", "da", "nb"})
_MASSES = frozenset({"busse"})
# In English these have another meaning than the plain word; other accents (café, façade) are decoration there.
_ENGLISH_PAIRS = frozenset({"rosé", "résumé", "pâté", "lamé", "maté", "exposé", "piqué", "saké", "attaché", "roué", "touché", "thé"})


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word in small letters without accents: é = e, ß = ss, ä = a."""
    low = word.lower().translate(_LETTERS)
    return low if low.isascii() else "".join(sign for sign in unicodedata.normalize("NFKD", low) if not unicodedata.combining(sign))


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Return the ways to write a word without accents: "bücher" as bucher and buecher."""
    return frozenset({plain(word), plain(word.lower().translate(_WRITTEN_OUT))})


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return a key that all spellings of a word share. Words with different keys are never the same."""
    found = plain(word)
    for long, short in _SHORTENED:
        found = found.replace(long, short)
    return found


@lru_cache(maxsize=65536)
def alike(token: str, word: str, language: str) -> bool:
    """Return whether a title's token and a rule's word are the same word, ignoring case, accents and number."""
    low, wanted = token.lower(), word.lower()
    if low == wanted:
        return True
    if skeleton(low)[:1] != skeleton(wanted)[:1]:
        return False
    if _same_but_accents(low, wanted, language) or _same_but_number(low, wanted, language):
        return True
    return _near(skeleton(low), skeleton(wanted)) and any(
        _same_but_number(one, other, language) for one in _readings(low, language) for other in _readings(wanted, language)
    )


def _near(one: str, other: str) -> bool:
    """Return whether two skeletons differ at most by an ending, so that a check for missing accents is worth it."""
    stem = max(2, min(len(one), len(other)) - _LONGEST_ENDING)
    return one[:stem] == other[:stem] and abs(len(one) - len(other)) <= _LONGEST_ENDING


def _same_but_accents(low: str, wanted: str, language: str) -> bool:
    """Return whether two words only differ by accents, and the plainer one is not another word of the language."""
    accents = [sum(not sign.isascii() for sign in spelling) for spelling in (low, wanted)]
    if not spellings(low) & spellings(wanted) or (all(accents) and (_is_tonal(low) or _is_tonal(wanted))):
        return False
    if accents[0] == accents[1] != 0:
        return not (known(low, language) and known(wanted, language))
    plainer, richer = (low, wanted) if accents[0] < accents[1] else (wanted, low)
    if plainer == richer.translate(_WRITTEN_OUT) and language in _WRITES_OUT:
        return True
    if not known(plainer, language) or _swiss(plainer, richer, language):
        return True
    if language == "en":
        return known(richer, language) and richer.removesuffix("s") not in _ENGLISH_PAIRS
    return False


def _is_tonal(word: str) -> bool:
    """Return whether a word has marks of a tone language: two on one letter, like Vietnamese "giấy", which is not "giày"."""
    return any(sum(map(bool, map(unicodedata.combining, unicodedata.normalize("NFD", sign)))) > 1 for sign in word)


def _swiss(plainer: str, richer: str, language: str) -> bool:
    """Return whether a German word has ss for ß and is not a separate headword: Strasse is Straße, Masse is not Maße."""
    return language == "de" and richer.replace("ß", "ss") == plainer and plainer not in ((noun(plainer, "de") or "").lower(), *_MASSES)


def _same_but_number(one: str, other: str, language: str) -> bool:
    ones, others = bases(one, language), bases(other, language)
    if ones & others or _plural(one, other, language) or _plural(other, one, language):
        return True
    return any(_same_but_accents(base, wanted, language) for base in ones for wanted in others)


def _plural(longer: str, shorter: str, language: str) -> bool:
    """Return whether one is the regular plural of the other, unless the lists have it as a separate word ("news")."""
    if _PLURALS.get(language, {}).get(longer) == shorter:
        return True
    if len(shorter) < _SHORTEST_STEM or (known(longer, language) and bases(longer, language) == {longer}):
        return False
    if known(longer, language) and language not in _REGULAR:
        return False
    regular = {shorter + ending for ending in _ENDINGS.get(language, ("s",))}
    if language in ("es", "pt"):
        # The accent may move or disappear: ratón, ratones.
        regular |= {plain(shorter) + "es", shorter[:-1] + "ces"} if shorter.endswith("z") else {plain(shorter) + "es"}
    if language == "en":
        regular |= {shorter[:-1] + "ies"} if shorter.endswith("y") else set()
        regular |= {shorter.removesuffix("e")[:-1] + "ves"} if shorter.endswith(("f", "fe")) else set()
    return longer in regular


@lru_cache(maxsize=8192)
def _readings(word: str, language: str) -> frozenset[str]:
    """Return the words of the language that a spelling may mean: itself, or those whose accents were left out."""
    if known(word, language):
        return frozenset({word})
    return frozenset({candidate for candidate in _candidates(word, language) if known(candidate, language)} | {word})


def _candidates(word: str, language: str) -> Iterator[str]:
    swaps = [pair.split(":") for pair in _ACCENTED.get(language, "").split()]
    front, count = {(word, 0)}, 0
    for _ in range(_MOST_ACCENTS):
        following: set[tuple[str, int]] = set()
        for text, start in front:
            for old, new in swaps:
                at = text.find(old, start)
                while at >= 0 and count < _MOST_CANDIDATES:
                    changed = text[:at] + new + text[at + len(old) :]
                    following.add((changed, at + len(new)))
                    count += 1
                    yield changed
                    at = text.find(old, at + 1)
        front = following
