"""Every format against its golden file. `python -m tests.exports.test_formats` writes the files that are missing: read them."""

import csv
import gc
import io
import re
import sys
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.books.entries import DateBasis, Parts
from assistant.domain.books.ledger_entry import EntryItem
from assistant.domain.books.shares import PurposeShare
from assistant.domain.errors import Conflict
from assistant.domain.languages.language import speaking
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.exports import EXPORTERS
from assistant.exports.base import AttachedReceipt, OpenPoint
from assistant.exports.claim_report import write_claim_report
from assistant.exports.datev import COLUMNS
from tests.exports.entries import ONE_CURRENCY, entries, entry, for_format, in_one_currency, written
from tests.exports.sums import business_sums, sums_in

GOLDEN = Path(__file__).parent / "golden"


WESTERN = {"ofx", "qfx", "qbo", "iif", "datev"}


def as_text(name, content):
    if name != "xlsx":
        return content.decode("cp1252" if name in WESTERN else "utf-8").replace("\r\n", "\n")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [f"# {sheet.title}\n" + "".join(f"{[cell.value for cell in row]}\n" for row in sheet.iter_rows()) for sheet in book]
    return "\n".join(rows)


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_a_format_matches_its_golden_file(exporter):
    assert as_text(exporter.name, written(exporter, for_format(exporter.name))) == (GOLDEN / f"{exporter.name}.txt").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("exporter", [each for each in EXPORTERS if each.name not in ONE_CURRENCY], ids=lambda exporter: exporter.name)
def test_a_format_that_takes_two_currencies_keeps_them_apart(exporter):
    found = [*entries()]
    assert len(business_sums(found)) == 2
    assert sums_in(exporter.name, written(exporter, found)) == business_sums(found)


@pytest.mark.parametrize("exporter", [each for each in EXPORTERS if each.suffix == ".csv"], ids=lambda exporter: exporter.name)
def test_no_cell_of_a_table_is_a_formula(exporter):
    item = EntryItem(asin="@asin", title="=1+1", nth=1, quantity=1, seller="@SUM(A1)", category="=category")
    found = [
        entry(at, date(2025, 1, at), Parts(goods=100), item=item, currency="EUR" if exporter.name == "datev" else "USD") for at in (1, 2)
    ]
    cells = [cell for line in as_text(exporter.name, written(exporter, found)).splitlines() for cell in re.split("[,;]", line)]
    assert [cell for cell in cells if cell.strip('"').startswith(("=", "+", "@"))] == []


def test_the_accountant_csv_has_no_empty_column_and_fills_what_is_known():
    (exporter,) = [each for each in EXPORTERS if each.name == "accountant-csv"]
    bare = EntryItem(asin="B0BARE", title="Cable", nth=1, quantity=1)
    sold = bare._replace(seller="Cables Ltd")
    files = [AttachedReceipt(order_id="111-0000001-0000001", name=name, sha256=name * 64) for name in ("a", "b")]
    by_basis = {"charged": "2025-01-02", "shipped": "2025-01-02", "placed": ""}
    for item, receipts in ((bare, ()), (sold, files)):
        found = [
            entry(place, date(2025, 1, 2), Parts(goods=100), item=item, basis=DateBasis(basis)) for place, basis in enumerate(by_basis, 1)
        ]
        rows = list(csv.DictReader(io.StringIO(written(exporter, found, receipts=receipts).decode())))
        assert [row["charge_date"] for row in rows] == list(by_basis.values())
        assert all(any(row[column] for row in rows) for column in rows[0])
        assert ("seller" in rows[0], "receipt_file" in rows[0]) == (item is sold, item is sold)
    assert (rows[0]["receipt_file"], rows[0]["receipt_sha256"]) == ("a; b", f"{'a' * 64}; {'b' * 64}")


def test_a_column_that_only_later_rows_fill_is_there_from_the_start(monkeypatch):
    (exporter,) = [each for each in EXPORTERS if each.name == "accountant-csv"]
    monkeypatch.setattr("assistant.exports.accountant_csv._PART_ROWS", 2)
    bare = EntryItem(asin=None, title='Cable "A", 2 m', nth=1, quantity=1)
    items = [bare, bare, bare, bare._replace(seller="Cables Ltd"), bare._replace(asin="B0BARE"), bare]
    found = [entry(place, date(2025, 1, 2), Parts(goods=100), item=item) for place, item in enumerate(items, 1)]
    rows = list(csv.DictReader(io.StringIO(written(exporter, found).decode())))
    assert [(row["seller"], row["asin"], row["description"]) for row in rows] == [
        (item.seller or "", item.asin or "", item.title) for item in items
    ]
    assert [row["order_id"] for row in rows] == [each.order.number for each in found]


