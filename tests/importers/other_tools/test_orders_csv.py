"""Files that other tools wrote, and the order history reports of personal accounts."""

import json
from datetime import date

import pytest

from assistant.domain.orders.order import Amount, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_bytes, read_path
from tests.importers.export_files import csv_bytes, write_files

URL = "https://www.amazon.de/gp/your-account/order-details?orderID=302-1000001-2000001"
ORDER = {"order id": "302-1000001-2000001", "order url": URL, "items": "Tea pot", "date": "2024-03-05", "total": "1.234,50 €"}
ITEM = {
    "order id": "302-1000001-2000001",
    "order url": URL,
    "order date": "2024-03-05",
    "quantity": "2",
    "description": "Tea pot",
    "item url": "https://www.amazon.de/dp/B0INVENT01",
    "price": "617,25 €",
    "ASIN": "",
    "shipping status": "Delivered 8 March 2024",
    "tracking id": "T1",
    "shipment id": "s1",
}
FOUND = {
    "order_number": "112-1000001-2000001",
    "order_placed_date": "2024-03-05",
    "grand_total": 19.49,
    "cancelled": False,
    "items": [{"title": "Mug", "link": "https://www.amazon.com/dp/B0INVENT05", "price": 9.1, "quantity": 2}],
    "shipments": [],
}
CHARGED = {
    "Order Date": "02/26/14",
    "Order ID": "110-1000001-2000001",
    "Website": "Amazon.com",
    "Shipment Date": "02/27/14",
    "Order Status": "Shipped",
    "Payment Instrument Type": "Visa - 4321",
    "Subtotal": "$20.00",
    "Shipping Charge": "$4.00",
    "Tax Before Promotions": "$1.60",
    "Total Promotions": "$4.00",
    "Tax Charged": "$1.60",
    "Total Charged": "$21.60",
}
BOUGHT = {
    "Order Date": "02/26/14",
    "Order ID": "110-1000001-2000001",
    "Title": "Kettle",
    "ASIN/ISBN": "B0INVENT31",
    "Website": "Amazon.com",
    "Purchase Price Per Unit": "$10.00",
    "Quantity": "2",
    "Order Status": "Shipped",
    "Item Subtotal": "$20.00",
    "Item Subtotal Tax": "$1.60",
    "Item Total": "$21.60",
}


@pytest.mark.parametrize("last", [{"order id": "=SUBTOTAL(103, A2:A2)"}, {"total": "=SUBTOTAL(109, F2:F2)"}, {"total": "1.234,50"}])
def test_the_row_of_totals_is_not_an_order(last):
    found = read_bytes("amazon_order_history.csv", csv_bytes([ORDER, last], list(ORDER)))
    assert found.source.kind is SourceKind.ORDERS_CSV
    assert [(order.number, order.total.decimal, order.currency) for order in found.orders] == [("302-1000001-2000001", "1234.50", "EUR")]
    assert not found.problems


def test_order_and_item_files_of_one_tool_give_one_order(tmp_path):
    files = {"orders.csv": csv_bytes([ORDER]), "items.csv": csv_bytes([ITEM])}
    (order,) = read_path(write_files(tmp_path / "azad", files)).orders
    (item,) = order.items
    assert (item.asin, item.quantity, item.unit_price.decimal, order.total.decimal) == ("B0INVENT01", 2, "617.25", "1234.50")
    assert (order.status, str(order.shipments[0].delivered_on)) == (OrderStatus.DELIVERED, "2024-03-08")


def test_equal_items_of_one_order_are_kept_apart():
    (order,) = read_bytes("items.csv", csv_bytes([ITEM, ITEM])).orders
    assert len(order.items) == 2


def test_canadian_taxes_are_added_up():
    row = ORDER | {"order url": "https://www.amazon.ca/x", "total": "$19.49", "GST": "$0.50", "PST": "$0.70"}
    (order,) = read_bytes("orders.csv", csv_bytes([row])).orders
    assert (order.currency, order.amounts[Amount.TAX].decimal) == ("CAD", "1.20")


def test_a_plain_item_list_is_read_by_its_column_names():
    rows = [{"Order Number": "112-1000001-2000001", "Date": "03/25/2025", "Product": "Mug", "Qty": "1", "Unit price": "£5.00"}]
    (order,) = read_bytes("list.csv", csv_bytes(rows)).orders
    assert (str(order.placed_on), order.items[0].title, order.items[0].unit_price.decimal, order.currency) == (
        "2025-03-25",
        "Mug",
        "5.00",
        "GBP",
    )


