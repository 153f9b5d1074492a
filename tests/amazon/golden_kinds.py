"""Golden pages of rarer kinds: groceries, receipts, gift cards, digital and cancelled orders, pages that are not rendered yet."""

import json
from collections.abc import Iterator

from assistant.domain.money import Money
from assistant.domain.orders.order import OrderKind
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.golden import NUMBER, Expected, Golden, form_day
from tests.amazon.markup import card, component, delivery, detail_box, detail_item, details, head_entry, item, line, page

DAY = "December 14, 2024"
FIVE = Money(500, "USD")
MUG = (("B0EXAMPLE1", "Blue mug", None),)
HIDDEN = '<div class="csd-encrypted-sensitive">Siege</div>'


def _order(place: int, body: str, total: str = "$5.00", number: str = "") -> str:
    entries = (head_entry("Order placed", DAY), *([head_entry("Total", total, 2)] if total else []))
    return card(*entries, number=number or f"305-000000{place}-0000001", body=body)


def _says(place: int, kind: OrderKind = OrderKind.RETAIL, **more: object) -> Expected:
    said: dict[str, object] = {"number": f"305-000000{place}-0000001", "total": FIVE, "items": MUG}
    return Expected(kind=kind, **(said | more))  # type: ignore[arg-type]  # the test names its own fields


def sorts_of_orders() -> Golden:
    """One list with an order of every kind."""
    grocery = """<div class="brand-info-box"><div class="brand-logo"><img src="/x.jpg" alt="Fresh"></div></div><div class="delivery-box">
      <div class="item-box"><div class="product-grid-image">
      <a href="/gp/aw/d/B0EXAMPLE1?x"><img src="/x.jpg" alt="Blue mug"></a></div></div></div>"""
    receipt = '<div class="yohtmlc-order-level-connections"><a href="/wholefoodsmarket/receipts/order/1">View receipt</a></div>'
    film = f"""{delivery("", item())}<div class="yohtmlc-shipment-level-connections"><a href="/gp/digital/x">Watch</a></div>"""
    gift = delivery("", item()) + '<div class="gift-card-instance"><div class="a-column">$5.00</div></div>'
    bare = """<div class="order-card"><div class="order-header"><span>Order placed</span><span>December 14, 2024</span><span>Total</span>
      <span>$5.00</span><bdi>305-0000007-0000001</bdi></div>
      <div class="yo-enhanced-card"><a href="/dp/B0EXAMPLE1?x">Blue mug</a></div></div>"""
    cards = (
        _order(1, grocery), _order(2, receipt), _order(3, delivery("Purchased at Amazon")), _order(4, gift),
        _order(5, film), _order(6, delivery("Cancelled", item()), total=""), bare,
    )  # fmt: skip
    count = '<form class="js-time-filter-form"><label class="time-filter__label"><b>7 orders</b> placed in</label></form>'
    return Golden(
        name="all sorts", kind=SourceKind.ORDER_LIST, layout="L2", html=page(count + "".join(cards)),
        orders=(
            _says(1, OrderKind.GROCERY), _says(2, OrderKind.WHOLE_FOODS, items=()), _says(3, OrderKind.STORE, items=()),
            _says(4, OrderKind.GIFT_CARD), _says(5, OrderKind.DIGITAL), _says(6, total=None, cancelled=True), _says(7),
        ),
    )  # fmt: skip


def places_of_recipients() -> Golden:
    """One list with every form of an address, and items with rare markup."""
    address = "<ul><li>Robin Example</li><li>1 Sample St</li></ul>"
    template = f'<script type="text/template" id="shipToData-1"><div class="a-popover-preload">{address}</div></script>'
    flex = '<div class="delivery-box"><div class="yo-enhanced-flex-card"><a href="/dp/B0EXAMPLE1?x">Blue mug</a></div></div>'
    old = """<div class="a-box shipment"><div class="js-shipment-info-container">
      <span class="a-text-bold">Delivered December 16</span></div>
      <div class="yohtmlc-item"><a href="/dp/B0EXAMPLE1?x"><img src="/x.jpg" alt="">Blue mug</a></div></div>"""
    cards = (
        _order(1, delivery("Delivered December 16", item()) + template),
        _order(2, flex + component("shippingAddress", address)),
        _order(3, old + f'<div class="yohtmlc-recipient">{address}</div>'),
        _order(4, old + f'<div class="recipient">{address}</div>'),
    )
    says = tuple(_says(place) for place in range(1, 5))
    return Golden(name="recipients", kind=SourceKind.ORDER_LIST, layout="L2", html=page("".join(cards)), orders=says)


