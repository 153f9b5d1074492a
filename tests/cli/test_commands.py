"""The command line, as people and scripts see it: output, exit codes, and what a failure looks like."""

import csv
import io
import socket
import sqlite3
import stat
from datetime import date

import pytest

from tests.importers.mail_files import mbox, story


def test_an_imported_export_can_be_exported_again(shopper, export, tmp_path):
    imported = shopper("import", export, "--account", "Ortiz business", "--new-account", "--json")
    assert imported.code == 0, imported.err
    assert imported.json["items"][0]["new"] == 2
    assert "New account 'Ortiz business'" in imported.err
    again = shopper("import", export, "--account", "Ortiz business", "--new-account", "--json")
    assert (again.json["items"][0]["new"], again.json["items"][0]["same"]) == (0, 2)

    orders = shopper("orders", "--json").json
    assert (orders["total"], orders["next"]) == (2, None)
    assert orders["items"][1]["account"] == "ortiz-business"
    assert orders["items"][1]["amounts"]["grand_total"] == "89.99"
    assert orders["items"][1]["items"][0]["title"] == "Black toner – Größe XL"

    first = shopper("orders", "--json", "--limit", "1").json
    second = shopper("orders", "--json", "--limit", "1", "--cursor", first["next"]).json
    assert [first["items"][0]["order_id"], second["items"][0]["order_id"]] == [entry["order_id"] for entry in orders["items"]]

    expenses = shopper("expenses", "--json").json["items"]
    assert expenses == [
        {
            "account": "ortiz-business",
            "purpose": "business",
            "month": "2025-03",
            "currency": "USD",
            "orders": 2,
            "spent": "90.99",
            "refunded": "0.00",
            "net": "90.99",
            "gaps": ["the export covers until 2 Mar", "2 orders known only from export"],
        }
    ]
    target = tmp_path / "books.csv"
    written = shopper("export", "accountant-csv", "--year", "2025", "-o", target)
    assert (written.code, "no category" in written.err) == (1, True)
    assert len(list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))) == 2


def test_an_order_that_was_sent_long_ago_has_probably_arrived_and_a_new_one_is_on_its_way(shopper, tmp_path):
    head = "Website,Order ID,Order Date,Currency,Unit Price,Total Owed,Quantity,Ship Date,Shipment Status,Order Status,Product Name,ASIN\n"
    days = {"113-0000001-0000001": "2024-12-01", "113-0000002-0000001": str(date.today())}  # noqa: DTZ011  # commands go by this machine's day
    rows = "".join(f"Amazon.com,{number},{day},USD,20.00,20.00,1,{day},Shipped,Closed,Toner,B000001\n" for number, day in days.items())
    (tmp_path / "Order History.csv").write_text(head + rows)
    shopper("accounts", "add", "Me", "--key", "me")
    shopper("import", tmp_path / "Order History.csv", "--account", "me")
    listed = shopper("orders").out
    for number, word in zip(days, ("probably delivered", "shipping"), strict=True):
        assert word in next(line for line in listed.splitlines() if number in line)
        assert word in shopper("order", number).out.splitlines()[0]


def test_hostile_text_cannot_reach_the_terminal_or_run_in_a_spreadsheet(shopper, export):
    shopper("import", export, "--account", "Me", "--new-account")
    for flags in ((), ("--csv",), ("--json",)):
        assert "\x1b" not in shopper("orders", *flags).out
    rows = list(csv.DictReader(io.StringIO(shopper("orders", "--csv").out)))
    assert rows[0]["title"].startswith("'=cmd|calc [/b]")


def test_an_empty_ledger_says_what_to_do_next(shopper):
    for command in ("orders", "expenses", "accounts list", "alerts", "rules list"):
        found = shopper(*command.split())
        assert found.code == 0
        assert "shopper" in found.out or found.out == "No open warnings.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("orders", "status:lost"), 2, "is not a status"),
        (("orders", "--year", "20x5"), 2, "2025-Q1"),
        (("orders", "--from", "yesterday"), 2, "is not a day"),
        (("orders", "--nonsense"), 2, "No such option"),
        (("export",), 2, "accountant-csv"),
        (("export", "pdf", "-o", "x.pdf"), 3, "accountant-csv, xlsx"),
        (("accounts", "link", "nobody", "A1CUSTOMER0001"), 3, "no account 'nobody'"),
        (("--port", "99999", "orders"), 2, "port"),
        (("--database", "mysql://x", "orders"), 2, "sqlite:///"),
        (("rules", "add", "{"), 2, "not JSON"),
        (("rules", "add", "route", "toner"), 2, "not PART=VALUE"),
        (("rules", "add", "route", "wrods=toner"), 2, "no part 'wrods'"),
        (("rules", "add", "route", "words=toner", "to=nobody"), 3, "no account 'nobody'"),
        (("rules", "edit", "7", "to=biz"), 3, "no rule 7"),
        (("alerts", "dismiss", "7"), 3, "no warning 7"),
        (("alerts", "dismiss", str(10**30)), 2, "too large for the ledger"),
        (("terms", "remove", str(10**30)), 2, "too large for the ledger"),
        (("orders", "--cursor", f"2026-11-22~{10**30}"), 2, "does not belong to this list"),
        (("imports", "--cursor", "9" * 5000), 2, "does not belong to this list"),
        (("orders", "\udcff"), 2, "UTF-8"),
        (("orders", ">NaN"), 2, "needs a number"),
        (("orders", "--account", "nobody"), 3, "no account 'nobody'"),
        (("alerts", "account:nobody"), 3, "no account 'nobody'"),
        (("reminders", "account:nobody"), 3, "no account 'nobody'"),
        ((), 2, "needs a terminal"),
    ],
)
def test_a_usage_error_is_one_sentence_with_its_exit_code(shopper, arguments, code, words):
    found = shopper(*arguments)
    assert found.code == code, found
    assert words in found.err
    assert "Traceback" not in found.err


