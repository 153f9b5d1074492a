"""Marketplaces without sample pages: digits, currencies, dates, several taxes, fully paid orders."""

from datetime import date

import pytest

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderStatus
from tests.amazon.markup import card, component, delivery, detail_box, detail_item, details, head_entry, item, line, page, reading


@pytest.mark.parametrize(
    ("mid", "lang", "labels", "day", "total", "status", "amount"),
    [
        (
            "ARBP9OOSHTCHU", "ar-ae", ("تم تقديم الطلب", "الإجمالي", "رقم الطلب"), "١٤ ديسمبر ٢٠٢٤", "\u200f١٬٢٣٤٫٥٦ جنيه",
            "تم التسليم ١٦ ديسمبر", Money(123456, "EGP"),
        ),
        ("A21TJRUUN4KGV", "en-in", ("Order placed", "Total", "Order #"), "14 December 2024", "₹1,23,456.00", "Delivered 16-Dec-2024",
         Money(12345600, "INR")),
        ("A1VC38T7YXB528", "ja-jp", ("注文日", "合計", "注文番号"), "2024年12月14日", "￥12,345",
         "12月16日にお届け済み", Money(12345, "JPY")),
        ("A2Q3Y263D00KWC", "pt-br", ("Pedido feito", "Total", "Pedido nº"), "14 de dezembro de 2024", "R$ 1.234,56",
         "Entregue em 16 de dezembro", Money(123456, "BRL")),
        ("A2EUQ1WTGCTBG2", "fr-ca", ("Commande effectuée le", "Total", "Commande nº"), "14 décembre 2024", "1 234,56 $",
         "Livré le 16 décembre", Money(123456, "CAD")),
        ("A1AM78C64UM0Y8", "es-mx", ("Pedido realizado", "Total", "Pedido n.º"), "14 de diciembre de 2024", "$1,234.56",
         "Entregado el lunes, 16 de diciembre", Money(123456, "MXN")),
        ("A1C3SOZRARQ6R3", "pl-pl", ("Zamówienie złożono", "Suma", "Nr zamówienia"), "14 grudnia 2024", "1 234,56 zł",
         "Dostarczono 16 grudnia", Money(123456, "PLN")),
        ("A33AVAJ2PDY3EV", "tr-tr", ("Sipariş verildi", "Toplam", "Sipariş no."), "14 Aralık 2024", "1.234,56 TL",
         "16 Aralık tarihinde teslim edildi", Money(123456, "TRY")),
        ("A17E79C6D8DWNP", "ar-sa", ("تم الطلب", "المجموع", "رقم الطلب"), "14 ديسمبر 2024", "1,234.56 ريال",
         "تم التوصيل في 16 ديسمبر", Money(123456, "SAR")),
        ("A1VC38T7YXB528", "zh-jp", ("订单日期", "总计", "订单号"), "2024年12月14日", "￥12,345",
         "已于12月16日送达", Money(12345, "JPY")),
    ],
    ids=["eg", "in", "jp", "br", "ca", "mx", "pl", "tr", "sa", "zh"],
)  # fmt: skip  # a table reads better in rows
def test_an_order_card_is_read_as_each_marketplace_prints_it(*, mid, lang, labels, day, total, status, amount):
    entries = head_entry(labels[0], day), head_entry(labels[1], total)
    found = reading(page(card(*entries, label=labels[2], body=delivery(status, item())), lang=lang, mid=mid))
    (order,) = found.orders
    assert found.problems == ()
    assert (order.placed_on, order.total, order.status) == (date(2024, 12, 14), amount, OrderStatus.DELIVERED)
    assert order.shipments[0].delivered_on == date(2024, 12, 16)


@pytest.mark.parametrize(
    ("mid", "lang", "line", "by", "closed"),
    [
        ("A1RKKUPIHCS9HS", "es-es", "La ventana para devolver el producto se cerró el 31 de enero de 2025", None, date(2025, 1, 31)),
        ("APJ6JRA9NG5V4", "it-it", "Periodo di reso terminato il 31 gennaio 2025", None, date(2025, 1, 31)),
        ("A33AVAJ2PDY3EV", "tr-tr", "İade süresi 15 Ocak 2025 tarihinde sona erdi", None, date(2025, 1, 15)),
        ("A13V1IB3VIYZZH", "fr-fr", "Retour possible jusqu’au 31 janvier 2025", date(2025, 1, 31), None),
        ("A1C3SOZRARQ6R3", "pl-pl", "Zwrot możliwy do 31 stycznia 2025", date(2025, 1, 31), None),
        ("A1C3SOZRARQ6R3", "pl-pl", "Zwróć lub wymień produkty: możliwe do 31 stycznia 2025", date(2025, 1, 31), None),
        ("A1VC38T7YXB528", "zh-jp", "退货期截止到2025年1月31日", date(2025, 1, 31), None),
        ("A1VC38T7YXB528", "ja-jp", "返品期限: 2025年1月31日", date(2025, 1, 31), None),
        ("ATVPDKIKX0DER", "en-us", "Return window closes on January 31, 2025", date(2025, 1, 31), None),
        ("A13V1IB3VIYZZH", "fr-fr", "La période de retour a pris fin le 31 janvier 2025", None, date(2025, 1, 31)),
        ("A1RKKUPIHCS9HS", "es-es", "El periodo de devolución terminó el 31 de enero de 2025", None, date(2025, 1, 31)),
        ("A2Q3Y263D00KWC", "pt-br", "O prazo de devolução terminou em 31 de janeiro de 2025", None, date(2025, 1, 31)),
        ("A1805IZSGTT6HS", "nl-nl", "Retourtermijn verstreken op 31 januari 2025", None, date(2025, 1, 31)),
        ("A2NODRKZP88ZB9", "sv-se", "Returperioden avslutades den 31 januari 2025", None, date(2025, 1, 31)),
        ("A33AVAJ2PDY3EV", "tr-tr", "İade süresi 31 Ocak 2025 tarihinde doldu", None, date(2025, 1, 31)),
    ],
)
def test_the_last_day_for_a_return_is_read(*, mid, lang, line, by, closed):
    body = delivery("", item(notes=f'<div class="a-size-small">{line}</div>'))
    entries = head_entry("Order placed", "14 December 2024"), head_entry("Total", "1,00 €")
    (bought,) = reading(page(card(*entries, body=body), lang=lang, mid=mid)).orders[0].items
    assert (bought.return_by, bought.return_closed_on) == (by, closed)


