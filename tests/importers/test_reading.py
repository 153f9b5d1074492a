"""Damaged, foreign and hostile files give the orders that can be read and one clear sentence, and never raise."""

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from assistant.domain.orders.order import Amount
from assistant.domain.pages.kinds import SourceKind
from assistant.importers.reading import read_path
from tests.importers.export_files import RENAMED, csv_bytes, invented_rows, refund_row, retail_csv, retail_row, write_export, write_files

HEADER = retail_csv([])
GOLDEN = Path(__file__).parents[1] / "golden" / "importers"


def read(tmp_path, content, name="orders.csv"):
    file = tmp_path / name
    file.write_bytes(content)
    return read_path(file)


def codes(found):
    return [problem.code for problem in found.problems]


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_header_without_rows_is_an_export_without_orders(tmp_path):
    found = read(tmp_path, HEADER)
    assert (found.source.kind, found.orders, found.problems) == (SourceKind.RETAIL_EXPORT, (), ())


def test_a_missing_path_is_one_problem(tmp_path):
    found = read_path(tmp_path / "nowhere.zip")
    assert found.source.kind is SourceKind.OTHER
    assert codes(found) == ["missing"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"one column\n1\n",
        b"a,b\n1,2\n",
        b"\x00\x01\x02" * 99,
        b"[1, 2",
        b"[" * 99999,
        b"{}",
        b"[]",
        b'"' * 5000 + b",",
        b"," * 70_000,
        b"Order ID,Order Date\n",
        b"Order ID;Item\n302-1000001-2000001;x\n",
    ],
    ids=range(15),
)
def test_a_file_that_is_not_an_export_is_one_problem(tmp_path, content):
    found = read(tmp_path, content)
    assert (found.source.kind, found.orders) == (SourceKind.OTHER, ())
    assert codes(found) == ["unknown-format"]


@pytest.mark.parametrize("layout", ["old", "current"])
def test_a_truncated_file_keeps_what_came_before(tmp_path, layout):
    rows = [retail_row({"Order ID": f"302-{number:07}-0000001"}) for number in range(4)]
    whole = retail_csv(rows, layout)
    found = read(tmp_path, whole[:-60])
    assert [order.number for order in found.orders][:3] == [row["Order ID"] for row in rows[:3]]
    assert all(order.total.decimal == "11.90" for order in found.orders[:3])
    assert codes(found)[0] in ("damaged-row", "unreadable")


def test_an_unclosed_quotation_mark_is_a_problem(tmp_path):
    rows = retail_csv([retail_row(), retail_row({"Product Name": "Rest"})])
    found = read(tmp_path, rows + b'"' + b"x" * (3 << 20))
    assert len(found.orders[0].items) == 2
    assert codes(found) == ["unreadable"]


@pytest.mark.parametrize("currency", ["XXX", "XTS", "??", "EURO", "12"])
def test_an_unknown_currency_leaves_amounts_out_and_says_so(tmp_path, currency):
    found = read(tmp_path, retail_csv([retail_row({"Currency": currency})]))
    (order,) = found.orders
    assert (order.currency, order.amounts, order.items[0].total) == (None, {}, None)
    assert [problem.text for problem in found.problems] == [f"'{currency}' is not a valid currency."]


@pytest.mark.parametrize("name", ["Website", "Currency", "Unit Price", "Total Owed", "Quantity", "Product Name", "ASIN", "Ship Date"])
def test_a_missing_column_loses_only_its_own_values(tmp_path, name):
    columns = [column for column in retail_row() if column != name]
    found = read(tmp_path, csv_bytes([retail_row()], columns))
    (order,) = found.orders
    assert order.number == "302-1000001-2000001"
    assert (order.total is None) == (name in ("Currency", "Total Owed"))
    assert codes(found) == (["missing-column"] if name in ("Currency", "Total Owed", "Quantity") else [])