@pytest.mark.parametrize("price", ["5.00", "$5.00", "5,00"])
def test_an_amount_in_an_unknown_currency_is_kept_and_reported(price):
    rows = [{"Order ID": "112-1000001-2000001", "Date": "2025-03-25", "Title": "Mug", "Price": price}]
    found = read_bytes("list.csv", csv_bytes(rows))
    assert (found.orders[0].currency, found.orders[0].items[0].unit_price.decimal) == (None, "5.00")
    assert [problem.code for problem in found.problems] == ["no-currency"]


def test_payments_are_read_once_with_their_orders(tmp_path):
    payment = {"date": "2024-03-06", "order ids": "302-1000001-2000001, 302-1000002-2000002", "vendor": "AMZN Mktp DE"}
    payment |= {"card_details": "Visa ****4321", "amount": "-35,19 €"}
    content = csv_bytes([payment, payment])
    found = read_path(write_files(tmp_path / "azad", {"a.csv": content, "b.csv": content}))
    assert len(found.transactions) == 2
    assert (found.transactions[0].amount.decimal, found.transactions[0].last4) == ("-35.19", "4321")
    assert found.transactions[0].order_numbers == ("302-1000001-2000001", "302-1000002-2000002")


def test_a_shop_in_the_payment_method_column_is_the_marketplace():
    row = {"Date": "2024-03-06", "Order ID": "112-1000001-2000001", "Payment Method": "AMZN Mktp US", "Amount": "USD -5.00"}
    (payment,) = read_bytes("transactions.csv", csv_bytes([row])).transactions
    assert (payment.method, payment.descriptor, payment.amount.decimal) == (None, "AMZN Mktp US", "-5.00")


def test_json_amounts_are_exact_and_in_the_currency_of_the_linked_marketplace():
    found = read_bytes("orders.json", json.dumps([FOUND]).encode())
    (order,) = found.orders
    assert found.source.kind is SourceKind.JSON_ORDERS
    assert (order.currency, order.total.decimal, order.items[0].asin) == ("USD", "19.49", "B0INVENT05")
    assert order.items[0].unit_price.decimal == "9.10"
    assert not found.problems


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Charger | 20 W | white; Cable; ", ["Charger | 20 W | white", "Cable"]),
        ("Charger | 20 W; ", ["Charger | 20 W"]),
        ("Charger | Cable", ["Charger", "Cable"]),
    ],
)
def test_a_bar_in_a_title_does_not_split_it(cell, titles):
    (order,) = read_bytes("orders.csv", csv_bytes([ORDER | {"items": cell}], list(ORDER))).orders
    assert [item.title for item in order.items] == titles


def test_a_single_json_object_is_a_list_of_one():
    assert read_bytes("order.json", json.dumps(FOUND).encode()).orders == read_bytes("orders.json", json.dumps([FOUND]).encode()).orders


def test_json_without_links_has_amounts_without_a_currency():
    bare = FOUND | {"items": [{"title": "Mug", "price": 9.1}]}
    found = read_bytes("orders.json", json.dumps({"orders": [bare]}).encode())
    assert (found.orders[0].currency, found.orders[0].total.decimal) == (None, "19.49")
    assert [problem.code for problem in found.problems] == ["no-currency"]


@pytest.mark.parametrize("broken", ["items", "shipments", "recipient"])
@pytest.mark.parametrize("value", ["x", 7, [1, [2]], {"items": 3}, [{"title": 4, "price": [], "items": [None]}]])
def test_json_of_another_shape_never_loses_the_order(broken, value):
    found = read_bytes("orders.json", json.dumps([FOUND | {broken: value}]).encode())
    assert found.orders[0].total.decimal == "19.49"


def test_the_charged_amount_outweighs_the_sum_of_the_lines(tmp_path):
    files = {"items.csv": csv_bytes([BOUGHT]), "orders.csv": csv_bytes([CHARGED, CHARGED])}
    (order,) = read_path(write_files(tmp_path / "reports", files)).orders
    amounts = {name.value: money.decimal for name, money in order.amounts.items()}
    assert amounts == {"subtotal": "40.00", "shipping": "8.00", "promotion": "-8.00", "tax": "3.20", "grand_total": "43.20"}
    assert (str(order.placed_on), order.items[0].tax.decimal, order.payments[0].last4) == ("2014-02-26", "1.60", "4321")


def test_overlapping_reports_count_once(tmp_path):
    files = {"a.csv": csv_bytes([BOUGHT, BOUGHT]), "b.csv": csv_bytes([BOUGHT])}
    (order,) = read_path(write_files(tmp_path / "reports", files)).orders
    assert (len(order.items), order.total.decimal) == (2, "43.20")


