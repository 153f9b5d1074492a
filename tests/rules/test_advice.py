"""What advice says, and what it never says."""

import pytest

from tests.rules.situations import BIZ, LEE, PER, item, order, verdict


@pytest.mark.parametrize("key", ["promotion", "PROMOTION", "terms", "order", "check", "Leave"])
def test_advice_about_amazons_terms_never_contains_an_account_name(key):
    use = {"type": "promo_used", "account": key, "at": "2026-11-10", "promo": "SAVE5", "order_state": "delivered"}
    promo = {"id": "SAVE5", "terms": {"scope": "customer", "limit": 1}}
    found = verdict({"page": "promo_entry", "items": [], "promo": promo}, history=[use], accounts=[PER, {**BIZ, "key": key}])
    assert [reason.code for reason in found.reasons] == ["PROMO_REUSE_LIMITED"]
    assert key.lower() not in found.reasons[0].advice.lower().replace(".", " ").split()


def test_only_reasons_with_a_target_suggest_an_account():
    rules = [{"type": "route", "match": {"words": ["lamp"]}, "to": "biz", "strength": "soft"}]
    event = {"ship_to": "studio/10002", "pay": "amex/2222", "plan": "monthly_payments"}
    found = verdict(event, rules=rules, history=[order("lee", "2026-11-22")])
    assert {reason.code: reason.suggest for reason in found.reasons} == {
        "WRONG_ACCOUNT_ROUTE": "biz",
        "ADDRESS_MISMATCH": None,
        "CARD_MISMATCH": None,
        "DUP_CROSS_ACCOUNT": None,
        "MONTHLY_PAY_BUSINESS": None,
    }


def test_the_most_severe_reason_comes_first_and_several_items_share_one_reason():
    rules = [{"type": "route", "match": {"category": ["office"]}, "to": "biz", "strength": "hard"}]
    items = [item(f"B0OFFICE{number:02}", f"Paper {number}", "office") for number in range(4)]
    found = verdict({"items": items, "ship_to": "studio/10002"}, rules=rules)
    assert [reason.code for reason in found.reasons] == ["WRONG_ACCOUNT_ROUTE", "ADDRESS_MISMATCH"]
    assert "'Paper 0' and 3 more" in found.reasons[0].text
    assert found.reasons[0].source == "rule 1"


def test_a_rule_is_cited_by_its_own_number_when_it_has_one():
    rules = [{"id": 41, "type": "ship", "account": "per", "only": ["home/10001"], "strength": "soft"}]
    assert verdict({"ship_to": "new/99999"}, rules=rules).reasons[0].source == "rule 41"


def test_a_habit_is_described_by_account_label_count_and_last_date():
    history = [order("biz", f"2026-0{month}-01") for month in range(1, 5)]
    found = verdict({}, history=history).reasons[0]
    assert "Kim's Studio" in found.text
    assert "biz" not in f"{found.text} {found.advice} {found.evidence}"
    assert found.evidence == ("bought on Kim's Studio 4 times, last on 1 Apr 2026, never on Personal",)


@pytest.mark.parametrize(("title", "shown"), [("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…"), (None, "This item")])
def test_a_long_title_is_cut_to_fit(title, shown):
    assert (
        verdict({"items": [item(title=title)]}, history=[order("lee", "2026-11-22")]).reasons[0].text
        == f"'{shown}' was just ordered on Lee."
    )


def test_a_private_order_is_not_named_anywhere():
    private = [{"type": "private", "account": "lee", "reveal": "hint"}]
    history = [order("lee", "2026-11-22", order_id="1-1", return_until="2026-11-24", title="Noise cancelling headphones")]
    shopping = verdict({}, rules=private, history=history, accounts=[PER, BIZ, LEE])
    ticking = verdict({"page": "daily_tick", "account": None, "items": []}, rules=private, history=history)
    assert [reason.code for reason in shopping.reasons] == ["DUP_PRIVATE"]
    assert [reason.code for reason in ticking.reasons] == ["RETURN_WINDOW_SOON"]
    assert "headphones" not in f"{shopping}{ticking}".lower()
