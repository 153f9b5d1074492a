"""Promotions that a checkout applies, with the limit that their terms state."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import ancestors, attribute, elements, lines_of, outermost, text_of
from assistant.amazon.folding import pattern, plain
from assistant.amazon.labels import amount_line
from assistant.amazon.money import read_money
from assistant.amazon.notes import Notes
from assistant.domain.orders import Amount
from assistant.domain.visits import OfferTerms, Promotion

_DISCOUNTS = frozenset({Amount.PROMOTION, Amount.COUPON, Amount.MULTIBUY, Amount.AMAZON_DISCOUNT})
_SUMMARY_ROWS = "#subtotals-marketplace-table tr, #subtotals-marketplace-table li, #subtotals-marketplace-table .a-row, #subtotals tr"
_OFFERS = (
    '[data-testid*="promotion" i], [data-testid*="coupon" i], [id*="promotion" i], .promotion, .applied-promotion, .applied-coupon, '
    "[class*=applied-promo], .promo-code-applied"
)
_NAMES = '[data-testid*="name" i], .promotion-name, .promotion-title, .a-text-bold, h3, h4, h5'
_LONGEST = 1000

_PER = (
    (
        "household",
        pattern(
            r"household|same address|shipping address|haushalt|lieferadresse|foyer|nucleo familiare|hogar|agregado|"
            r"huishouden|hushall|gospodarstwo|世帯"
        ),
    ),
    (
        "customer",
        pattern(r"customer|person|shopper|buyer|kunde|kaufer|client|acheteur|cliente|klant|kund|klient|musteri|お客様|一人|1人"),
    ),
    ("account", pattern(r"account|konto|compte|cuenta|conta|rekening|hesap|アカウント")),
)
_LIMIT = pattern(
    r"\b(?:limit(?:ed)?(?: of| to)?|max(?:imum|imal)?(?: of)?|only|one[- ]time|once|nur|einmal(?:ig)?|"
    r"limite a|limite|massimo|maximo|maximaal|hogst|tylko|une? seule? fois|una sola volta|"
    r"una sola vez|uma vez|eenmalig|en gang|jeden raz)\b|限り|回限り|(?:\d+|one|ein(?:e|en)?|un|une|una|uno|"
    r"um|uma|een) (?:\w+ )?(?:per|pro|par|por) "
)
_NUMBER = pattern(
    r"(?:limit(?:ed)?(?: of| to)?|max(?:imum|imal)?(?: of)?|limite a|limite|massimo|maximo|maximaal|only|"
    r"nur)\s+(\d{1,3})\b|\b(\d{1,3}) (?:\w+ ){0,2}(?:per|pro|par|por) |(\d{1,3}) ?(?:回|個|点)限り"
)


def read_promotions(root: LexborNode, notes: Notes) -> tuple[Promotion, ...]:
    """Return the promotions applied, each with its terms where the page prints them beside it."""
    offers = [*_blocks(root)]
    if not offers:
        offers = [(label, None) for label in _summary_names(root, notes)]
    return tuple(Promotion(name=name, terms=terms) for name, terms in dict(offers).items())


def _blocks(root: LexborNode) -> Iterator[tuple[str, OfferTerms | None]]:
    for block in outermost(root.css(_OFFERS)):
        if block.tag in ("input", "button", "form", "label", "script") or any(above.tag == "script" for above in ancestors(block)):
            continue
        lines = lines_of(block)
        if not lines or block.css_first("input[type=text]") is not None:
            continue
        named = block.css_first(_NAMES)
        name = text_of(named) if named is not None and text_of(named) else lines[0]
        terms = _terms(" ".join(line for line in lines if line != name))
        yield name[:200], terms or _terms(attribute(block, "data-terms"))


def _summary_names(root: LexborNode, notes: Notes) -> Iterator[str]:
    for row in root.css(_SUMMARY_ROWS):
        cells = [text for text in (text_of(cell) for cell in elements(row)) if text]
        if len(cells) > 1 and amount_line(cells[0]) in _DISCOUNTS and read_money(cells[-1], notes.currency) is not None:
            yield cells[0].rstrip(" :")


def _terms(text: str) -> OfferTerms | None:
    """The limit stated in a text of terms. Of several scopes the widest counts: a household holds customers, they hold accounts."""
    if not text:
        return None
    sentences = re.split(r"(?<=[.!?。])\s+", text[:_LONGEST])
    limiting = [sentence for sentence in sentences if _LIMIT.search(plain(sentence))]
    text_of_limits = plain(" ".join(limiting))
    scope = next((name for name, words in _PER if words.search(text_of_limits)), None)
    number = _NUMBER.search(text_of_limits)
    limit = int(next(filter(None, number.groups()))) if number else 1 if scope else None
    return OfferTerms(scope=scope, limit=limit, text=text[:_LONGEST])
