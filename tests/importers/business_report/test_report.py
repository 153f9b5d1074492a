"""Amazon Business reports: each line and each payment counts once, whatever columns were chosen."""

import csv
import io
import random

import pytest

from assistant.domain.orders.order import Amount, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.business_report.columns import GERMAN
from assistant.importers.reading import read_bytes, read_path
from tests.importers.export_files import csv_bytes, write_files

ROW = {
    "Order Date": "03/14/2025",
    "Order ID": "112-1000001-2000001",
    "Account Group": "Studio",
    "PO Number": "PO-9",
    "Order Quantity": "3",
    "Currency": "USD",
    "Order Subtotal": "60.00",
    "Order Shipping & Handling": "5.00",
    "Order Promotion": "-6.00",
    "Order Tax": "4.72",
    "Order Net Total": "63.72",
    "Order Status ": "Closed",
    "Account User": "Ada Sample",
    "Payment Reference ID": "R1",
    "Payment Date": "03/15/2025",
    "Payment Amount": "63.72",
    "Payment Instrument Type": "Visa",
    "Payment Identifier": '="0321"',
    "Shipment Date": "03/15/2025",
    "Shipment Status": "Shipped",
    "Carrier Tracking #": "TBA1",
    "ASIN": "B0INVENT01",
    "Title": "Glue, clear",
    "UNSPSC": '="31201610"',
    "Purchase PPU": "20.00",
    "Item Quantity": "2",
    "Item Subtotal": "40.00",
    "Item Shipping & Handling": "5.00",
    "Item Promotion": "-6.00",
    "Item Tax": "3.12",
    "Item Net Total": "42.12",
    "Seller Name": "Glues",
}
SECOND = {
    "ASIN": "B0INVENT02",
    "Title": "Brush",
    "Item Quantity": "1",
    "Item Subtotal": "20.00",
    "Item Shipping & Handling": "0.00",
    "Item Promotion": "0.00",
    "Item Tax": "1.60",
    "Item Net Total": "21.60",
}
SUMS = {"subtotal": "60.00", "shipping": "5.00", "promotion": "-6.00", "tax": "4.72", "grand_total": "63.72"}


def row(**cells):
    return {**ROW, **{name.replace("_", " "): cell for name, cell in cells.items()}}


def second(**cells):
    return row(**cells) | SECOND | {name.replace("_", " "): cell for name, cell in cells.items()}


def read(rows, columns=None):
    found = read_bytes("orders_from_20250101_to_20251231.csv", csv_bytes(rows, columns))
    assert found.source.kind is SourceKind.BUSINESS_REPORT
    return found


def sums(order):
    return {name.value: money.decimal for name, money in order.amounts.items()}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_german_report_gives_the_same(separator):
    names = {name: next(iter(GERMAN.get(name.strip(), (name,)))) for name in ROW}
    german = {names[name]: cell for name, cell in ROW.items()}
    content = csv_bytes([german]).decode("utf-8-sig")
    table = io.StringIO()
    csv.writer(table, delimiter=separator).writerows(csv.reader(io.StringIO(content)))
    found = read_bytes("bestellungen_von_20250101_bis_20251231.csv", table.getvalue().encode())
    assert found.source.kind is SourceKind.BUSINESS_REPORT
    assert found.orders == read([ROW]).orders
    (cancelled,) = read([german | {"Bestellstatus": "Storniert"}]).orders
    assert cancelled.cancelled


INVOICED = {
    "Bestelldatum": "12.05.2025",
    "Bestellnummer": "304-1000001-2000001",
    "Währung": "EUR",
    "Bestellstatus": "Versandt",
    "Rechnungsnummer": "DE1",
    "Zahlungsart": "Rechnung",
    "Titel": "Leim, klar",
    "ASIN": "B0INVENT01",
    "Artikelmenge": "2",
    "Kaufpreis pro Einheit (exkl. USt.)": "50,00",
    "Umsatzsteuersatz": "19%",
    "Kaufpreis pro Einheit (inkl. USt.)": "59,50",
    "Versandkosten (exkl. USt.)": "5,00",
    "Aktionen (exkl. USt.)": "-10,00",
    "Summe (exkl. USt.)": "95,00",
    "USt.-Summe": "18,05",
    "Summe (inkl. USt.)": "113,05",
    "Bestellung - Gesamt (inkl. USt.)": "133,95",
    "Seller name": "Leimladen",
}
INVOICED_BOOK = INVOICED | {
    "Rechnungsnummer": "DE2",
    "Titel": "Fachbuch",
    "ASIN": "B0INVENT02",
    "Artikelmenge": "1",
    "Kaufpreis pro Einheit (exkl. USt.)": "19,53",
    "Umsatzsteuersatz": "7%",
    "Versandkosten (exkl. USt.)": "0,00",
    "Aktionen (exkl. USt.)": "0,00",
    "Summe (exkl. USt.)": "19,53",
    "USt.-Summe": "1,37",
    "Summe (inkl. USt.)": "20,90",
    "Seller name": "Buchladen",
}


