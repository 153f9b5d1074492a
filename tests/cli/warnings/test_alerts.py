"""Warnings on the command line: raised by an import, explained, counted, softened; accounts compared."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.demo.export_zips import write_export
from tests.purchases import TONER, bought


def purchase(number, days_ago):
    return bought(number, today() - timedelta(days=days_ago), TONER)


def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture
def household(shopper, tmp_path):
    shopper("accounts", "add", "Personal", "--key", "per")
    shopper("accounts", "add", "Ortiz Design", "--purpose", "business", "--key", "biz")
    shopper("rules", "route", "toner", "--to", "biz")
    write_export(tmp_path / "Your Orders.zip", [purchase(1, 4), purchase(2, 90), purchase(3, 120)], old=True)
    return shopper


def test_an_import_shows_what_needs_a_look_and_counts_earlier_findings(household, tmp_path):
    told = household("import", tmp_path / "Your Orders.zip", "--account", "per")
    assert "1 recent purchase is worth checking: shopper alerts" in told.out
    assert "2 earlier purchases look misplaced: shopper alerts --past" in told.out
    again = household("import", tmp_path / "Your Orders.zip", "--account", "per")
    assert "worth checking" not in again.out + again.err
    assert "misplaced" not in again.out + again.err
    listed = household("alerts", "--json").json
    assert (listed["total"], listed["items"][0]["afterwards"]) == (1, True)
    human = household("alerts").out
    assert "Open the order: https://www.amazon.com/your-orders/order-details?orderID=112-0000001-0000001" in human
    assert "Bestellung öffnen: https://www.amazon.com/" in household("alerts", SHOPPER_LANGUAGE="de").out
    assert household("alerts", "--json", SHOPPER_LANGUAGE="de").json["items"][0]["links"][0]["label"] == "Open the order"
    past = household("alerts", "--past", "--json").json
    assert [entry["order_id"] for entry in past["items"]] == ["112-0000002-0000001", "112-0000003-0000001"]
    assert household("alerts", "--past").out.count("Better on Ortiz Design.") == 2


def test_looking_back_says_how_many_purchases_were_checked(household, tmp_path):
    assert "No purchase older than a month." in household("alerts", "--past").out
    household("import", tmp_path / "Your Orders.zip", "--account", "biz")
    assert household("alerts", "--past").out.startswith("2 earlier purchases were checked; none looks misplaced.")
    assert household("alerts", "--past", "--json").json == {"checked": 2, "items": [], "next": None, "total": 0}


def test_a_warning_is_explained_and_can_be_redacted(household, tmp_path):
    household("import", tmp_path / "Your Orders.zip", "--account", "per")
    number = household("alerts", "--json").json["items"][0]["id"]
    human = household("alerts", "--explain", number).out
    assert "WRONG_ACCOUNT_ROUTE: Does a route rule name another account" in human
    assert "spoke: Your rule sends 'Black toner' to Ortiz Design" in human
    assert "quiet: " not in human
    assert "rules were tried and were quiet; --all says why." in human
    whole = household("alerts", "--explain", number, "--all").out
    assert whole.startswith(human.rpartition("\n  ")[0])
    assert whole.rindex("spoke: ") < whole.index("quiet: ")
    redacted = household("alerts", "--explain", number, "--redact", "--json")
    assert (redacted.json[0]["verdict"], redacted.code) == ("warn", 0)
    assert "Ortiz" not in redacted.out
    assert "toner" not in redacted.out.casefold()
    assert household("alerts", "--explain", "x").code == 2
    assert household("alerts", "--explain", "99").code == 3


def test_a_rule_is_softened_and_restored(household):
    assert household("alerts", "stats").out == "No warnings in the last 365 days.\n"
    softened = household("alerts", "soften", "wrong_account_route")
    assert "To undo it: shopper rules remove 2" in softened.out
    assert household("alerts", "soften", "CLOSED_ACCOUNT_BYPASS").code == 2
    assert household("alerts", "soften", "NOTHING").code == 2
    assert household("rules", "remove", "2").code == 0
    assert household("alerts", "stats", "--json").json == {"items": [], "next": None, "total": 0}


def test_two_accounts_are_compared_for_linking(household):
    same = [flag for key in ("per", "biz") for flag in ("--name", f"{key}=Robin Ortiz", "--phone", f"{key}=503 555 0100")]
    places = [flag for key in ("per", "biz") for flag in ("--address", f"{key}=home/97205", "--open-alerts", f"{key}=0")]
    fine = household("accounts", "compare", "per", "biz", *same, *places, "--json")
    assert (fine.code, fine.json["result"], fine.json["not_said"]) == (0, "may", {"per": [], "biz": []})
    bare = household("accounts", "compare", "per", "Ortiz Design")
    assert bare.code == 1
    assert "Fix this first:" in bare.out
    assert "biz: phone" in bare.out or "Ortiz Design: phone" in bare.out
    assert "https://www.amazon.com/gp/css/homepage.html" in bare.out
    assert household("accounts", "compare", "per", "biz", "--open-alerts", "per=many").code == 2
    assert household("accounts", "compare", "per", "biz", "--name", "Robin").code == 2
