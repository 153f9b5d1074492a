"""Explanations of warnings and of silent rules, as they were judged at the time."""

import json

import pytest

from assistant.bootstrap import build
from assistant.domain.errors import NotFound
from assistant.rules import RULES, judge
from assistant.rules.described.reading import read_situation
from assistant.settings import Settings
from tests.services.visits.test_visits import checkout, page
from tests.services.warnings.test_retrospective import household  # noqa: F401  # the same two accounts


def test_every_tried_rule_shows_the_facts_of_that_time(household):  # noqa: F811  # a fixture
    rule = household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Black toner")))
    household.rules.remove(rule.id)
    (alert,) = household.alerts.alerts().items
    (told,) = household.explanations.explain(alert.id)
    assert len(told["trials"]) == len(RULES)
    spoke = [entry["codes"] for entry in told["trials"] if entry["raised"]]
    assert spoke == [["WRONG_ACCOUNT_ROUTE"]]
    assert all(entry["raised"] or entry["quiet"] for entry in told["trials"])
    assert judge(read_situation(told["situation"])).level.value == told["verdict"] == "warn"


def test_the_last_page_is_explained_even_without_a_warning(household):  # noqa: F811  # a fixture
    with pytest.raises(NotFound, match="No page was judged yet"):
        household.explanations.explain(None)
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Desk lamp")))
    (told,) = household.explanations.explain(None)
    assert (told["verdict"], told["situation"]["event"]["items"][0]["title"]) == ("allow", "Desk lamp")


def test_an_explanation_survives_a_restart(household, home, clock, ledger_url):  # noqa: F811  # a fixture
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    for number in (1, 2):
        household.visits.assess("browser", page(f"/checkout/p/p-{number}/spc", checkout(f"Black toner {number}")))
    household.close()
    again = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    (alert,) = again.alerts.alerts().items
    (told,) = again.explanations.explain(alert.id)
    again.close()
    assert told["situation"]["event"]["items"][0]["title"] == "Black toner 2", "a renewed warning rests on the newest page"


def test_a_redacted_explanation_holds_nothing_private(household):  # noqa: F811  # a fixture
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Black toner of Robin")))
    told = json.dumps(household.explanations.explain(household.alerts.alerts().items[0].id, redact=True))
    for own in ("Ortiz", "Black toner", "Robin", "B0TONER001", "97205", "A1PERSONAL0001", "4821"):
        assert own not in told


def test_an_unknown_warning_is_one_sentence(household):  # noqa: F811  # a fixture
    with pytest.raises(NotFound, match="no warning 77"):
        household.explanations.explain(77)
