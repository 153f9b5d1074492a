"""Reads one full order: details pages of layouts D0 to D2, digital orders, and the similar printable summary."""

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dom import lines_of, text_of
from assistant.amazon.labels.fields import Header, header_line
from assistant.amazon.labels.states import State, state_of
from assistant.amazon.layouts.orders.address import recipient_from
from assistant.amazon.layouts.orders.arithmetic import prove
from assistant.amazon.layouts.orders.completeness import HIDDEN, NOT_RENDERED, PARTLY_HIDDEN
from assistant.amazon.layouts.orders.order_numbers import labelled_day, labelled_number, number_in, number_in_address
from assistant.amazon.layouts.orders.payments import read_payments
from assistant.amazon.layouts.orders.receipt import read_receipt_items
from assistant.amazon.layouts.orders.shipment import in_store, read_contents
from assistant.amazon.layouts.orders.summary import read_summary
from assistant.amazon.layouts.table import Boxes, Field, Generation, generation_of, text_or_none
from assistant.amazon.notes import Notes
from assistant.amazon.values.dates import read_day
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Amount, Order, OrderKind, OrderStatus, Recipient, Shipment

ROOTS = Boxes(anchors=("#orderDetails", "#odp-main-section", "#ordersContainer"))
MARKS = Boxes(anchors=(*ROOTS.anchors, "[data-component=orderId]", "[data-component=orderSubtotals]", "#od-subtotals", "[id^=wfm-]"))
FAILURE = Field(anchors=("[data-component=errorbanner]",), read=text_or_none)
NUMBER = Field(
    anchors=("[data-component=orderId]", ".order-date-invoice-item bdi", ".order-date-invoice-item", "bdi[dir=ltr]"), read=number_in
)
PLACED = Field(anchors=("[data-component=orderDate]", ".order-date-invoice-item"), read=read_day)
ADDRESSES = Boxes(
    anchors=(
        "[data-component=shippingAddress]", "[data-component=rawShippingAddress]", ".od-shipping-address-container", ".displayAddressDiv",
    )
)  # fmt: skip  # a table reads better in rows
CANCELLED = Field(
    anchors=(
        "[data-component=cancelled] h4", "[data-component=alerts] .a-alert-heading", "[data-component=banner] .a-alert-heading",
    ),
    read=lambda text: True if state_of(text) is State.CANCELLED else None,
)  # fmt: skip  # a table reads better in rows
KINDS = {
    OrderKind.GIFT_CARD: Boxes(anchors=(".gift-card-instance", "[data-component=giftCardDetails] .a-row")),
    OrderKind.WHOLE_FOODS: Boxes(anchors=('[id^="wfm-"]', 'a[href*="/wholefoodsmarket/receipts/"]')),
    OrderKind.GROCERY: Boxes(anchors=("[data-component=brandLogo] img", 'a[href*="/uff/your-account/"]')),
}
_ANY_KIND = Boxes(anchors=tuple(anchor for marks in KINDS.values() for anchor in marks.anchors))
GENERATIONS = (
    Generation(name="D2", marks=("[data-component=orderDate]", "[data-component=orderId]")),
    Generation(name="D1", marks=("[data-component=orderSubtotals]", "[data-component=purchasedItems]")),
    Generation(name="D0", marks=(".order-date-invoice-item", ".shipment")),
)


def layout_of(tree: LexborHTMLParser) -> str | None:
    """Return the generation of a details page."""
    return generation_of(tree, GENERATIONS) or "D0"


def read_order_details(tree: LexborHTMLParser, notes: Notes, url: str | None = None) -> tuple[Order, ...]:
    """Read the one order of a details page. Its number may also come from the page's own address."""
    root = ROOTS.first(tree) or tree.root
    if root is None:
        return ()
    where = "orders[0]"
    failed = FAILURE.first(root)
    if failed:
        notes.problem("orders", "page-error", sentence_of("Amazon could not show the order: {reason}", reason=failed[:120]))
    if HIDDEN.first(root) is not None:
        notes.problem(where, NOT_RENDERED, PARTLY_HIDDEN)
    number = _number(root, notes, url)
    if number is None:
        notes.problem(f"{where}.order_id", "missing", sentence_of("The page shows no order number, so the order was left out."))
        return ()
    return (_detailed_order(root, number, notes, where),)


def _number(root: LexborNode, notes: Notes, url: str | None) -> str | None:
    asked = number_in_address(url)
    shown = NUMBER.first(root) or labelled_number(text_of(root))
    if asked is not None and shown is not None and asked != shown:
        notes.problem(
            "orders[0].order_id",
            "contradiction",
            sentence_of("The page shows order {shown}, but its address asks for {asked}.", shown=shown, asked=asked),
        )
    return shown or asked


def _detailed_order(root: LexborNode, number: str, notes: Notes, where: str) -> Order:
    placed = PLACED.first(root) or labelled_day(text_of(root))
    if placed is None:
        notes.problem(f"{where}.placed_on", "missing", sentence_of("The day of the order was not found."))
    contents = read_contents(root, notes, where, placed)
    kind = _order_kind(root, number, contents.shipments)
    items = contents.items or (read_receipt_items(root, notes, where) if kind is OrderKind.WHOLE_FOODS else ())
    summary = read_summary(root, notes, where)
    cancelled = contents.status is OrderStatus.CANCELLED or (not contents.shipments and CANCELLED.first(root) is not None)
    payments, refunds = read_payments(root, notes, where)
    if not cancelled and Amount.GRAND_TOTAL not in summary.amounts:
        notes.problem(f"{where}.amounts.grand_total", "missing", sentence_of("The total of the order was not found."))
    if not items:
        notes.problem(f"{where}.items", "missing", sentence_of("The order names no item."))
    prove(summary, contents.items, contents.shipments, notes, where)
    return Order(
        number=number,
        kind=kind,
        placed_on=placed,
        status=OrderStatus.CANCELLED if cancelled else contents.status,
        cancelled=cancelled,
        currency=summary.currency or next((item.unit_price.currency for item in items if item.unit_price), notes.currency),
        marketplace=notes.marketplace.name if notes.marketplace else None,
        recipient=_recipient(root),
        amounts=summary.amounts,
        items=items,
        shipments=contents.shipments,
        payments=payments,
        refunds=refunds,
    )


def _recipient(root: LexborNode) -> Recipient:
    for place in root.css(ADDRESSES.selector):
        named = place.css_first(".displayAddressFullName")
        entries = [entry for entry in place.css("li") if named is None or entry.mem_id != named.mem_id]
        lines = [line for entry in entries for line in lines_of(entry)] or _below_label(lines_of(place))
        if named is None and place.css_first("[class*=displayAddressLI]") is not None:
            # Older pages mark the name; without the mark, the first line is the street.
            return Recipient(address=", ".join(lines) or None)
        if lines or named is not None:
            return recipient_from([text_of(named) or "", *lines] if named is not None else lines)
    return Recipient()


def _below_label(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of an address below a known label, for addresses that are not a list."""
    return lines[1:] if lines and header_line(lines[0]) is Header.RECIPIENT else ()


def _order_kind(root: LexborNode, number: str, shipments: Sequence[Shipment]) -> OrderKind:
    if number.startswith("D"):
        return OrderKind.DIGITAL
    # Most orders have no such mark, and one query for all of them is quicker than one for each.
    special = _ANY_KIND.first(root) is not None
    told = next((kind for kind, marks in KINDS.items() if special and marks.first(root) is not None), None)
    return told or (OrderKind.STORE if in_store(shipments) else OrderKind.RETAIL)
