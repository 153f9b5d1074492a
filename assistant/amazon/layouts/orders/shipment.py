"""Reads shipments: the status and items of each box, and the order's status that follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import ancestors, attribute, closest, outermost, text_once
from assistant.amazon.labels.states import State, state_of
from assistant.amazon.layouts.orders.item import PRODUCT, asin_in, read_item
from assistant.amazon.layouts.table import Boxes, Field, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import plain
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Item, OrderStatus, Shipment

BOXES = Boxes(anchors=(".delivery-box", ".shipment"))
STATUS_BOXES = Boxes(anchors=("[data-component=shipmentStatus]",))
PLAIN_BOXES = Boxes(anchors=("[data-component=shipments] .a-box", ".a-box:has(.shipment-top-row)"))
STATUS = Field(
    anchors=(
        "[data-component=shipmentStatus] h4", "h4.od-status-message", ".yohtmlc-shipment-status-primaryText", ".delivery-box__primary-text",
        ".shipment-top-row .a-size-medium.a-text-bold", ".js-shipment-info-container .a-text-bold",
    ),
    text=text_once,
    read=text_or_none,
    required=True,
)  # fmt: skip  # a table reads better in rows
STATUS_NOTE = Field(anchors=(".od-status-message",), text=text_once, read=text_or_none)
ITEMS = Boxes(anchors=("[data-component=itemTitle]", ".item-box", ".yohtmlc-item"))
ENHANCED = Boxes(anchors=(".yo-enhanced-flex-card", ".yo-enhanced-card"))
UNMARKED = Boxes(anchors=(*ENHANCED.anchors, *BOXES.anchors))
_STORE = re.compile(r"purchased at amazon|in.store purchase")
_MOST_LINKS = 200
_CONTENT = "a[href], img, [data-component=itemTitle]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The items and shipments of an order, and the order status that their status lines imply."""

    items: tuple[Item, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    status: OrderStatus = OrderStatus.UNKNOWN


def read_contents(root: LexborNode, notes: Notes, where: str, near: date | None) -> Contents:
    """Read all items and shipments below a node; `near` is the order's date."""
    nodes = _item_nodes(root)
    boxes = _boxes(root)
    items = tuple(read_item(node, notes, f"{where}.items[{index}]", near) for index, node in enumerate(nodes))
    inside = _inside(nodes, boxes)
    shipments: list[Shipment] = []
    states: list[State | None] = []
    for box in boxes:
        headline = STATUS.first(box)
        status = headline or STATUS_NOTE.first(box)
        if status is None:
            continue
        state = state_of(status)
        if state is None and headline is None:
            # The note below a status ("Left at the door") has the same mark as the status itself.
            notes.problem(
                f"{where}.shipments[{len(shipments)}].status",
                "uncertain",
                sentence_of("'{status}' may not be the delivery's status.", status=status[:60]),
            )
        states.append(state)
        delivered = read_day(status, near=near) if state is State.DELIVERED else None
        shipments.append(Shipment(status=status, delivered_on=delivered, items=tuple(inside[box.mem_id])))
    _check_lost(boxes, items, notes, where)
    return Contents(items=items, shipments=tuple(shipments), status=order_status(states))


def in_store(shipments: Sequence[Shipment]) -> bool:
    """Return whether a status says that the order was bought in one of Amazon's physical stores."""
    return any(_STORE.search(plain(shipment.status or "")) for shipment in shipments)


def _inside(nodes: Sequence[LexborNode], boxes: Sequence[LexborNode]) -> dict[int, list[int]]:
    """Return the positions of the items in each box, by the box's id."""
    inside: dict[int, list[int]] = {box.mem_id: [] for box in boxes}
    for place, node in enumerate(nodes):
        around = next((above.mem_id for above in (node, *ancestors(node)) if above.mem_id in inside), None)
        if around is not None:
            inside[around].append(place)
    return inside


def _check_lost(boxes: Sequence[LexborNode], items: Sequence[Item], notes: Notes, where: str) -> None:
    """Record a problem if a parcel links to products that were not read as items."""
    linked: set[str] = set().union(*map(_products, boxes))
    lost = linked - {item.asin for item in items}
    if lost:
        text = sentence_of(
            "The parcels link to {linked} products, but only {read} of them could be read as items.",
            linked=len(linked),
            read=len(linked) - len(lost),
        )
        notes.problem(f"{where}.items", "count", text)


def _boxes(root: LexborNode) -> list[LexborNode]:
    boxes = BOXES.nodes(root)
    if boxes:
        return boxes
    statuses = root.css(STATUS_BOXES.selector)
    if statuses:
        return outermost(box for box in (closest(status, "a-box") for status in statuses) if box is not None)
    return PLAIN_BOXES.nodes(root)


def _item_nodes(root: LexborNode) -> list[LexborNode]:
    nodes: dict[int, LexborNode] = {}
    marks = ITEMS.on(root)
    for mark in root.css(marks) if marks else ():
        node = mark if "item-box" in (mark.attributes.get("class") or "") else _grid(mark, marks)
        nodes.setdefault(node.mem_id, node)
    marked = len(nodes)
    for card in (ENHANCED if nodes else UNMARKED).nodes(root):
        if card.css_first(ITEMS.selector) is None:
            nodes.update((node.mem_id, node) for node in _linked_items(card))
    if 0 < marked < len(nodes):
        nodes = {node.mem_id: node for node in root.css("*") if node.mem_id in nodes}
    # A box that only says "and 5 more" has no link and no picture.
    return [node for node in outermost(nodes.values(), root) if node.css_first(_CONTENT) is not None]


def _grid(mark: LexborNode, marks: str) -> LexborNode:
    """Return the grid with the title, picture and quantity, or only the title if the grid has other products."""
    grid = closest(mark, "a-fixed-left-grid")
    several = grid is not None and len(grid.css(marks)) > 1 and len(_products(grid)) > 1
    return mark if grid is None or several else grid


def _linked_items(card: LexborNode) -> list[LexborNode]:
    """Return the items of a card without marks: the widest boxes around one product link without another product."""
    nodes: dict[int, LexborNode] = {}
    for link in card.css(PRODUCT.selector)[:_MOST_LINKS]:
        node = link
        while node.mem_id != card.mem_id and node.parent is not None and len(_products(node.parent)) == 1:
            node = node.parent
        nodes.setdefault(node.mem_id, node)
    return outermost(nodes.values(), card)


def _products(node: LexborNode) -> set[str]:
    found = (asin_in(attribute(link, "href")) for link in node.css("a[href]"))
    return {asin for asin in found if asin is not None}


def order_status(states: Sequence[State | None]) -> OrderStatus:
    """Return the order's status: the common state of all boxes. Any box in transit means in transit; an unclear one means unknown."""
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
