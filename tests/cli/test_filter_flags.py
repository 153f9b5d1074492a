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


def test_lists_that_are_not_orders_take_the_same_filters(shopper, export):
    shopper("import", export, "--account", "biz", "--new-account")
    shopper("accounts", "add", "Kim's own", "--key", "kim")
    shopper("rules", "route", "toner", "--to", "biz")
    shopper("rules", "route", "garden", "--to", "kim")
    shopper("terms", "add", "promo_used", "SAVE5", "--account", "kim")
    (step,) = shopper("history", "garden", "--json").json["items"]
    assert "garden" in step["what"]
    assert [rule["to"] for rule in shopper("rules", "list", "account:kim", "--json").json["items"]] == ["kim"]
    assert shopper("imports", "--filter", "account:biz zip", "--json").json["total"] == 1
    assert shopper("imports", "--filter", "account:kim", "--json").json["total"] == 0
    assert shopper("terms", "list", "account:Kim's", "--json").code != 0
    assert shopper("terms", "list", "save5", "--json").json["total"] == 1
    assert "The history cannot be filtered by 'cat:'." in shopper("history", "cat:office").err
    assert shopper("claims", "--filter", "toner", "--json").json == []