def pay_later_list() -> Golden:
    """Two cards: a purchase, and the bill of Amazon Pay Later that pays for it."""
    bill = delivery("", item("B0EXAMPLE9", "Amazon Pay Later Bill")) + '<a href="/apay/onep/amazon-pay-later?orderId=1">Pay again</a>'
    cards = _order(1, delivery("Delivered December 16", item())) + _order(2, bill)
    return Golden(name="pay-later", kind=SourceKind.ORDER_LIST, layout="L2", html=page(cards), orders=(_says(1),), problems=("bill",))


def hidden_list() -> Golden:
    """Three cards, one of which is readable."""
    cards = (_order(1, delivery("", item())), f'<div class="order-card js-order-card">{HIDDEN}</div>' * 2)
    return Golden(
        name="hidden", kind=SourceKind.ORDER_LIST, layout="L2", html=page("".join(cards)), orders=(_says(1),), problems=("not-rendered",)
    )


def skeleton_list() -> Golden:
    skeleton = (
        '<div class="js-yo-container"><div class="orderCardHeaderTitleSkeleton"></div><p id="orderCardHeaderTitleSkeleton-2"></p></div>'
    )
    return Golden(name="skeletons", kind=SourceKind.ORDER_LIST, html=page(skeleton), problems=("not-rendered",))


def _details(name: str, extra: str, kind: OrderKind = OrderKind.RETAIL, *, boxes: str | None = None, **more: object) -> Golden:
    lines = "" if more.get("cancelled") else line("Item(s) Subtotal:", "$5.00") + line("Grand Total:", "$5.00")
    parcel = detail_box("Delivered December 16", detail_item("B0EXAMPLE1", "Blue mug", "$5.00")) if boxes is None else boxes
    body = details(number=NUMBER, placed=DAY, lines=lines, boxes=parcel, extra=extra)
    said: dict[str, object] = {"total": FIVE, "items": MUG}
    says = Expected(kind=kind, **(said | more))  # type: ignore[arg-type]  # the test names its own fields
    return Golden(name=name, kind=SourceKind.ORDER_DETAILS, layout="D2", html=page(body), orders=(says,))


def gift_card_details() -> Golden:
    picture = component("itemImage", '<img src="/x.jpg" alt="Blue mug">')
    instance = f"""<div class="gift-card-instance"><div class="a-fixed-left-grid">{picture}
      <div class="a-column">$5.00</div>{component("itemTitle", '<a href="/dp/B0EXAMPLE1?x">Blue mug</a>')}</div></div>"""
    given = component("giftCardDetails", '<div class="a-row">Sent by e-mail</div>')
    return _details("gift card", given, OrderKind.GIFT_CARD, boxes=instance)


def grocery_details() -> Golden:
    marks = (
        component("brandLogo", '<img src="/x.jpg" alt="Fresh">')
        + '<a href="/uff/your-account/x">Help</a>'
        + component("tips", line("Tip", "$0.00"))
    )
    address = component("rawShippingAddress", "<ul><li>Robin Example</li></ul>") + '<div class="od-shipping-address-container"></div>'
    return _details("grocery", marks + address, OrderKind.GROCERY)


