"""Amazon's order mails of every kind, in every language."""

from datetime import date, timedelta
from email.message import EmailMessage

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderKind, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_bytes
from tests.importers.mail_files import (
    ASIN,
    BY_LANGUAGE,
    ENGLISH,
    KINDS,
    NUMBER,
    SENT,
    TITLE,
    WORDINGS,
    html_of,
    item,
    mail,
    mbox,
    rows,
)

LANGUAGES = tuple(BY_LANGUAGE)
STATUS = {
    "order": OrderStatus.PLACED,
    "shipment": OrderStatus.SHIPPING,
    "delivery": OrderStatus.DELIVERED,
    "cancellation": OrderStatus.CANCELLED,
    "refund": OrderStatus.UNKNOWN,
    "return": OrderStatus.RETURNED,
}


def read(message):
    return read_bytes("letter.eml", message if isinstance(message, bytes) else message.as_bytes())


def only_order(message):
    (order,) = read(message).orders
    return order


def codes(found):
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_gives_its_order_number_and_items(language, kind):
    words = BY_LANGUAGE[language]
    found = read(mail(words, kind))
    (order,) = found.orders
    source = found.source
    assert (source.kind, source.layout, source.language, source.marketplace) == (SourceKind.EMAIL, kind, language, words["site"])
    assert (order.number, order.status, order.cancelled) == (NUMBER, STATUS[kind], kind == "cancellation")
    (bought,) = order.items
    price = Money(words.get("minor", 1250), words["currency"])
    assert (bought.title, bought.asin, bought.quantity, bought.unit_price, bought.seller) == (TITLE, ASIN, 2, price, "Mugs Ltd")
    assert found.account is not None
    assert (found.account.greeting, found.account.customer_id) == ("Robin", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confirmation_gives_total_and_recipient_and_its_date_is_flagged(language):
    words = BY_LANGUAGE[language]
    found = read(mail(words))
    (order,) = found.orders
    assert order.total == Money(2 * words.get("minor", 1250), words["currency"])
    assert (order.recipient.name, order.recipient.address) == ("Robin Example", "1 Sample Street, Sampletown")
    assert order.placed_on == date(2025, 3, 6)
    assert [(problem.where, problem.code) for problem in found.problems] == [("orders[0].placed_on", "mail-date")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parcel_mail_has_status_and_number_but_no_order_date_and_total(language):
    words = BY_LANGUAGE[language]
    found = read(mail(words, "shipment"))
    (order,) = found.orders
    (parcel,) = order.shipments
    assert (parcel.status, parcel.tracking, parcel.delivered_on, parcel.items) == (words["shipped"], "TBA000000000001", None, (0,))
    assert (order.placed_on, order.total, found.problems) == (None, None, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delivery_has_its_printed_date(language):
    (parcel,) = only_order(mail(BY_LANGUAGE[language], "delivery")).shipments
    assert (parcel.status, parcel.delivered_on) == (BY_LANGUAGE[language]["delivered"], date(2025, 3, 5))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refund_has_amount_and_date(language):
    words = BY_LANGUAGE[language]
    found = read(mail(words, "refund"))
    (refund,) = found.orders[0].refunds
    assert (refund.amount, refund.refunded_on) == (Money(words.get("minor", 1250), words["currency"]), date(2025, 3, 6))
    assert [(problem.where, problem.code) for problem in found.problems] == [("orders[0].refunds[0].refunded_on", "mail-date")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planned_subscription_delivery_is_not_an_order(language):
    found = read(mail(BY_LANGUAGE[language], "subscription"))
    assert found.source.layout == "subscription"
    assert [(order.status, order.placed_on, order.total) for order in found.orders] == [(OrderStatus.UNKNOWN, None, None)]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Placed on Sunday, March 2, 2025", date(2025, 3, 2)),
        ("Order placed: March 2, 2025", date(2025, 3, 2)),
        ("Bestellt am 2. März 2025", date(2025, 3, 2)),
        ("Aufgegeben am 2. März 2025", date(2025, 3, 2)),
        ("Commande effectuée le 2 mars 2025", date(2025, 3, 2)),
        ("注文日: 2025年3月2日", date(2025, 3, 2)),
    ],
)
@pytest.mark.parametrize("kind", ["order", "shipment"])
def test_a_printed_order_date_is_not_flagged(printed, day, kind):
    found = read(mail(ENGLISH, kind, html=html_of(ENGLISH, [(printed,), *rows(ENGLISH, kind)])))
    assert (found.orders[0].placed_on, found.problems) == (day, ())


@pytest.mark.parametrize(
    ("site", "language", "hour", "day"),
    [
        ("amazon.com", "en", 5, 5),
        ("amazon.com", "en", 9, 6),
        ("amazon.co.jp", "ja", 16, 7),
        ("amazon.de", "de", 23, 7),
        ("amazon.de", "de", 22, 6),
    ],
)
def test_the_date_of_a_mail_uses_the_marketplace_zone(site, language, hour, day):
    order = only_order(mail(BY_LANGUAGE[language], sent=SENT.replace(hour=hour), sender=f"auto-confirm@{site}"))
    assert order.placed_on == date(2025, 3, day)


def test_a_confirmation_without_a_date_leaves_the_day_open():
    found = read(mail(sent=None))
    assert (found.orders[0].placed_on, found.problems) == (None, ())


def test_a_delivery_date_without_a_year_is_the_last_one_before_the_mail():
    message = mail(ENGLISH, "delivery", sent=SENT.replace(year=2026, month=1, day=2), html=None)
    late = message.as_bytes().replace(b"Delivered March 5", b"Delivered December 30")
    assert only_order(late).shipments[0].delivered_on == date(2025, 12, 30)


@pytest.mark.parametrize("announced", ["Arriving March 8", "Your package will be delivered March 8", "Estimated delivery: March 8"])
def test_an_announced_date_is_not_a_delivery(announced):
    body = html_of(ENGLISH, [(announced,), *rows(ENGLISH, "order")])
    order = only_order(mail(ENGLISH, "shipment", html=body))
    assert (order.status, order.shipments[0].delivered_on) == (OrderStatus.SHIPPING, None)


PLAIN = """Hello Robin,

Ordered

Shipped

Delivered

Arriving Saturday

Order #
112-0000001-0000001

View or edit order
https://www.amazon.com/gp/css/order-details?orderID=112-0000001-0000001

* Shipping labels, 100 pieces
  Quantity: 2
  12.50 USD

* Delivered in the dark: a novel
  Quantity: 1
  20.00 USD

Grand Total:
45.00 USD

Keep shopping for
* Red mug
  9.99 USD
https://www.amazon.com/dp/B0EXAMPLE9
"""


def test_a_plain_body_is_read_when_there_is_no_other():
    found = read(mail(text=PLAIN, subject='Ordered: "Shipping labels..."'))
    (order,) = found.orders
    assert (order.number, order.status, order.total) == ("112-0000001-0000001", OrderStatus.PLACED, Money(4500, "USD"))
    assert [(bought.title, bought.quantity, bought.unit_price) for bought in order.items] == [
        ("Shipping labels, 100 pieces", 2, Money(1250, "USD")),
        ("Delivered in the dark: a novel", 1, Money(2000, "USD")),
    ]


def test_the_fuller_of_two_bodies_is_used():
    plain = f"Open this mail in a program that shows HTML.\nOrder # {NUMBER}"
    both = mail(text=plain, html=html_of(ENGLISH, rows(ENGLISH, "order")))
    assert only_order(both).items[0].title == TITLE


COUNTED = """Bestellnummer: 302-0000001-0000001
Aufgegeben am 2. März 2025

Versandadresse:
Robin Example
Musterweg 1
12345 Musterstadt

Zwischensumme: EUR 25,00
Verpackung und Versand: EUR 3,99
Gesamtbetrag: EUR 28,99
Zahlungsart: Visa endet auf 1234

1 x Blaue Tasse
   EUR 12,50
   Zustand: Neu
   Verkauf durch: Tassen GmbH

1 x Rote Tasse
   EUR 12,50
"""


def test_the_older_plain_layout_lists_its_items_below_the_summary():
    order = only_order(mail(BY_LANGUAGE["de"], text=COUNTED))
    assert {name: money.minor for name, money in order.amounts.items()} == {
        Amount.SUBTOTAL: 2500,
        Amount.SHIPPING: 399,
        Amount.GRAND_TOTAL: 2899,
    }
    assert [(bought.title, bought.quantity, bought.seller, bought.condition) for bought in order.items] == [
        ("Blaue Tasse", 1, "Tassen GmbH", "Neu"),
        ("Rote Tasse", 1, None, None),
    ]
    assert order.recipient.address == "Musterweg 1, 12345 Musterstadt"
    assert [(payment.method, payment.last4) for payment in order.payments] == [("Visa", "1234")]


def test_lines_that_do_not_add_up_are_a_problem():
    found = read(mail(BY_LANGUAGE["de"], text=COUNTED.replace("28,99", "29,99")))
    assert codes(found) == ["arithmetic"]


def test_several_orders_of_one_mail_keep_their_own_lines():
    second = "302-0000002-0000002"
    told = rows(ENGLISH, "order") + rows(ENGLISH, "order", second, items=item(ENGLISH, "Green kettle", "B0EXAMPLE2", 1))[1:]
    orders = read(mail(html=html_of(ENGLISH, told))).orders
    assert [(order.number, order.items[0].asin, order.total) for order in orders] == [
        (NUMBER, ASIN, Money(2500, "USD")),
        (second, "B0EXAMPLE2", Money(2500, "USD")),
    ]


def test_a_digital_order_is_recognised():
    found = read(mail(number="D01-0000001-0000001", sender="digital-no-reply@amazon.com"))
    assert (found.orders[0].kind, found.source.layout) == (OrderKind.DIGITAL, "digital")


def test_an_order_number_can_be_in_a_link_only():
    link = f"https://www.amazon.com/gp/r.html?U=https%3A%2F%2Fwww.amazon.com%2Fgp%2Fcss%2Forder-details%3ForderID%3D{NUMBER}"
    body = f"<html lang=en><body><p>Your package was delivered!</p><a href='{link}'>View order</a></body></html>"
    assert only_order(mail(ENGLISH, "delivery", html=body)).number == NUMBER
    foreign = body.replace("www.amazon.com%2Fgp", "www.amazon.com.evil.test%2Fgp")
    assert read(mail(ENGLISH, "delivery", html=foreign)).orders == ()


def test_a_title_in_the_subject_replaces_a_missing_list():
    body = f"<html lang=en><body><p>Your package was delivered!</p><p>Order # {NUMBER}</p></body></html>"
    (bought,) = only_order(mail(ENGLISH, "delivery", html=body)).items
    assert (bought.title, bought.quantity, bought.asin) == (TITLE, None, None)


def test_a_cancelled_item_does_not_cancel_the_order():
    order = only_order(mail(ENGLISH, "cancellation", subject="Item cancelled: your purchase"))
    assert (order.cancelled, order.status) == (False, OrderStatus.UNKNOWN)
    assert [(parcel.status, parcel.items) for parcel in order.shipments] == [("Item cancelled", (0,))]


def test_a_refund_in_a_sentence_counts_when_it_is_the_only_amount():
    told = "We have issued a refund of $12.50 on March 4, 2025 for your order."
    body = f"<html lang=en><body><p>Order # {NUMBER}</p><p>{told}</p></body></html>"
    (refund,) = only_order(mail(ENGLISH, "refund", html=body)).refunds
    assert (refund.amount, refund.refunded_on) == (Money(1250, "USD"), date(2025, 3, 4))
    unclear = read(mail(ENGLISH, "refund", html=body.replace("for your order", "and a refund of $3.00")))
    assert (unclear.orders[0].refunds, codes(unclear)) == ((), ["missing"])


@pytest.mark.parametrize("cents", ["<sup>40</sup>", " <sup>40</sup>", '<span class="a-price-fraction">40</span>', ".40<sup>1</sup>"])
def test_raised_cents_are_cents(cents):
    body = html_of(ENGLISH, rows(ENGLISH, "order")).replace("$25.00", f"$25{cents}")
    found = read(mail(html=body))
    assert found.orders[0].total == Money(2540, "USD")


def test_advertised_items_are_not_bought_items():
    offer = [("Recommended for you",), *item(ENGLISH, "Golden mug", "B0EXAMPLE7", 1)]
    order = only_order(mail(html=html_of(ENGLISH, rows(ENGLISH, "order") + offer)))
    assert [bought.asin for bought in order.items] == [ASIN]


def test_an_attached_mail_is_opened():
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "robin@example.org", "my orders"
    outer.set_content("as asked")
    for number in (NUMBER, "302-0000002-0000002"):
        outer.add_attachment(mail(number=number))
    outer.add_attachment(b"PK\x03\x04" + b"x" * 5000, maintype="application", subtype="zip", filename="a.zip")
    found = read(outer)
    assert [order.number for order in found.orders] == [NUMBER, "302-0000002-0000002"]
    assert set(codes(found)) == {"mail-date"}


@pytest.mark.parametrize(
    "head",
    [
        "--- Forwarded message ---\nFrom: Amazon.com <auto-confirm@amazon.com>\nDate: Mon, Mar 3, 2025 at 9:00 AM\nSubject: {}\n",
        "Von: Amazon.com [mailto:auto-confirm@amazon.com]\nGesendet: Montag, 3. März 2025 09:00\nAn: robin@example.org\nBetreff: {}\n",
        "> De : Amazon.com <auto-confirm@amazon.com>\n> Date : 3 mars 2025\n> Objet : {}\n",
    ],
)
def test_a_forwarded_mail_is_read_and_flagged(head):
    text = "FYI\n\n" + head.format('Ordered: "Shipping labels..."') + "\n" + PLAIN
    found = read(mail(text=text, sender="Robin <robin@example.org>", subject="Fwd: mugs"))
    (order,) = found.orders
    assert (order.total, order.placed_on, len(order.items)) == (Money(4500, "USD"), date(2025, 3, 3), 2)
    assert codes(found) == ["unproven", "mail-date"]


def test_nothing_is_taken_from_a_forwarded_forged_mail():
    text = "From: Amazon.com <auto-confirm@arnazon.com>\nSubject: Ordered\n\n" + PLAIN
    found = read(mail(text=text, sender="Robin <robin@example.org>", subject="Fwd: mugs"))
    assert (found.orders, codes(found)) == ((), ["impostor"])


@pytest.mark.parametrize("site", [words["site"] for words in WORDINGS] + ["amazon.in", "amazon.com.be", "gc.email.amazon.com", "AMAZON.DE"])
def test_every_marketplace_and_its_subdomains_are_amazon(site):
    assert only_order(mail(sender=f"x@{site}")).number == NUMBER


@pytest.mark.parametrize(
    "sender",
    [
        "Amazon.com <auto-confirm@amazon.com.evil.test>",
        "Amazon <billing@evil.test>",
        "auto-confirm@amaz0n.de",
        "auto-confirm@arnazon.com",
        "auto-confirm@xn--mazon-3ve.com",
        "auto-confirm@amazon-orders.com",
        "auto-confirm@evilamazon.com",
        '"auto-confirm@amazon.com" <x@evil.test>',
        "=?utf-8?q?x_=3Cauto-confirm=40amazon=2Ecom=3E?= <x@evil.test>",
        "auto-confirm@amazon.com, x@evil.test",
        "аmazon <x@evil.test>",
    ],
)
def test_a_lookalike_sender_is_not_believed(sender):
    raw = mail().as_bytes().replace(b"Amazon <auto-confirm@amazon.com>", sender.encode())
    found = read(raw)
    assert (found.source.kind, found.orders, codes(found)) == (SourceKind.EMAIL, (), ["impostor"])


def test_a_mail_with_two_from_lines_is_an_impostor():
    assert codes(read(b"From: x@evil.test\n" + mail().as_bytes())) == ["impostor"]


@pytest.mark.parametrize("sender", ["hide_my_mail@privaterelay.appleid.com", None])
def test_a_mail_without_sender_authentication_is_read_and_flagged(sender):
    raw = mail(sender="Amazon <x@privaterelay.appleid.com>").as_bytes() if sender else mail().as_bytes().partition(b"\n")[2]
    found = read(raw)
    assert found.orders[0].number == NUMBER
    assert codes(found) == ["unproven", "missing"]


@pytest.mark.parametrize("sender", ["a@marketplace.amazon.de", "robin@example.org"])
def test_a_mail_from_another_sender_gives_nothing(sender):
    found = read(mail(sender=sender))
    assert (found.source.kind, found.orders, codes(found)) == (SourceKind.EMAIL, (), ["no-orders"])


def test_unrelated_mails_are_skipped_silently():
    other = mail(sender="shop@example.org", subject="Your order with us")
    found = read_bytes("all", mbox(other, mail(ENGLISH, "shipment"), other))
    assert (len(found.orders), found.problems) == (1, ())


def test_mails_to_several_addresses_are_reported():
    found = read_bytes(
        "all", mbox(mail(ENGLISH, "shipment"), mail(ENGLISH, "shipment", number="302-0000002-0000002", to="sam@example.org"))
    )
    assert codes(found) == ["several-addressees"]
    assert not any("example.org" in problem.text for problem in found.problems)


def test_a_printed_date_outweighs_the_date_header_of_another_mail():
    shipped = mail(ENGLISH, "shipment", html=html_of(ENGLISH, [("Order placed: March 2, 2025",), *rows(ENGLISH, "shipment")]))
    found = read_bytes("all", mbox(mail(sent=SENT - timedelta(days=1)), shipped))
    assert (found.orders[0].placed_on, found.problems) == (date(2025, 3, 2), ())


OLDER = """<html><body><table>
<tr><td><h2>Order Confirmation</h2> Order #<a href="https://www.amazon.com/x">112&#8209;0000001&#8209;0000001</a></td></tr>
<tr><td><div style="display:none;max-height:0">Your package was delivered</div><p>Hello Robin Example,</p></td></tr>
<tr><td>Placed on Sunday, March 2, 2025</td><td>Ship to:<br><b>Robin Example</b><br>1 Sample Street<br>Sampletown, ST 12345</td></tr>
<tr><td><a href="https://www.amazon.com/dp/B0EXAMPLE1/ref=x"><img alt=""></a></td><td><a href="https://www.amazon.com/dp/B0EXAMPLE1/ref=y">
Shipping scale</a><br>Sold by Mugs &amp; Co<br>Condition: New<br>Qty : 2</td><td><strong>$25.00</strong></td></tr>
<tr><td><a href="https://www.amazon.com/gp/product/B0EXAMPLE2">Green kettle</a></td><td><strong>$1,010.00</strong></td></tr>
<tr><td>Item Subtotal:</td><td>$1,035.00</td></tr><tr><td>Shipping &amp; Handling:</td><td>$5.99</td></tr>
<tr><td>Free Shipping:</td><td>-$5.99</td></tr><tr><td>Total Before Tax:</td><td>$1,035.00</td></tr>
<tr><td>Estimated Tax:</td><td>$80.00</td></tr><tr><td>Order Total:</td><td>$1,115.00</td></tr>
<tr><td>Customers also bought</td></tr><tr><td><a href="https://www.amazon.com/dp/B0EXAMPLE9">Cat toy</a></td><td>$4.00</td></tr>
</table></body></html>"""


def test_the_older_layout_prints_row_totals_and_a_full_summary():
    found = read(mail(html=OLDER, subject='Your Amazon.com order of "Shipping scale..." and 1 more item'))
    (order,) = found.orders
    assert (order.number, order.placed_on, found.problems) == ("112-0000001-0000001", date(2025, 3, 2), ())
    assert [(bought.title, bought.quantity, bought.unit_price.minor, bought.seller) for bought in order.items] == [
        ("Shipping scale", 2, 1250, "Mugs & Co"),
        ("Green kettle", None, 101000, None),
    ]
    assert {name.value: money.minor for name, money in order.amounts.items()} == {
        "subtotal": 103500,
        "shipping": 599,
        "free_shipping": -599,
        "total_before_tax": 103500,
        "tax": 8000,
        "grand_total": 111500,
    }
    assert (order.recipient.name, order.recipient.address) == ("Robin Example", "1 Sample Street, Sampletown, ST 12345")


def test_prices_can_follow_titles():
    text = (
        "Order #112-0000001-0000001\nDeliver to: Robin - Sampletown, ST\n2x Blue mug $25.00\n1 x Gift card $50\n  $50.00\nTotal: $75.00\n"
    )
    order = only_order(mail(text=text))
    assert [(bought.title, bought.quantity, bought.unit_price.minor) for bought in order.items] == [
        ("Blue mug", 2, 2500),
        ("Gift card $50", 1, 5000),
    ]
    assert (order.recipient.name, order.recipient.address) == ("Robin", "Sampletown, ST")


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ('Your Amazon.com order of "Delivered in the dark" has shipped!', "shipment"),
        ("Ihre Amazon.de Bestellung mit „Storniert: ein Roman“ wurde versandt!", "shipment"),
        ("Amazon.de: Ihre Bestellung wurde versandt", "shipment"),
        ("Fwd: WG: Versandbestätigung", "shipment"),
        ("今日配達予定: 「返品」", "shipment"),
        ("Your Amazon.com order #112-0000001-0000001 has been delivered", "delivery"),
        ("Successful cancellation of Order #112-0000001-0000001", "cancellation"),
        ("Refund on order 112-0000001-0000001", "refund"),
        ('Return started: "Ordered by size"', "return"),
        ("Delivery attempted: your package", "attempt"),
        ("How was your delivery?", None),
        ("Rate your purchase", None),
    ],
)
def test_the_subject_gives_the_mail_kind_and_a_title_in_it_does_not(subject, kind):
    body = f"<html lang=en><body><p>Order # {NUMBER}</p></body></html>"
    assert read(mail(ENGLISH, "delivery", html=body, subject=subject)).source.layout == kind
