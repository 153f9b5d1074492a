"""`shopper tax`: forms, settings and locks on the command line."""

from datetime import date

import pytest

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export


def test_the_forms_are_listed_with_how_well_they_are_known(shopper):
    found = shopper("tax", "forms", "--json").json
    assert {(form["form"], form["year"], form["data"]) for form in found} >= {
        ("schedule-c", "2024", "verified"),
        ("sa103f", "2025-26", "verified"),
    }
    shown = shopper("tax", "forms", "euer")
    assert "Kosten für Verpackung und Transport" in shown.out
    assert "BMF's print of 29 Aug 2025" in shown.err


def test_an_empty_year_is_shown_as_a_notice_not_as_advice(shopper):
    assert shopper("tax", "setup", "euer", "2024", "--set", "vat=small-business").code == 0
    shown = shopper("tax", "show", "euer", "2024", "--json").json
    assert (shown["lines"], shown["assets"], shown["questions"], shown["export"]) == ([], [], 1, None)
    (empty,) = shopper("tax", "questions", "euer", "2024", "--json").json
    assert (empty["code"], "2024-01-01 to 2024-12-31" in empty["text"]) == ("no_entries", True)
    assert "not tax advice" in shopper("tax", "show", "sa103f", "2025-26").out
    assert "SA103F 2026" in shopper("tax", "forms", "sa103f").err


def test_a_form_or_year_without_data_is_refused_in_one_sentence(shopper):
    for form, year, named in (("schedule-c", "2026", "2026"), ("schedule-f", "2025", "schedule-f")):
        refused = shopper("tax", "show", form, year, "--json")
        assert (refused.code, refused.out) == (3, "")
        assert named in refused.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("tax", "map", "schedule-c", "ofice", "18"), "Did you mean office?"),
        (("tax", "map", "schedule-c", "office", "99"), "no line '99'"),
        (("tax", "show", "schedule-c:desing", "2025"), "schedule-c:design"),
        (("tax", "questions", "schedule-c:desing", "2025"), "schedule-c:design"),
        (("tax", "lock", "schedule-c:desing", "2025", "--reason", "filed"), "schedule-c:design"),
        (("receipts", "purpose", "ofice", "paper"), "Did you mean office?"),
        (("receipts", "purpose", "--order", "112-0000009-0000009", "paper"), "no order '112-0000009-0000009'"),
        (("receipts", "purpose", "--seller", "Nobody", "paper"), "sold by 'Nobody'"),
        (("export", "acountant-csv", "-o", "-"), "Did you mean accountant-csv?"),
        (("export", "accountant-csv", "--purpose", "bisness", "-o", "-"), "Did you mean business?"),
    ],
)
def test_a_word_that_nothing_has_is_refused_with_near_words_and_changes_nothing(shopper, command, said):
    assert shopper("tax", "setup", "schedule-c:design", "2025").code == 0
    steps = shopper("history", "--json").json["total"]
    refused = shopper(*command)
    assert (refused.code, refused.out, said in refused.err) == (3, "", True), refused.err
    assert shopper("history", "--json").json["total"] == steps


def test_two_businesses_have_a_return_each_and_a_pack_has_the_ending_of_one(shopper, tmp_path):
    for name in ("design", "print"):
        assert shopper("tax", "setup", f"schedule-c:{name}", "2025").code == 0
        assert shopper("tax", "show", f"schedule-c:{name}", "2025", "--json").json["form"] == f"schedule-c:{name}"
    refused = shopper("tax", "export", "schedule-c:print", "2025", "-o", tmp_path / "pack.doc")
    assert (refused.code, ".zip" in refused.err, list(tmp_path.glob("*.doc"))) == (2, True, [])


def test_a_year_without_items_makes_no_pack_and_uses_no_number(shopper, export, tmp_path):
    shopper("import", export, "--account", "Me", "--new-account")
    for form, year in (("schedule-c", "2024"), ("sa103f", "2024-25")):
        for target in (tmp_path / "pack.zip", tmp_path / "pack.pdf", "-"):
            refused = shopper("tax", "export", form, year, "-o", target)
            assert (refused.code, refused.out, "Nothing was written" in refused.err) == (3, "", True), refused.err
        assert shopper("tax", "exports", form, year, "--json").json == []
    assert list(tmp_path.glob("pack*")) == []