@pytest.mark.parametrize(
    ("cell", "minor"),
    [("'1,495'", 149500), ("'-5.5'", -550), ("1.234,50", 123450), ("$7.10", 710), ("(2.00)", -200), ("−3", -300), ("Not Available", None)],
)
def test_amounts_are_read_in_every_notation(tmp_path, cell, minor):
    found = read(tmp_path, retail_csv([retail_row({"Total Owed": cell})]))
    total = found.orders[0].amounts.get(Amount.GRAND_TOTAL)
    assert (total.minor if total else None) == minor
    assert not found.problems


@pytest.mark.parametrize("cell", ["ten", "1e9", "9" * 5000, "0x10", "NaN", "1.2.3", "--1", "99999999999999999999"])
def test_an_invalid_amount_is_a_problem_and_not_a_guess(tmp_path, cell):
    found = read(tmp_path, retail_csv([retail_row({"Total Owed": cell})]))
    assert found.orders[0].total is None
    assert found.orders[0].items[0].unit_price.decimal == "10.00"
    assert codes(found) == ["unreadable"]


def test_a_hundred_unreadable_cells_do_not_hide_other_problems(tmp_path):
    found = read(tmp_path, retail_csv([retail_row({"Quantity": "many"})] * 100))
    assert len(found.problems) == 21
    assert found.problems[-1].text == "80 more like these."


def test_a_sellers_title_is_kept_as_harmless_text(tmp_path):
    title = '=HYPERLINK("http://x") [/b] <script>alert(1)</script> \x1b]52;c;AAAA\x07 \u202eevil\u200b\ttail'
    found = read(
        tmp_path, retail_csv([retail_row({"Product Name": title, "Unit Price": "\x1b[2Jfree", "Carrier Name & Tracking Number": title})])
    )
    shown = [found.orders[0].items[0].title, found.orders[0].shipments[0].tracking, found.problems[0].text]
    assert shown[0] == '=HYPERLINK("http://x") [/b] <script>alert(1)</script> ]52;c;AAAA evil tail'
    assert all(text.isprintable() for text in shown)


def test_a_row_without_an_order_id_is_reported(tmp_path):
    found = read(tmp_path, retail_csv([retail_row({"Order ID": "2024-03-01T10:00:00Z"}), retail_row()]))
    assert len(found.orders) == 1
    assert [problem.text for problem in found.problems] == ["'2024-03-01T10:00:00Z' is not a valid order id."]


def test_a_refund_with_an_unreadable_date_is_still_a_refund(tmp_path):
    found = read(tmp_path, csv_bytes([refund_row({"Refund Date": "soon"})]))
    assert [(refund.amount.decimal, str(refund.refunded_on)) for refund in found.orders[0].refunds] == [("11.90", "2024-03-10")]
    assert codes(found) == ["unreadable"]


def test_a_zip_of_something_else_is_one_problem(tmp_path):
    found = read(tmp_path, zipped({"photo.jpg": b"\xff\xd8", "readme.txt": b"hello"}), "holiday.zip")
    assert found.source.kind is SourceKind.OTHER
    assert codes(found) == ["unknown-format"]


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_half_a_zip_is_one_problem(tmp_path, cut):
    whole = write_export(tmp_path / "whole.zip", invented_rows(50)).read_bytes()
    found = read(tmp_path, whole[:cut], "half.zip")
    assert found.source.kind is SourceKind.OTHER
    assert codes(found) == ["damaged-zip"]


def test_a_damaged_file_in_a_zip_does_not_affect_the_others(tmp_path):
    files = {"a.csv": retail_csv([retail_row()]), "b.csv": retail_csv(invented_rows(200))}
    content = bytearray(zipped(files))
    middle = content.rfind(b"b.csv", 0, len(content) - 300) + 200
    content[middle : middle + 50] = b"\xaa" * 50
    found = read(tmp_path, bytes(content), "orders.zip")
    assert [order.number for order in found.orders] == ["302-1000001-2000001"]
    assert codes(found) == ["damaged-zip"]


