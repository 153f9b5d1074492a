"""Rules of type `soften` lower a code by one level each."""

import pytest

from assistant.domain.judging.sentences import sentence
from assistant.rules import trials
from assistant.rules.described.reading import read_situation
from tests.rules.situations import BIZ, EVERYONE, codes, item

ROUTE = {"type": "route", "match": {"category": ["home"]}, "to": "biz"}
SOFTEN = {"type": "soften", "code": "WRONG_ACCOUNT_ROUTE"}


@pytest.mark.parametrize(("rules", "level"), [((), "warn"), ((SOFTEN,), "notice"), ((SOFTEN, SOFTEN), None), ((SOFTEN,) * 9, None)])
def test_each_soften_rule_lowers_by_one_level_down_to_silence(rules, level):
    assert codes({}, rules=(ROUTE, *rules)).get("WRONG_ACCOUNT_ROUTE") == level


@pytest.mark.parametrize(
    ("change", "level"),
    [({"account": "per"}, "notice"), ({"account": "biz"}, "warn"), ({"code": "DUP_SIMILAR"}, "warn"), ({"until": "2026-11-22"}, "warn")],
)
def test_a_soften_rule_is_limited_to_its_code_account_and_time(change, level):
    assert codes({}, rules=(ROUTE, SOFTEN | change))["WRONG_ACCOUNT_ROUTE"] == level


def test_a_hard_user_rule_stays_hard_and_any_other_stop_becomes_a_warning():
    assert codes({}, rules=({**ROUTE, "strength": "hard"}, SOFTEN))["WRONG_ACCOUNT_ROUTE"] == "block-confirm"
    seen = [{"type": "cart_seen", "account": "biz", "at": "2026-11-23T09:55", "tab": 1}]
    changed = {"tab": 1, "seen": {"customer_id": "A1PER0000001"}}
    soften = {"type": "soften", "code": "ACCOUNT_CHANGED"}
    assert codes(changed, history=seen)["ACCOUNT_CHANGED"] == "block-confirm"
    assert codes(changed, history=seen, rules=(soften,))["ACCOUNT_CHANGED"] == "warn"


def test_a_reason_about_a_closed_account_is_never_lowered():
    closed = BIZ | {"status": "closed_by_amazon", "closed_at": "2026-01-01", "notice": "No other account."}
    accounts = [closed if party["key"] == "biz" else party for party in EVERYONE]
    soften = {"type": "soften", "code": "CLOSED_ACCOUNT_BYPASS"}
    assert codes({}, accounts=accounts, rules=(soften,))["CLOSED_ACCOUNT_BYPASS"] == "block-confirm"


def test_a_trial_says_that_a_reason_was_softened_to_silence():
    event = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [item()]}
    situation = read_situation({"accounts": EVERYONE, "rules": [ROUTE, SOFTEN, SOFTEN], "history": [], "event": event})
    (trial,) = [one for one in trials(situation) if "WRONG_ACCOUNT_ROUTE" in one.codes]
    assert trial.reasons == ()
    assert "You muted WRONG_ACCOUNT_ROUTE or lowered it until it disappeared." in map(sentence, trial.quiet)
