"""Explanations of warnings and of silent rules, with the facts of that time."""

import json

import pytest
from sqlalchemy import update

from assistant.bootstrap import build
from assistant.domain.errors import NotFound
from assistant.rules import RULES, judge
from assistant.rules.described.reading import read_situation
from assistant.settings import Settings
from assistant.storage.warnings.situations import SituationRow, packed
from tests.services.visits.shop_pages import checkout, page
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
    with pytest.raises(NotFound, match="No page has been judged yet"):
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
    assert told["situation"]["event"]["items"][0]["title"] == "Black toner 2", "a renewed warning is explained by the newest page"


def test_a_redacted_explanation_contains_nothing_private(household):  # noqa: F811  # a fixture
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Black toner of Robin")))
    told = json.dumps(household.explanations.explain(household.alerts.alerts().items[0].id, redact=True))
    for own in ("Ortiz", "Black toner", "Robin", "B0TONER001", "97205", "A1PERSONAL0001", "4821"):
        assert own not in told


def test_an_unknown_warning_is_one_sentence(household):  # noqa: F811  # a fixture
    with pytest.raises(NotFound, match="no warning 77"):
        household.explanations.explain(77)


def test_a_situation_stored_by_an_older_release_is_still_explained(household):  # noqa: F811  # a fixture
    """Its keys are those that earlier releases stored."""
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    for number in (1, 2):
        household.visits.assess("browser", page(f"/checkout/p/p-{number}/spc", checkout(f"Black toner {number}")))
    (alert,) = household.alerts.alerts().items
    common = {
        "owner": "Robin",
        "home": "h1",
        "sites": ["amazon.com"],
        "org": None,
        "cards": ["visa/4821"],
        "closed_at": None,
        "notice": None,
    }
    accounts = [
        {
            "key": "per",
            "label": "Personal",
            "cid": "A1PERSONAL0001",
            "kind": "personal",
            "amazon_business": False,
            "addresses": ["home/97205"],
            "status": "ok",
            **common,
        },
        {
            "key": "biz",
            "label": "Ortiz Design",
            "cid": None,
            "kind": "business",
            "amazon_business": True,
            "addresses": [],
            "status": "ok",
            **common,
        },
    ]
    items = [
        {
            "asin": asin,
            "title": title,
            "qty": 1,
            "price": "20.00",
            "limit": None,
            "sns": False,
            "every": None,
            "category": "",
            "group": None,
        }
        for asin, title in (("B0TONER001", "Black toner"), ("B0LAMP0001", "Desk lamp"))
    ]
    event = {
        "at": "2026-11-25T09:00:00+00:00",
        "page": "checkout",
        "account": "per",
        "tab": 7,
        "store": "default",
        "items": items,
        "ship_to": "home/97205",
        "recipient": "Robin",
        "pay": "visa/4821",
        "gift": False,
        "total": "40.00",
        "currency": "USD",
    }
    rules = [{"id": 1, "type": "route", "match": {"words": ["toner"]}, "to": "biz"}]
    old = packed({"accounts": accounts, "rules": rules, "history": [], "event": event})
    with household.database.writing() as work:
        work.session.execute(update(SituationRow).values(content=old))
        work.commit()
    (told,) = household.explanations.explain(alert.id)
    assert [(reason["code"], told["verdict"]) for reason in told["reasons"]] == [("WRONG_ACCOUNT_ROUTE", "warn")]
    assert len(told["trials"]) == len(RULES)
