"""Finds items with different ASINs that are nearly the same in title and price, and not another size, colour or model."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.domain.judging.situation import JudgedItem, PastOrder
from assistant.rules.matching.spelling import plain

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
# Words that make two items of one kind different: who it is for, how large, which colour, what it is made of.
_TELLING = frozenset(
    _WORD.findall("""
    men mens man women womens woman boys boy girls girl kids unisex left right xs s m l xl xxl xxxl small medium large mini
    black white blue red green grey gray pink yellow brown silver gold golden purple violet orange beige navy ivory cream teal
    turquoise rose copper bronze chrome brass steel wood wooden leather charcoal graphite anthracite mint sage olive khaki coral
    burgundy maroon lavender lilac plum peach aqua magenta tan taupe sand glass plastic cotton linen bamboo ceramic aluminum aluminium
    pro max plus lite ultra decaf vanilla chocolate strawberry lemon caramel unscented scented
    schwarz weiss blau rot grun grau rosa gelb braun silber lila turkis anthrazit kupfer holz leder
    herren damen kinder madchen jungen links rechts klein gross
    noir noire blanc blanche bleu bleue rouge vert verte gris grise rose jaune marron argent homme femme enfant fille garcon petit grand
    negro negra blanco blanca azul rojo roja verde rosado amarillo amarilla plata hombre mujer nino nina
    nero nera bianco bianca blu rosso rossa grigio grigia giallo gialla azzurro uomo donna
    zwart wit blauw rood groen grijs geel bruin zilver heren dames svart vit bla rod gron gra gul brun herr dam
    """)
)


def spelled(title: str | None) -> str:
    """Return a title in the form used for comparing."""
    return _line(title or "")


def near_identical(item: JudgedItem, orders: Sequence[PastOrder], spellings: Sequence[str]) -> list[int]:
    """Return the positions of the orders with nearly the same title and price as an item. Unknown values are ignored.

    `spellings` are the titles of the orders as `spelled` returns them: many items are compared with the same orders.
    """
    price, words = item.price, _words(item.title or "")
    if price is None or not words:
        return []
    alike = process.extract(spelled(item.title), spellings, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return sorted(at for _, _, at in alike if _same_variant(price, words, orders[at]))


def _same_variant(price: Decimal, words: frozenset[str], order: PastOrder) -> bool:
    paid, others = order.price, _words(order.title or "")
    if paid is None or abs(price - paid) > _PRICE_SHARE * max(price, paid) or any(_tells(word) for word in words ^ others):
        return False
    # Where one word replaces another ("white", "black"; "left", "right"; "II", "III"), the item is another variant,
    # whatever the language. A word that only one title has ("new", "2026") means less.
    return not _replaced(words - others, others - words)


def _replaced(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether words of one title replace words of the other. Two forms of one word are not a replacement."""
    left = {word for word in mine if not any(_same_stem(word, other) for other in theirs)}
    return bool(left) and any(not any(_same_stem(word, other) for other in mine) for word in theirs)


def _same_stem(word: str, other: str) -> bool:
    """Return whether two words differ in their ending only: "filter", "filters"."""
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_STEM and long.startswith(short) and len(long) - len(short) <= _ENDING


@lru_cache(maxsize=16384)
def _line(title: str) -> str:
    return " ".join(sorted(_words(title)))


@lru_cache(maxsize=16384)
def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_MEASURE.sub("", _COMMA.sub(".", plain(title).replace("\N{MULTIPLICATION SIGN}", "x")))))


def _tells(word: str) -> bool:
    """Return whether a word in only one of the titles makes it another variant. A number counts too, unless it is a year."""
    return word in _TELLING or (any(sign.isdigit() for sign in word) and not _YEAR.match(word))
