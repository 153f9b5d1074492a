"""`shopper export`: formats as files, and reminders as a calendar file."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar


def test_the_list_of_formats_says_who_needs_each_one_what_it_contains_and_what_it_leaves_out(shopper):
    shown = shopper("export", "--list").out
    names = [line.split(" ")[0] for line in shown.splitlines() if not line.startswith(" ")]
    assert {"accountant-csv", "xlsx", "reminders"} <= set(names)
    assert [shown.count(said) for said in ("    for: ", "    keeps: ", "    cannot carry: ")] == [len(names)] * 3


def test_reminders_are_written_as_a_calendar_that_other_programs_read(shopper, tmp_path):
    for name in ("Ann", "Ben"):
        shopper("accounts", "add", name)
        shopper("terms", "add", "subscription", "coffee", "--account", name, "--until", datetime.now(UTC).date() + timedelta(days=5))
    target = tmp_path / "dates.ics"
    assert shopper("export", "reminders", "-o", target).code == 0
    assert Calendar.from_ical(target.read_bytes())["prodid"] == "-//Shopper//Reminders//EN"
    assert shopper("export", "reminders", "-o", "-").out.startswith("BEGIN:VCALENDAR")
    assert shopper("export", "reminders", "--account", "nobody", "-o", target, "--force").code == 3


@pytest.mark.parametrize("name", ["accountant-csv", "xlsx", "ofx", "datev", "qif", "reminders"])
def test_an_export_without_any_entry_writes_no_file_and_says_what_was_looked_for(shopper, export, tmp_path, name):
    shopper("import", export, "--account", "Me", "--new-account")
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("last year")
    for target in (new, old, "-"):
        refused = shopper("export", name, "--year", "1999", "-o", target, *(["--force"] if target == old else []))
        assert (refused.code, refused.out, "Nothing" in refused.err) == (3, "", True), refused.err
        if name != "reminders":
            assert "business, 1999-01-01 to 1999-12-31" in refused.err
    assert (new.exists(), old.read_text(), sorted(tmp_path.glob(".*"))) == (False, "last year", [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accountant-cvs", "--year", "2025"), "Did you mean accountant-csv?"),
        (("accountant-csv", "--year", "abc"), "'abc' is not a period."),
        (("accountant-csv", "--year", "2025"), "Name the file to write: -o FILE.csv"),
        ((), "Give a format and a file: shopper export accountant-csv"),
    ],
)
def test_what_is_wrong_or_missing_is_named_before_a_file_is_asked_for(shopper, words, said):
    assert said in shopper("export", *words).err


def test_a_file_that_exists_is_replaced_with_force_only(shopper, export, tmp_path):
    shopper("import", export, "--account", "Me", "--new-account")
    shopper("accounts", "edit", "Me", "--purpose", "business")
    shopper("terms", "add", "subscription", "coffee", "--account", "Me", "--until", datetime.now(UTC).date() + timedelta(days=5))
    for name in ("accountant-csv", "reminders"):
        target = tmp_path / name
        target.write_text("last year")
        refused = shopper("export", name, "-o", target)
        assert (refused.code, refused.out, target.read_text()) == (2, "", "last year")
        assert f"{target} exists. Choose another name, or replace it with --force." in refused.err
        assert shopper("export", name, "-o", target, "--force").code < 2
        assert target.read_text() != "last year"


@pytest.mark.parametrize("name", ["accountant-csv", "reminders"])
def test_a_file_that_exists_is_refused_before_anything_is_computed(shopper, export, tmp_path, monkeypatch, name):
    shopper("import", export, "--account", "Me", "--new-account")
    shopper("accounts", "edit", "Me", "--purpose", "business")
    target = tmp_path / "old"
    target.write_text("last year")
    for writes in ("assistant.services.books.exports.Exports.write", "assistant.services.warnings.reminders.Reminders.write_calendar"):
        monkeypatch.setattr(writes, lambda *_, **__: pytest.fail("computed"))
    assert shopper("export", name, "-o", target).code == 2


HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"


@pytest.fixture
def unpriced(shopper, tmp_path):
    """Two business accounts; each has an order with a price and one without."""
    for number, account in enumerate(("studio", "shop"), 1):
        file = tmp_path / f"Retail.OrderHistory.{number}.csv"
        rows = [
            f"112-000000{number}-000000{place},2025-03-0{place},USD,{price},{price},B0000{place},1,Toner,Closed"
            for place, price in ((1, "9.00"), (2, ""))
        ]
        file.write_text(HEAD + "\n".join(rows) + "\n")
        shopper("import", file, "--account", account, "--new-account")
        shopper("accounts", "edit", account, "--purpose", "business")


@pytest.mark.usefixtures("unpriced")
def test_items_without_a_price_are_named_with_the_command_that_says_it(shopper):
    done = shopper("export", "accountant-csv", "--year", "2025", "-o", "-")
    assert (done.code, len(done.out.splitlines())) == (1, 3)
    assert "No source says what an item of 2 orders costs" in done.err
    asked = [each for each in shopper("tax", "questions", "schedule-c", "2025", "--json").json if each["code"] == "missing_amount"]
    assert [(each["order_id"], each["account"]) for each in asked] == [("112-0000001-0000002", "studio"), ("112-0000002-0000002", "shop")]
    for each in asked:
        assert shopper(*each["fix"].replace("AMOUNT", "5.00").split()[1:]).code == 0
    assert "No source" not in shopper("export", "accountant-csv", "--year", "2025", "-o", "-").err
    assert "missing_amount" not in [each["code"] for each in shopper("tax", "questions", "schedule-c", "2025", "--json").json]


@pytest.mark.usefixtures("unpriced")
def test_exports_take_kinds_of_entries_too(shopper):
    shopper("order", "112-0000001-0000001", "--set", "refund_total=9.00")
    for words, rows in ((("kind:purchase",), 2), (("kind:expense -kind:refund",), 2)):
        assert len(shopper("export", "accountant-csv", *words, "-o", "-").out.splitlines()) == rows + 1
    assert shopper("export", "accountant-csv", "kind:top_up", "-o", "-").code == 3


def test_an_export_is_split_into_one_file_per_period_or_nothing_is_written(shopper, export, tmp_path):
    shopper("import", export, "--account", "Me", "--new-account")
    shopper("accounts", "edit", "Me", "--purpose", "business")
    shopper("order", "112-0000001-0000001", "--account", "me", "--set", "placed_on=2025-07-01")
    whole = shopper("export", "accountant-csv", "-o", "-").out.splitlines()
    for split, names in (("month", ["2025-03"]), ("quarter", ["2025-Q1"]), ("year", ["2025"])):
        assert shopper("export", "accountant-csv", "--split", split, "-o", tmp_path / f"{split}.csv").code in (0, 1)
        files = sorted(tmp_path.glob(f"{split}-*.csv"))
        assert {name for name in names if not (tmp_path / f"{split}-{name}.csv").exists()} == set()
        assert sum(len(file.read_text().splitlines()) - 1 for file in files) == len(whole) - 1
    assert shopper("export", "accountant-csv", "--split", "month", "-o", "-").code == 2
    (tmp_path / "taken-2025.csv").mkdir()
    assert shopper("export", "accountant-csv", "--split", "year", "-o", tmp_path / "taken.csv").code != 0
    assert shopper("export", "accountant-csv", "date:1999", "--split", "year", "-o", tmp_path / "none.csv").code == 3
