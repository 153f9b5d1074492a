"""The list of orders, layouts L0 to L3: one card per order."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import ancestors, attribute, lines_of, piece, text_of
from assistant.amazon.labels.fields import Header, header_line
from assistant.amazon.layouts.orders.address import recipient_from
from assistant.amazon.layouts.orders.completeness import HIDDEN, NOT_RENDERED, PARTLY_HIDDEN, check_count, check_rendered
from assistant.amazon.layouts.orders.order_numbers import number_in
from assistant.amazon.layouts.orders.shipment import in_store, read_contents
from assistant.amazon.layouts.table import Boxes, Field, Generation, generation_of
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.money import read_money
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Amount, Order, OrderKind, OrderStatus, Recipient, Shipment

_LINKED = {
    "/wholefoodsmarket/": OrderKind.WHOLE_FOODS,
    "/fopo/order-details": OrderKind.WHOLE_FOODS,
    "/uff/your-account/": OrderKind.GROCERY,
    "/gp/digital/": OrderKind.DIGITAL,
}
_KINDS = (OrderKind.WHOLE_FOODS, OrderKind.GROCERY, OrderKind.GIFT_CARD, OrderKind.DIGITAL)
"""The kind of a card: the first match counts."""


_HAS_CENTS = re.compile(r"[.,]\d\d\b")
_PRICE_PIECE = re.compile(r"[.,]|\d[\d.,]{0,9}[.,]?")

CARDS = Boxes(anchors=('[data-csa-c-slot-id^="amzn1.yourorders.order-card."]', ".js-order-card", ".order-card", "div.a-box-group.order"))
HEADS = Boxes(anchors=(".order-header", ".order-info"))
SHIP_TO = Boxes(anchors=("[data-component=shippingAddress]", ".yohtmlc-recipient", ".recipient"))
TEMPLATES = Boxes(anchors=("script[id^=shipToData]",))
SLOT = Field(
    anchors=('[data-csa-c-slot-id^="amzn1.yourorders.order-card."]',),
    text=lambda card: attribute(card, "data-csa-c-slot-id").rpartition(".")[2],
    read=number_in,
)
NUMBER = Field(
    anchors=(".yohtmlc-order-id", ".order-header bdi", ".order-info bdi", ".order-header [dir=ltr]"), read=number_in, required=True
)
BILLS = Boxes(anchors=('a[href*="/amazon-pay-later"]',))
CONNECTIONS = Boxes(anchors=(".yohtmlc-order-level-connections", ".yohtmlc-shipment-level-connections"))
MARKED = {
    OrderKind.GROCERY: Boxes(anchors=(".brand-info-box .brand-logo img",)),
    OrderKind.GIFT_CARD: Boxes(anchors=(".gift-card-instance",)),
}
GENERATIONS = (
    Generation(name="L3", marks=(".order-header__header-list-item", "[data-csa-c-slot-id]")),
    Generation(name="L2", marks=(".order-header__header-list-item",)),
    Generation(name="L1", marks=(".order-header .a-column", ".delivery-box")),
    Generation(name="L0", marks=(".order-info", ".shipment")),
)


def layout_of(tree: LexborHTMLParser) -> str | None:
    """Return the layout generation of a list, from its first card."""
    return generation_of(CARDS.first(tree), GENERATIONS)


def read_order_list(tree: LexborHTMLParser, notes: Notes, url: str | None = None) -> tuple[Order, ...]:
    """Read every card of a page. A card that cannot be read does not affect the others. `url` is the page's address, if known."""
    cards = CARDS.nodes(tree)
    orders: list[Order] = []
    kept: dict[str, LexborNode] = {}
    veils = HIDDEN.nodes(tree)
    veiled = {above.mem_id for veil in veils for above in ancestors(veil)}
    left_out = repeated = 0
    for card in cards:
        if BILLS.first(card) is not None:
            text = sentence_of("An Amazon Pay Later bill was left out. The purchases it pays for are separate orders.")
            notes.problem("orders", "bill", text)
            continue
        top = HEADS.first(card) or card
        head = _head(top, notes.currency)
        numbers = _numbers(card, top, head)
        number = next(iter(numbers)) if len(numbers) == 1 else None
        where = f"orders[{len(orders)}]"
        hidden = card.mem_id in veiled
        if hidden and (number is None or Header.PLACED not in head):
            left_out += 1
        elif number is None:
            _leave_out(numbers, notes)
        elif number in kept:
            repeated += 1
            _compare(kept[number], card, notes, f"orders[{list(kept).index(number)}]")
        else:
            kept[number] = card
            orders.append(_listed_order(card, number, head, notes, where))
            if hidden:
                notes.problem(where, NOT_RENDERED, PARTLY_HIDDEN)
    if not cards and tree.css_first("#ab-your-orders-anticsrf-token") is not None:
        notes.problem(
            "orders", "unsupported", sentence_of("Amazon Business shows its orders in another way. Import the order report (CSV) instead.")
        )
    elif check_rendered(veils, cards, left_out, notes):
        check_count(tree, len(cards) - repeated, notes, url)
    return tuple(orders)