def test_a_german_report_with_invoices_gives_price_tax_and_total_of_each_item():
    (order,) = read([INVOICED, INVOICED_BOOK]).orders
    assert sums(order) == {"shipping": "5.00", "promotion": "-10.00", "tax": "19.42", "grand_total": "133.95"}
    assert [(item.unit_price.decimal, item.tax.decimal, str(item.tax_rate), item.total.decimal, item.seller) for item in order.items] == [
        ("50.00", "18.05", "0.19", "113.05", "Leimladen"),
        ("19.53", "1.37", "0.07", "20.90", "Buchladen"),
    ]


@pytest.mark.parametrize("title", ['Monitor 27"', '"Quoted" book', '27" monitor'])
def test_a_title_keeps_its_quotation_marks(title):
    assert read([row(Title=title)]).orders[0].items[0].title == title


def test_columns_are_found_in_any_order_under_untidy_names():
    columns = list(ROW)
    random.Random(4).shuffle(columns)
    untidy = {name: f" {name.replace(' ', '  ')}" for name in columns}
    found = read([{untidy[name]: cell for name, cell in entry.items()} for entry in (row(), second())], list(untidy.values()))
    (order,) = found.orders
    assert sums(order) == SUMS
    assert (order.purchase_order, order.buyer, order.items[0].unspsc) == ("PO-9", "Ada Sample", "31201610")
    assert [item.tax.decimal for item in order.items] == ["3.12", "1.60"]
    assert not found.problems


def test_two_payments_that_repeat_both_lines_count_once_each():
    paid = [{"Payment Reference ID": f"R{number}", "Payment Amount": "31.86"} for number in (1, 2)]
    (order,) = read([entry | payment for payment in paid for entry in (row(), second())]).orders
    assert len(order.items) == 2
    assert sums(order) == SUMS
    assert [payment.amount.decimal for payment in order.payments] == ["31.86", "31.86"]


def test_equal_lines_of_one_payment_are_kept_apart():
    twice = {"Order Quantity": "4", "Order Net Total": "84.24", "Order Subtotal": "80.00"}
    found = read([row() | twice, row() | twice])
    assert [item.quantity for item in found.orders[0].items] == [2, 2]
    assert found.orders[0].total.decimal == "84.24"
    assert not found.problems


def test_equal_lines_of_two_payments_are_kept_apart_when_the_order_sum_says_so():
    twice = {"Order Quantity": "4", "Order Net Total": "84.24", "Order Subtotal": "80.00"}
    (order,) = read([row(Payment_Reference_ID="R1") | twice, row(Payment_Reference_ID="R2") | twice]).orders
    assert len(order.items) == len(order.payments) == 2


def test_a_line_repeated_in_full_by_each_shipment_counts_once():
    once = {"Order Quantity": "2", "Order Net Total": "42.12", "Order Subtotal": "40.00"}
    (order,) = read([row() | once, row(Shipment_Date="03/18/2025") | once]).orders
    assert (len(order.items), order.total.decimal) == (1, "42.12")
    assert [shipment.items for shipment in order.shipments] == [(0,), (0,)]


def test_lines_that_do_not_add_up_to_the_order_are_reported():
    found = read([row(), second(Item_Net_Total="12.60")])
    assert [problem.code for problem in found.problems] == ["sum-differs"]
    assert "54.72" in found.problems[0].text
    assert "63.72" in found.problems[0].text


