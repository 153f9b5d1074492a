"""Whole exports in every layout and container, and several files together."""

import json

import pytest

from assistant.domain.orders.order import Amount, OrderStatus
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_path
from tests.importers.export_files import (
    csv_bytes,
    digital_row,
    invented_rows,
    refund_row,
    retail_csv,
    retail_row,
    write_export,
    write_files,
)

PENDING = {"Ship Date": "Not Available", "Shipment Status": "Pending", "Carrier Name & Tracking Number": "Not Available"}


@pytest.mark.parametrize("layout", ["old", "current"])
@pytest.mark.parametrize("name", ["orders.csv", "orders.zip", "orders"])
def test_both_layouts_give_the_same_in_every_container(tmp_path, layout, name):
    rows = list(invented_rows(60))
    found = read_path(write_export(tmp_path / name, rows, layout))
    plain = read_path(write_export(tmp_path / "plain.csv", rows))
    assert found.orders == plain.orders
    assert sum(len(order.items) for order in found.orders) == 60
    assert not found.problems
    assert found.source.kind is (SourceKind.RETAIL_EXPORT if name.endswith(".csv") else SourceKind.PRIVACY_ZIP)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (retail_csv([retail_row()], "old"), SourceKind.RETAIL_EXPORT),
        (retail_csv([retail_row()]), SourceKind.RETAIL_EXPORT),
        (csv_bytes([digital_row()]), SourceKind.DIGITAL_EXPORT),
        (csv_bytes([refund_row()]), SourceKind.REFUND_EXPORT),
        (csv_bytes([{"Order ID": "302-1000001-2000001", "ASIN": "B0INVENT01", "Return Reason Code": "X"}]), SourceKind.RETURNS_EXPORT),
    ],
)
def test_a_file_is_recognised_by_its_columns_under_any_name(tmp_path, content, kind):
    file = tmp_path / "download (3).txt"
    file.write_bytes(content)
    found = read_path(file)
    assert found.source.kind is kind
    assert len(found.orders) == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_encodings_and_separators_are_detected(tmp_path, encoding, separator):
    file = tmp_path / "orders.csv"
    file.write_bytes(retail_csv([retail_row({"Product Name": "Bügelbrett für Größe 3"})], separator=separator, encoding=encoding))
    found = read_path(file)
    assert [item.title for order in found.orders for item in order.items] == ["Bügelbrett für Größe 3"]
    assert not found.problems


def test_one_broken_byte_damages_only_one_letter(tmp_path):
    file = tmp_path / "orders.csv"
    rows = [retail_row({"Order ID": f"302-{number:07}-0000001", "Product Name": "Tür äöü"}) for number in range(3)]
    file.write_bytes(retail_csv(rows).replace("Tür".encode(), b"T\xffr", 1))
    titles = [item.title for order in read_path(file).orders for item in order.items]
    assert titles == ["T\ufffdr äöü", "Tür äöü", "Tür äöü"]


def test_a_zip_gives_the_union_of_its_files(tmp_path):
    files = {
        "Your Amazon Orders/Order History.csv": retail_csv([retail_row()]),
        "Your Amazon Orders/Digital Content Orders.csv": csv_bytes([digital_row()]),
        "Your Returns & Refunds/Refund Details.csv": csv_bytes([refund_row()]),
        "Your Amazon Orders/Cart History.csv": csv_bytes([{"ASIN": "B0INVENT09", "Cart Domain": "Amazon.de"}]),
    }
    found = read_path(write_files(tmp_path / "Your Orders.zip", files))
    digital, retail = sorted(found.orders, key=lambda order: order.kind)
    assert found.source.kind is SourceKind.PRIVACY_ZIP
    assert retail.total.decimal == retail.refunds[0].amount.decimal == "11.90"
    assert digital.total.decimal == "4.00"
    assert not found.problems


def test_the_old_json_gives_the_same_as_the_csv(tmp_path):
    rows = list(invented_rows(20))
    file = tmp_path / "Retail.OrderHistory.1.json"
    numbers = [{**row, "Unit Price": float(row["Unit Price"]), "Gift Message": None} for row in rows]
    file.write_text(json.dumps(numbers), encoding="utf-8")
    found = read_path(file)
    assert found.source.kind is SourceKind.RETAIL_EXPORT
    assert found.orders == read_path(write_export(tmp_path / "orders.csv", rows, "old")).orders