def noted_details() -> Golden:
    """Every note beside an item, a quantity in its own element, and payment only in the widget's data."""
    notes = (
        component("itemReturnEligibility", '<span>Return window closed on Jan 15, 2025</span><div class="a-popover-preload">Help</div>'),
        component("deliveryFrequency", "<span>Auto-delivered: Every 2 months</span>"), component("quantity", "1"),
    )  # fmt: skip
    core = {"paymentMethodDisplayDatumCore": {"paymentMethodHeader": "Visa", "paymentMethodNumber": {"lastDigits": "1234"}}}
    data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(core)}</script>'
    drawn = """<div><span data-testid="method-details-name">Visa</span>
      <span data-testid="method-details-number">1234</span></div>"""
    paid = component("viewPaymentPlanSummaryWidget", data) + component("paymentMethod", data + drawn)
    charged = '<div class="a-expander-content"><li>Items shipped: December 15, 2024 - Visa ending in 1234: $5.00</li></div>'
    parcel = detail_box("Delivered December 16", detail_item("B0EXAMPLE1", "Blue mug", "$5.00", *notes))
    return _details("notes", paid + charged, boxes=parcel, items=(("B0EXAMPLE1", "Blue mug", 1),))


def cancelled_details(place: str) -> Golden:
    said = '<h4 class="a-alert-heading">This order has been cancelled</h4>'
    return _details(
        f"cancelled, said in {place}", component(place, said), boxes=component("purchasedItems", ITEM), total=None, cancelled=True
    )


ITEM = detail_item("B0EXAMPLE1", "Blue mug", "$5.00")


def whole_foods_receipt() -> Golden:
    body = f"""<div id="ordersContainer"><div>Order # {NUMBER}</div><div>Purchased {DAY}</div>
      <a href="/wholefoodsmarket/receipts/order/1">Receipt</a>
      <div><p>Lemons</p><p>Qty: 0.31 lb</p><p>$1.20</p></div><div><p>Oat bread</p><p>Qty: 1</p><p>$3.50</p></div>
      <span id="wfm-subtotal-amount">$4.70</span><span id="wfm-tax-total-amount">$0.30</span><b id="wfm-grand-total-amount">$5.00</b>
      <i id="wfm-0-card-brand">Visa</i> <i id="wfm-0-card-tail">1234</i></div>"""
    says = Expected(kind=OrderKind.WHOLE_FOODS, total=FIVE, items=((None, "Lemons", None), (None, "Oat bread", 1)))
    return Golden(name="receipt", kind=SourceKind.ORDER_DETAILS, layout="D0", html=page(body), orders=(says,))


def failed_details() -> Golden:
    body = f'<div id="odp-main-section">{component("errorbanner", "Something went wrong")}</div>'
    return Golden(
        name="failed", kind=SourceKind.ORDER_DETAILS, layout="D0", html=page(body), problems=("missing", "page-error"),
        url="https://www.amazon.com/your-orders/order-details",
    )  # fmt: skip


def digital_invoice() -> Golden:
    body = f"""<div class="orderSummary"><b>Digital Order: {DAY}</b><br>Order number: D01-0000001-0000001<br>Order Total: $5.00<br>
      <table><tr><td><b>Items Ordered</b></td><td><b>Price</b></td></tr><tr><td><b>A quiet film</b><br>By: A. Director<br>
      Sold By: Sample Media</td><td>$4.70</td></tr></table><table><tr><td>Item(s) Subtotal:</td><td>$4.70</td></tr>
      <tr><td>Tax Collected:</td><td>$0.30</td></tr><tr><td>Total for this Order:</td><td>$5.00</td></tr></table></div>"""
    says = Expected(number="D01-0000001-0000001", kind=OrderKind.DIGITAL, total=FIVE, items=((None, "A quiet film", None),))
    return Golden(name="digital I0", kind=SourceKind.INVOICE, layout="I0", html=page(body), orders=(says,))


def grouped_history() -> Golden:
    heading = '<div class="apx-transactions-sleeve-header-container">In Progress</div>'
    body = form_day(DAY, "Visa ****1234", "-$5.00", f"Order #{NUMBER}", heading)
    return Golden(name="in progress", kind=SourceKind.TRANSACTIONS, html=page(body), rows=(-FIVE,))


def rarer_goldens() -> Iterator[Golden]:
    """Pages of every rarer kind, in English."""
    yield from (
        sorts_of_orders(),
        places_of_recipients(),
        pay_later_list(),
        hidden_list(),
        skeleton_list(),
        gift_card_details(),
        grocery_details(),
    )
    yield from (noted_details(), whole_foods_receipt(), failed_details(), digital_invoice(), grouped_history())
    yield from (cancelled_details(place) for place in ("cancelled", "alerts", "banner"))
