"""Order details of every generation."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderKind, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import codes, component, detail_box, detail_item, details, line, old_item, old_shipment, page, reading

ADDRESS = component(
    "shippingAddress", "<h5>Ship to</h5><ul><li>Robin Example</li><li>1 Sample St<br>Springfield, IL 60000</li><li>United States</li></ul>"
)
PAYMENT = component(
    "viewPaymentPlanSummaryWidget",
    '<div data-testid="payment-instrument"><span data-testid="payment-instrument-name">Example Visa</span><span>••••</span>'
    '<span data-testid="payment-instrument-number">1234</span></div><div data-testid="payment-instrument">'
    '<span data-testid="payment-instrument-name">Gift card</span></div>',
)
SUMS = (
    line("Item(s) Subtotal:", "$29.94") + line("Shipping &amp; Handling:", "$2.99") + line("Free Shipping:", "-$2.99")
    + line("Your Coupon Savings:", "-$1.00") + line("Your Coupon Savings:", "-$2.74") + line("Total before tax:", "$26.20")
    + line("Estimated tax to be collected:", "$1.58") + line("Grand Total:", "$27.78")
)  # fmt: skip


def american(lines: str = SUMS, boxes: str | None = None) -> str:
    notes = (
        component("orderedMerchant", "<span>Sold by: <a href='/gp/aag/main'>Sample Shop</a></span>"),
        component("itemCondition", "<span>Condition: New</span>"),
        component("itemReturnEligibility", "<span class='a-size-small'>Return or replace items: Eligible through March 28, 2025</span>"),
        component("deliveryFrequency", "<span>Auto-delivered: Every 2 months</span>"),
    )
    boxes = boxes or detail_box("Delivered February 27", detail_item("B0EXAMPLE1", "Oat bars", "$14.97", *notes, quantity="2"))
    return page(details(number="113-0000001-0000001", placed="February 25, 2025", lines=lines, boxes=boxes, extra=ADDRESS + PAYMENT))


def test_a_component_page_is_read_in_full():
    found = reading(american())
    order = found.orders[0]
    assert (found.source.kind, found.source.layout, found.problems) == (SourceKind.ORDER_DETAILS, "D2", ())
    assert (order.number, order.placed_on, order.status) == ("113-0000001-0000001", date(2025, 2, 25), OrderStatus.DELIVERED)
    assert (order.recipient.name, order.recipient.address) == ("Robin Example", "1 Sample St, Springfield, IL 60000, United States")
    assert order.amounts[Amount.COUPON] == Money(-374, "USD")
    assert order.amounts[Amount.FREE_SHIPPING] == Money(-299, "USD")
    assert order.total == Money(2778, "USD")
    entry = order.items[0]
    assert (entry.title, entry.quantity, entry.unit_price, entry.seller, entry.condition) == (
        "Oat bars",
        2,
        Money(1497, "USD"),
        "Sample Shop",
        "New",
    )
    assert (entry.return_by, entry.subscription_every, entry.gift) == (date(2025, 3, 28), "Every 2 months", None)
    assert order.shipments[0].delivered_on == date(2025, 2, 27)
    assert [(paid.method, paid.last4) for paid in order.payments] == [("Example Visa", "1234"), ("Gift card", None)]


def test_a_german_page_is_read_with_its_refund():
    lines = (
        line("Zwischensumme:", "168,00 €") + line("Verpackung &amp; Versand:", "0,00 €") + line("Gesamt vor USt.:", "168,00 €")
        + line("Geschätzte USt.:", "31,93 €") + line("Summe:", "199,94 €") + line("Gutschein eingelöst:", "-10,00 €")
        + line("Gesamtsumme: ", "189,94 €")
        + line("Summe der Erstattung", "27,10 €")
    )  # fmt: skip
    notes = component("orderedMerchant", "<span>Verkauf durch: Beispiel &amp; Söhne GmbH</span>")
    boxes = detail_box("Zugestellt: 18. Juli", detail_item("B0EXAMPLE1", "Becher", "30,57€", notes)) + detail_box(
        "Rücksendung abgeschlossen", detail_item("B0EXAMPLE2", "Teller", "27,10€")
    )
    html = page(details(number="302-0000001-0000001", placed="16. Juli 2026", lines=lines, boxes=boxes), lang="de-de", mid="A1PA6795UKMFR9")
    order = reading(html).orders[0]
    assert order.amounts[Amount.REFUND_TOTAL] == Money(2710, "EUR")
    assert order.amounts[Amount.TAX] == Money(3193, "EUR")
    assert order.amounts[Amount.COUPON] == Money(-1000, "EUR")
    assert order.total == Money(18994, "EUR")
    assert order.items[0].seller == "Beispiel & Söhne GmbH"
    assert [(box.status, box.items) for box in order.shipments] == [("Zugestellt: 18. Juli", (0,)), ("Rücksendung abgeschlossen", (1,))]


def old_row(label: str, value: str) -> str:
    return f'<div class="a-row"><div class="a-column">{label}</div><div class="a-column a-span-last">{value}</div></div>'


def old_page(expander: str = "") -> str:
    hidden = f'<div class="a-popover-preload">{old_row("Item(s) refund:", "$4.00")}{old_row("Refund Total:", "$5.00")}</div>'
    trigger = f'<a class="a-popover-trigger">Refund Total</a>{hidden}'
    sums = old_row("Item(s) Subtotal:", "$30.99") + old_row("Estimated tax to be collected:", "$3.02") + old_row("Grand Total:", "$34.01")
    notes = (
        '<div class="a-row"><span class="a-size-small">Sold by: Sample Services, Inc</span></div>'
        '<div class="a-row"><span class="a-size-small a-color-price">$30.99</span></div>'
        '<div class="a-row"><span class="a-text-bold">Condition:</span> <span>Used - Good</span></div>'
    )
    return page(f"""<div id="orderDetails"><span class="order-date-invoice-item">Ordered on December 21, 2018</span>
      <span class="order-date-invoice-item">Order# <bdi dir="ltr">112-0000001-0000001</bdi></span>
      <div class="displayAddressDiv"><ul><li class="displayAddressFullName">Robin Example</li><li>1 Sample St</li></ul></div>
      <ul><li class="pmts-payments-instrument-detail-box-x"><img alt="American Express">AMEX <span>ending in 1234</span></li>
      <li class="pmts-payments-instrument-supplemental-box-x">Earns 5% back</li></ul>
      <div id="od-subtotals">{sums}{old_row(trigger, "$5.00")}</div><div class="a-expander-content">{expander}</div>
      {old_shipment("Delivered Dec 24, 2018", old_item(title="Cat food", notes=notes))}</div>""")


def test_the_hidden_breakdown_of_an_old_page_is_not_counted_twice():
    found = reading(old_page())
    order = found.orders[0]
    assert (found.source.layout, found.problems) == ("D0", ())
    assert order.amounts[Amount.REFUND_TOTAL] == Money(500, "USD")
    assert (order.items[0].seller, order.items[0].condition, order.items[0].unit_price) == (
        "Sample Services, Inc",
        "Used - Good",
        Money(3099, "USD"),
    )
    assert [(paid.method, paid.last4, paid.amount) for paid in order.payments] == [("American Express", "1234", None)]
    assert order.shipments[0].delivered_on == date(2018, 12, 24)


def test_charges_and_refunds_of_an_old_page_have_date_and_amount():
    expander = (
        '<div class="a-row"><span>Items shipped:</span> <span>December 28, 2018 - AmericanExpress ending in 1234: $34.01</span></div>'
        '<div class="a-row"><span>Refund:</span> <span>Completed January 5, 2019 - $5.00</span></div>'
    )
    order = reading(old_page(expander)).orders[0]
    assert [(paid.method, paid.last4, paid.amount, paid.charged_on) for paid in order.payments] == [
        ("American Express", "1234", Money(3401, "USD"), date(2018, 12, 28))
    ]
    assert [(back.amount, back.refunded_on) for back in order.refunds] == [(Money(500, "USD"), date(2019, 1, 5))]


def test_lines_that_do_not_add_up_to_the_total_are_noted():
    found = reading(american(SUMS.replace("$27.78", "$37.78")))
    assert codes(found) == {"orders[0].amounts.grand_total": "arithmetic"}
    assert found.orders[0].total == Money(3778, "USD")


@pytest.mark.parametrize("total", ["$27.77", "$27.79"])
def test_a_cent_of_rounding_is_not_a_mismatch(total):
    assert reading(american(SUMS.replace("$27.78", total))).problems == ()


def test_prices_that_include_tax_are_not_a_mismatch():
    lines = line("Item(s) Subtotal:", "$29.94") + line("VAT:", "$4.78") + line("Grand Total:", "$29.94")
    assert reading(american(lines)).problems == ()


def test_an_unknown_line_is_reported_and_not_mistaken_for_another():
    found = reading(american(SUMS + line("Moon landing fee:", "$3.00")))
    assert codes(found) == {"orders[0].amounts": "unknown-label"}


@pytest.mark.parametrize("label", ["Shipping &amp; Handling refund:", "Estimated tax refund:", "Gift Card refund:"])
def test_a_refunded_part_of_a_line_is_not_the_line_itself(label):
    found = reading(american(SUMS + line(label, "$3.00")))
    assert found.orders[0].amounts == reading(american(SUMS)).orders[0].amounts
    assert found.problems == ()


def test_a_missing_total_or_order_number_is_a_problem():
    found = reading(american(line("Item(s) Subtotal:", "$29.94")))
    assert codes(found) == {"orders[0].amounts.grand_total": "missing"}
    lost = reading(page(f'<div id="orderDetails">{component("orderDate", "May 1, 2025")}</div>'))
    assert (lost.orders, codes(lost)) == ((), {"orders[0].order_id": "missing"})


def test_the_order_number_can_come_from_the_page_address():
    html = page(f'<div id="orderDetails">{component("orderDate", "May 1, 2025")}</div>')
    url = "https://www.amazon.com/your-orders/order-details?orderID=113-0000009-0000009"
    assert reading(html, url=url).orders[0].number == "113-0000009-0000009"


def test_cancelled_digital_and_gift_card_orders_are_recognised():
    cancelled = reading(american("", detail_box("Cancelled", detail_item("B0EXAMPLE1", "Mug", "$5.00"))))
    assert cancelled.orders[0].cancelled
    assert cancelled.problems == ()
    digital = details(
        number="D01-0000001-0000001", placed="10 April 2026", lines=SUMS, boxes=detail_box("", detail_item("", "A film", "$5.00"))
    )
    assert reading(page(digital)).orders[0].kind is OrderKind.DIGITAL
    gift = reading(
        page(details(number="113-0000001-0000001", placed="May 1, 2025", lines=SUMS, boxes='<div class="gift-card-instance"></div>'))
    )
    assert gift.orders[0].kind is OrderKind.GIFT_CARD


@pytest.mark.parametrize("address", ["<ul><li>Robin<li>1 Sample St", "<h5>Ship to</h5><div>Robin<br>1 Sample St</div>"])
def test_an_address_is_read_from_a_list_or_below_its_label(address):
    html = details(number="113-0000001-0000001", placed="May 1, 2025", lines=SUMS, boxes="", extra=component("shippingAddress", address))
    (order,) = reading(page(html)).orders
    assert (order.recipient.name, order.recipient.address) == ("Robin", "1 Sample St")


def test_a_new_style_printable_summary_is_an_invoice():
    found = reading(american(), url="https://www.amazon.com/gp/css/summary/print.html?orderID=113-0000001-0000001")
    assert found.source.kind is SourceKind.INVOICE
    assert found.orders[0].number == "113-0000001-0000001"


def test_an_old_printable_summary_is_recognised_and_says_what_to_do():
    found = reading("<html><head><title>Amazon.com - Order 113-0000001-0000001</title></head><body><table></table></body></html>")
    assert (found.source.kind, codes(found)) == (SourceKind.INVOICE, {"orders": "unsupported"})


def test_a_total_in_another_currency_is_the_card_charge_not_the_order_total():
    lines = line("Item(s) Subtotal:", "USD 20.00") + line("Grand Total:", "USD 20.00") + line("Payment Grand Total:", "EUR 18.60")
    (order,) = reading(page(details(number="112-0000001-0000001", placed="March 2, 2025", lines=lines, boxes=""))).orders
    assert (order.currency, order.total and order.total.decimal, order.total and order.total.currency) == ("USD", "20.00", "USD")


@pytest.mark.parametrize("digits", ["٤٣٢١", "４３２１", "४३२१"])
def test_card_digits_in_any_script_are_the_same_card(digits):
    card = '<div data-testid="payment-instrument"><span data-testid="payment-instrument-name">Visa</span>{}</div>'
    number = f'<span data-testid="payment-instrument-number">•••• {digits}</span>'
    lines = line("Grand Total:", "$5.00")
    html = page(details(number="112-0000001-0000001", placed="March 2, 2025", lines=lines, boxes="", extra=card.format(number)))
    assert [(entry.method, entry.last4) for entry in reading(html).orders[0].payments] == [("Visa", "4321")]
