"""Matches user rules with items: by ASIN, category, brand, seller, price and words. All given parts must fit."""

from collections.abc import Callable, Iterator

from assistant.domain.company_names import company
from assistant.domain.judging.situation import JudgedItem
from assistant.domain.judging.user_rules.rules import ItemMatch, PurposeRule, RouteRule, TagRule
from assistant.domain.text import fold
from assistant.rules.case import Case, once
from assistant.rules.matching.vocabulary import Vocabulary, languages, vocabulary

# An ASIN is more specific than words, and words are more specific than a whole category.
_CLOSENESS = {"asin": 32, "words": 16, "brand": 8, "seller": 4, "category": 2, "price": 1}


@once
def spoken_of(case: Case, item: JudgedItem) -> frozenset[str]:
    """Return the words and phrases of the user's rules that an item's title contains."""
    return _vocabulary(case).mentioned(item.title or "")


def fits(case: Case, match: ItemMatch, item: JudgedItem) -> bool:
    """Return whether all given parts of a match fit an item. An empty match fits nothing."""
    return bool(match.given) and all(_FITS[name](case, match, item) for name in match.given)


def misfits(case: Case, match: ItemMatch, item: JudgedItem) -> Iterator[str]:
    """Yield the parts of a match that do not fit an item, the words last. Unknown facts of the item do not fit."""
    return (name for name in match.given if not _FITS[name](case, match, item))


def closeness(match: ItemMatch) -> int:
    """Return how specific a match is. The more specific of two rules applies."""
    return sum(_CLOSENESS[name] for name in match.given)


@once
def _vocabulary(case: Case) -> Vocabulary:
    words: set[str] = set()
    for rule in case.situation.rules:
        if isinstance(rule, RouteRule | TagRule):
            words |= rule.match.words
        elif isinstance(rule, PurposeRule):
            words |= rule.words
    return vocabulary(frozenset(words), languages(case.marketplace))


def _costs(case: Case, match: ItemMatch, item: JudgedItem) -> bool:
    """Return whether a unit's price is in the rule's bounds and currency. Nothing is converted; a price without bounds fits nothing."""
    price = item.price
    if price is None or (match.least is None and match.most is None) or (match.currency or case.currency) != case.currency:
        return False
    return (match.least is None or match.least <= price) and (match.most is None or price <= match.most)


_FITS: dict[str, Callable[[Case, ItemMatch, JudgedItem], bool]] = {
    "asin": lambda _case, match, item: item.asin in match.asin,
    "category": lambda _case, match, item: fold(item.category or "") in match.category,
    "brand": lambda _case, match, item: company(item.brand or "") in match.brand,
    "seller": lambda _case, match, item: company(item.seller or "") in match.seller,
    "price": _costs,
    "words": lambda case, match, item: not match.words.isdisjoint(spoken_of(case, item)),
}