def in_full(lines, *boxes, mid="ATVPDKIKX0DER", lang="en-us", placed="December 30, 2024"):
    summary = "".join(line(label, value) for label, value in lines)
    found = reading(page(details(number="112-0000001-0000001", placed=placed, lines=summary, boxes="".join(boxes)), lang=lang, mid=mid))
    assert found.problems == ()
    return found.orders[0]


def test_several_coupons_parcels_and_payment_methods_add_up():
    lines = [
        ("Item(s) Subtotal:", "$30.00"), ("Shipping &amp; Handling:", "$5.99"), ("Free Shipping:", "-$5.99"),
        ("Your Coupon Savings:", "-$2.00"), ("Your Coupon Savings:", "-$1.00"), ("Promotion Applied:", "-$1.50"),
        ("Subscribe &amp; Save:", "-$1.50"), ("Total before tax:", "$24.00"), ("Estimated tax to be collected:", "$2.00"),
        ("Gift Card Amount:", "-$10.00"), ("Rewards Points:", "-$1.00"), ("Grand Total:", "$15.00"),
    ]  # fmt: skip
    first = detail_item("B0EXAMPLE1", "Mug", "$10.00", component("itemCondition", "<span>Condition: Used - Very Good</span>"), quantity="2")
    order = in_full(
        lines, detail_box("Delivered January 2", first), detail_box("Arriving tomorrow", detail_item("B0EXAMPLE2", "Cup", "$10.00"))
    )
    assert (order.amounts[Amount.COUPON].minor, order.amounts[Amount.POINTS].minor) == (-300, -100)
    assert (order.status, [entry.quantity for entry in order.items], order.items[0].condition) == (
        OrderStatus.SHIPPING,
        [2, None],
        "Used - Very Good",
    )
    assert [(box.delivered_on, box.items) for box in order.shipments] == [(date(2025, 1, 2), (0,)), (None, (1,))]


def test_two_taxes_are_added_into_one():
    lines = [("Item(s) Subtotal:", "CDN$ 10.00"), ("Total before tax:", "CDN$ 10.00"), ("Estimated GST/HST:", "CDN$ 0.50")]
    lines += [("Estimated PST/RST/QST:", "CDN$ 1.00"), ("Grand Total:", "CDN$ 11.50")]
    order = in_full(
        lines, detail_box("Delivered January 2", detail_item("B0EXAMPLE1", "Mug", "$10.00")), mid="A2EUQ1WTGCTBG2", lang="en-ca"
    )
    assert order.amounts[Amount.TAX] == Money(150, "CAD")


def test_an_order_paid_by_gift_card_and_fully_refunded_is_read():
    lines = [
        ("Totale articoli:", "8,20 €"), ("Costi di spedizione:", "0,00 €"), ("Totale prima delle imposte:", "8,20 €"),
        ("IVA:", "1,80 €"), ("Importo Buono Regalo:", "-10,00 €"), ("Totale ordine:", "0,00 €"), ("Totale rimborso:", "10,00 €"),
    ]  # fmt: skip
    order = in_full(
        lines,
        detail_box("Reso completato", detail_item("B0EXAMPLE1", "Tazza", "10,00 €")),
        mid="APJ6JRA9NG5V4",
        lang="it-it",
        placed="30 dicembre 2024",
    )
    assert (order.status, order.total, order.amounts[Amount.REFUND_TOTAL]) == (OrderStatus.RETURNED, Money(0, "EUR"), Money(1000, "EUR"))