def test_a_pack_is_named_after_its_number_and_never_replaces_a_file_unasked(shopper, export, tmp_path, monkeypatch):
    shopper("import", export, "--account", "Me", "--new-account")
    shopper("accounts", "edit", "Me", "--purpose", "business")
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        assert shopper("tax", "export", "schedule-c", "2025").code == 1
        assert (tmp_path / f"schedule-c-2025-{number}.zip").is_file()
    first = (tmp_path / "schedule-c-2025-1.zip").read_bytes()
    for more in ((), ("--number", "1")):
        refused = shopper("tax", "export", "schedule-c", "2025", "-o", "schedule-c-2025-1.zip", *more)
        assert (refused.code, "--force" in refused.err) == (2, True)
    assert (tmp_path / "schedule-c-2025-1.zip").read_bytes() == first
    assert shopper("tax", "export", "schedule-c", "2025", "--number", "1", "--force").code == 0
    assert (tmp_path / "schedule-c-2025-1.zip").read_bytes() == first
    listed = shopper("tax", "exports", "schedule-c", "2025", "--json").json
    assert [(each["number"], each["kind"], each["written"]) for each in listed] == [(1, "export", True), (2, "export", True)]
    assert "No exports yet" in shopper("tax", "exports", "euer", "2025").out


def test_a_lock_asks_for_its_reason_and_the_history_keeps_it(shopper):
    assert shopper("tax", "lock", "t2125", "2025").code == 2
    assert shopper("tax", "lock", "t2125", "2025", "--reason", "filed in April").code == 0
    assert shopper("history", "--json").json["items"][0]["why"] == "filed in April"
    assert shopper("tax", "show", "t2125", "2025", "--json").json["status"] == "locked"
    assert shopper("tax", "unlock", "t2125", "2025").code == 2
    assert shopper("tax", "unlock", "t2125", "2025", "--reason", "amended").code == 0


def sold_in_britain(tmp_path, number, on, product, quantity=1):
    line = ExportLine(product=product, quantity=quantity, price=product.price, tax=0)
    order = ExportOrder(number=number, on=on, lines=(line,), site="Amazon.co.uk", currency="GBP", payment="Visa - 1111", address="1 Way")
    file = tmp_path / f"{number}.zip"
    write_export(file, [order], old=False)
    return file


def test_a_quarterly_update_counts_from_the_start_of_the_tax_year_with_the_names_of_hmrc(shopper, tmp_path):
    paper = CatalogueProduct("B0PAPER001", "Copy paper", 2000, "office", 1)
    for number, on in (("203-0000001-0000001", date(2025, 5, 1)), ("203-0000002-0000001", date(2025, 8, 1))):
        shopper("import", sold_in_britain(tmp_path, number, on, paper), "--account", "studio", "--new-account")
        shopper("order", number, "--set", "item1.category=office")
    shopper("accounts", "edit", "studio", "--purpose", "business")
    shopper("split", "203-0000002-0000001", "business=60%", "personal=40%")
    first, second = (shopper("tax", "update", "sa103f", "2025-26", number, "--json").json for number in ("1", "2"))
    assert (first["periodExpenses"], first["periodDisallowableExpenses"]) == ({"adminCosts": "20.00"}, {})
    assert (second["periodExpenses"], second["periodDisallowableExpenses"]) == (
        {"adminCosts": "40.00"},
        {"adminCostsDisallowable": "8.00"},
    )
    assert (second["from"], second["to"], second["due"]) == ("2025-04-06", "2025-10-05", "2025-11-07")
    assert "adminCosts" in shopper("tax", "update", "sa103f", "2025-26", "1", "--calendar").out
    assert shopper("tax", "update", "schedule-c", "2025", "1").code == 2
    listed = shopper("tax", "worklist", "sa103f", "2025-26", "--json").json
    assert [(each["amount"], "receipt" in each["missing"]) for each in listed] == [("20.00", True), ("12.00", True)]
    assert "5/7" in shopper("tax", "worklist", "sa103f", "2025-26").out or listed[0]["score"] != 5
