"""Reads promotions and coupons: applied at a checkout, offered next to a product, clipped, or in a pop-up with their terms."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import ancestors, attribute, elements, first, first_text, lines_of, outermost, text_of
from assistant.amazon.labels.fields import amount_line
from assistant.amazon.labels.offer_limits import read_terms
from assistant.amazon.notes import Notes
from assistant.amazon.values.folding import pattern, plain
from assistant.amazon.values.money import read_money
from assistant.domain.orders.order import Amount
from assistant.domain.pages.visit import Promotion

SELECTORS: dict[str, tuple[str, ...]] = {
    "applied": (
        '[data-testid*="promotion" i]',
        '[data-testid*="coupon" i]',
        '[id*="promotion" i]',
        ".applied-promotion",
        ".applied-coupon",
        "[class*=applied-promo]",
        ".promo-code-applied",
    ),
    "name": ('[data-testid*="name" i]', ".promotion-name", ".promotion-title", ".a-text-bold", "h3", "h4", "h5"),
    "summary": (
        "#subtotals-marketplace-table tr",
        "#subtotals-marketplace-table li",
        "#subtotals-marketplace-table .a-row",
        "#subtotals tr",
    ),
    "beside": ("[id^=promoMessage]", ".promoPriceBlockMessage", "#applicablePromotionList_feature_div li"),
    "link": ('a[href*="/promotions/details/"]', 'a[href*="/promotion/"]'),
    "coupon": ("label[id^=couponText]", ".couponLabelText", "#couponBadgeRegularVpc", "#vpcButton"),
    "coupon_terms": ("[id^=couponTerms]", ".coupon-terms", "[data-testid=coupon-terms]"),
    "clipped": ("input[id^=checkboxpctch][checked]", "#vpcButton input[checked]"),
    "title": ("h1", "h2", ".a-popover-header", "title"),
    "terms": ("#promotion-terms", ".promotion-terms", ".a-popover-content", "main", "body"),
}

_DISCOUNTS = frozenset({Amount.PROMOTION, Amount.COUPON, Amount.MULTIBUY, Amount.AMAZON_DISCOUNT})
_REFERENCE = re.compile(r"/(?:promotions/details/popup|promotions/details|promotion/psp|promotion/details)/([A-Z0-9]{6,20})(?=[/?#]|\Z)")
_CODE = pattern(
    r"(?:promo(?:tion(?:al)?)? ?code|code|aktionscode|gutscheincode|code promo(?:tionnel)?|codice(?: promozionale)?|"
    r"codigo(?: promocional)?|actiecode|kampanjkod|kod promocyjny|promosyon kodu|"
    r"プロモーションコード)[: ]+([a-z0-9][a-z0-9-]{3,24})(?![a-z0-9])"
)
_CLIPPED = pattern(
    r"coupon (?:applied|clipped|collected)|\bclipped\b|(?:coupon|gutschein) (?:eingelost|angewendet|aktiviert)|coupon applique|"
    r"coupon applicato|cupon aplicado|cup[ao]o? aplicado|coupon toegepast|kupong(?:en)? (?:har )?tillampa|kupon zastosowan|"
    r"kupon uyguland|クーポン(?:が|を)?適用"
)
_LONGEST_NAME = 200


def read_promotions(root: LexborNode, notes: Notes) -> tuple[Promotion, ...]:
    """Return the promotions that a checkout applies, each with its terms if the page prints them."""
    offers = list(_blocks(root, SELECTORS["applied"], notes))
    if not offers:
        offers = [Promotion(name=label, named=False) for label in _summary_names(root, notes)]
    return _each_once(offers)


def read_offers(root: LexborNode, notes: Notes) -> tuple[Promotion, ...]:
    """Return the promotions offered next to a product; a promotion with a code uses the code as its name."""
    return _each_once(list(_blocks(root, SELECTORS["beside"], notes)))


def read_coupon(root: LexborNode, asin: str, notes: Notes) -> Promotion | None:
    """Return the price coupon that a product page shows to everyone. Its id is the product's ASIN."""
    text = first_text(root, SELECTORS["coupon"])
    if not text:
        return None
    terms = read_terms(f"{text}. {first_text(root, SELECTORS['coupon_terms'])}".removesuffix(". "), near=notes.today)
    clipped = first(root, SELECTORS["clipped"]) is not None or _CLIPPED.search(plain(text)) is not None
    return Promotion(name=f"COUPON-{asin}", terms=terms, public=True, asin=asin, clipped=clipped)


def read_terms_page(root: LexborNode, notes: Notes, url: str | None) -> tuple[Promotion, ...]:
    """Return the one promotion whose terms a page or pop-up shows in full."""
    place = first(root, SELECTORS["terms"])
    terms = read_terms("\n".join(lines_of(place)), near=notes.today)
    found = _REFERENCE.search(url or "") or next((match for match in map(_linked, root.css("a")) if match), None)
    name = first_text(root, SELECTORS["title"])[:_LONGEST_NAME]
    if terms is None or not (name or found):
        return ()
    reference = found[1] if found else None
    return (Promotion(name=_code(terms.text or "") or name or reference or "", reference=reference, terms=terms),)


def _blocks(root: LexborNode, selectors: Sequence[str], notes: Notes) -> Iterator[Promotion]:
    for block in outermost(root.css(", ".join(selectors))):
        if block.tag in ("input", "button", "form", "label", "script") or any(above.tag == "script" for above in ancestors(block)):
            continue
        lines = lines_of(block)
        if not lines or block.css_first("input[type=text]") is not None:
            continue
        name = first_text(block, SELECTORS["name"]) or lines[0]
        said = " ".join(line for line in lines if line != name)
        terms = read_terms(said, near=notes.today) or read_terms(attribute(block, "data-terms"), near=notes.today)
        link = first(block, SELECTORS["link"])
        reference = _linked(link) if link is not None else None
        code = _code(" ".join(lines))
        yield Promotion(name=code or name[:_LONGEST_NAME], terms=terms, reference=reference[1] if reference else None)


def _linked(link: LexborNode) -> re.Match[str] | None:
    return _REFERENCE.search(attribute(link, "href")[:2000])


def _code(text: str) -> str | None:
    """Return the code to enter, if the text names one. Codes are capitals and digits."""
    found = _CODE.search(plain(text[:1000]))
    return found[1].upper() if found and found[1].upper() in text else None


def _summary_names(root: LexborNode, notes: Notes) -> Iterator[str]:
    for row in root.css(", ".join(SELECTORS["summary"])):
        cells = [text for text in (text_of(cell) for cell in elements(row)) if text]
        if len(cells) > 1 and amount_line(cells[0]) in _DISCOUNTS and read_money(cells[-1], notes.currency) is not None:
            yield cells[0].rstrip(" :")


def _each_once(offers: list[Promotion]) -> tuple[Promotion, ...]:
    return tuple({offer.name: offer for offer in offers}.values())
