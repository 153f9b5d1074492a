"""Reads the cart: its items, which of them are selected, and the subtotal."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, first, first_price, first_text, found_by, lines_of
from assistant.amazon.labels.offer_limits import read_limit
from assistant.amazon.labels.programmes import interval_in
from assistant.amazon.notes import Notes
from assistant.amazon.values.folding import after, pattern
from assistant.amazon.values.money import read_money, read_plain
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.money import Money
from assistant.domain.pages.visit import Basket, BasketLine
from assistant.domain.text import clean_text

SELECTORS: dict[str, tuple[str, ...]] = {
    "row": (
        '#sc-active-cart [data-asin][data-itemtype="active"]',
        '[data-name="Active Items"] [data-asin][data-itemtype="active"]',
        "#sc-active-cart [data-asin][data-quantity]",
        '[data-name="Active Items"] [data-asin][data-quantity]',
        "#sw-atc-confirmation [data-asin]",
        ".ewc-item[data-asin]",
    ),
    "total": (
        "#sc-subtotal-amount-buybox",
        "#sc-subtotal-amount-activecart",
        ".sc-subtotal .sc-price",
        "#sw-subtotal .a-price",
        ".ewc-subtotal-amount",
    ),
    "title": (".sc-product-title .a-truncate-full", ".sc-product-title", ".ewc-item-title"),
    "price": (".sc-product-price", ".sc-item-price-block .a-price", ".a-price", ".ewc-unit-price"),
    "quantity": (".ewc-quantity", ".sc-quantity-textfield", "[data-a-selector=value]"),
    "gift": (
        "#sc-buy-box-gift-checkbox[checked]",
        "#sc-buy-box-gift-checkbox input[checked]",
        "input[name=isGift][checked]",
        "[data-isgift='1']",
    ),
}

_SOLD_BY = pattern(
    r"^(?:sold by|(?:ships|dispatches|dispatched) from and sold by|verkauf durch|verkauft von|verkauf und versand durch|vendu par|"
    r"expedie et vendu par|venduto da|venduto e spedito da|vendido por|vendido y enviado por|verkocht door|verkoop door|saljs av|"
    r"sprzedawca|sprzedaje|satici|販売元|出品者)\s*[:：]?\s*(?=\S)"
)
_LONGEST_NOTE = 200
_MOST = 10_000
_MOST_LINES = 40


def read_cart(tree: LexborHTMLParser, notes: Notes) -> Basket:
    """Read the active rows. Removed rows and rows saved for later are not in the cart."""
    root = tree.root
    if root is None:
        return Basket()
    total = _total(root, notes)
    currency = total.currency if total else notes.currency
    rows = [row for row in found_by(root, SELECTORS["row"]) if attribute(row, "data-removed").lower() != "true"]
    lines = tuple(_cart_line(row, notes, currency, f"cart.lines[{index}]") for index, row in enumerate(rows))
    return Basket(lines=lines, total=total, gift=first(root, SELECTORS["gift"]) is not None)


def _total(root: LexborNode, notes: Notes) -> Money | None:
    text = first_price(root, SELECTORS["total"])
    return notes.money(text, "cart.total")


def _cart_line(row: LexborNode, notes: Notes, currency: str | None, where: str) -> BasketLine:
    title = clean_text(attribute(row, "data-producttitle")) or first_text(row, SELECTORS["title"])
    said = [line for line in lines_of(row)[:_MOST_LINES] if line != title]
    printed = re.search(r"\d+", first_text(row, SELECTORS["quantity"]))
    every = interval_of(said)
    return BasketLine(
        asin=attribute(row, "data-asin") or None,
        title=title or None,
        quantity=quantity_of(attribute(row, "data-quantity") or (printed[0] if printed else ""), notes, f"{where}.quantity"),
        price=_price(row, notes, currency, f"{where}.price"),
        selected=attribute(row, "data-isselected").lower() not in ("0", "false"),
        limit=read_limit(said),
        subscription=every is not None,
        every=every,
        seller=seller_in(said),
    )


def _price(row: LexborNode, notes: Notes, currency: str | None, where: str) -> Money | None:
    plain = attribute(row, "data-price")
    known = read_plain(plain, currency) or read_money(plain, currency) if plain else None
    if known is not None:
        return known
    return notes.money(first_price(row, SELECTORS["price"]) or plain, where)


def seller_in(lines: Sequence[str]) -> str | None:
    """Return the seller of an item in a cart or checkout, if printed: "Acme Office" of "Sold by: Acme Office"."""
    return next((seller for line in lines if (seller := after(_SOLD_BY, line[:_LONGEST_NOTE]))), None)


def interval_of(lines: Sequence[str]) -> str | None:
    """Return the delivery interval of an item in a cart or checkout: "Every 2 months" of "Auto-delivered: Every 2 months"."""
    found = next((interval for line in lines if (interval := interval_in(line))), None)
    return found.replace("：", ":").rpartition(":")[2].strip() if found else None


def quantity_of(text: str, notes: Notes, where: str) -> int:
    """Return a number of pieces; 1 if the page prints none."""
    plain = text.strip()
    if not plain:
        return 1
    if not plain.isdecimal() or not 0 < int(plain[:9]) <= _MOST:
        notes.problem(where, "unreadable", sentence_of("'{quote}' could not be read as a number of pieces.", quote=plain[:40]))
        return 1
    return int(plain)