def test_a_reworded_title_in_a_second_export_is_not_a_second_item(tmp_path):
    files = {"2023.csv": retail_csv([retail_row()], "old"), "2024.csv": retail_csv([retail_row({"Product Name": "Pot for tea, in blue"})])}
    (order,) = read_path(write_files(tmp_path / "exports", files)).orders
    assert len(order.items) == 1
    assert order.total.decimal == "11.90"


def test_a_later_export_adds_what_was_shipped_or_cancelled_since(tmp_path):
    cancelled = {"Order ID": "302-1000002-2000002", "Order Status": "Cancelled"}
    waiting = [retail_row(PENDING), retail_row(PENDING | {"Order ID": "302-1000002-2000002"})]
    files = {"1.csv": retail_csv(waiting), "2.csv": retail_csv([retail_row(), retail_row(PENDING | cancelled)])}
    shipped, dropped = read_path(write_files(tmp_path / "exports", files)).orders
    assert (len(shipped.items), shipped.status, shipped.total.decimal) == (1, OrderStatus.SHIPPING, "11.90")
    assert (len(dropped.items), dropped.status, dropped.total) == (1, OrderStatus.CANCELLED, None)


def test_overlapping_digital_orders_and_refunds_count_once(tmp_path):
    digital, refunds = csv_bytes([digital_row()]), csv_bytes([refund_row(), refund_row()])
    files = {"a/digital.csv": digital, "b/digital.csv": digital, "a/refunds.csv": refunds, "b/refunds.csv": refunds}
    found = {order.number: order for order in read_path(write_files(tmp_path / "exports", files)).orders}
    assert found["D01-1000001-2000001"].total.decimal == "4.00"
    assert [refund.amount.decimal for refund in found["302-1000001-2000001"].refunds] == ["11.90", "11.90"]


def test_the_three_old_digital_files_are_joined(tmp_path):
    item = {"ASIN": "B0INVENTD1", "Title": "A short novel", "OrderId": "D01-1000001-2000001", "DigitalOrderItemId": "item-1"}
    item |= {"OrderDate": "2022-08-01T08:59:00Z", "Marketplace": "Amazon.de", "QuantityOrdered": "1", "SellerOfRecord": "Invented Media"}
    failed = item | {"OrderId": "D01-1000002-2000002", "DigitalOrderItemId": "item-2"}
    states = [
        {"OrderId": entry["OrderId"], "DeliveryPacketId": "p", "OrderStatus": state}
        for entry, state in ((item, "SUCCESS"), (failed, "FAILED"))
    ]
    charges = (
        ("item-1", "9.34", "Price Amount"),
        ("item-1", "0.65", "Tax"),
        ("item-1", "-1.99", "Price Amount"),
        ("item-2", "5", "Price Amount"),
    )
    money = [
        {"DigitalOrderItemId": number, "TransactionAmount": amount, "BaseCurrencyCode": "EUR", "MonetaryComponentTypeCode": component}
        for number, amount, component in charges
    ]
    files = {"Digital Items.csv": csv_bytes([item, failed]), "Digital Orders.csv": csv_bytes(states), "Monetary.csv": csv_bytes(money)}
    (order,) = read_path(write_files(tmp_path / "Digital-Ordering.1", files)).orders
    assert (order.number, order.total.decimal, order.amounts[Amount.TAX].decimal) == ("D01-1000001-2000001", "8.00", "0.65")
    assert order.items[0].seller == "Invented Media"


def test_two_equal_lines_of_one_file_are_two_lines(tmp_path):
    (order,) = read_path(write_export(tmp_path / "orders.csv", [retail_row(), retail_row()])).orders
    assert len(order.items) == 2
    assert order.total.decimal == "23.80"
    assert order.amounts[Amount.SUBTOTAL].decimal == "10.00"


def test_a_folder_with_other_files_gives_only_the_orders(tmp_path):
    folder = write_export(tmp_path / "downloads", [retail_row()])
    write_export(folder / "Your Orders.zip", [retail_row({"Order ID": "302-1000009-2000009"})])
    for name, content in {"photo.jpg": b"\xff\xd8\xff", "song.mp3": b"ID3", "notes.txt": b"milk, eggs", "table.csv": b"a,b\n1,2\n"}.items():
        (folder / name).write_bytes(content)
    found = read_path(folder)
    assert sorted(order.number for order in found.orders) == ["302-1000001-2000001", "302-1000009-2000009"]
    assert not found.problems