def test_cancelled_items_are_left_out_of_the_sum():
    lines = [("Item(s) Subtotal:", "$10.00"), ("Total before tax:", "$10.00"), ("Estimated tax:", "$0.00"), ("Grand Total:", "$10.00")]
    cancelled = detail_box("Cancelled", detail_item("B0EXAMPLE1", "Mug", "$5.00"))
    order = in_full(lines, cancelled, detail_box("Delivered January 2", detail_item("B0EXAMPLE2", "Cup", "$10.00")))
    assert (order.status, order.cancelled, len(order.items)) == (OrderStatus.DELIVERED, False, 2)


@pytest.mark.parametrize("following", ["Payment information", "Shipped on February 8, 2016", "Shipping Speed: Two-Day", "$23.88"])
def test_an_address_ends_where_the_next_part_begins(following):
    rows = ("Order Placed: February 6, 2016", "Grand Total: $23.88", "Shipping Address:", "Robin Example", "Portland, OR 97205", following)
    body = "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"
    title = "<title>Amazon.com - Order 112-0000001-0000001</title>"
    url = "https://www.amazon.com/gp/css/summary/print.html?orderID=112-0000001-0000001"
    (order,) = reading(f"<html><head>{title}</head><body>{body}</body></html>", url=url).orders
    assert (order.recipient.name, order.recipient.address) == ("Robin Example", "Portland, OR 97205")


@pytest.mark.parametrize(
    ("lines", "total"),
    [
        ([("Montant total TTC :", "12,00 €"), ("Chèque-cadeau :", "-2,00 €"), ("Total général du paiement :", "10,00 €")], 1000),
        ([("TVA :", "2,00 €"), ("Montant total avant TVA :", "10,00 €"), ("Montant total TTC :", "12,00 €")], 1200),
        ([("TVA :", "2,00 €"), ("Total :", "12,00 €")], 1200),
    ],
)
def test_the_last_total_is_what_was_paid(lines, total):
    first, box = ("Sous-total :", "10,00 €"), detail_box("Livré le 2 janvier", detail_item("B0EXAMPLE1", "Tasse", "12,00 €"))
    rows = [first, *lines] if any("TVA" in label for label, _ in lines) else [first, ("TVA :", "2,00 €"), *lines]
    order = in_full(rows, box, mid="A13V1IB3VIYZZH", lang="fr-fr", placed="30 décembre 2024")
    assert order.total == Money(total, "EUR")


def test_a_total_before_a_gift_card_is_not_what_was_paid():
    lines = "".join(line(*row) for row in [("Item(s) Subtotal:", "$10.00"), ("Total:", "$10.00"), ("Gift Card Amount:", "-$10.00")])
    box = detail_box("Delivered January 2", detail_item("B0EXAMPLE1", "Mug", "$10.00"))
    found = reading(page(details(number="112-0000001-0000001", placed="December 30, 2024", lines=lines, boxes=box)))
    assert found.orders[0].total is None
    assert [problem.code for problem in found.problems] == ["missing"]


def test_a_voucher_below_the_tax_is_not_a_mismatch():
    lines = [
        ("Zwischensumme:", "100,00 €"), ("Gesamt vor USt.:", "100,00 €"), ("Geschätzte USt.:", "19,00 €"), ("Summe:", "119,00 €"),
        ("Gutschein eingelöst:", "-5,00 €"), ("Gesamtsumme:", "114,00 €"),
    ]  # fmt: skip
    box = detail_box("Zugestellt: 2. Januar", detail_item("B0EXAMPLE1", "Tasse", "119,00 €"))
    order = in_full(lines, box, mid="A1PA6795UKMFR9", lang="de-de", placed="30. Dezember 2024")
    assert (order.amounts[Amount.COUPON], order.total) == (Money(-500, "EUR"), Money(11400, "EUR"))


def test_an_item_without_link_and_picture_is_an_item():
    service = f'<div class="a-fixed-left-grid"><div>{component("itemTitle", "Installation")}{component("unitPrice", "$10.00")}</div></div>'
    lines = [("Item(s) Subtotal:", "$10.00"), ("Grand Total:", "$10.00")]
    (bought,) = in_full(lines, detail_box("Delivered January 2", service)).items
    assert (bought.title, bought.unit_price) == ("Installation", Money(1000, "USD"))


@pytest.mark.parametrize(
    ("text", "every"), [("Auto-delivered every 2 months", "Every 2 months"), ("Auto-delivered: Every month", "Every month")]
)
def test_an_interval_is_read_with_or_without_a_colon(text, every):
    bought = detail_item("B0EXAMPLE1", "Mug", "$10.00", component("deliveryFrequency", text))
    order = in_full([("Item(s) Subtotal:", "$10.00"), ("Grand Total:", "$10.00")], detail_box("Delivered January 2", bought))
    assert order.items[0].subscription_every == every


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Pedido realizado Enviar para Total geral", "pt"),
        ("订单日期 总计 已送达", "zh"),
        ("رقم الطلب المجموع", "ar"),
        ("注文日 合計", "ja"),
    ],
)
def test_words_give_the_language_of_a_page_that_does_not_declare_it(words, language):
    spans = "".join(f"<span>{word}</span>" for word in (words, words))
    assert reading(f'<html><body><div class="js-order-card">{spans}</div></body></html>').source.language == language
