"""Every rule explains what it checked and why it gave a reason or stayed silent."""

import pytest

from assistant.domain.judging.sentences import sentence
from assistant.rules import RULES, judge, trials
from assistant.rules.described.reading import read_situation
from assistant.rules.redaction import Redaction
from tests.rules.situations import EVERYONE, item, order

ROUTE = {"type": "route", "match": {"words": ["toner"], "category": ["office"]}, "to": "biz", "strength": "hard"}


def situation(event=(), rules=(), history=()):
    whole = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [item()], "currency": "USD", **dict(event)}
    return read_situation({"accounts": EVERYONE, "rules": list(rules), "history": list(history), "event": whole})


def quiet(code, **facts):
    return next(tuple(map(sentence, trial.quiet)) for trial in trials(situation(**facts)) if code in trial.codes)


def test_trials_contain_the_reasons_of_the_verdict_and_a_result_of_every_other_rule():
    seen = situation({"ship_to": "studio/10002"}, [ROUTE], [order("lee", "2026-11-22")])
    found = trials(seen)
    assert [trial.codes for trial in found] == [rule.codes for rule in RULES]
    assert {reason for trial in found for reason in trial.reasons} == set(judge(seen).reasons)
    assert [trial.codes for trial in found if not trial.quiet and not trial.reasons] == []


def test_rules_can_be_tried_by_code():
    seen = situation({"ship_to": "studio/10002"}, [ROUTE], [order("lee", "2026-11-22")])
    assert [reason.code for reason in judge(seen).reasons] == ["ADDRESS_MISMATCH", "DUP_CROSS_ACCOUNT"]
    assert [reason.code for reason in judge(seen, frozenset({"DUP_CROSS_ACCOUNT", "REVIEW_VOTE"})).reasons] == ["DUP_CROSS_ACCOUNT"]
    assert judge(seen, frozenset()).reasons == ()


def test_a_trial_shows_the_question_of_its_rule_on_every_page():
    assert [trial.asks for trial in trials(situation())] == [rule.asks for rule in RULES]


@pytest.mark.parametrize(
    ("code", "facts", "why"),
    [
        ("MIXED_CART", {"event": {"page": "home"}}, "This rule only runs on these pages: cart, checkout. This page is home."),
        ("REVIEW_VOTE", {}, "This rule only runs on these pages: review vote. This page is checkout."),
        ("WRONG_ACCOUNT_ROUTE", {"event": {"account": None, "page": "cart"}}, "No registered account seems to be signed in here."),
        (
            "WRONG_ACCOUNT_ROUTE",
            {"event": {"items": [item(title="Facial toner", category="beauty")]}, "rules": [ROUTE]},
            "'Facial toner': none of your route rules matches; rule 1 would match except for its category.",
        ),
        ("WRONG_ACCOUNT_ROUTE", {"rules": [ROUTE]}, "'Desk lamp': none of your route rules matches."),
        (
            "WRONG_ACCOUNT_ROUTE",
            {"rules": [{**ROUTE, "match": {"words": ["lamp"]}, "to": "per"}]},
            "'Desk lamp': rule 1 sends it here.",
        ),
        (
            "WRONG_ACCOUNT_HISTORY",
            {"history": [order("biz", "2026-01-01"), order("biz", "2026-02-01")]},
            "'Desk lamp': bought before on Kim's Studio 2; a habit is at least 3 purchases on one other account and none elsewhere.",
        ),
        (
            "WRONG_ACCOUNT_HISTORY",
            {},
            "'Desk lamp': bought before on no account of yours; a habit is at least 3 purchases on one other account and none elsewhere.",
        ),
        ("MIXED_CART", {}, "All items belong to one account. Personal: Desk lamp"),
        ("ADDRESS_MISMATCH", {"event": {"ship_to": "x/1"}}, "The address is new to all your accounts."),
        ("ADDRESS_MISMATCH", {"event": {"ship_to": "studio/10002", "gift": True}}, "It is a gift."),
        (
            "DUP_CROSS_ACCOUNT",
            {"history": [order("lee", "2026-11-01")]},
            "'Desk lamp': no order on another account within 14 days that was kept and is not private.",
        ),
        (
            "DUP_CROSS_ACCOUNT",
            {"history": [order("lee", "2026-11-22")], "rules": [{"type": "mute", "code": "DUP_CROSS_ACCOUNT", "asin": "B0THING001"}]},
            "'Desk lamp': DUP_CROSS_ACCOUNT is muted by rule 1.",
        ),
        ("CARD_MISMATCH", {"event": {"pay": "visa/9999"}}, "The card is not stored for any of your accounts."),
    ],
)
def test_a_silent_rule_names_the_condition_that_kept_it_silent(code, facts, why):
    assert quiet(code, **facts) == (why,)


def test_a_muted_reason_is_shown_as_muted():
    rules = [{"type": "mute", "code": "ADDRESS_MISMATCH"}]
    assert quiet("ADDRESS_MISMATCH", event={"ship_to": "studio/10002", "items": []}, rules=rules) == (
        "You muted ADDRESS_MISMATCH or lowered it until it disappeared.",
    )


def test_private_facts_stay_private_in_an_explanation():
    private = {"type": "private", "account": "lee", "reveal": "never"}
    told = str(trials(situation(rules=[private], history=[order("lee", "2026-11-22", title="Secret headphones")])))
    assert "Secret" not in told
    assert "2026-11-22" not in told


def test_redaction_replaces_each_private_text_with_the_same_placeholder():
    described = {
        "accounts": [{"key": "maya-p", "label": "Maya's", "cid": "A1MAYA", "owner": "maya", "addresses": ["home/78704"]}],
        "rules": [{"type": "route", "match": {"words": ["yoga"], "category": ["office"]}, "to": "maya-p"}],
        "event": {"at": "2026-11-23", "page": "cart", "items": [{"asin": "B0X", "title": "Yoga mat, " + 9 * "very long "}]},
    }
    redaction = Redaction()
    redaction.learn([described, described])
    answer = {
        "id": "maya",
        "code": "X",
        "suggest": "maya-p",
        "text": f"'{('Yoga mat, ' + 9 * 'very long ')[:59]}…' is Maya's, B0X, MAYA",
        "n": [1],
    }
    assert redaction.redacted(answer) == {
        "id": "maya",
        "code": "X",
        "suggest": "account-1",
        "text": "'title-1' is name-1, thing-1, owner-1",
        "n": [1],
    }
    assert redaction.redacted("office cart 2026-11-23 home/78704 yoga") == "office cart 2026-11-23 place-1 words-1"
    assert redaction.redacted("Mayapple and 'maya-pp'") == "Mayapple and 'owner-1-pp'"
    assert Redaction().redacted({"text": "nothing learned"}) == {"text": "nothing learned"}