def test_a_workbook_hides_columns_that_no_entry_fills():
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    for seller in (None, "Cables Ltd"):
        item = EntryItem(asin="B0BARE", title="Cable", nth=1, quantity=1, seller=seller)
        found = [
            entry(place, date(2025, 1, 2), Parts(goods=sign * 100), item=item, id=f"1.{place}.{place}.0")
            for place, sign in ((0, 1), (1, -1))
        ]
        sheets = openpyxl.load_workbook(io.BytesIO(written(book, found)))
        for name in ("Entries", "Refunds"):
            (column,) = [cell.column_letter for cell in sheets[name][1] if cell.value == "Seller"]
            assert sheets[name].column_dimensions[column].hidden == (seller is None), name


def test_only_some_formats_start_with_a_byte_order_mark():
    (csv,) = [exporter for exporter in EXPORTERS if exporter.name == "accountant-csv"]
    assert written(csv, entries(), byte_order_mark=True) == b"\xef\xbb\xbf" + written(csv, entries())


def test_the_workbook_totals_match_the_entries():
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    content = written(book, entries())
    assert zipfile.is_zipfile(io.BytesIO(content))
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Summary"]
    sums = {(row[0], row[1]): row[2] for row in shown.iter_rows(min_row=5, values_only=True)}
    assert sums["All categories", "USD"] == pytest.approx(30.30 - 32.10)
    assert sums["All categories", "GBP"] == pytest.approx(30 + 12.80)


@pytest.mark.parametrize("language", ["de", "ja"])
def test_a_workbook_speaks_the_users_language_and_its_sums_find_their_sheet(language):
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    with speaking(language):
        found = openpyxl.load_workbook(io.BytesIO(written(book, entries())))
        names = [translated(name) for name in ("Summary", "Entries", "Refunds", "Assets", "Receipts index", "Open questions")]
        title = translated("Description")
    assert found.sheetnames == names
    assert found[names[1]]["D1"].value == title
    sums = [row[2] for row in found[names[0]].iter_rows(min_row=5, values_only=True) if row[1]]
    assert sums
    assert all(str(formula).startswith("=SUMIFS(") and f"{names[1]}" in formula for formula in sums)


def test_the_workbook_lists_equipment_receipts_and_what_is_open():
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    listed = [
        *entries(),
        entry(
            4, date(2025, 6, 1), Parts(goods=90000), item=EntryItem(asin="B0PC", title="Laptop", nth=1, quantity=1, category="computers")
        ),
    ]
    mine = AttachedReceipt(order_id=listed[0].order.number, name="=invoice.pdf", sha256="ab" * 32)
    others = AttachedReceipt(order_id="999-9999999-9999999", name="other.pdf", sha256="cd" * 32)

    def sheet(name, **more):
        found = openpyxl.load_workbook(io.BytesIO(written(book, listed, receipts=[mine, others], **more)))[name]
        return list(found.iter_rows(min_row=2, values_only=True))

    assert [(row[2], row[5]) for row in sheet("Assets")] == [("Laptop", 900)]
    decided = {listed[0].id: "line 13, depreciate"}
    assert [(row[2], row[6]) for row in sheet("Assets", assets=decided)] == [("Lamp, 2 m", "line 13, depreciate")]
    assert sheet("Receipts index") == [(mine.order_id, "=invoice.pdf", mine.sha256)]
    point = OpenPoint(order_id="111-1", text="No receipt is attached", amount=Money(500, "USD"))
    assert sheet("Open questions", open_points=[point])[-1] == ("111-1", "", "No receipt is attached", "USD", 5)


def test_long_texts_of_a_workbook_are_wrapped_in_rows_that_are_high_enough():
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    listed = list(entries())
    decided = {listed[0].id: "line 49, expense: Annual Investment Allowance; on the cash basis it may be an ordinary expense instead"}
    points = [OpenPoint(order_id="111-1", text="万年筆" * 24), OpenPoint(order_id="111-2", text="No receipt is attached")]
    found = openpyxl.load_workbook(io.BytesIO(written(book, listed, assets=decided, open_points=points)))
    assert (found["Assets"].row_dimensions[2].height, found["Assets"]["G2"].alignment.wrap_text) == (45, True)
    questions = found["Open questions"]
    assert [questions.row_dimensions[row].height for row in (questions.max_row - 1, questions.max_row)] == [45, None]


