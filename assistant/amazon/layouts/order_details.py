"""One order in full: details pages of layouts D0 to D2, digital orders, and the printable summary that looks like them."""

from collections.abc import Container
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.amazon.dates import read_day
from assistant.amazon.dom import first_text, lines_of, text_of
from assistant.amazon.layouts.address import recipient_from
from assistant.amazon.layouts.numbers import labelled_day, labelled_number, number_in_address, order_number
from assistant.amazon.layouts.payments import read_payments
from assistant.amazon.layouts.shipment import read_contents
from assistant.amazon.layouts.summary import read_summary
from assistant.amazon.notes import Notes
from assistant.amazon.phrases import State, state_of
from assistant.domain.orders import Amount, Order, OrderKind, OrderStatus, Recipient

ROOTS = "#orderDetails, #odp-main-section, #ordersContainer"
_NUMBERS = "[data-component=orderId], .order-date-invoice-item bdi, .order-date-invoice-item, bdi[dir=ltr]"
_DATES = "[data-component=orderDate], .order-date-invoice-item"
_ADDRESSES = "[data-component=shippingAddress], [data-component=rawShippingAddress], .od-shipping-address-container, .displayAddressDiv"
MARKS = f"{ROOTS}, [data-component=orderId], [data-component=orderSubtotals], #od-subtotals, [id^=wfm-]"
_GIFT_CARD = ".gift-card-instance, [data-component=giftCardDetails] .a-row"
_CANCELLED = "[data-component=cancelled] h4, [data-component=alerts] .a-alert-heading, [data-component=banner] .a-alert-heading"
_WHOLE_FOODS = '[id^="wfm-"], a[href*="/wholefoodsmarket/receipts/"]'
_GROCERY = '[data-component=brandLogo] img, a[href*="/uff/your-account/"]'


def layout_of(tree: LexborHTMLParser) -> str | None:
    """Return the generation of a details page."""
    if tree.css_first("[data-component=orderDate], [data-component=orderId]") is not None:
        return "D2"
    return "D1" if tree.css_first("[data-component=orderSubtotals], [data-component=orderCard]") is not None else "D0"


def read_order_details(tree: LexborHTMLParser, notes: Notes, url: str | None = None) -> tuple[Order, ...]:
    """Read the one order of a details page. Its number may also come from the page's own address."""
    root = tree.css_first(ROOTS) or tree.root
    if root is None:
        return ()
    where = "orders[0]"
    failed = text_of(root.css_first("[data-component=errorbanner]"))
    if failed:
        notes.problem("orders", "page-error", f"Amazon could not show the order: {failed[:120]}")
    number = order_number(root, _NUMBERS) or labelled_number(text_of(root)) or number_in_address(url)
    if number is None:
        notes.problem(f"{where}.order_id", "missing", "The page shows no order number, so the order was left out.")
        return ()
    placed = _placed(root)
    if placed is None:
        notes.problem(f"{where}.placed_on", "missing", "The day of the order was not found.")
    contents = read_contents(root, notes, where, placed)
    summary = read_summary(root, notes, where)
    cancelled = contents.status is OrderStatus.CANCELLED or (not contents.shipments and _says_cancelled(root))
    payments, refunds = read_payments(root, notes, where)
    _miss(summary.amounts.keys(), notes, where, cancelled=cancelled, items=bool(contents.items))
    order = Order(
        number=number,
        kind=_kind(root, number),
        placed_on=placed,
        status=OrderStatus.CANCELLED if cancelled else contents.status,
        cancelled=cancelled,
        currency=next((amount.currency for amount in summary.amounts.values()), None)
        or next((item.unit_price.currency for item in contents.items if item.unit_price), notes.currency),
        marketplace=notes.marketplace.name if notes.marketplace else None,
        recipient=_recipient(root),
        amounts=summary.amounts,
        items=contents.items,
        shipments=contents.shipments,
        payments=payments,
        refunds=refunds,
    )
    return (order,)


def _placed(root: LexborNode) -> date | None:
    days = (read_day(text_of(node)) for node in root.css(_DATES))
    return next((day for day in days if day is not None), None) or labelled_day(text_of(root))


def _says_cancelled(root: LexborNode) -> bool:
    return any(state_of(text_of(node)) is State.CANCELLED for node in root.css(_CANCELLED))


def _recipient(root: LexborNode) -> Recipient:
    for place in root.css(_ADDRESSES):
        lines = [line for entry in place.css("li") for line in lines_of(entry)]
        if lines:
            return recipient_from(lines)
    return Recipient()


def _miss(known: Container[Amount], notes: Notes, where: str, *, cancelled: bool, items: bool) -> None:
    if not cancelled and Amount.GRAND_TOTAL not in known:
        notes.problem(f"{where}.amounts.grand_total", "missing", "The total of the order was not found.")
    if not items:
        notes.problem(f"{where}.items", "missing", "The order names no item.")


def _kind(root: LexborNode, number: str) -> OrderKind:
    if number.startswith("D"):
        return OrderKind.DIGITAL
    for selector, kind in ((_GIFT_CARD, OrderKind.GIFT_CARD), (_WHOLE_FOODS, OrderKind.WHOLE_FOODS), (_GROCERY, OrderKind.GROCERY)):
        if root.css_first(selector) is not None:
            return kind
    return OrderKind.STORE if "purchased at amazon" in first_text(root, (".od-status-message",)).lower() else OrderKind.RETAIL