def test_the_refunds_report_adds_the_refunded_tax():
    row = {"Order ID": "110-1000001-2000001", "Title": "Kettle", "Website": "Amazon.com", "Refund Date": "03/05/14"}
    found = read_bytes("refunds.csv", csv_bytes([row | {"Refund Amount": "$10.00", "Refund Tax Amount": "$0.80", "Refund Reason": "x"}]))
    assert found.source.kind is SourceKind.REFUND_EXPORT
    assert [(refund.amount.decimal, str(refund.refunded_on)) for refund in found.orders[0].refunds] == [("10.80", "2014-03-05")]


HISTORY = """注文日,注文番号,商品名,付帯情報,価格,個数,商品小計,注文合計,お届け先,状態,請求先,請求額,クレカ請求日,クレカ請求額,クレカ種類,商品URL
2024/3/1,250-1000001-2000001,（注文全体）,,,,,1700,,,Robin,1500,,,Visa（下4けたが4321）,
2024/3/1,250-1000001-2000001,急須,販売： 株式会社例  コンディション： 新品,600,2,1200,,Robin,2024年3月3日に発送済み,,,,,,https://www.amazon.co.jp/dp/B0INVENT01
2024/3/1,250-1000001-2000001,（クレジットカードへの請求）,,,,,,,,,,2024/3/4,1500,Visa（下4けたが4321）,
2024/3/1,250-1000001-2000001,（配送料・手数料）,,,,500,,,,,,,,,
2024/3/1,250-1000001-2000001,（割引）,,,,,-200,,,,,,,,
2024/4/1,250-1000002-2000002,茶碗,,980,1,980,980,Robin,キャンセル済み,,,,,,https://www.amazon.co.jp/dp/B0INVENT02
"""  # noqa: E501  # the header of the file is one line


def test_a_japanese_history_has_item_rows_and_order_rows():
    found = read_bytes("amazon_202403.csv", HISTORY.encode("utf-8-sig"))
    first, second = found.orders
    assert found.source.kind is SourceKind.ORDERS_CSV
    assert (first.placed_on, first.currency, first.recipient.name) == (date(2024, 3, 1), "JPY", "Robin")
    amounts = {name.value: amount.decimal for name, amount in first.amounts.items()}
    assert amounts == {"grand_total": "1500", "shipping": "500", "promotion": "-200"}
    assert [(item.asin, item.quantity, item.seller, item.condition) for item in first.items] == [("B0INVENT01", 2, "株式会社例", "新品")]
    assert first.shipments[0].shipped_on == date(2024, 3, 3)
    assert [(entry.method, entry.last4, entry.charged_on) for entry in first.payments] == [("Visa", "4321", date(2024, 3, 4))]
    assert (second.status, second.cancelled) == (OrderStatus.CANCELLED, True)


def test_rows_of_a_japanese_user_script_are_items():
    url = "https://www.amazon.co.jp/gp/product/B0INVENT0{}/"
    row = {"id": "250-1000003-2000003", "date": "2024-03-01", "seller": "例", "unitPrice": "600", "quantity": "1", "orderPrice": "1800"}
    rows = [{**row, "name": name, "url": url.format(place)} for place, name in enumerate(("急須", "茶碗"), 1)]
    (order,) = read_bytes("history.csv", csv_bytes(rows)).orders
    assert (order.currency, order.total and order.total.decimal) == ("JPY", "1800")
    assert [(item.asin, item.title) for item in order.items] == [("B0INVENT01", "急須"), ("B0INVENT02", "茶碗")]


@pytest.mark.parametrize("recipient", ["Robin, Example", "Tea, Example"])
def test_a_row_with_an_extra_comma_loses_nothing(recipient):
    text = (
        "order id,order url,items,to,date,total\n"
        f'302-1000001-2000001,{URL},"Tea pot; ",{recipient},2024-03-05,"12,50 €"\n'
        f'302-1000002-2000002,{URL},"Mug; ",Robin,2024-03-06,"9,50 €"\n'
    )
    found = read_bytes("orders.csv", text.encode())
    assert [(order.recipient.name, order.placed_on, order.total and order.total.decimal) for order in found.orders] == [
        (recipient, date(2024, 3, 5), "12.50"),
        ("Robin", date(2024, 3, 6), "9.50"),
    ]
    assert found.problems == ()


def test_a_row_with_an_extra_comma_that_cannot_be_repaired_is_named():
    text = f"order id,order url,items,date,total\n302-1000001-2000001,{URL},Tea pot,x,y,2024-03-05,z,w\n"
    found = read_bytes("orders.csv", text.encode())
    assert "damaged-row" in {problem.code for problem in found.problems}
