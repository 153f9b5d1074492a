"""`shopper history` and `shopper undo`, as a person runs them."""


def test_history_lists_and_undoes_steps(shopper):
    shopper("accounts", "add", "Personal", "--purpose", "personal")
    shopper("accounts", "add", "Ortiz Design", "--purpose", "business")
    shopper("accounts", "edit", "personal", "--label", "Mine")
    listed = shopper("history", "--json")
    assert [step["what"] for step in listed.json["items"]] == [
        "Changed the account 'Personal'",
        "Added the account 'Ortiz Design'",
        "Added the account 'Personal'",
    ]
    assert {step["who"] for step in listed.json["items"]} == {"command line"}
    undone = shopper("undo")
    assert (undone.code, undone.out) == (0, "Undid: Changed the account 'Personal'. To reverse this: shopper undo 4\n")
    assert [entry["label"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["Personal", "Ortiz Design"]
    assert "(undone)" in shopper("history").out
    assert shopper("undo", "4").code == 0
    assert shopper("accounts", "list", "--json").json["items"][0]["label"] == "Mine"


def test_undo_without_a_step_fails_with_a_message(shopper):
    assert shopper("history").out == "The history is empty.\n"
    done = shopper("undo")
    assert (done.code, done.err) == (3, "There is nothing to undo. (not-found)\n")
    assert shopper("undo", "7").code == 3


def test_an_import_under_the_wrong_account_is_removed_and_imported_again(shopper, export):
    for name, purpose in (("Personal", "personal"), ("Business", "business")):
        shopper("accounts", "add", name, "--purpose", purpose)
    refused = shopper("import", export, "--account", "Persnal")
    assert refused.code == 3
    assert "Did you mean personal?" in refused.err
    assert "--new-account" in refused.err
    tried = shopper("import", export, "--account", "business", "--dry-run", "--json")
    assert (tried.json["items"][0]["new"], shopper("orders", "--json").json["total"]) == (2, 0)
    shopper("import", export, "--account", "personal")
    both = shopper("import", export, "--account", "business", "--json")
    assert (both.code, len(both.json["known_elsewhere"])) == (1, 2)
    assert {entry["account"] for entry in both.json["known_elsewhere"]} == {"personal"}
    wrong = shopper("imports", "--json").json["items"][1]["id"]
    assert shopper("imports", "remove", wrong).code == 0
    assert {order["account"] for order in shopper("orders", "--json").json["items"]} == {"business"}
    assert shopper("undo").code == 0
    assert shopper("orders", "--json").json["total"] == 4


def test_a_filtered_history_comes_in_parts(shopper):
    for label in ("One", "Two", "Three"):
        shopper("accounts", "add", label, "--purpose", "personal")
    first = shopper("history", "added", "--limit", "2", "--json").json
    assert (len(first["items"]), first["total"], first["next"]) == (2, 3, "2")
    second = shopper("history", "added", "--limit", "2", "--cursor", first["next"], "--json").json
    assert ([step["what"] for step in second["items"]], second["next"]) == (["Added the account 'One'"], None)
    assert "is not a cursor" in shopper("history", "added", "--cursor", "x").err
