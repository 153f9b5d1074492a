"""Shipments: which status each box prints, which items lie in it, and what that makes of the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from assistant.amazon.dates import read_day
from assistant.amazon.dom import closest, outermost, text_of
from assistant.amazon.layouts.item import read_item
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
    marked = root.css(_MARKED_ITEMS)
    if not marked:
        return _linked_items(root)
    nodes: dict[int, LexborNode] = {}
    for mark in marked:
        # The picture, with the quantity on it, stands beside the title inside one grid.
        node = mark if "item-box" in (mark.attributes.get("class") or "") else closest(mark, "a-fixed-left-grid") or mark
        nodes.setdefault(node.mem_id, node)
    # A box that only says "and 5 more" holds neither a link nor a picture.
    return [node for node in outermost(nodes.values(), root) if node.css_first("a[href], img") is not None]


def _linked_items(root: LexborNode) -> list[LexborNode]:
    """Cards without any of the marks: each product link's nearest list entry or box is an item."""
    nodes: dict[int, LexborNode] = {}
    for card in root.css(_ENHANCED):
        for link in card.css(_LINKS):
            node = closest(link, "a-list-item") or closest(link, "a-fixed-left-grid") or link.parent or link
            nodes.setdefault(node.mem_id, node)
    return outermost(nodes.values(), root)


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
