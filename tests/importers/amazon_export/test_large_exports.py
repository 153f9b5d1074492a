"""A very large export is read in pieces, with the same result as when it is read at once."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from assistant.importers.amazon_export import large_exports
from assistant.importers.reading import parts_of, read_path
from assistant.importers.sandbox.protocol import receive_extraction, send_pieces
from tests.importers.export_files import csv_bytes, invented_rows, refund_row, retail_row


@pytest.fixture
def small_pieces(monkeypatch):
    """Treat a small export as very large; return a number of pieces that it exceeds."""
    monkeypatch.setattr(large_exports, "LARGE_BYTES", 100_000)
    monkeypatch.setattr(large_exports, "PIECE_BYTES", 30_000)
    return 3


def by_number(extraction):
    return replace(extraction, orders=tuple(sorted(extraction.orders, key=lambda order: order.number)))


@pytest.fixture
def exports(tmp_path):
    """An invented history with two special orders: one with rows far apart and a refund, one with quotes and line ends in its title."""
    apart = [retail_row({"Order ID": "302-9000001-2000001", "ASIN": f"B0APART00{place}"}) for place in range(2)]
    odd = retail_row({"Order ID": "302-9000002-2000001", "Product Name": 'Screen 24", "matt", größer\n; with a cable'})
    digital = retail_row({"Order ID": "D01-9000003-2000001"})
    broken = retail_row({"Order ID": "302-9000004-2000001", "Unit Price": "a lot"})
    rows = [apart[0], odd, *invented_rows(600), digital, broken, apart[1]]
    refunds = [refund_row({"Order ID": "302-9000001-2000001", "Refund Amount": "5.00"}), refund_row({"Order ID": "302-9000002-2000001"})]
    with zipfile.ZipFile(tmp_path / "Your Orders.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Your Amazon Orders/Order History.csv", csv_bytes(rows))
        archive.writestr("Your Amazon Orders/Refund Details.csv", csv_bytes(refunds))
        archive.writestr("Your Amazon Orders/Cart Items.csv", "Something,Else\n1,2\n")
    (tmp_path / "orders.csv").write_bytes(csv_bytes(rows))
    return [tmp_path / "Your Orders.zip", tmp_path / "orders.csv"]


def test_pieces_give_the_same_orders_and_problems_as_the_whole(exports, request):
    whole = [by_number(read_path(file)) for file in exports]
    least = request.getfixturevalue("small_pieces")
    assert min(sum(1 for _ in part.pieces) for file in exports for part in parts_of(file)) > least
    pieces = [by_number(read_path(file)) for file in exports]
    assert pieces == whole
    assert [len(extraction.problems) for extraction in pieces] == [1, 1]


@pytest.mark.usefixtures("small_pieces")
def test_pieces_arrive_from_the_worker_like_a_whole_export(exports):
    for file in exports:
        (part,) = parts_of(file)
        pipe = BytesIO()
        send_pieces(pipe, part.pieces)
        pipe.seek(0)
        extraction, count, chunks = receive_extraction(pipe)
        orders = tuple(order for chunk in chunks for order in chunk)
        assert count == len(orders)
        assert by_number(replace(extraction, orders=orders)) == by_number(read_path(file))


@pytest.mark.usefixtures("small_pieces")
def test_a_damaged_or_foreign_file_is_read_at_once(exports, tmp_path):
    half = exports[0].read_bytes()
    (tmp_path / "half.zip").write_bytes(half[: len(half) // 2])
    (tmp_path / "other.csv").write_bytes(b"a,b\n" + b"1,2\n" * 50_000)
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        archive.writestr("orders.csv", exports[1].read_bytes())
        archive.writestr("page.html", "<html></html>")
    for name in ("half.zip", "other.csv", "mixed.zip"):
        assert all(part.pieces is None for part in parts_of(tmp_path / name))