def test_a_preorder_with_another_price_in_a_later_export_is_one_line(tmp_path):
    waiting = retail_row(PENDING | {"Unit Price": "12.00", "Total Owed": "13.90"})
    (order,) = read_path(write_files(tmp_path / "exports", {"1.csv": retail_csv([waiting]), "2.csv": retail_csv([retail_row()])})).orders
    assert (len(order.items), order.total.decimal) == (1, "11.90")


def test_a_replacement_names_the_order_it_replaces(tmp_path):
    files = {
        "Order History.csv": retail_csv([retail_row(), retail_row({"Order ID": "302-1000009-2000009", "Total Owed": "0"})]),
        "Replacement Orders.csv": csv_bytes([{"Order ID": "302-1000001-2000001", "Replacement Order ID": "302-1000009-2000009"}]),
    }
    first, again = read_path(write_files(tmp_path / "exports", files)).orders
    assert (first.replaces, again.replaces, again.total.decimal) == (None, "302-1000001-2000001", "0.00")


@pytest.mark.parametrize(
    "row",
    [
        {"Return Authorization ID": "r1", "Return Amount": "11.90", "Return Amount Currency": "EUR", "Return Reason": "x"},
        {"DateOfReturn": "2024-03-09", "ReturnAmount": "11.90", "ReturnAmountCurrency": "EUR", "ReturnReason": "x", "Resolution": "y"},
        {"Product Name": "Tea pot, blue", "Return Date": "2024-03-09", "Reason": "x", "Refund Amount": "11.90"},
        {"CreationDate": "2024-03-09", "Currency": "EUR", "ReversalAmountState": "Final", "ReversalReason": "x"},
    ],
    ids=["status", "customer returns", "older columns", "orders returned"],
)
def test_a_list_of_returns_does_not_double_the_refunds(tmp_path, row):
    files = {
        "Order History.csv": retail_csv([retail_row()]),
        "Returns.csv": csv_bytes([{"Order ID": "302-1000001-2000001", "ASIN": "B0INVENT01"} | row]),
        "Refund Details.csv": csv_bytes([refund_row()]),
    }
    (order,) = read_path(write_files(tmp_path / "exports", files)).orders
    assert [(refund.amount.decimal, refund.amount.currency, str(refund.refunded_on)) for refund in order.refunds] == [
        ("11.90", "EUR", "2024-03-11")
    ]
    assert len(order.items) == 1


def test_a_digital_return_does_not_count_as_paid(tmp_path):
    item = {"ASIN": "B0INVENTD1", "Title": "A novel", "OrderId": "D01-1000001-2000001", "DigitalOrderItemId": "item-1"}
    item |= {"OrderDate": "2022-08-01T08:59:00Z", "Marketplace": "Amazon.de"}
    money = {"DigitalOrderItemId": "item-1", "TransactionAmount": "4.00", "BaseCurrencyCode": "EUR", "MonetaryComponentTypeCode": "Price"}
    files = {
        "Digital-Ordering.1/Digital Items.csv": csv_bytes([item]),
        "Digital-Ordering.1/Digital Orders Monetary.csv": csv_bytes([money]),
        "Digital.Orders.Returns.1/Digital.Orders.Returns.Monetary.1.csv": csv_bytes([money]),
    }
    (order,) = read_path(write_files(tmp_path / "exports", files)).orders
    assert order.total.decimal == "4.00"


def test_a_digital_payment_that_names_only_its_packet_belongs_to_its_order(tmp_path):
    item = {"ASIN": "B0INVENTD1", "Title": "A novel", "OrderId": "D01-1000001-2000001", "DigitalOrderItemId": "item-1"}
    item |= {"OrderDate": "2022-08-01T08:59:00Z", "Marketplace": "Amazon.de"}
    packet = {"OrderId": "D01-1000001-2000001", "DeliveryPacketId": "packet-1", "OrderStatus": "SUCCESS"}
    money = {"DigitalOrderItemId": "", "DeliveryPacketId": "packet-1", "TransactionAmount": "4.00", "BaseCurrencyCode": "EUR"}
    files = {
        "Digital Items.csv": csv_bytes([item]),
        "Digital Orders.csv": csv_bytes([packet]),
        "Monetary.csv": csv_bytes([money | {"MonetaryComponentTypeCode": "Price"}]),
    }
    found = read_path(write_files(tmp_path / "Digital-Ordering.1", files))
    assert [order.total.decimal for order in found.orders] == ["4.00"]
    assert not found.problems
