"""The list of orders, layouts L0 to L3: one card per order."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dates import read_day
from assistant.amazon.dom import attribute, has_class, lines_of, next_element, outermost, parsed, text_of
from assistant.amazon.labels import Header, header_line
from assistant.amazon.layouts.address import recipient_from
from assistant.amazon.layouts.numbers import order_number
from assistant.amazon.layouts.shipment import read_contents
from assistant.amazon.money import read_money
from assistant.amazon.notes import Notes
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Order, OrderKind, OrderStatus, Recipient

CARDS = ".js-order-card, .order-card"
_OLD_CARDS = "div.a-box-group.order"
_LABELS = ".a-text-caps, .label"
_HEADS = ".order-header, .order-info"
_ENCRYPTED = ".csd-encrypted-sensitive, [class*=orderCardHeaderTitleSkeleton], [id*=orderCardHeaderTitleSkeleton]"
_COUNTS = ".num-orders, .js-time-filter-form .time-filter__label b"
_NUMBERS = ".yohtmlc-order-id [dir=ltr], .yohtmlc-order-id, .order-header bdi, .order-info bdi, .order-header [dir=ltr]"
_CLUES = ".yohtmlc-order-level-connections a, .yohtmlc-shipment-level-connections a, .gift-card-instance, .brand-info-box .brand-logo img"
_LINK_CLUES = (
    ("/wholefoodsmarket/", OrderKind.WHOLE_FOODS),
    ("/fopo/order-details", OrderKind.WHOLE_FOODS),
    ("/uff/your-account/", OrderKind.GROCERY),
    ("/gp/digital/", OrderKind.DIGITAL),
)
_CLUE_ORDER = (OrderKind.WHOLE_FOODS, OrderKind.GROCERY, OrderKind.GIFT_CARD, OrderKind.DIGITAL)
_STORE_LINES = ".delivery-box__primary-text, .a-size-medium.a-text-bold"
_STORE = re.compile(r"purchased at amazon|in store purchase|in-store purchase", re.IGNORECASE)


def layout_of(tree: LexborHTMLParser) -> str | None:
    """Return the generation of a list's cards."""
    head = tree.css_first(".order-header")
    if head is None:
        return "L0" if tree.css_first(".order-info") is not None else None
    if head.css_first(".order-header__header-list-item") is None:
        return "L1"
    return "L3" if tree.css_first(".order-card[data-csa-c-slot-id]") is not None else "L2"


def read_order_list(tree: LexborHTMLParser, notes: Notes) -> tuple[Order, ...]:
    """Read every card of a page; a card that cannot be read costs itself alone."""
    orders: list[Order] = []
    cards = outermost(tree.css(CARDS)) or outermost(tree.css(_OLD_CARDS))
    for card in cards:
        order = _card(card, notes, len(orders))
        if order is not None:
            orders.append(order)
    if not cards:
        _say_why_empty(tree, notes)
    return tuple(orders)


def _say_why_empty(tree: LexborHTMLParser, notes: Notes) -> None:
    if tree.css_first(_ENCRYPTED) is not None:
        notes.problem("orders", "encrypted", "The orders were not on the page yet. Save it again when they can be seen.")
        return
    if tree.css_first("#ab-your-orders-anticsrf-token") is not None:
        notes.problem("orders", "unsupported", "Amazon Business shows its orders in another way. Import the order report (CSV) instead.")
        return
    count = text_of(tree.css_first(_COUNTS))
    if not re.search(r"(?<!\d)0(?!\d)", count):
        notes.problem("orders", "missing", "No order could be found on this page. Open the list of orders and save it again.")


