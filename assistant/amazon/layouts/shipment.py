"""Shipments: which status each box prints, which items lie in it, and what that makes of the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from assistant.amazon.dates import read_day
from assistant.amazon.dom import attribute, closest, outermost, text_of
from assistant.amazon.layouts.item import ASIN, read_item
from assistant.amazon.notes import Notes
from assistant.amazon.phrases import State, state_of
from assistant.domain.orders import Item, OrderStatus, Shipment

_BOXES = ".delivery-box, .shipment"
_STATUSES = (
    ".yohtmlc-shipment-status-primaryText, .delivery-box__primary-text, [data-component=shipmentStatus] h4, h4.od-status-message, "
    ".shipment-top-row .a-size-medium.a-text-bold, .js-shipment-info-container .a-text-bold, .od-status-message"
)
_MARKED_ITEMS = '.item-box, .yohtmlc-item, [data-component="itemTitle"]'
_ENHANCED = ".yo-enhanced-flex-card, .yo-enhanced-card"
_UNMARKED = f"{_ENHANCED}, {_BOXES}"
_MOST_LINKS = 200
_LINKS = 'a[href*="/dp/"], a[href*="/gp/product/"]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The items of an order, its shipments, and what state their status lines put it in."""

    items: tuple[Item, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    status: OrderStatus = OrderStatus.UNKNOWN


def read_contents(root: LexborNode, notes: Notes, where: str, near: date | None) -> Contents:
    """Read all items and shipments below a node; `near` is the order's date."""
    nodes = _item_nodes(root)
    boxes = _boxes(root)
    items = tuple(read_item(node, notes, f"{where}.items[{index}]", near) for index, node in enumerate(nodes))
    places = {node.mem_id: index for index, node in enumerate(nodes)}
    shipments, states = [], []
    for box in boxes:
        status = next((text for text in map(text_of, box.css(_STATUSES)) if text), "")
        if not status:
            continue
        # Most orders are one box; then everything lies in it.
        inside = nodes if len(boxes) == 1 and len(nodes) == 1 else _item_nodes(box)
        numbers = tuple(sorted({places[node.mem_id] for node in inside if node.mem_id in places}))
        state = state_of(status)
        states.append(state)
        delivered = read_day(status, near=near) if state is State.DELIVERED else None
        shipments.append(Shipment(status=status, delivered_on=delivered, items=numbers))
    return Contents(items=items, shipments=tuple(shipments), status=_order_status(states))


def _boxes(root: LexborNode) -> list[LexborNode]:
    boxes = outermost(root.css(_BOXES), root)
    if boxes:
        return boxes
    statuses = root.css("[data-component=shipmentStatus]")
    if statuses:
        return outermost(box for box in (closest(status, "a-box") for status in statuses) if box is not None)
    return outermost(root.css("[data-component=shipments] .a-box, .a-box:has(.shipment-top-row)"))


def _item_nodes(root: LexborNode) -> list[LexborNode]:
    nodes: dict[int, LexborNode] = {}
    for mark in root.css(_MARKED_ITEMS):
        # The picture, with the quantity on it, stands beside the title inside one grid.
        node = mark if "item-box" in (mark.attributes.get("class") or "") else closest(mark, "a-fixed-left-grid") or mark
        nodes.setdefault(node.mem_id, node)
    marked = len(nodes)
    for card in outermost(root.css(_ENHANCED if nodes else _UNMARKED), root):
        if card.css_first(_MARKED_ITEMS) is None:
            nodes.update((node.mem_id, node) for node in _linked_items(card))
    if 0 < marked < len(nodes):
        nodes = {node.mem_id: node for node in root.css("*") if node.mem_id in nodes}
    # A box that only says "and 5 more" holds neither a link nor a picture.
    return [node for node in outermost(nodes.values(), root) if node.css_first("a[href], img") is not None]


def _linked_items(card: LexborNode) -> list[LexborNode]:
    """Cards without any of the marks: an item is the widest box around a product link that holds no other product."""
    nodes: dict[int, LexborNode] = {}
    for link in card.css(_LINKS)[:_MOST_LINKS]:
        node = link
        while node.mem_id != card.mem_id and node.parent is not None and len(_products(node.parent)) == 1:
            node = node.parent
        nodes.setdefault(node.mem_id, node)
    return outermost(nodes.values(), card)


def _products(node: LexborNode) -> set[str]:
    found = (ASIN.search(attribute(link, "href")) for link in node.css(_LINKS))
    return {match[1] for match in found if match is not None}


def _order_status(states: Sequence[State | None]) -> OrderStatus:
    """All boxes of one kind say it plainly; a box on its way outweighs what has arrived; a box that says nothing leaves it open."""
    kinds = set(states)
    if not kinds or None in kinds:
        return OrderStatus.UNKNOWN
    if kinds == {State.CANCELLED}:
        return OrderStatus.CANCELLED
    kinds.discard(State.CANCELLED)
    if kinds == {State.RETURNED}:
        return OrderStatus.RETURNED
    if kinds == {State.PLACED}:
        return OrderStatus.PLACED
    return OrderStatus.DELIVERED if kinds <= {State.DELIVERED, State.RETURNED} else OrderStatus.SHIPPING
