"""Order lists of every generation and several languages."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderKind, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from tests.amazon.markup import card, codes, delivery, head_entry, item, old_card, old_item, old_shipment, page, reading


def test_nested_old_cards_are_read_once_each():
    first = old_card(body=old_shipment("", old_item(quantity="2", notes='<div class="a-row">Return window closed on Jan 29, 2019</div>')))
    second = old_card("112-0000002-0000002", body=old_shipment("Return complete", old_item("1234567890", "A book")))
    found = reading(page(first + second))
    assert found.source.kind is SourceKind.ORDER_LIST
    assert found.source.layout == "L0"
    assert [order.number for order in found.orders] == ["111-0000001-0000001", "112-0000002-0000002"]
    order, returned = found.orders
    assert order.placed_on == date(2018, 12, 30)
    assert order.amounts == {Amount.GRAND_TOTAL: Money(7190, "USD")}
    assert (order.items[0].asin, order.items[0].title, order.items[0].quantity) == ("B0EXAMPLE1", "Blue mug", 2)
    assert order.items[0].return_closed_on == date(2019, 1, 29)
    assert order.items[0].return_by is None
    assert order.shipments == ()
    assert returned.status is OrderStatus.RETURNED
    assert found.problems == ()


def test_a_session_token_in_a_link_is_not_an_order_number():
    found = reading(page(old_card("no number here", body=old_shipment("", old_item()))))
    assert found.orders == ()
    assert codes(found) == {"orders": "unreadable"}


def test_a_newer_card_gives_status_delivery_and_contents_of_each_parcel():
    body = delivery("Delivered January 2", item(), item("B0EXAMPLE2", "Red mug", quantity="3")) + delivery(
        "Delivered January 5", item("B0EXAMPLE3", "Pan")
    )
    found = reading(page(card(head_entry("Order placed", "December 30, 2024"), head_entry("Total", "$1,028.50"), body=body)))
    order = found.orders[0]
    assert found.source.layout == "L2"
    assert order.status is OrderStatus.DELIVERED
    assert [(box.status, box.delivered_on, box.items) for box in order.shipments] == [
        ("Delivered January 2", date(2025, 1, 2), (0, 1)),
        ("Delivered January 5", date(2025, 1, 5), (2,)),
    ]
    assert [entry.quantity for entry in order.items] == [None, 3, None]


def test_german_cards_are_read_with_recipient_and_subscription():
    ship_to = """<script type="text/template" id="shipToData-1"><a class="a-popover-trigger">Kim Muster</a><div class="a-popover-preload">
      <div class="a-row"><h5>Kim Muster</h5></div><div class="a-row">Beispielweg 1<br>12345 Musterstadt</div>
      <div class="a-row">Deutschland</div></div></script>"""
    printed = ("Automatisch zugestellt: Alle 4 Monate", "Zeitraum für Rückgabe endet am 12. Januar 2025")
    notes = "".join(f'<span class="a-size-small">{text}</span>' for text in printed)
    text = card(
        head_entry("Bestellung aufgegeben", "14. Dezember 2024"), head_entry("Summe", "1.025,97\u00a0€"),
        label="Bestellnr.", slot=True, body=delivery("Zugestellt: 16. Dezember", item(title="Becher", notes=notes)) + ship_to,
    )  # fmt: skip
    found = reading(page(text, lang="de-de", mid="A1PA6795UKMFR9", hello="Hallo, Kim"))
    order = found.orders[0]
    assert (found.source.marketplace, found.source.language, found.source.layout) == ("amazon.de", "de", "L3")
    assert order.placed_on == date(2024, 12, 14)
    assert order.total == Money(102597, "EUR")
    assert (order.recipient.name, order.recipient.address) == ("Kim Muster", "Beispielweg 1, 12345 Musterstadt, Deutschland")
    assert (order.items[0].subscription_every, order.items[0].return_by) == ("Alle 4 Monate", date(2025, 1, 12))
    assert order.shipments[0].delivered_on == date(2024, 12, 16)
    assert found.account is not None
    assert found.account.greeting == "Kim"


@pytest.mark.parametrize(
    ("lang", "mid", "placed", "total", "amount", "status"),
    [
        ("fr-fr", "A13V1IB3VIYZZH", ("Commande effectuée", "14 décembre 2024"), "12,50 €", Money(1250, "EUR"), "Livré le 16 décembre"),
        ("it-it", "APJ6JRA9NG5V4", ("Ordine effettuato", "14 dicembre 2024"), "€ 12,50", Money(1250, "EUR"), "Consegnato 16 dicembre"),
        ("es-es", "A1RKKUPIHCS9HS", ("Pedido realizado", "14 de diciembre de 2024"),
         "12,50 €", Money(1250, "EUR"), "Entregado 16 de diciembre"),
        ("pl-pl", "A1C3SOZRARQ6R3", ("Zamówienie złożone", "14 grudnia 2024"),
         "1 012,50 zł", Money(101250, "PLN"), "Dostarczono 16 grudnia"),
        ("sv-se", "A2NODRKZP88ZB9", ("Beställning gjord", "14 december 2024"),
         "1 012,50 kr", Money(101250, "SEK"), "Levererad 16 december"),
        ("tr-tr", "A33AVAJ2PDY3EV", ("Sipariş verildi", "14 Aralık 2024"), "₺1.012,50", Money(101250, "TRY"), "Teslim edildi: 16 Aralık"),
        ("ja-jp", "A1VC38T7YXB528", ("注文日", "2024年12月14日"), "￥1,280", Money(1280, "JPY"), "12月16日に配達完了"),
        ("nl-nl", "A1805IZSGTT6HS", ("Een ander etiket", "14 december 2024"), "€ 12,50", Money(1250, "EUR"), "Bezorgd op 16 december"),
    ],
)  # fmt: skip
def test_cards_in_other_languages_are_read(*, lang, mid, placed, total, amount, status):
    found = reading(page(card(head_entry(*placed), head_entry("Total", total), body=delivery(status, item())), lang=lang, mid=mid))
    order = found.orders[0]
    assert (order.placed_on, order.total, order.status) == (date(2024, 12, 14), amount, OrderStatus.DELIVERED)
    assert order.shipments[0].delivered_on == date(2024, 12, 16)


def test_a_cancelled_order_without_a_total_is_not_a_problem():
    found = reading(page(card(head_entry("Order placed", "July 15, 2025"), body=delivery("Cancelled", item()))))
    assert found.orders[0].cancelled
    assert found.orders[0].status is OrderStatus.CANCELLED
    assert found.orders[0].total is None
    assert found.problems == ()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Arriving May 15-May 31", OrderStatus.SHIPPING),
        ("Out for delivery", OrderStatus.SHIPPING),
        ("Not yet shipped", OrderStatus.PLACED),
        ("Undeliverable", OrderStatus.UNKNOWN),
        ("Something new", OrderStatus.UNKNOWN),
        ("Zustellung: 19. Juli", OrderStatus.SHIPPING),
        ("Wird am 19. Juli zugestellt", OrderStatus.SHIPPING),
        ("Storniert", OrderStatus.CANCELLED),
    ],
)
def test_an_undelivered_parcel_has_no_delivery_date(status, state):
    found = reading(page(card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery(status, item()))))
    assert found.orders[0].status is state
    assert found.orders[0].shipments[0].delivered_on is None


def test_an_unreadable_field_does_not_lose_the_other_fields():
    good = card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("Delivered May 12", item()))
    bad = card(
        head_entry("Order placed", "someday"), head_entry("Total", "12.00 QQQ"), number="305-0000002-0000002", body=delivery("", item())
    )
    found = reading(page(good + bad))
    assert [order.number for order in found.orders] == ["305-0000001-0000001", "305-0000002-0000002"]
    assert codes(found) == {"orders[1].placed_on": "unreadable", "orders[1].amounts.grand_total": "unreadable"}


VEIL = '<div class="csd-encrypted-sensitive">Siege</div>'
ENCRYPTED = f'<div class="order-card js-order-card">{VEIL}</div>'
SHOWN = card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("", item()))


def test_encrypted_cards_are_counted_and_not_read_as_empty():
    found = reading(page(ENCRYPTED * 3 + SHOWN))
    assert codes(found) == {"orders": "not-rendered"}
    assert found.problems[0].text.startswith("3 of 4 orders")
    assert [order.number for order in found.orders] == ["305-0000001-0000001"]


def test_a_page_of_skeletons_is_reported():
    skeleton = reading(page('<div class="js-yo-container"><div class="orderCardHeaderTitleSkeleton"></div></div>'))
    assert (skeleton.source.kind, codes(skeleton)) == (SourceKind.ORDER_LIST, {"orders": "not-rendered"})


def test_skeletons_beside_cards_are_counted():
    found = reading(page(SHOWN + '<div class="orderCardHeaderTitleSkeleton"></div>' * 2))
    assert codes(found) == {"orders": "not-rendered"}
    assert found.problems[0].text.startswith("2 of 3 orders")


def test_a_details_page_with_hidden_parts_is_reported():
    html = page(f'<div id="orderDetails"><div data-component="orderId">113-0000001-0000001</div>{VEIL}</div>')
    assert codes(reading(html, url="https://www.amazon.com/your-orders/order-details"))["orders[0]"] == "not-rendered"


def test_a_card_with_a_hidden_part_is_read_and_flagged():
    found = reading(page(SHOWN.replace("</ul></div>", '</ul></div><div class="csd-encrypted-sensitive">Siege</div>')))
    assert codes(found) == {"orders[0]": "not-rendered"}
    assert found.orders[0].total == Money(500, "USD")


def counted(text: str, cards: int) -> str:
    shown = "".join(SHOWN.replace("305-0000001-0000001", f"305-0000001-00000{number:02d}") for number in range(cards))
    return page(f'<form class="js-time-filter-form"><label><span class="num-orders">{text}</span> placed in</label></form>{shown}')


LIST = "https://www.amazon.com/your-orders/orders?timeFilter=year-2025"


@pytest.mark.parametrize(
    ("text", "cards", "url", "found"),
    [
        ("0 orders", 0, None, {}),
        ("10 orders", 0, None, {"orders": "count"}),
        ("2 Bestellungen", 2, None, {}),
        ("1 order", 2, None, {"orders": "count"}),
        ("1.234 Bestellungen", 3, None, {}),
        ("13 orders", 10, LIST, {}),
        ("13 orders", 9, LIST, {"orders": "count"}),
        ("13 orders", 3, f"{LIST}&startIndex=10", {}),
        ("13 orders", 2, f"{LIST}&startIndex=10", {"orders": "count"}),
        ("13 orders", 0, f"{LIST}&startIndex=20", {}),
    ],
)
def test_the_count_on_the_page_is_compared_with_the_cards(text, cards, url, found):
    assert codes(reading(counted(text, cards), url=url)) == found


def test_a_page_without_cards_and_count_does_not_mean_no_orders():
    assert codes(reading(page('<div class="js-yo-container"></div>'))) == {"orders": "missing"}


def test_an_order_shown_twice_is_kept_once_and_differences_are_noted():
    assert len(reading(page(SHOWN + SHOWN)).orders) == 1
    found = reading(page(SHOWN + SHOWN.replace("$5.00", "$6.00")))
    assert (len(found.orders), codes(found)) == (1, {"orders[0]": "contradiction"})


def test_a_card_with_two_order_numbers_is_skipped():
    found = reading(page(card(head_entry("Total", "$5.00"), slot=True).replace('ltr">305', 'ltr">306')))
    assert (found.orders, codes(found)) == ((), {"orders": "contradiction"})


def test_a_product_in_a_parcel_that_is_missing_from_the_items_is_noted():
    stray = '<div class="unheard-of"><a href="/dp/B0EXAMPLE2?x">Pan</a></div>'
    found = reading(page(SHOWN.replace('<div class="item-box">', f'{stray}<div class="item-box">')))
    assert codes(found) == {"orders[0].items": "count"}


@pytest.mark.parametrize(
    ("marker", "number", "kind"),
    [
        ('<div class="brand-info-box"><div class="brand-logo"><img alt="Fresh"></div></div>', "111-0000001-0000001", OrderKind.GROCERY),
        (
            '<div class="yohtmlc-order-level-connections"><a href="/wholefoodsmarket/receipts/order/1">View</a></div>',
            "111-0000001-0000001", OrderKind.WHOLE_FOODS,
        ),
        ('<div class="gift-card-instance"><div class="a-column">$5.00</div></div>', "111-0000001-0000001", OrderKind.GIFT_CARD),
        ("", "D01-0000001-0000001", OrderKind.DIGITAL),
        ("", "111-0000001-0000001", OrderKind.RETAIL),
    ],
)  # fmt: skip
def test_order_kinds_are_recognised_by_their_marks(marker, number, kind):
    found = reading(
        page(
            card(
                head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), number=number, body=delivery("", item()) + marker
            )
        )
    )
    assert found.orders[0].kind is kind


def test_pictures_without_titles_and_links_without_products_are_handled():
    pictures = """<div class="item-box"><div class="product-grid-image"><a href="/dp/B0EXAMPLE9?x"><img alt="Two avocados"></a>
      <span class="product-image__qty">2</span></div></div><div class="item-box"><span>and 5 more</span></div>
      <div class="item-box"><div class="product-image"><a href="/gp/video/detail/x"><img alt="A film"></a></div></div>
      <div class="item-box"><a href="/dp/_ASINLESS_?x"><img alt="A service"></a></div>"""
    found = reading(
        page(card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("Delivered May 11", pictures)))
    )
    entries = [(entry.asin, entry.title, entry.quantity) for entry in found.orders[0].items]
    assert entries == [("B0EXAMPLE9", "Two avocados", 2), (None, "A film", None), (None, "A service", None)]


def test_a_replacement_window_is_not_a_return_window():
    notes = '<span class="a-size-small">Replacement window closed on May 30, 2025</span>'
    found = reading(
        page(card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=delivery("", item(notes=notes))))
    )
    assert (found.orders[0].items[0].return_by, found.orders[0].items[0].return_closed_on) == (None, None)


def test_cards_without_item_marks_are_split_by_product_links():
    def product(asin: str, title: str) -> str:
        return f'<div><span><a href="/dp/{asin}?i"><img alt="{title}"></a></span><p><a href="/dp/{asin}?t">{title}</a></p></div>'

    products = product("B0EXAMPLE1", "Mug") + product("B0EXAMPLE2", "Pan") + product("B0EXAMPLE1", "Mug")
    several = f'<div class="yo-enhanced-flex-card">{products}</div>'
    body = delivery("Delivered May 12", several) + delivery("Delivered May 13", item("B0EXAMPLE3", "Cup"))
    found = reading(page(card(head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"), body=body)))
    order = found.orders[0]
    assert [entry.title for entry in order.items] == ["Mug", "Pan", "Mug", "Cup"]
    assert [entry.asin for entry in order.items] == ["B0EXAMPLE1", "B0EXAMPLE2", "B0EXAMPLE1", "B0EXAMPLE3"]
    assert [len(box.items) for box in order.shipments] == [3, 1]


def test_raised_cents_belong_to_the_total():
    cards = card(
        head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$12<sup>49</sup>"), slot=True, body=delivery("Delivered", item())
    )
    (order,) = reading(page(cards)).orders
    assert order.total == Money(1249, "USD")


def test_a_button_label_is_not_a_title():
    again = '<a href="/dp/B0EXAMPLE1?x">Buy it again</a>'
    box = f'<div class="delivery-box"><div class="item-box"><span>Iron pan, 26 cm</span><p>{again}</p></div></div>'
    head = (head_entry("Order placed", "May 10, 2025"), head_entry("Total", "$5.00"))
    found = reading(page(card(*head, slot=True, body=box)))
    assert [(item.asin, item.title) for item in found.orders[0].items] == [("B0EXAMPLE1", "Iron pan, 26 cm")]
    assert "uncertain" in [problem.code for problem in found.problems]


def test_a_truncated_page_is_reported():
    html = (
        f"<html><body>{card(head_entry('Order placed', 'May 10, 2025'), head_entry('Total', '$5.00'), body=delivery('Delivered', item()))}"
    )
    assert "truncated" in [problem.code for problem in reading(html).problems]
    assert "truncated" not in [problem.code for problem in reading(f"{html}</body></html>").problems]
