"""Every list takes the same filters."""


def test_warnings_and_reminders_accept_filters(shopper):
    assert shopper("demo", "--no-app").code == 0
    every = shopper("alerts", "--json").json["items"]
    mine = [entry for entry in every if entry["account"] == "per"]
    assert shopper("alerts", "account:per", "--json").json == {"items": mine, "next": None, "total": len(mine)}
    assert shopper("alerts", "list", "--account", "per", "--json").json["items"] == mine
    assert [entry["code"] for entry in shopper("alerts", "one promotional", "--json").json["items"]] == []
    assert {entry["code"] for entry in shopper("alerts", "promotion", "--json").json["items"]} == {"PROMO_REUSE_LIMITED"}
    assert shopper("alerts", "date:2020", "--json").json["total"] == 0
    due = shopper("reminders", "--json").json["items"]
    assert due
    assert shopper("reminders", f"account:{due[0]['account']}", due[0]["order_id"], "--json").json["items"] == due[:1]
    assert shopper("reminders", "status:cancelled", "--json").json["total"] == 0


def test_an_unknown_alerts_subcommand_is_named(shopper):
    found = shopper("alerts", "dissmiss", "3")
    assert found.code == 0
    assert "'dissmiss 3'" in found.out
    assert "--help" in found.out


def test_a_period_that_ends_before_it_begins_is_refused_by_every_list(shopper):
    for command in ("orders", "books", "expenses", "questions"):
        found = shopper(command, "--from", "2025-05-01", "--to", "2025-04-30")
        assert found.code == 2
        assert "ends before it begins" in found.err
        assert shopper(command, "--from", "2025-05-01", "--to", "2025-05-01").code == 0
