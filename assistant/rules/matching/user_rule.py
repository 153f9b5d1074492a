"""Whether a rule of the user speaks of a thing: by number, category, brand, seller, price and words, all that are given."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.domain.text import fold
from assistant.rules.facts import Fact
from assistant.rules.matching.vocabulary import Vocabulary, languages, vocabulary
from assistant.rules.memoize import once
from assistant.rules.situation import Situation

# The thing itself describes it more closely than words do, and these more closely than a whole category.
_CLOSENESS = {"asin": 32, "words": 16, "brand": 8, "seller": 4, "category": 2, "price": 1}
_WORDS = re.compile(r"[^\W_]+")
_LEGAL_FORMS = frozenset(_WORDS.findall("llc inc ltd limited gmbh ag kg ug co corp company kk sarl sas bv ab plc srl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a rule names, in the spelling used for comparing; an empty part is not given. Price bounds are of one unit, both included."""

    asin: frozenset[str]
    category: frozenset[str]
    brand: frozenset[str]
    seller: frozenset[str]
    least: Decimal | None
    most: Decimal | None
    currency: str | None
    words: frozenset[str]
    given: tuple[str, ...]


@once
def match_of(_situation: Situation, rule: Fact) -> Match:
    """Return what a rule names."""
    return _read(rule.fact("match"))


@once
def spoken_of(situation: Situation, item: Fact) -> frozenset[str]:
    """Return the words and phrases of the user's rules that the title of a thing speaks of."""
    return _vocabulary(situation).told(item.text("title") or "")


def matches(situation: Situation, rule: Fact, item: Fact) -> bool:
    """Whether a rule's match fits a thing; one that names nothing fits nothing."""
    return fits(situation, match_of(situation, rule), item)


def fits(situation: Situation, match: Match, item: Fact) -> bool:
    """Whether all parts of a match that are given fit a thing."""
    return bool(match.given) and all(_FITS[name](situation, match, item) for name in match.given)


def misfits(situation: Situation, match: Match, item: Fact) -> Iterator[str]:
    """Yield the parts of a match that do not fit a thing, the words last. What is not known of the thing does not fit."""
    return (name for name in match.given if not _FITS[name](situation, match, item))


def closeness(match: Match) -> int:
    """Return how closely a match describes a thing, for telling which of two rules is meant."""
    return sum(_CLOSENESS[name] for name in match.given)


def wording(rule: Fact) -> str:
    """Return a match as its owner wrote it: "toner, office"."""
    match = rule.fact("match")
    price = match.fact("price")
    bounds = [f"{word} {price.text(name)}" for name, word in (("min", "from"), ("max", "up to")) if price.has(name)]
    named = [entry for name in ("words", "category", "asin", "brand", "seller") for entry in match.texts(name)]
    return ", ".join((*named, *bounds))


@lru_cache(maxsize=4096)
def firm(name: str) -> str:
    """Return a company's name for comparing: folded, without its legal form."""
    words = _WORDS.findall(fold(name))
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


@once
def _vocabulary(situation: Situation) -> Vocabulary:
    words = [word for rule in situation.rules for word in (*rule.fact("match").texts("words"), *rule.texts("business_words"))]
    return vocabulary(frozenset(words), languages(situation.site))


def _read(match: Fact) -> Match:
    price = match.fact("price")
    parts = {
        "asin": frozenset(match.texts("asin")),
        "category": frozenset(map(fold, match.texts("category"))),
        "brand": frozenset(map(firm, match.texts("brand"))) - {""},
        "seller": frozenset(map(firm, match.texts("seller"))) - {""},
    }
    least, most, currency = price.number("min"), price.number("max"), (price.text("currency") or "").upper() or None
    words = frozenset(match.texts("words"))
    given = [name for name in ("asin", "category", "brand", "seller") if match.texts(name)]
    given += ["price"] if price.data else []
    given += ["words"] if words else []
    return Match(**parts, least=least, most=most, currency=currency, words=words, given=tuple(given))


def _costs(situation: Situation, match: Match, item: Fact) -> bool:
    """Whether a unit costs what the rule says, in the rule's currency; nothing is converted, and a price without bounds says nothing."""
    price = item.number("price")
    if price is None or (match.least is None and match.most is None) or (match.currency or situation.currency) != situation.currency:
        return False
    return (match.least is None or match.least <= price) and (match.most is None or price <= match.most)


_FITS: dict[str, Callable[[Situation, Match, Fact], bool]] = {
    "asin": lambda _situation, match, item: item.text("asin") in match.asin,
    "category": lambda _situation, match, item: fold(item.text("category") or "") in match.category,
    "brand": lambda _situation, match, item: firm(item.text("brand") or "") in match.brand,
    "seller": lambda _situation, match, item: firm(item.text("seller") or "") in match.seller,
    "price": _costs,
    "words": lambda situation, match, item: not match.words.isdisjoint(spoken_of(situation, item)),
}
