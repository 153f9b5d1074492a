"""Every format against its golden file, written from the same entries."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.domain.money import Money
from assistant.exports import EXPORTERS, BooksView
from assistant.exports.claim_report import write_claim_report

GOLDEN = Path(__file__).parent / "golden"


def entry(number, day, parts, **more):
    values = {
        "id": f"{number}.1.0.0",
        "kind": EntryKind.REFUND if parts.gross < 0 else EntryKind.PURCHASE,
        "on": day,
        "basis": DateBasis.REFUNDED if parts.gross < 0 else DateBasis.CHARGED,
        "account": "biz",
        "order": EntryOrder(number=f"111-000000{number}-0000001", placed_on=date(2024, 12, 30), marketplace="amazon.com"),
        "item": EntryItem(asin="B0LAMP", title="Lamp, 2 m", nth=1, quantity=1, seller="Lamps Ltd", category="lighting"),
        "parts": parts,
        "currency": "USD",
        "certainty": Certainty.STATED,
        "paid": (PurseShare(instrument="card", network="visa", last4="0042", amount=parts.gross),),
        "shares": (PurposeShare(purpose="business", share=Decimal("1.00"), gross=parts.gross),),
    }
    return Entry(**values | more)


def entries():
    vat = TaxShare(code="vat", rate=Decimal("0.20"), base=5000, amount=1000, certainty=Certainty.STATED)
    half = tuple(PurposeShare(purpose=word, share=Decimal("0.50"), gross=3000) for word in ("business", "personal"))
    pens = EntryItem(asin=None, title='=HYPERLINK("x")', nth=1, quantity=None)
    london = EntryOrder(number="203-0000002-0000001", placed_on=date(2025, 4, 1), marketplace="amazon.co.uk")
    yield entry(1, date(2025, 1, 2), Parts(goods=3000, shipping=120, discount=-300, tax=210))
    yield entry(2, date(2025, 4, 5), Parts(goods=5000, tax=1000), order=london, currency="GBP", taxes=(vat,), shares=half)
    yield entry(3, date(2025, 4, 6), Parts(goods=1280), item=pens, order=london, currency="GBP", paid=())
    yield entry(1, date(2025, 5, 3), Parts(goods=-3000, tax=-210), id="1.1.1.0")


def written(exporter, **more):
    stream = io.BytesIO()
    view = BooksView(title="Business expenses", period="2025", purpose="business", entries=entries(), labels={"biz": "Kim Studio"}, **more)
    exporter.write(view, stream)
    return stream.getvalue()


def as_text(name, content):
    if name != "xlsx":
        return content.decode().replace("\r\n", "\n")
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [f"# {sheet.title}\n" + "".join(f"{[cell.value for cell in row]}\n" for row in sheet.iter_rows()) for sheet in book]
    return "\n".join(rows)


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_a_format_matches_its_golden_file(exporter):
    assert as_text(exporter.name, written(exporter)) == (GOLDEN / f"{exporter.name}.txt").read_text(encoding="utf-8")


def test_only_some_formats_start_with_a_byte_order_mark():
    (csv,) = [exporter for exporter in EXPORTERS if exporter.name == "accountant-csv"]
    assert written(csv, byte_order_mark=True) == b"\xef\xbb\xbf" + written(csv)


def test_the_workbook_totals_match_the_entries():
    (book,) = [exporter for exporter in EXPORTERS if exporter.name == "xlsx"]
    content = written(book)
    assert zipfile.is_zipfile(io.BytesIO(content))
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Summary"]
    sums = {(row[0], row[1]): row[2] for row in shown.iter_rows(min_row=5, values_only=True)}
    assert sums["All categories", "USD"] == pytest.approx(30.30 - 32.10)
    assert sums["All categories", "GBP"] == pytest.approx(30 + 12.80)


def test_the_claim_report_is_a_pdf_that_names_both_ways():
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
