"""The cart: what is in it now, what is ticked, and what it comes to."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import attribute, price_text, text_of
from assistant.amazon.money import read_money, read_plain
from assistant.amazon.notes import Notes
from assistant.domain.money import Money
from assistant.domain.text import clean_text
from assistant.domain.visits import Basket, BasketLine

_ROWS = '#sc-active-cart [data-asin][data-itemtype="active"], [data-name="Active Items"] [data-asin][data-itemtype="active"]'
_ROWS_WITHOUT_TYPE = '#sc-active-cart [data-asin][data-quantity], [data-name="Active Items"] [data-asin][data-quantity]'
_SIDE_ROWS = ".ewc-item[data-asin]"
_TOTALS = "#sc-subtotal-amount-buybox, #sc-subtotal-amount-activecart, .sc-subtotal .sc-price, #sw-subtotal .a-price, .ewc-subtotal-amount"
_TITLES = ".sc-product-title .a-truncate-full, .sc-product-title, .ewc-item-title"
_PRICES = ".sc-product-price, .sc-item-price-block .a-price, .a-price, .ewc-unit-price"
_GIFT = "#sc-buy-box-gift-checkbox[checked], #sc-buy-box-gift-checkbox input[checked], input[name=isGift][checked], [data-isgift='1']"
_MOST = 10_000


def read_cart(tree: LexborHTMLParser, notes: Notes) -> Basket:
    """Read the active rows; rows that were taken out or saved for later are not in the cart any more."""
    total = _total(tree, notes)
    currency = total.currency if total else notes.currency
    rows = tree.css(_ROWS) or tree.css(_ROWS_WITHOUT_TYPE) or tree.css(_SIDE_ROWS)
    kept: dict[int, LexborNode] = {row.mem_id: row for row in rows if attribute(row, "data-removed").lower() != "true"}
    lines = tuple(_line(row, notes, currency, f"cart.lines[{index}]") for index, row in enumerate(kept.values()))
    return Basket(lines=lines, total=total, gift=tree.css_first(_GIFT) is not None)


def _total(tree: LexborHTMLParser, notes: Notes) -> Money | None:
    for found in tree.css(_TOTALS):
        text = price_text(found)
        if text:
            return notes.money(text, "cart.total")
    return None


def _line(row: LexborNode, notes: Notes, currency: str | None, where: str) -> BasketLine:
    title = clean_text(attribute(row, "data-producttitle")) or text_of(row.css_first(_TITLES))
    return BasketLine(
        asin=attribute(row, "data-asin") or None,
        title=title or None,
        quantity=quantity_of(attribute(row, "data-quantity"), notes, f"{where}.quantity"),
        price=_price(row, notes, currency, f"{where}.price"),
        selected=attribute(row, "data-isselected").lower() not in ("0", "false"),
    )


def _price(row: LexborNode, notes: Notes, currency: str | None, where: str) -> Money | None:
    plain = attribute(row, "data-price")
    known = read_plain(plain, currency) or read_money(plain, currency) if plain else None
    if known is not None:
        return known
    return notes.money(price_text(row.css_first(_PRICES)) or plain, where)


def quantity_of(text: str, notes: Notes, where: str) -> int:
    """Return a number of pieces; one where the page prints none."""
    plain = text.strip()
    if not plain:
        return 1
    if not plain.isdecimal() or not 0 < int(plain[:9]) <= _MOST:
        notes.problem(where, "unreadable", f"'{plain[:40]}' could not be read as a number of pieces.")
        return 1
    return int(plain)
