"""Printable summaries of layout I0: tables without any class, in every shop, with every way to pay."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import reading

NUMBER = "112-0000001-0000001"


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
def test_the_title_names_the_shop_and_its_money(*, title, placed, name, price, paid):
    found = reading(invoice(placed, f"Order number: {NUMBER}", "Shipped on", "1 of: Mug", price, "Grand Total:", price, title=title))
    (order,) = found.orders
    assert (found.source.kind, found.source.marketplace, order.marketplace) == (SourceKind.INVOICE, name, name)
    assert (order.placed_on, order.total, order.items[0].unit_price) == (date(2016, 2, 6), paid, paid)


def test_a_title_of_another_shop_names_none():
    title = f"Amazon.com.evil - Order {NUMBER}"
    assert reading(invoice("Order Placed: February 6, 2016", f"Order number: {NUMBER}", title=title)).source.marketplace is None


def test_a_gift_card_is_a_means_of_payment_and_its_line_an_amount():
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


def test_a_digital_item_is_the_product_that_it_links_to():
    link = '<b><a href="/dp/B0EXAMPLE1?ref=x">A quiet film</a></b> [Prime Video]<br>By: A. Director<br>Sold By: Sample Media'
    rows = ("Digital Order: February 6, 2016", "Order number: D01-0000001-0000001", "Items Ordered", link, "$5.00")
    (item,) = reading(invoice(*rows, title="Amazon.com - Order D01-0000001-0000001")).orders[0].items
    assert (item.asin, item.title, item.seller) == ("B0EXAMPLE1", "A quiet film [Prime Video]", "Sample Media")


@pytest.mark.parametrize(
    "heading", ["Expédiée le 8 février 2016", "Livrée le 8 février 2016", "Spediti il 8 febbraio 2016", "Delivered on May 8"]
)
def test_a_parcel_is_told_in_any_gender(heading):
    rows = ("Order Placed: February 6, 2016", f"Order number: {NUMBER}", heading, "1 of: Mug", "$5.00", "Grand Total:", "$5.00")
    (order,) = reading(invoice(*rows)).orders
    assert [(box.status, box.items) for box in order.shipments] == [(heading, (0,))]


@pytest.mark.parametrize(
    ("label", "day"),
    [("Digital Order: ", "February 6, 2016"), ("Digitale Bestellung: ", "6. Februar 2016"), ("Pedido digital: ", "6 de febrero de 2016")],
)
def test_a_digital_order_names_its_day(label, day):
    rows = (label + day, "Order number: D01-0000001-0000001", "A quiet film", "By: A. Director", "$5.00", "Grand Total:", "$5.00")
    (order,) = reading(invoice(*rows, title="Amazon.com - Order D01-0000001-0000001")).orders
    assert order.placed_on == date(2016, 2, 6)


@pytest.mark.parametrize(
    "sentence", ["This order has been cancelled.", "Diese Bestellung wurde storniert.", "Cette commande a été annulée."]
)
def test_a_cancelled_order_has_neither_total_nor_items(sentence):
    found = reading(invoice("Order Placed: February 6, 2016", f"Order number: {NUMBER}", sentence))
    assert found.orders[0].cancelled
    assert found.problems == ()
