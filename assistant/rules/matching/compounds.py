"""Finds words inside compounds: "Plotterpapier" contains "Plotter", "Kabeljau" does not contain "Kabel"."""

from collections.abc import Iterator
from functools import lru_cache

from assistant.rules.matching.dictionary import bases, joins, known, noun
from assistant.rules.matching.spelling import alike, skeleton

LANGUAGES = frozenset({"de", "nl", "sv", "da", "nb"})
_LINKS = ("", "s", "n", "en", "er", "e", "es", "ens")
# Endings that make new words ("Tischler"), although name lists know some of them.
_SUFFIXES = frozenset(
    {"ei", "ler", "ner", "chen", "lein", "ling", "heit", "keit", "tum", "lich", "haft", "sam"}
    | {"age", "ade", "ette", "erie", "eur", "ismus", "ant", "ier"}
)
# The word list has many short names and fragments, which would make "Karton" a kind of "Ton". These are real words of three letters.
_GERMAN_THREE_LETTERS = """
aal abo akt alt amt arm art ast bad bar bau bio bit box bug bus bär deo eck ehe eis end erd erz ess fan fax fee
fön fuß gas gel gen gin hai heu hof huf hut hör jod job kai kit klo kot kuh kur käs lab log los mai mal maß mop
mus müh nah näh not nut nuß obs ohm ohr oma opa ost pad pol pop rad rap reb reh rot ruf ruß rum sau see seh set
ski sol spa süd süß säg tag tal tau tee tel tod ton tor typ tür uhr web weg wok zeh zoo zug öko
"""
_THREE_LETTERS = {"de": frozenset(_GERMAN_THREE_LETTERS.split())}
# Words with these prefixes come from verbs: "Durchmesser" is from "durchmessen" and is not a knife ("Messer").
_PREFIXES = {"de": frozenset({"durch", "ein", "gegen", "nach", "wider"})}
_DROPS_E = frozenset({"de"})
_DOUBLES = frozenset({"nl"})
_SHORTEST, _LONGEST, _SPREAD = 3, 60, 4
_ENGLISH = "en"
_LEAST = 4
"""Letters of a rule word that may be part of a compound: shorter ones are in too many other words."""


@lru_cache(maxsize=65536)
def holds(token: str, word: str, language: str) -> bool:
    """Return whether a token is a compound with the word as a part and only words and linking letters around it."""
    low, wanted = token.lower(), word.lower()
    if language not in LANGUAGES or len(wanted) < _LEAST or not len(wanted) + 1 < len(low) <= _LONGEST:
        return False
    if skeleton(wanted)[: _SHORTEST - 1] not in skeleton(low):
        return False
    return any(_splits(one, wanted, language) for one in (low, *sorted(bases(low, language) - {low})))


def _splits(low: str, wanted: str, language: str) -> bool:
    """Return whether a small word is the wanted one and further words."""
    for start, end in _places(low, wanted):
        part = low[start:end]
        same = alike(part, wanted, language) and not _verb(part, wanted, language)
        if same and _left(low[:start], language) and _right(part, low[end:], language) and not _borrowed(low, low[:start] + low[end:]):
            # "Garnelen" could be "Garn" and "Elen", but is the plural of "Garnele".
            single = (noun(low, language) or low).lower()
            return single == low or holds(single, wanted, language)
    return False


def _borrowed(low: str, rest: str) -> bool:
    """Return whether a word is one that languages share ("Kasserolle", "casserole"), so that its parts mean nothing.

    A shared word whose rest is English too ("Handball") is a compound in both languages.
    """
    # English may spell it with c for k, and with one letter for two.
    spelled = {skeleton(low), skeleton(low).replace("k", "c")}
    spelled |= {one[:at] + one[at + 1 :] for one in spelled for at in range(1, len(one)) if one[at] == one[at - 1]}
    return any(known(one, _ENGLISH) for one in spelled) and not known(rest, _ENGLISH)


def _places(low: str, wanted: str) -> Iterator[tuple[int, int]]:
    first = skeleton(wanted)[:1]
    shortest, longest = max(2, len(wanted) - _SPREAD), len(wanted) + _SPREAD
    for start in range(len(low)):
        if skeleton(low[start])[:1] != first:
            continue
        for end in range(start + shortest, min(len(low), start + longest) + 1):
            if (start, end) != (0, len(low)):
                yield start, end


def _left(rest: str, language: str) -> bool:
    """Return whether the text before the part is words. The last may end in linking letters or have lost its e ("Schul-")."""
    if not rest:
        return True
    if rest in _PREFIXES.get(language, ()):
        return False
    if any(_composed(rest.removesuffix(link), language) for link in _LINKS if rest.endswith(link)):
        return True
    if language in _DOUBLES and rest.endswith("e") and rest[-3:-2] == rest[-2:-1] and _composed(rest[:-2], language):
        # "Zonnebril" is made of "zon" and "bril".
        return True
    dropped = language in _DROPS_E and len(rest) > _SHORTEST and rest[-1] not in "aeiouäöü"
    return dropped and noun(rest + "e", language) is not None


def _right(part: str, rest: str, language: str) -> bool:
    if not rest or (rest not in _SUFFIXES and _composed(rest, language)):
        return True
    for link in _LINKS[1:]:
        linked, more = part + link, rest.removeprefix(link)
        if not rest.startswith(link) or _another(part, linked, language) or _verb(linked, part, language):
            continue
        if _composed(more, language):
            return True
    return False


def _another(part: str, linked: str, language: str) -> bool:
    """Return whether the linking letters change the part into another word: "Reisetasche" is not a bag for rice ("Reis")."""
    return joins(linked, language) and not bases(part, language) & bases(linked, language)


def _verb(part: str, wanted: str, language: str) -> bool:
    """Return whether a form that looks like a plural is the stem of a verb: "Wanderschuh" is from "wandern", not "Wand"."""
    return part != wanted and not joins(part, language) and _another(wanted, part + "n", language)


@lru_cache(maxsize=65536)
def _composed(rest: str, language: str, depth: int = 0) -> bool:
    """Return whether a text is a word, or several words joined by linking letters."""
    if _part(rest, language):
        return True
    if depth == 0 or len(rest) < 2 * _SHORTEST:
        return False
    for cut in range(_SHORTEST, len(rest) - _SHORTEST + 1):
        first = rest[:cut]
        if any(first.endswith(link) and _part(first.removesuffix(link), language) for link in _LINKS) and _composed(
            rest[cut:], language, depth - 1
        ):
            return True
    return False


def _part(word: str, language: str) -> bool:
    short = _THREE_LETTERS.get(language) if len(word) == _SHORTEST else None
    return joins(word, language) and (short is None or word in short)
