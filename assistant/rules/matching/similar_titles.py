"""Finds items with different ASINs that are nearly the same in title and price, and not another size, colour or model."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.domain.judging.situation import JudgedItem, PastOrder
from assistant.rules.matching.spelling import plain
from assistant.rules.matching.title_language import FUNCTION_WORDS

_ALIKE = 85
_LEAST_STEM, _ENDING = 4, 2
_PRICE_SHARE = Decimal("0.1")
_WORD = re.compile(r"\d+(?:[.,]\d+)?[^\W\d_]*|[^\W_]+")
# The notation of a measure does not matter: "2 TB", "2TB", "3-pack", "120 x 60 cm", "1,7 L".
_MEASURE = re.compile(
    r"(?<=\d)[\s-]+(?=(?:[kmgt]b|[kmc]?g|[mc]?l|fl|oz|lbs?|[cmk]?m|in|inch|inches|ft|zoll|k?w|v|m?ah|x(?=[\s-]*\d)|packs?|er|pcs|count|ct)\b)|"
    r"(?<=\dx)\s+(?=\d)|(?<=\d)\s+(?=x\d)"
)
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
# Words that say nothing where only one of two titles has them; a single letter may be a size or a model.
_EMPTY = frozenset(plain(word) for word in FUNCTION_WORDS if len(word) > 1)


def spelled(title: str | None) -> str:
    """Return a title in the form used for comparing."""
    return _sorted_words(title or "")


def near_identical(item: JudgedItem, orders: Sequence[PastOrder], spellings: Sequence[str]) -> list[int]:
    """Return the positions of the orders with nearly the same title and price as an item. Unknown values are ignored.

    `spellings` are the titles of the orders as `spelled` returns them: many items are compared with the same orders.
    """
    price, words = item.price, _words_of_title(item.title or "")
    if price is None or not words:
        return []
    alike = process.extract(spelled(item.title), spellings, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return sorted(at for _, _, at in alike if _same_variant(price, words, orders[at]))


def _same_variant(price: Decimal, words: frozenset[str], order: PastOrder) -> bool:
    """Return whether the price is near and no word tells the items apart.

    A word that only one title has may be its colour, size or model, whatever the language. It says nothing if it is a year, joins
    other words, or is in the other title in another form.
    """
    paid, others = order.price, _words_of_title(order.title or "")
    if paid is None or abs(price - paid) > _PRICE_SHARE * max(price, paid):
        return False
    mine, theirs = (_telling(one, other) for one, other in ((words, others), (others, words)))
    years = {word for word in mine | theirs if _YEAR.match(word)}
    # A year that replaces another is another edition.
    return not (mine | theirs) - years and not (mine & years and theirs & years)


def _telling(words: frozenset[str], others: frozenset[str]) -> set[str]:
    """Return the words that the other title has in no form, without those that only join others."""
    return {word for word in words - others - _EMPTY if not any(_same_stem(word, other) for other in others)}


def _same_stem(word: str, other: str) -> bool:
    """Return whether two words differ in their ending only: "filter", "filters"."""
    short, long = sorted((word, other), key=len)
    return short.isalpha() and len(short) >= _LEAST_STEM and long.startswith(short) and len(long) - len(short) <= _ENDING


@lru_cache(maxsize=16384)
def _sorted_words(title: str) -> str:
    return " ".join(sorted(_words_of_title(title)))


@lru_cache(maxsize=16384)
def _words_of_title(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_MEASURE.sub("", _COMMA.sub(".", plain(title).replace("\N{MULTIPLICATION SIGN}", "x")))))
