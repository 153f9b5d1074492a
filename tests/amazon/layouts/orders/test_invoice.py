"""Printable summaries of layout I0: tables without classes, on every marketplace, with every payment method."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import OrderKind
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import reading

NUMBER = "112-0000001-0000001"
URL = "https://www.amazon.com/gp/css/summary/print.html?orderID={}"


def invoice(*rows: str, title: str = f"Amazon.com - Order {NUMBER}") -> str:
    body = "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("title", "placed", "name", "price", "paid"),
    [
        (f"Amazon.com - Order {NUMBER}", "Order Placed: February 6, 2016", "amazon.com", "$5.00", Money(500, "USD")),
        (f"Amazon.ca - Order {NUMBER}", "Order Placed: February 6, 2016", "amazon.ca", "$5.00", Money(500, "CAD")),
        (f"Amazon.de - Bestellung {NUMBER}", "Bestellung aufgegeben am: 6. Februar 2016", "amazon.de", "EUR 5,00", Money(500, "EUR")),
        (f"Amazon.co.jp - 注文番号 {NUMBER}", "注文日: 2016年2月6日", "amazon.co.jp", "￥500", Money(500, "JPY")),
    ],
)
def test_the_title_gives_the_marketplace_and_currency(*, title, placed, name, price, paid):
    found = reading(invoice(placed, f"Order number: {NUMBER}", "Shipped on", "1 of: Mug", price, "Grand Total:", price, title=title))
    (order,) = found.orders
    assert (found.source.kind, found.source.marketplace, order.marketplace) == (SourceKind.INVOICE, name, name)
    assert (order.placed_on, order.total, order.items[0].unit_price) == (date(2016, 2, 6), paid, paid)


def test_a_title_from_another_shop_gives_no_marketplace():
    title = f"Amazon.com.evil - Order {NUMBER}"
    assert reading(invoice("Order Placed: February 6, 2016", f"Order number: {NUMBER}", title=title)).source.marketplace is None


def test_a_gift_card_is_a_payment_method_and_its_line_an_amount():
    rows = ("Order Placed: February 6, 2016", f"Order number: {NUMBER}", "Shipped on February 8, 2016", "1 of: Mug", "$5.00")
    paid = (
        "Payment information",
        "Payment Method:",
        "Visa | Last digits: 1234",
        "Gift Card",
        "Gift Card Amount:",
        "-$2.00",
        "Grand Total:",
        "$3.00",
    )
    (order,) = reading(invoice(*rows, *paid)).orders
    assert [(entry.method, entry.last4) for entry in order.payments] == [("Visa", "1234"), ("Gift Card", None)]


def test_a_digital_item_takes_its_product_from_its_link():
    link = '<b><a href="/dp/B0EXAMPLE1?ref=x">A quiet film</a></b> [Prime Video]<br>By: A. Director<br>Sold By: Sample Media'
    rows = ("Digital Order: February 6, 2016", "Order number: D01-0000001-0000001", "Items Ordered", link, "$5.00")
    (item,) = reading(invoice(*rows, title="Amazon.com - Order D01-0000001-0000001")).orders[0].items
    assert (item.asin, item.title, item.seller) == ("B0EXAMPLE1", "A quiet film [Prime Video]", "Sample Media")


@pytest.mark.parametrize(
    "heading", ["Expédiée le 8 février 2016", "Livrée le 8 février 2016", "Spediti il 8 febbraio 2016", "Delivered on May 8"]
)
def test_a_parcel_heading_is_read_in_every_grammatical_gender(heading):
    rows = ("Order Placed: February 6, 2016", f"Order number: {NUMBER}", heading, "1 of: Mug", "$5.00", "Grand Total:", "$5.00")
    (order,) = reading(invoice(*rows)).orders
    assert [(box.status, box.items) for box in order.shipments] == [(heading, (0,))]


@pytest.mark.parametrize(
    ("label", "day"),
    [("Digital Order: ", "February 6, 2016"), ("Digitale Bestellung: ", "6. Februar 2016"), ("Pedido digital: ", "6 de febrero de 2016")],
)
def test_a_digital_order_has_a_date(label, day):
    rows = (label + day, "Order number: D01-0000001-0000001", "A quiet film", "By: A. Director", "$5.00", "Grand Total:", "$5.00")
    (order,) = reading(invoice(*rows, title="Amazon.com - Order D01-0000001-0000001")).orders
    assert order.placed_on == date(2016, 2, 6)


@pytest.mark.parametrize(
    "sentence", ["This order has been cancelled.", "Diese Bestellung wurde storniert.", "Cette commande a été annulée."]
)
def test_a_cancelled_order_has_no_total_and_no_items(sentence):
    found = reading(invoice("Order Placed: February 6, 2016", f"Order number: {NUMBER}", sentence))
    assert found.orders[0].cancelled
    assert found.problems == ()


def summary(title: str, *rows: str) -> str:
    body = "".join(f"<table><tr><td>{row}</td></tr></table>" for row in rows)
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def test_a_german_summary_of_2010_gives_seller_and_direct_debit():
    rows = (
        "<b>Bestellung aufgegeben am:</b> 3. Februar 2010", "<b>Gesamtbetrag: EUR 24,90</b>", "<b>Versandt am 4. Februar 2010</b>",
        "1 Exemplar(e) von: <i>Der lange Weg</i><br>Verkauf durch: Amazon EU S.a.r.l.</td><td>EUR 24,90",
        "<b>Zahlungsinformationen</b>", "Zahlungsart:<br>Bankeinzug", "Zwischensumme:</td><td>EUR 24,90", "Gesamtsumme:</td><td>EUR 24,90",
    )  # fmt: skip
    (order,) = reading(
        summary("Amazon.de - Bestellung 302-1000001-2000001", *rows), url=URL.format("302-1000001-2000001").replace(".com", ".de")
    ).orders
    assert [(item.title, item.seller) for item in order.items] == [("Der lange Weg", "Amazon EU S.a.r.l.")]
    assert [(payment.method, payment.last4) for payment in order.payments] == [("Bankeinzug", None)]


@pytest.mark.parametrize(
    ("title", "note", "kind", "cancelled"),
    [
        ("A Long Novel", "", OrderKind.DIGITAL, False),
        ("A Long Novel", "This order has been cancelled.", OrderKind.DIGITAL, True),
        ("A Long Novel", "Digital orders can be cancelled within seven days.", OrderKind.DIGITAL, False),
        ("Amazon.com eGift Card", "", OrderKind.GIFT_CARD, False),
    ],
)
def test_a_digital_summary_gives_its_kind_and_whether_it_was_cancelled(title, note, kind, cancelled):
    rows = (
        "<b>Digital Order: March 3, 2014</b>", "<b>Amazon.com order number:</b> D01-1000001-2000001", "<b>Order Total: $9.99</b>",
        f"<b>{title}</b><br>Sold By: Invented House LLC</td><td>$9.99", "Total for this Order:</td><td>$9.99", note,
    )  # fmt: skip
    found = reading(summary("Amazon.com - Order D01-1000001-2000001", *rows), url=URL.format("D01-1000001-2000001"))
    (order,) = found.orders
    assert (order.kind, order.cancelled, order.total and order.total.decimal) == (kind, cancelled, "9.99")
