"""`shopper settings`, and filters saved by name on the command line."""

import json

import pytest


def test_settings_are_set_listed_and_removed(shopper, home):
    assert shopper("settings", "set", "theme", "shopper-light").code == 0
    assert shopper("settings", "set", "country", "de").code == 0
    assert shopper("settings", "set", "keys.import", "i,ctrl+i").code == 0
    listed = shopper("settings", "list", "--json").json
    assert (listed["theme"], listed["country"], listed["keys"]) == ("shopper-light", "DE", {"import": "i,ctrl+i"})
    assert str(home) in shopper("settings", "list").out
    shopper("settings", "unset", "theme")
    assert shopper("settings", "list", "--json").json["theme"] == ""


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [
        ("themes", "nord", "Did you mean theme"),
        ("keys.imports", "i", "Did you mean import"),
        ("filters.big", "acount:biz", "Did you mean account:"),
        ("week_start", "tuesday", "Use"),
        ("opens_on", "order", "Did you mean orders"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_nearest_one(shopper, name, value, near):
    refused = shopper("settings", "set", name, value)
    assert refused.code == 2
    assert near in refused.err


def test_a_bad_line_of_the_file_is_named_and_the_exit_code_says_so(shopper, home):
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text('theme = "nord"\ncolour = "red"\n')
    listed = shopper("settings", "list")
    assert listed.code == 1
    assert "There is no setting 'colour'." in listed.err


def test_the_editor_is_opened_and_the_file_checked(shopper, tmp_path):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho \'week_start = "monday"\' > "$1"\n')
    editor.chmod(0o700)
    assert shopper("settings", "edit", EDITOR=str(editor)).code == 0
    assert shopper("settings", "list", "--json").json["week_start"] == "monday"
    editor.write_text("#!/bin/sh\necho 'week_start = 3' > \"$1\"\n")
    assert shopper("settings", "edit", EDITOR=str(editor)).code == 1
    assert shopper("settings", "edit", EDITOR="/nowhere/editor").code == 2


def test_actions_and_their_keys_are_listed(shopper):
    shopper("settings", "set", "keys.go-orders", "ctrl+o")
    found = json.loads(shopper("settings", "keys", "--json").out)
    assert found["go-orders"] == {"keys": "ctrl+o", "default": "O", "about": "Orders"}
    assert {"import", "undo", "filter", "orders.split", "claims.settle", "hide-amounts"} <= set(found)


def test_a_saved_filter_is_used_by_name(shopper):
    assert shopper("demo", "--no-app").code == 0
    shopper("settings", "set", "filters.big", "account:biz >100")
    assert shopper("orders", "@big", "--json").json == shopper("orders", "account:biz", ">100", "--json").json
    refused = shopper("orders", "@bigg")
    assert refused.code == 2
    assert "Did you mean @big?" in refused.err


def test_the_chosen_language_wins_over_the_systems_and_warnings_speak_it(shopper, tmp_path):
    facts = {"accounts": [{"key": "per", "customer_ids": ["A1"]}, {"key": "biz"}], "event": {"page": "cart", "account": None}}
    situation = tmp_path / "situation.json"
    situation.write_text(json.dumps({"id": "one", **facts, "event": {"page": "checkout", "account": None, "seen": {"customer_id": "A9"}}}))

    def told(**environment):
        unset = {"LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": ""}
        return shopper("check", str(situation), "--json", **{**unset, **environment}).json[0]["reasons"][0]["text"]

    assert "not registered" in told(LANG="C")
    assert "nicht eingetragen" in told(LANG="de_AT.UTF-8")
    assert shopper("settings", "set", "language", "fr").code == 0
    assert "enregistré" in told(LANG="de_AT.UTF-8")
    assert "登録" in told(SHOPPER_LANGUAGE="ja")
    assert "registrada" in told(SHOPPER_LANGUAGE="es")
    assert "registrato" in told(SHOPPER_LANGUAGE="it")
