"""Reads one bought item, as order lists and order details print it in every layout."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import attribute, lines_of, price_text, text_of, text_once
from assistant.amazon.labels.buttons import is_button
from assistant.amazon.labels.phrases import Window, has_label, labelled, return_window
from assistant.amazon.labels.states import state_of
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import western_digits
from assistant.amazon.values.money import is_amount
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Item
from assistant.domain.text import clean_text

ASIN = re.compile(r"/(?:dp|gp/product|gp/aw/d|product)/([A-Z0-9]{10})(?=[/?#&]|\Z)")

_EVERY = re.compile(r"\b(?:every|alle|jeden|jede|tous les|toutes les|chaque|ogni|cada|elke|om de|co|varje|var|her)\b.+", re.IGNORECASE)
_PRODUCT_LINKS = ('a[href*="/dp/"]', 'a[href*="/gp/product/"]', 'a[href*="/gp/aw/d/"]')


def asin_in(address: str) -> str | None:
    """Return the ASIN in a link; None without one and for "_ASINLESS_"."""
    found = ASIN.search(address)
    return found[1] if found is not None and found[1] != "_ASINLESS_" else None


def _behind_colon(text: str) -> str | None:
    """Return the value after a colon, for labels in an unknown language."""
    value = text.replace("：", ":").partition(":")[2].strip()
    return value if value and not has_label(value) else None


def _interval(text: str) -> str | None:
    """Return the interval of a subscription, after a colon or in the text: "Auto-delivered every 2 months"."""
    return _behind_colon(text) or (found[0].capitalize() if (found := _EVERY.search(text)) else None)


def _title(text: str) -> str | None:
    """Return a title; None for a button's label."""
    return text if text and not is_button(text) else None


PRODUCT = Field(anchors=_PRODUCT_LINKS, text=partial(attribute, name="href"), read=asin_in, required=True)
TITLE = Field(
    anchors=(
        "[data-component=itemTitle]", ".yohtmlc-product-title", ".yohtmlc-item .a-row:first-child a", ".yohtmlc-item > a", *_PRODUCT_LINKS,
    ),
    text=text_once,
    read=_title,
    required=True,
)  # fmt: skip  # a table reads better in rows
PICTURE = Field(
    anchors=(
        "[data-component=itemImage] img", ".product-image img", ".product-grid-image img", ".item-view-left-col-inner img", "img",
    ),
    text=lambda image: clean_text(attribute(image, "alt") or attribute(image, "title")),
    read=_title,
)  # fmt: skip  # a table reads better in rows
QUANTITY = Field(anchors=("[data-component=quantity]", ".od-item-view-qty", ".product-image__qty", ".item-view-qty"), read=text_or_none)
PRICE = Field(
    anchors=("[data-component=unitPrice]", ".yohtmlc-item .a-color-price", ".gift-card-instance .a-column"),
    text=price_text,
    read=text_or_none,
)
GIFT = Field(anchors=("[data-component=giftMessage]",), read=text_or_none)
SELLER = Field(anchors=("[data-component=orderedMerchant]",), read=_behind_colon)
EVERY = Field(anchors=("[data-component=deliveryFrequency]",), read=_interval)
NOTES = Boxes(
    anchors=(
        "[data-component=orderedMerchant]", "[data-component=itemReturnEligibility]", "[data-component=itemCondition]",
        "[data-component=deliveryFrequency]", ".a-size-small", ".yohtmlc-item > .a-row",
    )
)  # fmt: skip  # a table reads better in rows
HIDDEN_NOTES = Boxes(anchors=(".a-popover-preload",))
_WEIGHT = re.compile(r"\d\s*(?:lbs?|oz|kg|g|ml|l)\b", re.IGNORECASE)
_LONGEST_NOTE = 300
_SHORTEST_TITLE = 4
_MOST_QUANTITY = 100_000


