"""Reads a product page: the selected product, its seller, limit, coupon and department."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, first, first_price, first_text, found_by, lines_of, text_of
from assistant.amazon.labels.offer_limits import read_limit
from assistant.amazon.labels.programmes import interval_in
from assistant.amazon.layouts.buying.cart import quantity_of
from assistant.amazon.notes import Notes
from assistant.amazon.values.folding import after, pattern
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.pages.facts import Product
from assistant.domain.pages.visit import BasketLine, OfferTerms

SELECTORS: dict[str, tuple[str, ...]] = {
    "asin": ("form#addToCart input#ASIN", "input[name=ASIN]", "#averageCustomerReviews[data-asin]", "#dp [data-asin]"),
    "title": ("#productTitle", "#title", "#ebooksProductTitle"),
    "price": (
        "#corePrice_feature_div .a-price",
        "#corePriceDisplay_desktop_feature_div .a-price",
        "#price_inside_buybox",
        "#priceblock_ourprice",
        "#priceblock_dealprice",
        ".priceToPay",
        ".a-price",
    ),
    "seller": (
        "#sellerProfileTriggerId",
        "#merchantInfoFeature_feature_div .offer-display-feature-text-message",
        "[offer-display-feature-name=desktop-merchant-info] .offer-display-feature-text-message",
        "#merchant-info a",
    ),
    "brand": ("tr.po-brand td:last-child", "#bylineInfo", "#brand"),
    "path": ("#wayfinding-breadcrumbs_feature_div li a", "#wayfinding-breadcrumbs_container li a", "[data-testid=breadcrumb] a"),
    "quantity": ("select#quantity option[selected]", "select[name=quantity] option[selected]"),
    "limit": (
        "#quantityLimit_feature_div",
        "#maxOrderQuantity_feature_div",
        "#availability_feature_div",
        "#availability",
        "#quantityRelocate_feature_div",
        "#dealBadge_feature_div",
        "#offerTerms_feature_div",
        "#desktop_qualifiedBuyBox",
        "#buybox",
        "form#addToCart",
    ),
    "subscribing": (
        "#snsAccordionRowMiddle.a-accordion-active",
        "[id^=sns][class*=accordion-active]",
        "input#snsSelected[checked]",
        "#sns-base-price input[type=radio][checked]",
    ),
    "every": ("select#rcxOrdFreqSns option[selected]", "select[name=rcxOrdFreqSns] option[selected]", "#sns-frequency"),
}

_ASIN = re.compile(r"[A-Z0-9]{10}")
_BRAND = pattern(
    r"^(?:visit the|brand|besuche den|besuchen sie den|marke|visiter la boutique|marque|visita lo store di|marca|visita la tienda de|"
    r"visite a loja|bezoek de|merk|besok|varumarke|odwiedz sklep|marka|ブランド)\s*:?\s+"
)
_STORE = re.compile(r"[\s-]*(?:store|shop|-store|-shop|butik|winkel)\Z", re.IGNORECASE)
_MOST_LINES = 80


def read_product(tree: LexborHTMLParser, notes: Notes, url: str | None) -> Product | None:
    """Read a product page; None if it names no product."""
    root = tree.root
    if root is None:
        return None
    asin, title = asin_of(root, url), first_text(root, SELECTORS["title"])
    if asin is None:
        notes.problem("product.asin", "missing", sentence_of("The page does not say which product it is."))
        return None
    every = interval_in(first_text(root, SELECTORS["every"]))
    subscribing = first(root, SELECTORS["subscribing"]) is not None
    line = BasketLine(
        asin=asin,
        title=title or None,
        quantity=quantity_of(first_text(root, SELECTORS["quantity"]), notes, "product.quantity"),
        price=notes.money(first_price(root, SELECTORS["price"]), "product.price"),
        limit=_limit(root, title),
        subscription=subscribing,
        every=every if subscribing else None,
    )
    path = tuple(text for text in map(text_of, found_by(root, SELECTORS["path"])) if text)
    return Product(line=line, seller=first_text(root, SELECTORS["seller"]) or None, brand=_brand(root), path=path)


def asin_of(root: LexborNode, url: str | None) -> str | None:
    """Return the ASIN of the product: the one that the cart would get, or else the one in the address."""
    for selector in SELECTORS["asin"]:
        node = root.css_first(selector)
        value = attribute(node, "value") or attribute(node, "data-asin")
        if _ASIN.fullmatch(value):
            return value
    found = re.search(r"/(?:dp|gp/product|gp/aw/d)/([A-Z0-9]{10})(?=[/?#]|\Z)", url or "")
    return found[1] if found else None


def _limit(root: LexborNode, title: str) -> OfferTerms | None:
    for selector in SELECTORS["limit"]:
        for place in root.css(selector):
            found = read_limit(line for line in lines_of(place)[:_MOST_LINES] if line != title)
            if found is not None:
                return found
    return None


def _brand(root: LexborNode) -> str | None:
    text = first_text(root, SELECTORS["brand"])[:100]
    rest = after(_BRAND, text)
    return (text if rest is None else _STORE.sub("", rest).strip()) or None
