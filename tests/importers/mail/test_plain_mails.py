"""Plain text mails of earlier years: titles without links, prices below them, old labels."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount
from assistant.importers.reading import read_bytes
from tests.importers.mail_files import BY_LANGUAGE, ENGLISH, NUMBER, SENT, lead, mail

SELLER = "Sold by: Mugs Ltd"


def read(text: str, kind: str = "order", words=ENGLISH, **change):
    return read_bytes("letter.eml", mail(words, kind, text=f"Order #{NUMBER}\nPlaced on March 6, 2025\n\n{text}\n", **change).as_bytes())


def bought(text: str, kind: str = "order", **change):
    (order,) = read(text, kind, **change).orders
    return [(item.title, item.quantity, item.unit_price.minor if item.unit_price else None, item.seller) for item in order.items]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Red bowl, large\n$12.50\nCondition: New\nSold by: Mugs Ltd", [("Red bowl, large", None, 1250, "Mugs Ltd")]),
        ("Red bowl\nBy: A. Potter\n$12.50\nSold by: Mugs Ltd", [("Red bowl", None, 1250, "Mugs Ltd")]),
        (
            "Red bowl\n$12.50\nSold by: Mugs Ltd\n\n2 x Blue cup\n$5.00\nSold by: Cups Ltd",
            [("Red bowl", None, 1250, "Mugs Ltd"), ("Blue cup", 2, 500, "Cups Ltd")],
        ),
        (
            "Red bowl\n$12.50\nSold by: Mugs Ltd\n\nBlue cup\n$5.00\nQuantity: 3",
            [("Red bowl", None, 1250, "Mugs Ltd"), ("Blue cup", 3, 500, None)],
        ),
        ("Red bowl\nQuantity: 1\nShips in its own box\nSold by: Mugs Ltd\n$12.50", [("Red bowl", 1, 1250, "Mugs Ltd")]),
    ],
)
def test_a_title_without_a_link_is_above_its_price_and_seller(text, items):
    assert bought(text) == items


def test_a_parcel_mail_names_the_seller_first():
    assert bought(f"Red bowl\n{SELLER}\n$12.50", "shipment") == [("Red bowl", None, 1250, "Mugs Ltd")]


@pytest.mark.parametrize("title", ["Shipping labels, 500 pieces", "Gift card holder", "Gift wrap, red", "Subtotal: a novel"])
def test_a_title_that_starts_like_a_label_is_not_an_amount(title):
    (order,) = read(f"{title}\n$12.50\n{SELLER}\n\nGrand Total: $12.50").orders
    assert [item.title for item in order.items] == [title]
    assert order.amounts == {Amount.GRAND_TOTAL: Money(1250, "USD")}


@pytest.mark.parametrize("note", ["Size: Large", "Color: Red", "Large, red"])
def test_a_variation_of_a_linked_item_is_not_an_item(note):
    link = '<a href="https://www.amazon.com/dp/B0EXAMPLE1">Red shirt</a>'
    rows = [f"Order #{NUMBER}", link, note, "Quantity: 2", "Ships in its own box", SELLER, "$12.50"]
    html = "<html><body>" + "".join(f"<p>{row}</p>" for row in rows) + "</body></html>"
    (order,) = read_bytes("letter.eml", mail(html=html).as_bytes()).orders
    assert [(item.asin, item.title, item.quantity, item.seller) for item in order.items] == [("B0EXAMPLE1", "Red shirt", 2, "Mugs Ltd")]


def test_a_footnote_after_an_amount_is_not_part_of_it():
    found = read("Red bowl\nQuantity: 1\n\nRefund total: $13.50*\n* Item refund: $12.50\nRefund issued: March 6, 2025", "refund")
    (back,) = found.orders[0].refunds
    assert (back.amount, back.refunded_on, found.problems) == (Money(1350, "USD"), date(2025, 3, 6), ())


@pytest.mark.parametrize(
    ("language", "line"), [("en", "Delivered today"), ("de", "Heute zugestellt"), ("fr", "Livré aujourd’hui"), ("es", "Entregado hoy")]
)
def test_today_is_the_date_of_the_mail(language, line):
    words = BY_LANGUAGE[language]
    text = f"{line}\n\n{words['number']} {NUMBER}\n\nX\n{words['quantity']}: 1"
    (order,) = read_bytes("letter.eml", mail(words, "delivery", text=text, subject=lead(words, "delivery")).as_bytes()).orders
    assert [box.delivered_on for box in order.shipments] == [SENT.date()]


@pytest.mark.parametrize(
    ("language", "label", "day"),
    [
        ("en", "Shipped to:", "Placed on March 4, 2025"),
        ("de", "Ihre Bestellung geht an:", "Aufgegeben am 4. März 2025"),
        ("fr", "Votre commande sera envoyée à :", "Effectuée le 4 mars 2025"),
        ("it", "Il tuo ordine sarà spedito a:", "Effettuato il 4 marzo 2025"),
        ("es", "Tu pedido se enviará a:", "Realizado el 4 de marzo de 2025"),
    ],
)
def test_date_and_recipient_are_read_after_their_old_labels(language, label, day):
    words = BY_LANGUAGE[language]
    text = f"{label}\n    Robin Example\n    Sampletown\n\n{words['number']} {NUMBER}\n{day}\n\nMug\n{words['quantity']}: 1"
    (order,) = read_bytes("letter.eml", mail(words, text=text).as_bytes()).orders
    assert (order.placed_on, order.recipient.name, order.recipient.address) == (date(2025, 3, 4), "Robin Example", "Sampletown")
