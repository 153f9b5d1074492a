"""`shopper tax`: forms, settings and locks on the command line."""

from datetime import date

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export


def test_the_forms_are_listed_with_how_well_they_are_known(shopper):
    found = shopper("tax", "forms", "--json").json
    assert {(form["form"], form["year"], form["data"]) for form in found} >= {
        ("schedule-c", "2024", "verified"),
        ("sa103f", "2025-26", "carried"),
    }
    shown = shopper("tax", "forms", "euer")
    assert "Kosten für Verpackung und Transport" in shown.out
    assert "by position" in shown.err


def test_an_empty_year_is_shown_as_a_notice_not_as_advice(shopper):
    assert shopper("tax", "setup", "euer", "2024", "--set", "vat=small-business").code == 0
    shown = shopper("tax", "show", "euer", "2024", "--json").json
    assert (shown["lines"], shown["assets"], shown["questions"], shown["export"]) == ([], [], 0, None)
    assert "not tax advice" in shopper("tax", "show", "sa103f", "2025-26").out
    assert "carried" in shopper("tax", "show", "sa103f", "2025-26").out


def test_a_form_or_year_without_data_is_refused_in_one_sentence(shopper):
    for form, year, named in (("schedule-c", "2026", "2026"), ("schedule-f", "2025", "schedule-f")):
        refused = shopper("tax", "show", form, year, "--json")
        assert (refused.code, refused.out) == (3, "")
        assert named in refused.err


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