def _compare(kept: LexborNode, again: LexborNode, notes: Notes, where: str) -> None:
    if text_of(kept) != text_of(again):
        notes.problem(
            where, "contradiction", sentence_of("The order is on the page twice with different contents. The first one was kept.")
        )


def _listed_order(card: LexborNode, number: str, head: dict[Header, str], notes: Notes, where: str) -> Order:
    placed = notes.day(head.get(Header.PLACED, ""), f"{where}.placed_on")
    contents = read_contents(card, notes, where, placed)
    total = notes.money(head.get(Header.TOTAL, ""), f"{where}.amounts.grand_total")
    cancelled = contents.status is OrderStatus.CANCELLED
    kind = _order_kind(card, number, contents.shipments)
    if Header.PLACED not in head:
        notes.problem(f"{where}.placed_on", "missing", sentence_of("The day of the order was not found."))
    if Header.TOTAL not in head and not cancelled:
        notes.problem(f"{where}.amounts.grand_total", "missing", sentence_of("The total of the order was not found."))
    if not contents.items and kind not in (OrderKind.WHOLE_FOODS, OrderKind.STORE):
        notes.problem(f"{where}.items", "missing", sentence_of("The order names no item."))
    return Order(
        number=number,
        kind=kind,
        placed_on=placed,
        status=contents.status,
        cancelled=cancelled,
        currency=total.currency if total else None,
        marketplace=notes.marketplace.name if notes.marketplace else None,
        recipient=_recipient(card),
        amounts={} if total is None else {Amount.GRAND_TOTAL: total},
        items=contents.items,
        shipments=contents.shipments,
    )


def _numbers(card: LexborNode, top: LexborNode, head: dict[Header, str]) -> set[str]:
    """Return the order numbers in the card's slot, label and marks. A complete card names exactly one."""
    places = (SLOT.first(card), number_in(head.get(Header.NUMBER, "")), NUMBER.first(top) or NUMBER.first(card))
    return {number for number in places if number is not None}


def _leave_out(numbers: set[str], notes: Notes) -> None:
    if numbers:
        notes.problem(
            "orders",
            "contradiction",
            sentence_of("A box on the page names several orders ({numbers}) and was left out.", numbers=", ".join(sorted(numbers))),
        )
    else:
        notes.problem("orders", "unreadable", sentence_of("A card without a readable order number was left out."))


def _head(top: LexborNode, currency: str | None) -> dict[Header, str]:
    """Return the labelled values of the head. Each label is in the line above its value."""
    lines = lines_of(top)
    labels = [header_line(line) for line in lines]
    values: dict[Header, str] = {}
    for place, label in enumerate(labels[:-1]):
        if label is not None and labels[place + 1] is None:
            values.setdefault(label, _whole_price(lines, place + 1) if label is Header.TOTAL else lines[place + 1])
    return values if Header.PLACED in values and Header.TOTAL in values else _unlabelled(lines, currency) | values


def _whole_price(lines: Sequence[str], place: int) -> str:
    """Return a price whose cents are in a separate element: "$12" and "49" on two lines."""
    price = lines[place]
    for more in lines[place + 1 : place + 3]:
        if _HAS_CENTS.search(price) or not _PRICE_PIECE.fullmatch(more):
            break
        price = f"{price} {more}"
    return price


def _unlabelled(lines: Sequence[str], currency: str | None) -> dict[Header, str]:
    """Return values without a known label: the only amount is the total, the only day is the order's."""
    told: dict[Header, list[str]] = {Header.TOTAL: [], Header.PLACED: []}
    for line in lines:
        if any(sign.isdigit() for sign in line):
            told[Header.TOTAL] += [line] if read_money(line, currency) else []
            told[Header.PLACED] += [line] if read_day(line) else []
    return {label: found[0] for label, found in told.items() if len(found) == 1}


def _recipient(card: LexborNode) -> Recipient:
    template = TEMPLATES.first(card)
    return _address(SHIP_TO.first(card) if template is None else piece(template, template.text()))


def _address(node: LexborNode | None) -> Recipient:
    if node is None:
        return Recipient()
    full = node.css_first(".a-popover-preload")
    if full is not None:
        return recipient_from(lines_of(full))
    listed = [line for entry in node.css("li") for line in lines_of(entry)]
    name = text_of(node.css_first(".a-popover-trigger, .insert-encrypted-trigger-text"))
    return recipient_from(listed) if listed else Recipient(name=name or None)


def _order_kind(card: LexborNode, number: str, shipments: Sequence[Shipment]) -> OrderKind:
    if number.startswith("D"):
        return OrderKind.DIGITAL
    links = " ".join(attribute(link, "href") for box in card.css(CONNECTIONS.selector) for link in box.css("a"))
    told = {kind for part, kind in _LINKED.items() if part in links} | {
        kind for kind, mark in MARKED.items() if mark.first(card) is not None
    }
    return next((kind for kind in _KINDS if kind in told), None) or (OrderKind.STORE if in_store(shipments) else OrderKind.RETAIL)