def test_the_claim_report_is_a_pdf_of_one_page():
    claims = [
        Claim(
            id=f"{number}.1.biz",
            order_id=number,
            item=1,
            number=f"111-000000{number}-0000001",
            asin=None,
            title="Lampe für 万年筆",
            owes=owes,
            paid=paid,
            amount=Money(minor, "EUR"),
            state=ClaimState.OPEN,
            opened=date(2025, 3, number),
        )
        for number, (owes, paid, minor) in enumerate((("biz", "per", 12774), ("per", "biz", 2000)), 1)
    ]
    stream = io.BytesIO()
    write_claim_report(claims, date(2025, 4, 1), stream)
    assert stream.getvalue().startswith(b"%PDF-")
    assert stream.getvalue().count(b"/Type /Page\n") == 1


def test_each_format_has_one_golden_file():
    assert {path.stem for path in GOLDEN.iterdir()} == {exporter.name for exporter in EXPORTERS}


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_a_format_for_one_currency_refuses_two_and_names_them(exporter):
    if exporter.name not in ONE_CURRENCY:
        assert written(exporter, entries())
        return
    with pytest.raises(Conflict, match="USD"):
        written(exporter, entries())


@pytest.mark.parametrize("name", ["quickbooks-csv", "xero-bank", "xero-precoded", "xero-bills"])
def test_a_format_refuses_more_rows_than_its_program_takes(name):
    (exporter,) = [each for each in EXPORTERS if each.name == name]
    many = [entry(number, date(2025, 1, 2), Parts(goods=100)) for number in range(1, 1002)]
    assert written(exporter, many[:1000])
    with pytest.raises(Conflict, match="1000 rows"):
        written(exporter, many)


def test_datev_has_125_columns_and_refuses_two_years():
    (datev,) = [each for each in EXPORTERS if each.name == "datev"]
    lines = written(datev, in_one_currency("EUR")).decode("cp1252").split("\r\n")
    assert len(COLUMNS) == 125
    assert [line.count(";") for line in lines[:-1]] == [30, *[124] * (len(lines) - 2)]
    two = [entry(1, date(2024, 12, 31), Parts(goods=100), currency="EUR"), entry(2, date(2025, 1, 1), Parts(goods=100), currency="EUR")]
    with pytest.raises(Conflict, match="2024 to 2025"):
        written(datev, two)


def test_quickbooks_descriptions_have_no_digits():
    (exporter,) = [each for each in EXPORTERS if each.name == "quickbooks-csv"]
    rows = written(exporter, in_one_currency()).decode().splitlines()[1:]
    assert rows
    assert not any(sign.isdigit() for row in rows for sign in row.split(",", 1)[1].rsplit(",", 1)[0])


def test_every_format_names_its_users_and_its_limits():
    assert all(exporter.audience and exporter.keeps and exporter.loses and exporter.suffix for exporter in EXPORTERS)


def drawn(place, gross, percent, number, day, *, back):
    """Return a purchase, shared by percent, and its refund."""
    business, on = gross * percent // 100, date(2025, 1, 1) + timedelta(days=day)
    parts = [(word, minor) for word, minor in (("business", business), ("personal", gross - business)) if minor]
    for sign, refund in ((1, 0), (-1, 1)) if back else ((1, 0),):
        shares = tuple(PurposeShare(purpose=word, share=Decimal(1), gross=sign * minor) for word, minor in parts)
        yield entry(number, on, Parts(goods=sign * gross), id=f"{number}.{place}.{refund}.0", currency="EUR", shares=shares)


GROSS = st.integers(1, 999_999)
BOUGHT = st.lists(st.tuples(GROSS, st.integers(0, 100), st.integers(1, 4), st.integers(1, 360), st.booleans()), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)
@given(found=BOUGHT)
def test_every_format_adds_up_to_the_books(found):
    listed = [each for place, purchase in enumerate(found) for each in drawn(place, *purchase[:-1], back=purchase[-1])]
    listed.sort(key=lambda each: each.on)
    for exporter in EXPORTERS:
        ready = [each._replace(currency="USD") for each in listed] if exporter.name == "txf" else listed
        assert sums_in(exporter.name, written(exporter, ready)) == business_sums(ready), exporter.name


if __name__ == "__main__":
    for each in EXPORTERS:
        file = GOLDEN / f"{each.name}.txt"
        if not file.exists():
            file.write_text(as_text(each.name, written(each, for_format(each.name))), encoding="utf-8")


class FullDisk(io.BytesIO):
    """A file on a full disk."""

    def write(self, _content):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda each: each.name)
def test_a_full_disk_is_one_error_and_leaves_nothing_that_complains_later(exporter, monkeypatch):
    later = []
    monkeypatch.setattr(sys, "unraisablehook", later.append)
    unit = "USD" if exporter.name == "txf" else "EUR"
    with pytest.raises(OSError, match="No space"):
        written(exporter, list(in_one_currency(unit)), FullDisk())
    gc.collect()
    assert later == []