@dataclass(slots=True)
class _Printed:
    """The lines next to an item with its seller, condition and return window."""

    seller: str | None = None
    condition: str | None = None
    every: str | None = None
    return_by: date | None = None
    closed_on: date | None = None


def read_item(node: LexborNode, notes: Notes, where: str, near: date | None) -> Item:
    """Read the item below a node; `near` is the order's date, for days without a year."""
    title = TITLE.first(node)
    if not title:
        title = PICTURE.first(node) or _only_text(node, near)
        if title and _has_words(node):
            text = sentence_of("The item's title was not in its usual place, so another text next to the item was used.")
            notes.problem(f"{where}.title", "uncertain", text)
    printed = _printed(node, title, near)
    if not title:
        notes.problem(f"{where}.title", "missing", sentence_of("The item has no title on the page."))
    return Item(
        asin=PRODUCT.first(node),
        title=title,
        quantity=read_quantity(QUANTITY.first(node) or "", notes, f"{where}.quantity"),
        unit_price=notes.money(PRICE.first(node) or "", f"{where}.unit_price"),
        seller=printed.seller or SELLER.first(node),
        condition=printed.condition,
        return_by=printed.return_by,
        return_closed_on=printed.closed_on,
        subscription_every=printed.every or EVERY.first(node),
        gift=True if GIFT.first(node) else None,
    )


def read_quantity(text: str, notes: Notes, where: str) -> int | None:
    """Return a printed number of pieces; None for a weight ("0.31 lb"). Other text that is not a whole number is a problem."""
    if not text or _WEIGHT.search(text):
        return None
    number = re.search(r"(?<![\d.,])(\d{1,6})(?![\d]|[.,]\d)", western_digits(text))
    if number is None or not 0 < int(number[1]) <= _MOST_QUANTITY:
        notes.problem(where, "unreadable", sentence_of("'{quote}' could not be read as a whole number of pieces.", quote=text[:40]))
        return None
    return int(number[1])


def _has_words(node: LexborNode) -> bool:
    """Return whether text is printed next to an item. On cards with pictures only, the pictures name the items."""
    return any(sum(map(str.isalpha, line)) >= _SHORTEST_TITLE and not is_amount(line) for line in lines_of(node))


def _only_text(node: LexborNode, near: date | None) -> str | None:
    """Return an unmarked title: the only line next to an item that is not a price, label, state or button."""
    lines = [line for line in lines_of(node) if _SHORTEST_TITLE <= len(line) <= _LONGEST_NOTE and any(map(str.isalpha, line))]
    told = [line for line in lines if not (is_button(line) or is_amount(line) or state_of(line) or read_day(line, near=near))]
    titles = [line for line in dict.fromkeys(told) if labelled(line) is None and return_window(line) is None and ":" not in line]
    return titles[0] if len(titles) == 1 else None


def _printed(node: LexborNode, title: str | None, near: date | None) -> _Printed:
    printed = _Printed()
    for line in _note_lines(node):
        if line == title or len(line) > _LONGEST_NOTE:
            continue
        name, value = _said(line, near)
        if value is not None and getattr(printed, name) is None:
            setattr(printed, name, value)
    return printed


@lru_cache(maxsize=256)
def _said(line: str, near: date | None) -> tuple[str, str | date | None]:
    """Return the field of `_Printed` that a line fills, and the value. Cached, because all items of a page have the same lines."""
    named = labelled(line)
    if named is not None:
        return named
    window = return_window(line)
    name = "closed_on" if window is Window.CLOSED else "return_by"
    return name, read_day(line, near=near) if window is not None else None


def _note_lines(node: LexborNode) -> list[str]:
    lines: dict[str, None] = {}
    for found in node.css(NOTES.selector):
        lines[text_of(found)] = None
    for hidden in node.css(HIDDEN_NOTES.selector):
        lines.update(dict.fromkeys(lines_of(hidden)))
    lines.pop("", None)
    return list(lines)