@pytest.mark.parametrize("left_out", ["Item", "Order", "Shipment", "Payment"])
def test_a_missing_level_of_amounts_is_filled_from_another(left_out):
    columns = [name for name in ROW if not name.startswith(left_out)] + ["Order ID"] * (left_out == "Order") + ["Item Quantity"]
    columns = list(dict.fromkeys(columns))
    (order,) = read([row(), second()], columns).orders
    assert sums(order) == SUMS
    assert bool(order.payments) == (left_out != "Payment")


def test_a_report_without_items_still_gives_orders_and_payments():
    columns = ["Order ID", "Order Date", "Currency", "Order Net Total", "Order Tax", "Payment Amount", "Payment Identifier"]
    (order,) = read([row(), second()], columns).orders
    assert (order.total.decimal, order.items, len(order.payments)) == ("63.72", (), 1)


def test_without_a_currency_amounts_stay_unknown_and_the_missing_column_is_named():
    columns = [name for name in ROW if name != "Currency"]
    found = read([row()], columns)
    assert (found.orders[0].currency, found.orders[0].amounts) == (None, {})
    assert [problem.code for problem in found.problems] == ["missing-column"]
    signed = read([{name: f"{cell} €" if cell.endswith(".00") else cell for name, cell in row().items()}], columns)
    assert signed.orders[0].currency == "EUR"


@pytest.mark.parametrize(
    ("written", "currency", "others", "day"),
    [
        ("03/04/2025", "USD", [], "2025-03-04"),
        ("03/04/2025", "GBP", [], "2025-04-03"),
        ("03/04/2025", "CAD", [], None),
        ("03/04/2025", "CAD", ["25/12/2025"], "2025-04-03"),
        ("03/04/2025", "EUR", ["12/25/2025"], "2025-03-04"),
        ("03/04/2025", "USD", ["12/25/2025", "25/12/2025"], None),
        ("05/05/2025", "CAD", [], "2025-05-05"),
        ("04.03.2025", "EUR", ["12/25/2025"], "2025-03-04"),
        ("2025-03-04", "CAD", [], "2025-03-04"),
        ("3/4/25", "USD", [], "2025-03-04"),
        ("N/A", "USD", [], None),
    ],
)
def test_the_whole_file_decides_between_day_first_and_month_first(written, currency, others, day):
    dates = [written, *others]
    rows = [
        {"Order ID": f"112-{at:07}-0000001", "Order Date": on, "Currency": currency, "Account User": "Ada", "Item Net Total": "1.00"}
        for at, on in enumerate(dates)
    ]
    found = read(rows)
    assert str(found.orders[0].placed_on or "") == (day or "")
    assert bool(found.problems) == (day is None and written != "N/A")


def test_a_cancelled_order_and_a_refund_are_read():
    nothing = dict.fromkeys([name for name in ROW if name.startswith(("Order Net", "Order Sub", "Item ")) or "Payment" in name], "N/A")
    rows = [
        row() | nothing | {"Order Status ": "Cancelled", "Item Net Total": "0.00", "Item Quantity": "0"},
        row(Order_ID="112-1000002-2000002")
        | {"Refund Payment Amount": "$42.12", "Refund Payment Instrument Type": "Visa", "Order Net Total": "N/A"},
    ]
    dropped, returned = read(rows, [*ROW, "Refund Payment Amount", "Refund Payment Instrument Type"]).orders
    assert (dropped.status, dropped.cancelled, dropped.payments) == (OrderStatus.CANCELLED, True, ())
    assert [refund.amount.decimal for refund in returned.refunds] == ["42.12"]


def test_two_reports_with_different_columns_give_one_order(tmp_path):
    first = csv_bytes([row(), second()], ["Order ID", "Order Date", "Currency", "ASIN", "Title", "Item Net Total", "Item Quantity"])
    other = csv_bytes([row(), second()], ["Order ID", "ASIN", "Currency", "Item Tax", "UNSPSC", "Account User"])
    (order,) = read_path(write_files(tmp_path / "reports", {"a.csv": first, "b.csv": other})).orders
    assert [(item.title, item.total.decimal, item.tax.decimal) for item in order.items] == [
        ("Glue, clear", "42.12", "3.12"),
        ("Brush", "21.60", "1.60"),
    ]
    assert (order.amounts[Amount.TAX].decimal, order.buyer) == ("4.72", "Ada Sample")