def _card(card: LexborNode, notes: Notes, index: int) -> Order | None:
    where = f"orders[{index}]"
    number = order_number(card, _NUMBERS) or _slot_number(card)
    if card.css_first(_ENCRYPTED) is not None:
        notes.problem(where, "encrypted", "This order was still hidden when the page was saved. Save it again when it can be seen.")
        if number is None or not text_of(card.css_first(_HEADS)):
            return None
    if number is None:
        notes.problem(f"{where}.order_id", "unreadable", "A card without a readable order number was left out.")
        return None
    head = _head(card)
    placed = notes.day(head.get(Header.PLACED, ""), f"{where}.placed_on")
    contents = read_contents(card, notes, where, placed)
    total = notes.money(head.get(Header.TOTAL, ""), f"{where}.amounts.grand_total")
    cancelled = contents.status is OrderStatus.CANCELLED
    _miss(head, notes, where, cancelled=cancelled)
    kind = _kind(card, number)
    if not contents.items and kind not in (OrderKind.WHOLE_FOODS, OrderKind.STORE):
        notes.problem(f"{where}.items", "missing", "The order names no item.")
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


def _miss(head: dict[Header, str], notes: Notes, where: str, *, cancelled: bool) -> None:
    if Header.PLACED not in head:
        notes.problem(f"{where}.placed_on", "missing", "The day of the order was not found.")
    if Header.TOTAL not in head and not cancelled:
        notes.problem(f"{where}.amounts.grand_total", "missing", "The total of the order was not found.")


def _slot_number(card: LexborNode) -> str | None:
    slot = attribute(card, "data-csa-c-slot-id").rpartition(".")[2]
    return slot if re.fullmatch(r"(?!000-)[A-Z0-9]{3}-\d{7}-\d{7}", slot) else None


def _head(card: LexborNode) -> dict[Header, str]:
    """The labelled values of the head. A label we do not know is told by its value: an amount is the total, a day the order's date."""
    values: dict[Header, str] = {}
    unknown: list[str] = []
    head = card.css_first(_HEADS) or card
    for label in head.css(_LABELS):
        value = _value(label)
        line = header_line(text_of(label))
        if line is None:
            unknown.append(value)
        elif value:
            values.setdefault(line, value)
    for value in unknown:
        if Header.TOTAL not in values and _is_money(value):
            values[Header.TOTAL] = value
        elif Header.PLACED not in values and read_day(value) is not None:
            values[Header.PLACED] = value
    return values


def _is_money(value: str) -> Money | None:
    return read_money(value) if any(sign.isdigit() for sign in value) else None


def _value(label: LexborNode) -> str:
    beside = next_element(label)
    if beside is not None:
        return text_of(beside)
    row = label.parent
    return text_of(next_element(row)) if row is not None else ""


def _recipient(card: LexborNode) -> Recipient:
    template = card.css_first("script[id^=shipToData]")
    if template is not None:
        return _address(parsed(template.text() or "").root)
    return _address(card.css_first("[data-component=shippingAddress], .yohtmlc-recipient, .recipient"))


def _address(node: LexborNode | None) -> Recipient:
    if node is None:
        return Recipient()
    full = node.css_first(".a-popover-preload")
    if full is not None:
        return recipient_from(lines_of(full))
    listed = [line for entry in node.css("li") for line in lines_of(entry)]
    name = text_of(node.css_first(".a-popover-trigger, .insert-encrypted-trigger-text"))
    return recipient_from(listed) if listed else Recipient(name=name or None)


def _kind(card: LexborNode, number: str) -> OrderKind:
    if number.startswith("D"):
        return OrderKind.DIGITAL
    kinds = {kind for clue in card.css(_CLUES) for kind in (_clue(clue),) if kind is not None}
    if not kinds and any(_STORE.search(text_of(found)) for found in card.css(_STORE_LINES)):
        return OrderKind.STORE
    return next((kind for kind in _CLUE_ORDER if kind in kinds), OrderKind.RETAIL)


def _clue(node: LexborNode) -> OrderKind | None:
    if node.tag != "a":
        return OrderKind.GIFT_CARD if has_class(node, "gift-card-instance") else OrderKind.GROCERY
    address = attribute(node, "href")
    return next((kind for part, kind in _LINK_CLUES if part in address), None)