def test_bad_files_are_named_and_nothing_is_imported(shopper, tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 this is no zip")
    (tmp_path / "rubbish.bin").write_bytes(bytes(range(256)) * 4000)
    (tmp_path / "empty.csv").write_bytes(b"")
    files = [tmp_path / name for name in ("broken.zip", "rubbish.bin", "empty.csv", "missing.zip")]
    found = shopper("import", *files, "--account", "Me", "--new-account", "--json")
    assert found.code == 3, found
    assert [item["state"] for item in found.json["items"]] == ["failed"] * 4
    assert all(item["problems"] for item in found.json["items"])
    assert shopper("orders", "--json").json["total"] == 0
    assert "Traceback" not in found.err


def test_a_broken_file_does_not_stop_the_import_of_a_good_one(shopper, export, tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 this is no zip")
    found = shopper("import", tmp_path / "broken.zip", export, "--account", "Me", "--new-account", "--json")
    assert found.code == 1
    assert shopper("orders", "--json").json["total"] == 2


def test_a_ledger_of_a_newer_version_is_left_alone(shopper, home):
    assert shopper("orders").code == 0
    with sqlite3.connect(home / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '9999'")
    ledger.close()
    before = (home / "ledger.sqlite").read_bytes()
    found = shopper("orders")
    assert found.code == 3
    assert "newer Shopper" in found.err
    assert (home / "ledger.sqlite").read_bytes() == before


def test_a_file_that_is_not_a_ledger_is_refused(shopper, tmp_path):
    (tmp_path / "notes.txt").write_text("dear diary " * 100)
    found = shopper("--database", f"sqlite:///{tmp_path / 'notes.txt'}", "orders")
    assert found.code == 3
    assert "not a ledger" in found.err
    assert (tmp_path / "notes.txt").read_text().startswith("dear diary")


def test_everything_in_the_data_folder_is_private(shopper, home, export):
    shopper("import", export, "--account", "Me", "--new-account")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir() if file.is_file()} == {0o600}


def test_the_demo_is_prepared_once(shopper, home):
    made = shopper("demo", "--no-app")
    assert made.code == 0, made.err
    assert str(home) in made.out
    total = shopper("orders", "--json", "--limit", "1").json["total"]
    assert total >= 350
    assert shopper("demo", "--no-app").code == 0
    assert shopper("demo", "--no-app", "--reset").code == 0
    assert shopper("orders", "--json", "--limit", "1").json["total"] == total


def test_the_demo_leaves_a_real_ledger_alone(shopper, export):
    shopper("import", export, "--account", "Me", "--new-account")
    for flags in ((), ("--reset",)):
        found = shopper("demo", "--no-app", *flags)
        assert found.code == 2
        assert "--home" in found.err
    assert shopper("orders", "--json").json["total"] == 2


def test_accounts_are_registered_edited_and_listed(shopper):
    added = shopper("accounts", "add", "Ortiz Design", "--purpose", "business", "--key", "biz", "--card", "Visa/1111", "--json")
    assert added.code == 0, added.err
    assert added.json["key"] == "biz"
    assert shopper("accounts", "edit", "biz", "--letters", "OZD", "--json").json["letters"] == "OZD"
    closed = shopper(
        "accounts", "edit", "biz", "--status", "closed_by_amazon", "--closed-at", "2026-03-02", "--notice", "No other.", "--json"
    )
    assert (closed.json["closed_at"], closed.json["notice"]) == ("2026-03-02", "No other.")
    assert shopper("accounts", "edit", "biz", "--closed-at", "soon").code == 2
    assert [account["letters"] for account in shopper("accounts", "list", "--json").json["items"]] == ["OZD"]
    assert shopper("accounts", "link", "biz", "A1CUSTOMER0001", "--json").json["customer_ids"] == ["A1CUSTOMER0001"]


@pytest.mark.parametrize("flags", [("--home", "{}"), ("--home={}",)], ids=["two words", "one word"])
def test_the_data_folder_option_works_before_and_after_a_command(shopper, tmp_path, flags):
    folder = [flag.format(tmp_path / "elsewhere") for flag in flags]
    assert shopper("accounts", "add", "Ortiz Design", "--household", "main street", *folder).code == 0
    assert shopper(*folder, "accounts", "list", "--json").json["items"][0]["home"] == "main street"
    assert shopper("accounts", "list", "--json").json["items"] == []


def test_serve_on_a_taken_port_fails_with_one_sentence(shopper):
    with socket.create_server(("127.0.0.1", 0)) as other:
        found = shopper("serve", "--port", other.getsockname()[1])
    assert found.code == 3
    assert "another program" in found.err
    assert "Traceback" not in found.err


def test_rules_of_two_kinds_end_on_a_day(shopper):
    shopper("accounts", "add", "Biz", "--purpose", "business", "--key", "biz")
    assert shopper("rules", "route", "toner", "--to", "biz", "--hard", "--until", "2026-12-31").code == 0
    assert shopper("rules", "add", "gift_card", "to=biz", "until=2027-01-31").code == 0
    listed = shopper("rules", "list").out
    assert "'toner' goes to Biz until 2026-12-31; hold the order." in listed
    assert "Gift cards go to Biz until 2027-01-31." in listed
    assert [rule["until"] for rule in shopper("rules", "list", "--json").json["items"]] == ["2026-12-31", "2027-01-31"]
    assert "until" not in shopper("rules", "edit", "1", "until=").out
    refused = shopper("rules", "route", "ink", "--to", "biz", "--until", "soon")
    assert (refused.code, "'until' is a day like 2026-12-31" in refused.err) == (2, True)


def test_whole_addresses_are_given_with_semicolons_or_one_by_one(shopper):
    shopper("accounts", "add", "Biz", "--purpose", "business", "--key", "biz")
    both = ["12 Elm St, Austin, TX 78704", "Hauptstr. 5, 10115 Berlin"]
    assert shopper("rules", "add", "ship", "account=biz", f"only={'; '.join(both)}").code == 0
    assert shopper("rules", "add", "ship", "account=biz", f"also={both[0]}", f"also={both[1]}", "also=home/78704").code == 0
    first, second = shopper("rules", "list", "--json").json["items"]
    assert (first["only"], second["also"]) == (both, [*both, "home/78704"])


def test_a_route_rule_is_added_and_removed(shopper):
    shopper("accounts", "add", "Biz", "--purpose", "business", "--key", "biz")
    assert shopper("rules", "route", "toner", "--to", "biz", "--hard").code == 0
    (rule,) = shopper("rules", "list", "--json").json["items"]
    assert {name: rule[name] for name in ("id", "match", "to", "strength")} == {
        "id": 1,
        "match": {"words": ["toner"]},
        "to": "biz",
        "strength": "hard",
    }
    assert rule["text"] == "'toner' goes to Biz; hold the order"
    assert "'toner' goes to Biz; hold the order." in shopper("rules", "list").out
    assert "'toner' or 'ink' goes to Biz; hold the order." in shopper("rules", "edit", "1", "words=toner,ink").out
    assert shopper("rules", "remove", "1").code == 0
    assert shopper("rules", "list", "--json").json["total"] == 0


def test_a_rule_can_be_tried_before_it_is_added(shopper, export):
    shopper("accounts", "add", "Biz", "--purpose", "business", "--key", "biz")
    shopper("import", export, "--account", "Me", "--new-account")
    tried = shopper("rules", "add", "route", "words=toner", "to=biz", "--preview")
    assert "Would have warned once in 2025 (2 past orders)." in tried.out
    assert "2025-03-01  me" in tried.out
    assert shopper("rules", "preview", "route", "words=toner", "to=biz", "--json").json["warned"] == {"2025": 1}
    assert shopper("rules", "list", "--json").json["total"] == 0
    kept = shopper("rules", "add", "route", "words=toner", "to=biz")
    assert "Added rule 1: 'toner' goes to Biz." in kept.out
    assert "Nothing has been learned yet." in shopper("rules", "learned").out


def test_every_command_level_has_help(shopper):
    for arguments in (("--help",), ("orders", "--help"), ("accounts", "--help"), ("accounts", "add", "--help")):
        shown = shopper(*arguments)
        assert (shown.code, "Usage: shopper" in shown.out) == (0, True)


def test_a_mailbox_is_imported_like_any_other_source(shopper, tmp_path):
    (tmp_path / "Inbox").write_bytes(mbox(*story()))
    found = shopper("import", tmp_path / "Inbox", "--account", "Me", "--new-account", "--json")
    assert (found.code, found.json["items"][0]["kind"], found.json["items"][0]["new"]) == (1, "email", 1)
    assert [problem["code"] for problem in found.json["items"][0]["problems"]] == ["mail-date", "mail-date"]
    (order,) = shopper("orders", "--json").json["items"]
    assert (order["placed_on"], order["amounts"]["grand_total"], len(order["shipments"])) == ("2025-03-02", "25.00", 2)
