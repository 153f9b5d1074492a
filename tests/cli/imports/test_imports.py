"""Quarantine, coverage and sources on the command line: output, exit codes, what to do next."""

import pytest

from tests.services.imports.test_quarantine import NUMBER, order_page


@pytest.fixture
def held(shopper, tmp_path):
    saved = tmp_path / "order.html"
    saved.write_text(f"<html lang='en-us'><body>{order_page(total='$91.49')}</body></html>")
    imported = shopper("import", saved, "--account", "Personal", "--new-account")
    assert imported.code == 1, imported.err
    assert f"{NUMBER} is in quarantine, not counted in totals" in imported.out
    return shopper


def test_imports_show_held_orders_reasons_and_next_steps_until_confirmed(held):
    shown = held("imports")
    assert shown.code == 1
    assert f"shopper imports confirm {NUMBER}" in shown.out
    assert "add up to" in shown.out
    told = held("imports", "--json").json
    assert (told["total"], told["next"]) == (1, None)
    assert [entry["order_id"] for entry in told["quarantine"]] == [NUMBER]
    assert told["items"][0]["held"] == told["quarantine"]
    assert "in quarantine" in held("orders").out
    assert held("expenses", "--json").json["items"] == []

    confirmed = held("imports", "confirm", NUMBER)
    assert (confirmed.code, confirmed.out) == (0, f"{NUMBER} (personal) now counts in totals.\n")
    assert held("imports").code == 0
    assert [row["spent"] for row in held("expenses", "--json").json["items"]] == ["91.49"]
    assert held("imports", "confirm", NUMBER).code == 3
    assert held("imports", "confirm", "000").code == 3


def test_pages_are_read_again_on_command_and_problems_stay_visible(held):
    again = held("reread", "--json")
    assert again.code == 1
    assert [(entry["changed"], entry["settled"], entry["problems"][0]["code"]) for entry in again.json["items"]] == [(0, 0, "arithmetic")]
    held("imports", "confirm", NUMBER)
    done = held("reread")
    assert (done.code, done.out) == (0, "No pages to read again.\n")


def test_a_correction_releases_an_order_and_survives_rereading_and_reimport(held, tmp_path):
    done = held("order", NUMBER, "--set", "total=19.49", "--set", "item1.purpose=business")
    assert done.code == 0, done.err
    assert "total: 19.49 USD from you, " in done.out
    german = held("order", NUMBER, SHOPPER_LANGUAGE="de")
    assert "Summe: 19,49 USD (Sie, " in german.out
    assert "91.49 USD from order page" in done.out
    assert "business" in done.out
    held("reread")
    held("import", tmp_path / "order.html", "--account", "Personal")
    assert held("order", NUMBER, "--json").json["amounts"]["grand_total"] == "19.49"
    back = held("order", NUMBER, "--take-back", "total")
    assert back.code == 1
    assert "from you" not in back.out
    assert held("order", NUMBER, "--set", "total").code == 2
    assert held("order", NUMBER, "--set", "colour=red").code == 2
    assert held("order", NUMBER, "--set", "total=1.00", "--set", "item2.purpose=business").code == 3
    assert held("order", NUMBER, "--json").json["amounts"]["grand_total"] == "91.49"


def test_one_order_shows_what_each_source_says(held):
    shown = held("order", NUMBER)
    assert shown.code == 1
    assert "total: 91.49 USD from order page" in shown.out
    assert "! in quarantine:" in shown.out
    assert held("order", NUMBER, "--account", "Personal", "--json").json["told"][0]["said"] == ["18.00 USD from order page"]
    assert held("order", "112-9999999-9999999").code == 3


def test_coverage_and_expenses_show_what_may_be_missing(shopper, export):
    shopper("import", export, "--account", "Me", "--new-account")
    found = shopper("coverage", "--json")
    assert found.code == 1
    assert found.json["items"][0] == {
        "account": "me",
        "month": found.json["items"][0]["month"],
        "cover": "never",
        "orders": 0,
        "held": 0,
        "gaps": ["nothing was seen for this month"],
    }
    months = {entry["month"]: entry for entry in found.json["items"]}
    last = max(month for month, entry in months.items() if entry["orders"])
    assert months[last]["cover"] == "partial"
    assert months[last]["gaps"][0].startswith("the export covers until")
    assert "nothing was seen for this month" in shopper("coverage").out
    spent = shopper("expenses").out
    assert f"{last} …" in spent
    assert f"… me {last}: the export covers until" in spent
    assert shopper("coverage", "--year", "1999").out.startswith("There is no data for these months.")


def test_files_in_the_drop_folder_are_listed_and_imported_for_the_account_that_is_named(shopper, home, export):
    for name, purpose in (("Personal", "personal"), ("Ortiz Design", "business")):
        assert shopper("accounts", "add", name, "--purpose", purpose).code == 0
    assert "Nothing waits in the drop folder" in shopper("imports", "waiting").out
    drop = home / "drop"
    (drop / "ortiz-design").mkdir(parents=True)
    (drop / "ortiz-design" / "bill.pdf").write_bytes(b"%PDF-1.7")
    (drop / "orders.zip").write_bytes(export.read_bytes())
    shown = shopper("imports", "waiting")
    assert (shown.code, "whose is it?" in shown.out, "This is a PDF" in shown.out) == (1, True, True)
    told = shopper("imports", "waiting", "--json").json
    assert [(entry["name"], entry["account"]) for entry in told["waiting"]] == [
        ("orders.zip", None),
        ("ortiz-design/bill.pdf", "ortiz-design"),
    ]
    assert shopper("imports", "take", "nothing.zip", "Personal").code == 3
    taken = shopper("imports", "take", "orders.zip", "Ortiz Design")
    assert (taken.code, "brought 2 new" in taken.out) == (0, True)
    assert {order["account"] for order in shopper("orders", "--json").json["items"]} == {"ortiz-design"}
    assert (drop / "ortiz-design" / "done" / "orders.zip").is_file()
    shopper("undo")
    assert shopper("orders", "--json").json["total"] == 0


def test_the_list_of_imports_ends_with_what_waits_in_the_drop_folder(shopper, home):
    shopper("accounts", "add", "Kim")
    assert "drop folder" not in shopper("imports").out
    (home / "drop").mkdir(exist_ok=True)
    for name in ("photo.jpg", "Your Orders.zip"):
        (home / "drop" / name).write_bytes(b"mine")
    last = shopper("imports").out.splitlines()[-1]
    assert last.startswith("2 files wait in the drop folder (")
    assert last.endswith("): shopper imports waiting")
    assert "'photo.jpg'" in last
