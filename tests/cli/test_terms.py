"""`shopper terms`: promotions, memberships and limits, added and corrected by hand."""

import pytest


@pytest.fixture
def household(shopper):
    assert shopper("accounts", "add", "Personal", "--purpose", "personal").code == 0
    return shopper


def test_a_trial_is_added_listed_edited_and_removed(household):
    added = household("terms", "add", "membership", "audible", "--account", "personal", "--set", "plan=trial", "--until", "2026-12-03")
    assert (added.code, added.out) == (0, "Added entry 1.\n")
    (entry,) = household("terms", "list", "--json").json["items"]
    assert (entry["what"], entry["account"], entry["until"], entry["details"]) == ("audible", "personal", "2026-12-03", {"plan": "trial"})
    assert "audible" in household("terms", "list").out
    household("terms", "edit", "1", "--set", "auto_renew=no", "--until", "")
    (entry,) = household("terms", "list", "--kind", "membership", "--json").json["items"]
    assert (entry["until"], entry["details"], entry["by_hand"]) == (None, {"plan": "trial", "auto_renew": False}, True)
    assert household("terms", "remove", "1").code == 0
    assert household("terms", "list", "--json").json["total"] == 0


def test_a_limit_and_a_code_keep_their_conditions(household):
    household("terms", "add", "limit", "B0EXAMPLE1", "--set", "scope=household", "--set", "limit=2", "--set", "text=Limit 2 per household.")
    household("terms", "add", "promo_issued", "THANKS-1", "--account", "personal", "--on", "2026-11-18", "--set", "transferable=no")
    code, limit = household("terms", "list", "--json").json["items"]
    assert limit["details"] == {"scope": "household", "limit": 2, "text": "Limit 2 per household."}
    assert (code["on"], code["details"]) == ("2026-11-18", {"transferable": False})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("membership", "audible", "--account", "personal"), "plan=trial or plan=paid"),
        (("promo_used", "WELCOME"), "Name the account"),
        (("limit", "B0EXAMPLE1"), "limit=2"),
        (("limit", "B0EXAMPLE1", "--set", "limit=2", "--account", "personal"), "Leave the account out"),
        (("limit", "B0EXAMPLE1", "--set", "limit=2", "--set", "scope=world"), "account, customer, household"),
        (("limit", "B0EXAMPLE1", "--set", "two"), "Write it like plan=trial"),
        (("limit", "B0EXAMPLE1", "--set", "limit=two"), "limit=2"),
        (("promo_used", " ", "--account", "personal"), "Say what it is about"),
        (("review", "B0EXAMPLE1", "--account", "personal", "--on", "yesterday"), "Write it like 2026-11-25"),
        (("membership", "prime", "--account", "personal", "--set", "plan=paid", "--on", "2026-02-01", "--until", "2026-01-01"), "two days"),
    ],
)
def test_incomplete_terms_are_refused_in_one_sentence_and_not_stored(household, arguments, said):
    refused = household("terms", "add", *arguments)
    assert refused.code == 2
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert household("terms", "list", "--json").json["total"] == 0


def test_an_unknown_term_is_reported(household):
    assert household("terms", "edit", "7", "--what", "x").code == 3
    assert "There is no entry 7" in household("terms", "remove", "7").err
