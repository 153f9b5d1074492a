"""The ledger: importing, listing, summing and exporting orders."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.domain.errors import AccountMissing, InvalidInput, NotFound
from assistant.domain.filter_language import parse_filter
from assistant.domain.filters import Filter
from assistant.domain.money import Money

LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp, LED", 5000, "office", 1)
PEN = CatalogueProduct("B0PENS0001", '=HYPERLINK("http://evil.test") pens', 1000, "office", 1)


def purchase(
    number: int, on: date, *products: CatalogueProduct, currency: str = "USD", refund: int = 0, cancelled: bool = False
) -> ExportOrder:
    lines = tuple(ExportLine(product=product, quantity=1, price=product.price, tax=80) for product in products)
    return ExportOrder(
        number=f"112-{number:07d}-{number:07d}",
        on=on,
        lines=lines,
        site="Amazon.com",
        currency=currency,
        payment="Visa - 1111",
        address="12 Fern Street",
        cancelled=cancelled,
        refund=refund,
        refunded_on=on,
    )


@pytest.fixture
def books(services, tmp_path):
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.add("Personal", "personal", key="per")
    business = [
        purchase(1, date(2025, 1, 15), LAMP, PEN),
        purchase(2, date(2025, 2, 1), LAMP, refund=2000),
        purchase(3, date(2024, 12, 31), PEN),
        purchase(4, date(2025, 2, 3), LAMP, cancelled=True),
    ]
    write_export(tmp_path / "biz.zip", business, old=True)
    write_export(tmp_path / "per.zip", [purchase(5, date(2025, 2, 2), PEN, currency="EUR")], old=False)
    services.imports.take_paths([tmp_path / "biz.zip"], account="biz")
    services.imports.take_paths([tmp_path / "per.zip"], account="per")
    return services


def test_importing_again_changes_nothing(books, tmp_path):
    before, listed = books.ledger.views(Filter()), books.imports.imports()
    (result,) = books.imports.take_paths([tmp_path / "biz.zip"], account="biz")
    assert (result.state, result.new, result.changed, result.same) == ("read", 0, 0, 4)
    assert books.ledger.views(Filter()) == before
    assert books.imports.imports() == listed


def test_a_dry_run_reports_the_same_and_stores_nothing(services, tmp_path):
    write_export(tmp_path / "x.zip", [purchase(1, date(2025, 1, 15), LAMP)], old=True)
    (result,) = services.imports.take_paths([tmp_path / "x.zip"], account="New one", new_account=True, dry_run=True)
    assert result.new == 1
    assert services.ledger.orders(Filter()).total == 0
    assert services.accounts.all() == []


def test_an_unknown_name_is_refused_and_becomes_an_account_only_when_asked(services, tmp_path):
    write_export(tmp_path / "x.zip", [purchase(1, date(2025, 1, 15), LAMP)], old=True)
    with pytest.raises(NotFound, match="--new-account"):
        services.imports.take_paths([tmp_path / "x.zip"], account="My business")
    assert services.accounts.all() == []
    services.imports.take_paths([tmp_path / "x.zip"], account="My business", new_account=True)
    assert [(account.label, account.purpose) for account in services.accounts.all()] == [("My business", "business")]


def test_an_export_without_an_account_asks_for_one(books, tmp_path):
    write_export(tmp_path / "x.zip", [purchase(9, date(2025, 1, 15), LAMP)], old=True)
    with pytest.raises(AccountMissing, match="Choose one: "):
        books.imports.take_paths([tmp_path / "x.zip"])


def test_orders_are_listed_newest_first_in_pages(books):
    seen, cursor = [], None
    while True:
        page = books.ledger.orders(Filter(), cursor=cursor, limit=2)
        seen += [(row.account, row.placed_on) for row in page.items]
        assert page.total == 5
        cursor = page.next
        if cursor is None:
            break
    assert seen == sorted(seen, key=lambda row: row[1], reverse=True)
    assert len(seen) == 5
    assert [row.number for row in books.ledger.orders(Filter(), offset=3, limit=2).items] == [
        row.number for row in books.ledger.orders(Filter(), limit=5).items[3:]
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("account:biz", 4),
        ("account:Personal", 1),
        ("purpose:business", 4),
        ("cur:EUR", 1),
        ("date:2025-02", 3),
        (">50.50", 2),
        ("<11", 2),
        ("LAMP", 3),
        ('"desk lamp" account:biz date:2025-Q1', 3),
        ("status:cancelled", 1),
        ("100%", 0),
        ("112-0000001-0000001", 1),
        ("is:refunded", 1),
        ("is:cancelled or cur:EUR", 2),
        ("-is:cancelled -lamp", 2),
        ("item:pens -cur:EUR", 2),
        ("date:2025-01..02", 4),
        ("is:uncategorized", 5),
        ("-seller:nobody", 5),
    ],
)
def test_every_filter_key_finds_its_orders(books, text, count):
    assert books.ledger.orders(parse_filter(text)).total == count


def test_an_invalid_filter_says_what_is_allowed(books):
    with pytest.raises(InvalidInput, match="delivered"):
        books.ledger.orders(parse_filter("status:lost"))


def test_expenses_never_mix_currencies_and_leave_cancelled_orders_out(books):
    rows = {(row.account, row.purpose, row.month, row.currency): (row.spent, row.refunded) for row in books.ledger.expenses(Filter()).items}
    assert rows[("biz", "business", "2025-01", "USD")] == (Money(6160, "USD"), Money(0, "USD"))
    assert rows[("biz", "business", "2025-02", "USD")] == (Money(5080, "USD"), Money(2000, "USD"))
    assert rows[("per", "personal", "2025-02", "EUR")] == (Money(1080, "EUR"), Money(0, "EUR"))
    assert len(rows) == 4


def test_a_line_with_its_own_purpose_splits_the_order_to_the_cent(books):
    view = books.ledger.set_item("biz", "112-0000001-0000001", 1, purpose="personal", category="pens", new=True)
    assert (view.purposes, view.categories) == (("business", "personal"), (None, "pens"))
    rows = {(row.purpose, row.month): row.spent.minor for row in books.ledger.expenses(Filter(accounts=("biz",))).items}
    assert rows["business", "2025-01"] == 5080
    assert rows["personal", "2025-01"] == 1080
    assert books.ledger.orders(parse_filter("purpose:personal")).total == 2


def test_the_users_changes_survive_a_later_source(books, tmp_path):
    books.ledger.set_item("biz", "112-0000001-0000001", 0, category="lighting", new=True)
    write_export(tmp_path / "later.zip", [purchase(1, date(2025, 1, 15), LAMP, PEN, refund=500)], old=False)
    (result,) = books.imports.take_paths([tmp_path / "later.zip"], account="biz")
    assert result.changed == 1
    view = books.ledger.order("biz", "112-0000001-0000001")
    assert view.categories == ("lighting", None)
    assert [refund.amount for refund in view.order.refunds] == [Money(500, "USD")]
    assert set(view.sources.values()) <= {"biz.zip", "later.zip"}


def test_a_missing_order_is_reported(books):
    with pytest.raises(NotFound):
        books.ledger.order("biz", "112-9999999-9999999")
    with pytest.raises(NotFound):
        books.ledger.set_item("biz", "112-0000001-0000001", 7, category="office")


def test_the_overview_sums_month_and_year(books):
    overview = {entry.account.key: entry for entry in books.ledger.overview(date(2025, 2, 20))}
    assert overview["biz"].month == (Money(3080, "USD"),)
    assert overview["biz"].year == (Money(9240, "USD"),)
    assert overview["per"].year == (Money(1080, "EUR"),)
    assert overview["biz"].orders == 4


def test_the_accountant_csv_adds_up_and_cannot_run_as_a_formula(books):
    stream = io.BytesIO()
    written = books.exports.write("accountant-csv", Filter(since=date(2025, 1, 1), until=date(2025, 12, 31)), stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"))))
    assert len(rows) == written.entries == 4
    assert sum(Decimal(row["deductible"]) for row in rows) == Decimal("92.40")
    assert [row["tax_year"] for row in rows] == ["2025"] * 4
    pens = next(row for row in rows if row["asin"] == "B0PENS0001")
    assert pens["description"].startswith("'=HYPERLINK")
    assert (pens["gross"], pens["net"], pens["tax"]) == ("10.80", "10.00", "0.80")


def test_the_workbook_sums_per_category_with_live_formulas(books):
    books.ledger.file_product("B0LAMP0001", "lighting")
    stream = io.BytesIO()
    books.exports.write("xlsx", Filter(since=date(2025, 1, 1), until=date(2025, 12, 31)), stream)
    live = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    shown = openpyxl.load_workbook(io.BytesIO(stream.getvalue()), data_only=True)
    assert live.sheetnames == ["Summary", "Entries", "Refunds", "Assets", "Receipts index", "Open questions"]
    sums = {row[0]: row[2] for row in shown["Summary"].iter_rows(min_row=5, values_only=True)}
    assert sums == {"lighting": 81.6, "without a category": 10.8, "All categories": 92.4}
    assert str(live["Summary"]["C5"].value).startswith("=SUMIFS(")
    titles = [cell.value for cell in live["Entries"]["D"]]
    assert PEN.title in titles
    assert all(cell.data_type != "f" for cell in live["Entries"]["D"])


def test_an_unknown_export_format_lists_the_known_ones(books):
    with pytest.raises(NotFound, match="accountant-csv, xlsx"):
        books.exports.write("pdf", Filter(), io.BytesIO())


@pytest.mark.parametrize("typed", ["business", "BUSINESS"])
def test_a_purpose_is_found_in_any_case_by_lists_and_exports(books, typed):
    assert books.books.purpose(typed) == "business"
    stream = io.BytesIO()
    found = Filter(purpose=typed, since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert books.exports.write("accountant-csv", found, stream).entries == books.books.page(found).total == 4
    with pytest.raises(NotFound, match="There is no purpose 'busyness'"):
        books.exports.write("accountant-csv", Filter(purpose="busyness"), stream)


def test_an_account_is_found_by_its_name_in_any_alphabet_and_case(services, tmp_path):
    services.accounts.add("Übersee GmbH", "Spaß", key="sea")
    write_export(tmp_path / "x.zip", [purchase(1, date(2025, 1, 15), LAMP)], old=True)
    services.imports.take_paths([tmp_path / "x.zip"], account="sea")
    for name in ("Übersee GmbH", "übersee gmbh", "sea"):
        assert services.ledger.orders(Filter(accounts=(name,))).total == 1
    assert services.ledger.orders(Filter(purpose="Spaß")).total == services.ledger.orders(Filter(purpose="spaß")).total == 1


@pytest.mark.parametrize("asked", ["orders", "views", "expenses"])
def test_an_unregistered_account_is_an_error_and_not_an_empty_list(books, asked):
    with pytest.raises(NotFound, match="Did you mean biz"):
        getattr(books.ledger, asked)(Filter(accounts=("bizz",)))


@pytest.mark.parametrize(("text", "count"), [("<10.805", 2), (">10.795", 4), ("<10.80", 0), (">-0.005", 4)])
def test_a_limit_between_two_cents_is_compared_exactly(books, text, count):
    assert books.ledger.orders(parse_filter(text)).total == count


def test_a_category_with_wildcards_or_operators_is_matched_literally_in_the_workbook(books):
    number = "112-0000001-0000001"
    books.ledger.set_item("biz", number, 0, category="> 1", new=True)
    books.ledger.set_item("biz", number, 1, category="Office*", new=True)
    books.ledger.file_product("B0LAMP0001", "office*")
    stream = io.BytesIO()
    books.exports.write("xlsx", Filter(), stream)
    rows = list(openpyxl.load_workbook(io.BytesIO(stream.getvalue()))["Summary"].iter_rows(min_row=5, values_only=True))
    assert [row[0].casefold() for row in rows] == ["> 1", "office*", "all categories"]
    assert all('"="&SUBSTITUTE(' in row[2] for row in rows[:2])
