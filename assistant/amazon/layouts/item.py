"""One bought item, as order lists and order details print it in every layout."""

import re
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from assistant.amazon.dates import read_day
from assistant.amazon.dom import attribute, lines_of, price_text, text_of
from assistant.amazon.notes import Notes
from assistant.amazon.phrases import Window, labelled, return_window
from assistant.domain.orders import Item

ASIN = re.compile(r"/(?:dp|gp/product|gp/aw/d|product)/([A-Z0-9]{10})(?=[/?#&]|\Z)")

_PRODUCT_LINKS = 'a[href*="/dp/"], a[href*="/gp/product/"], a[href*="/gp/aw/d/"]'
_TITLES = '[data-component="itemTitle"], .yohtmlc-product-title, .yohtmlc-item .a-row:first-child a, .yohtmlc-item > a'
_PICTURES = ".product-image img, .product-grid-image img, [data-component=itemImage] img, .item-view-left-col-inner img, img"
_QUANTITIES = ".product-image__qty, .item-view-qty, .od-item-view-qty, [data-component=quantity]"
_PRICES = "[data-component=unitPrice], .yohtmlc-item .a-color-price, .gift-card-instance .a-column"
_NOTES = (
    "[data-component=orderedMerchant], [data-component=itemReturnEligibility], [data-component=itemCondition], "
    "[data-component=deliveryFrequency], .a-size-small, .yohtmlc-item > .a-row"
)
_LONGEST_NOTE = 300
_MOST_QUANTITY = 100_000


@dataclass(slots=True)
class _Printed:
    """The lines beside an item that say who sold it, in what condition, and until when it may go back."""

    seller: str | None = None
    condition: str | None = None
    every: str | None = None
    return_by: date | None = None
    closed_on: date | None = None


def read_item(node: LexborNode, notes: Notes, where: str, near: date | None) -> Item:
    """Read the item below a node; `near` is the order's date, for days without a year."""
    title = _title(node)
    printed = _printed(node, title, near)
    price = price_text(node.css_first(_PRICES))
    if not title:
        notes.problem(f"{where}.title", "missing", "The item has no title on the page.")
    return Item(
        asin=_asin(node),
        title=title or None,
        quantity=_quantity(node, notes, where),
        unit_price=notes.money(price, f"{where}.unit_price"),
        seller=printed.seller,
        condition=printed.condition,
        return_by=printed.return_by,
        return_closed_on=printed.closed_on,
        subscription_every=printed.every,
        gift=True if text_of(node.css_first("[data-component=giftMessage]")) else None,
    )


def _title(node: LexborNode) -> str:
    for found in node.css(_TITLES):
        text = text_of(found)
        if text:
            return text
    links = (text_of(link) for link in node.css(_PRODUCT_LINKS))
    named = next((text for text in links if text), "")
    if named:
        return named
    picture = node.css_first(_PICTURES)
    return " ".join((attribute(picture, "alt") or attribute(picture, "title")).split())


def _asin(node: LexborNode) -> str | None:
    for link in node.css(_PRODUCT_LINKS):
        match = ASIN.search(attribute(link, "href"))
        if match and match[1] != "_ASINLESS_":
            return match[1]
    return None


def _quantity(node: LexborNode, notes: Notes, where: str) -> int | None:
    text = next((text for text in map(text_of, node.css(_QUANTITIES)) if text), "")
    if not text:
        return None
    number = re.search(r"(?<![\d.,])(\d{1,6})(?![\d]|[.,]\d)", text)
    if number is None or not 0 < int(number[1]) <= _MOST_QUANTITY:
        notes.problem(f"{where}.quantity", "unreadable", f"'{text[:40]}' could not be read as a whole number of pieces.")
        return None
    return int(number[1])


def _printed(node: LexborNode, title: str, near: date | None) -> _Printed:
    printed = _Printed()
    for line in _note_lines(node):
        if line == title or len(line) > _LONGEST_NOTE:
            continue
        named = labelled(line)
        if named is not None:
            name, value = named
            if getattr(printed, name) is None:
                setattr(printed, name, value)
            continue
        window = return_window(line)
        if window is Window.OPEN:
            printed.return_by = printed.return_by or read_day(line, near=near)
        elif window is Window.CLOSED:
            printed.closed_on = printed.closed_on or read_day(line, near=near)
    if printed.seller is None:
        printed.seller = _unlabelled(node.css_first("[data-component=orderedMerchant]"))
    if printed.every is None:
        printed.every = _unlabelled(node.css_first("[data-component=deliveryFrequency]"))
    return printed


def _note_lines(node: LexborNode) -> list[str]:
    lines: dict[str, None] = {}
    for found in node.css(_NOTES):
        lines[text_of(found)] = None
    for hidden in node.css(".a-popover-preload"):
        lines.update(dict.fromkeys(lines_of(hidden)))
    lines.pop("", None)
    return list(lines)


def _unlabelled(node: LexborNode | None) -> str | None:
    """The value behind the colon of a component whose label is in a language we do not know."""
    _, colon, value = text_of(node).replace("：", ":").partition(":")
    return value.strip() or None if colon else None
