"""`shopper tax`: forms, settings and locks on the command line."""


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
