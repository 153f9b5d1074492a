"""Whether two things under different numbers are nearly the same: title and price, but not another size, colour or model."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from assistant.rules.facts import Fact
from assistant.rules.spelling import plain

_ALIKE = 85
_PRICE_SHARE = Decimal("0.1")
_WORD = re.compile(r"\d+(?:[.,]\d+)?[^\W\d_]*|[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
# Words that make two things of one kind different: who it is for, how large, which colour, what it is made of.
_TELLING = frozenset(
    _WORD.findall("""
    men mens man women womens woman boys boy girls girl kids unisex left right xs s m l xl xxl xxxl small medium large mini
    black white blue red green grey gray pink yellow brown silver gold golden purple violet orange beige navy ivory cream teal
    turquoise rose copper bronze chrome brass steel wood wooden leather
    schwarz weiss blau rot grun grau rosa gelb braun silber lila turkis herren damen kinder madchen jungen links rechts klein gross
    noir blanc bleu rouge vert gris rose jaune marron argent homme femme enfant fille garcon petit grand
    negro blanco azul rojo verde rosado amarillo plata hombre mujer nino nina nero bianco blu rosso grigio giallo uomo donna
    zwart wit blauw rood groen grijs geel bruin zilver heren dames svart vit bla rod gron gra gul brun herr dam
    """)
)


def near_identical(item: Fact, orders: Sequence[Fact]) -> list[int]:
    """Return the places of the orders whose title and price are nearly those of a thing; what is not known decides nothing."""
    price, words = item.number("price"), _words(item.text("title") or "")
    if price is None or not words:
        return []
    lines = [_line(order.text("title") or "") for order in orders]
    alike = process.extract(_line(item.text("title") or ""), lines, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return sorted(at for _, _, at in alike if _same_variant(price, words, orders[at]))


def _same_variant(price: Decimal, words: frozenset[str], order: Fact) -> bool:
    paid, others = order.number("price"), _words(order.text("title") or "")
    return paid is not None and abs(price - paid) <= _PRICE_SHARE * max(price, paid) and not any(_tells(word) for word in words ^ others)


@lru_cache(maxsize=16384)
def _line(title: str) -> str:
    return " ".join(sorted(_words(title)))


@lru_cache(maxsize=16384)
def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(plain(title)))


def _tells(word: str) -> bool:
    """Whether a word that only one of the titles has makes it another variant: a number that is no year counts too."""
    return word in _TELLING or (any(sign.isdigit() for sign in word) and not _YEAR.match(word))