def test_an_encrypted_file_in_a_zip_is_reported(tmp_path):
    content = bytearray(zipped({"orders.csv": HEADER}))
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert codes(read(tmp_path, bytes(content), "orders.zip")) == ["encrypted"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"inner.zip": zipped({"orders.csv": HEADER})}, "nested-zip"),
        ({"../orders.csv": HEADER}, "unsafe-name"),
        ({"/etc/orders.csv": HEADER}, "unsafe-name"),
        ({f"{number}.csv": b"" for number in range(300)}, "too-many-files"),
        ({f"{number}.csv": b"" for number in range(3000)}, "too-many-files"),
        ({"orders.csv": b"0" * (64 << 20)}, "too-large"),
    ],
    ids=["nested", "parent", "absolute", "hundreds", "thousands", "bomb"],
)
def test_a_hostile_zip_is_refused_with_one_sentence(tmp_path, files, code):
    started = time.perf_counter()
    found = read(tmp_path, zipped(files), "orders.zip")
    assert codes(found) == [code]
    assert not found.orders
    assert time.perf_counter() - started < 5


def test_a_good_file_beside_a_refused_one_is_read(tmp_path):
    found = read_path(write_files(tmp_path / "orders.zip", {"a.csv": retail_csv([retail_row()]), "../b.csv": HEADER}))
    assert (len(found.orders), codes(found)) == (1, ["unsafe-name"])


@pytest.mark.parametrize(
    "piece",
    [b"rubbish, and more; of it\t", b"\xe4\xf6\xfc,\x80", b"a,b\n", b"<a ", b",", b'"', b"\x00\x01"],
    ids=["line", "bytes", "rows", "tags", "commas", "quotes", "zeros"],
)
def test_a_hundred_megabytes_of_garbage_are_refused_quickly_in_little_memory(tmp_path, piece):
    file = tmp_path / "rubbish.csv"
    file.write_bytes(piece * ((100 << 20) // len(piece)))
    tracemalloc.start()
    started = time.perf_counter()
    found = read_path(file)
    seconds, peak = time.perf_counter() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.source.kind, found.orders, len(found.problems)) == (SourceKind.OTHER, (), 1)
    assert seconds < 5
    assert peak < (100 << 20) + (64 << 20)


def test_garbage_under_a_valid_header_gives_few_problems(tmp_path):
    started = time.perf_counter()
    found = read(tmp_path, HEADER + b"," * (50 << 20))
    assert not found.orders
    assert len(found.problems) <= 50
    assert time.perf_counter() - started < 20


def test_columns_in_any_order_and_spelling_are_found(tmp_path):
    row = {f" {name.upper()} ": cell for name, cell in reversed(retail_row().items()) if name not in RENAMED}
    row |= {RENAMED[name]: retail_row()[name] for name in RENAMED}
    found = read(tmp_path, csv_bytes([row]))
    assert found.orders[0].total.decimal == "11.90"
    assert not found.problems


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("name", ["business-report.csv", "order-report-items.csv", "azad-orders.csv", "azad-transactions.csv"])
def test_every_file_kind_is_read_in_every_encoding(tmp_path, name, encoding):
    content = (GOLDEN / name).read_bytes()
    plain, other = read(tmp_path, content, name), read(tmp_path, content.decode("utf-8-sig").encode(encoding), name)
    assert plain == other
    assert plain.orders or plain.transactions


@pytest.mark.parametrize("name", ["business-report.csv", "order-report-items.csv", "azad-orders.csv", "azad-transactions.csv"])
def test_garbage_under_every_header_gives_few_problems(tmp_path, name):
    header = (GOLDEN / name).read_bytes().splitlines(keepends=True)[0]
    started = time.perf_counter()
    for rubbish in (b"," * (5 << 20), b'"' + b"x" * (5 << 20), b"112-1000001-2000001," * (1 << 18), b"x\n" * (1 << 19)):
        found = read(tmp_path, header + rubbish, name)
        assert len(found.problems) <= 60
    assert time.perf_counter() - started < 60
