"""Memberships, closures, reviews, returns and dates."""

import pytest

from tests.rules.situations import BIZ, EVERYONE, FAR, LEE, PER, codes, order


def membership(account, **more):
    return {
        "type": "membership",
        "account": account,
        "service": "audible",
        "plan": "trial",
        "from": "2025-10-01",
        "to": "2025-11-23",
        **more,
    }


TRIAL = {"page": "trial_signup", "items": [], "offer": {"service": "audible", "kind": "free_trial"}}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([membership("biz")], {"TRIAL_REPEAT": "warn"}),
        ([membership("biz", to="2025-11-22")], {}),
        ([membership("biz", to=None)], {"TRIAL_REPEAT": "warn"}),
        ([membership("lee")], {}),
        ([membership("biz", service="music-unlimited")], {}),
    ],
)
def test_a_trial_within_a_year_of_the_last_is_warned_about(history, expected):
    assert codes(TRIAL, history=history) == expected


def test_prime_is_shared_within_one_household():
    invite = {"page": "family_invite", "items": []}
    assert codes({**invite, "invitee": "far"}) == {"PRIME_SHARE_OUTSIDE": "warn"}
    assert codes({**invite, "invitee": "lee"}) == {}
    left = {"type": "family_left", "account": "lee", "at": "2025-11-24"}
    assert codes({**invite, "invitee": "lee"}, history=[left]) == {"FAMILY_WAIT_PERIOD": "notice"}
    assert codes({**invite, "invitee": "lee"}, history=[{**left, "at": "2025-11-23"}]) == {}


def test_prime_orders_to_customers_are_warned_about():
    assert codes({"ship_to": "customer/30317"}) == {"PRIME_RESALE": "warn"}
    assert codes({"ship_to": "friend (new)/30317", "gift": True}) == {}
    assert codes({"account": "lee", "ship_to": "customer/30317"}) == {}


def test_a_closed_account_is_not_a_reason_to_use_another():
    closed = {**BIZ, "status": "closed_by_amazon", "notice": "You cannot use another account."}
    assert codes({}, accounts=[PER, closed]) == {"CLOSED_ACCOUNT_BYPASS": "block-confirm"}
    assert codes({}, accounts=[PER, {**closed, "notice": None}]) == {"CLOSED_ACCOUNT_BYPASS": "warn"}
    assert codes({}, accounts=[PER, {**closed, "status": "on_hold"}]) == {}
    assert codes({}, accounts=[PER, {**LEE, "status": "closed_by_amazon"}]) == {}
    assert codes({"page": "home"}, accounts=[PER, closed]) == {}


def review(account, **more):
    return {"type": "review", "account": account, "at": "2026-10-01", "asin": "B0THING001", "review_id": "R1", **more}


FORM = {"page": "review_form", "items": [], "asin": "B0THING001"}


def test_reviews_of_the_same_product_by_one_person_or_household_are_warned_about():
    assert codes(FORM, history=[review("biz")]) == {"REVIEW_DUPLICATE": "block-confirm"}
    assert codes(FORM, history=[review("per")]) == {}
    assert codes(FORM, history=[review("lee")]) == {"REVIEW_HOUSEHOLD": "notice"}
    assert set(codes(FORM, history=[review("lee"), review("biz")])) == {"REVIEW_DUPLICATE", "REVIEW_HOUSEHOLD"}
    assert codes({**FORM, "brand": "KIM GOODS"}, rules=[{"type": "conflict", "brands": ["Kim Goods"]}]) == {
        "REVIEW_CONFLICT": "block-confirm"
    }
    note = {"type": "note", "account": "per", "asin": "B0THING001", "compensation": "a voucher"}
    assert codes(FORM, history=[note]) == {"REVIEW_COMPENSATED": "block-confirm"}
    spend = {"type": "year_spend", "account": "per", "amount": 49.99, "currency": "USD"}
    assert codes(FORM, history=[spend]) == {"REVIEW_NOT_ELIGIBLE": "notice"}
    assert codes(FORM, history=[{**spend, "amount": 50}]) == {}
    assert codes(FORM, history=[{**spend, "currency": "EUR"}]) == {}
    assert codes({"page": "review_vote", "items": [], "review_id": "R1"}, history=[review("lee")]) == {"REVIEW_VOTE": "warn"}
    assert codes({"page": "review_vote", "items": [], "review_id": "R1"}, history=[review("far")]) == {}
    assert codes({"page": "review_vote", "items": [], "review_id": "R2"}, history=[review("lee")]) == {}


def test_a_return_or_gift_card_on_the_wrong_account_and_many_returns_are_warned_about():
    back = {"page": "return_form", "items": [], "order_id": "1-1"}
    assert codes(back, history=[order("biz", "2026-11-01", order_id="1-1")]) == {"RETURN_WRONG_ACCOUNT": "warn"}
    many = {"type": "year_orders", "account": "per", "orders": 10, "returned": 5}
    assert codes(back, history=[many]) == {"RETURN_RATE_HIGH": "notice"}
    assert codes(back, history=[{**many, "returned": 4}]) == {}
    assert codes(back, history=[{**many, "orders": 9}]) == {}
    redeem = {"page": "gift_card_redeem", "items": []}
    assert codes(redeem, rules=[{"type": "gift_card", "to": "lee"}]) == {"GIFT_CARD_WRONG_ACCOUNT": "block-confirm"}
    assert codes(redeem, rules=[{"type": "gift_card", "to": "per"}]) == {}
    assert codes(redeem) == {}


@pytest.mark.parametrize(
    ("event", "account", "raised"),
    [
        ({}, "per", True),
        ({}, ["per", "biz"], True),
        ({}, "biz", False),
        ({"seen": {"customer_id": "A9STRANGER"}}, None, True),
        ({"seen": {"customer_id": "A9STRANGER"}}, "per", False),
    ],
)
def test_a_gift_card_rule_applies_to_its_accounts_or_to_all(event, account, raised):
    rule = {"type": "gift_card", "to": "lee", "account": account}
    found = codes({"page": "gift_card_redeem", "items": [], **event}, rules=[rule])
    assert ("GIFT_CARD_WRONG_ACCOUNT" in found) is raised


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (order("per", "2026-11-01", return_until="2026-11-26"), {"RETURN_WINDOW_SOON": "notice"}),
        (order("per", "2026-11-01", return_until="2026-11-27"), {}),
        (order("per", "2026-11-01", return_until="2026-11-22"), {}),
        (order("per", "2026-11-01", return_until="2026-11-24", state="returned"), {}),
        (membership("per", to="2026-11-26", auto_renew=True), {"TRIAL_ENDS_SOON": "notice"}),
        (membership("per", to="2026-11-26", auto_renew=False), {}),
        (membership("per", to="2026-11-26", plan="paid"), {}),
        ({"type": "instalment", "account": "per", "due": "2026-11-26", "amount": 5, "currency": "USD"}, {"PAYMENT_DUE_SOON": "notice"}),
        ({"type": "instalment", "account": "per", "due": "2026-11-27", "amount": 5, "currency": "USD"}, {}),
    ],
)
def test_dates_are_mentioned_only_in_the_daily_check(entry, expected):
    assert codes({"page": "daily_tick", "account": None, "items": []}, history=[entry]) == expected
    assert codes({"page": "home", "items": []}, history=[entry]) == {}


def test_prime_twice_in_one_household_is_a_money_tip():
    signup = {"page": "prime_signup", "account": "lee", "items": [], "offer": {"service": "prime", "kind": "free_trial"}}
    assert codes(signup) == {"PRIME_DOUBLE": "notice"}
    assert codes({**signup, "account": "far"}) == {}


def test_monthly_payments_are_for_personal_items():
    monthly = {"plan": "monthly_payments"}
    assert codes({**monthly, "account": "biz"}) == {"MONTHLY_PAY_BUSINESS": "warn"}
    assert codes(monthly) == {}


def test_closing_claims_refund_windows_and_split_subscriptions_are_mentioned():
    tick = {"page": "daily_tick", "account": None, "items": []}
    assert codes({"page": "close_account", "items": []}) == {"CLOSE_ACCOUNT": "block-confirm"}
    used = {"type": "promo_used", "account": "per", "at": "2026-11-01", "promo": "SAVE5", "order_id": "1-1"}
    assert codes({"page": "return_form", "items": [], "order_id": "1-1"}, history=[used]) == {"PROMO_CREDIT_LOST": "notice"}
    late = order("per", "2026-08-01", latest_delivery="2026-08-26", problem="never came", state="shipping")
    assert codes(tick, history=[late]) == {"AZ_CLAIM_WINDOW": "notice"}
    prime = membership("per", service="prime", plan="paid", charged_on="2026-11-19", to=None)
    assert codes(tick, history=[prime]) == {"PRIME_REFUND_WINDOW": "notice"}
    assert codes(tick, history=[{**prime, "charged_on": "2026-11-17"}]) == {}
    subscription = {"type": "subscription", "account": "lee", "asin": "B0OTHER001", "group": "pets"}
    assert codes({"page": "sns_signup", "group": "pets"}, history=[subscription]) == {"SNS_SPLIT": "notice"}


def test_invalid_facts_are_ignored():
    odd = {"page": 7, "account": ["x"], "items": "none", "seen": 3, "total": "much", "at": "soon"}
    assert codes(odd, history=["x", None, {"type": 5, "at": {}}], rules=[3, {"type": "route"}], accounts=[*EVERYONE, 5, {}, FAR]) == {}


def test_a_prime_membership_counts_as_a_service_used_before():
    signup = {"page": "prime_signup", "items": [], "account": "biz", "offer": {"service": "prime", "kind": "free_trial"}}
    assert codes(signup) == {"TRIAL_REPEAT": "warn", "PRIME_DOUBLE": "notice"}
    assert codes({**signup, "account": "lee"}) == {"PRIME_DOUBLE": "notice"}
    assert codes({**signup, "offer": {"service": "business-prime", "kind": "paid"}}) == {}
    assert codes({**signup, "page": "checkout"}) == {}


def test_the_wait_is_over_twelve_months_after_leaving_a_family():
    invite = {"page": "family_invite", "items": [], "invitee": "lee"}
    for left, expected in (("2025-11-24", {"FAMILY_WAIT_PERIOD": "notice"}), ("2025-11-23", {}), ("2027-01-01", {})):
        assert codes(invite, history=[{"type": "family_left", "account": "lee", "at": left}]) == expected
    assert codes(invite, history=[{"type": "family_left", "account": "far", "at": "2026-11-01"}]) == {}


def test_resale_rules_apply_to_prime_members_and_tagged_goods():
    tag = {"type": "tag", "match": {"words": ["lamp"]}, "tag": "resale"}
    assert codes({}, rules=[tag]) == {"PRIME_RESALE": "warn"}
    assert codes({"account": "lee"}, rules=[tag]) == {}
    assert codes({"account": "lee"}, rules=[tag], accounts=[{**LEE, "prime": "business"}]) == {}
    assert codes({}, rules=[{**tag, "tag": "favourite"}]) == {}
    place = {"type": "tag", "match": {"ship_to": ["site 4/30317"]}, "tag": "customer"}
    assert codes({"ship_to": "Site 4/30317"}, rules=[place]) == {"PRIME_RESALE": "warn"}


@pytest.mark.parametrize(
    ("entry", "raised"),
    [
        ({}, True),
        ({"to": "2026-11-23", "from": "2026-11-23"}, True),
        ({"to": "2026-11-22"}, False),
        ({"from": "2026-11-24"}, False),
        ({"account": "per"}, False),
        ({"service": "audible"}, False),
        ({"type": "subscription"}, False),
    ],
)
def test_a_running_membership_counts_as_prime(entry, raised):
    running = {"type": "membership", "account": "lee", "service": "Prime", **entry}
    found = codes({"account": "lee", "ship_to": "customer/30317"}, history=[running])
    assert found == ({"PRIME_RESALE": "warn"} if raised else {})


def test_a_trial_of_an_unnamed_service_is_not_a_prime_trial():
    assert codes({"page": "trial_signup", "items": [], "offer": {"kind": "free_trial"}}) == {}


def test_editing_a_review_is_silent_and_conflicts_match_whole_names():
    assert codes(FORM, history=[review("per"), review("biz"), review("lee")]) == {}
    rule = {"type": "conflict", "brands": ["Kim Goods"], "relation": "own"}
    assert codes({**FORM, "brand": "Kim Goods LLC"}, rules=[rule]) == {"REVIEW_CONFLICT": "block-confirm"}
    assert codes({**FORM, "brand": "Kim Goodson"}, rules=[rule]) == {}


def test_the_minimum_spend_depends_on_the_marketplace():
    spend = {"type": "year_spend", "account": "per", "amount": 39, "currency": "GBP"}
    british = {**FORM, "site": "amazon.co.uk"}
    assert codes(british, history=[spend]) == {"REVIEW_NOT_ELIGIBLE": "notice"}
    assert codes(british, history=[{**spend, "amount": 40}]) == {}
    assert codes({**FORM, "site": "amazon.de"}, history=[spend]) == {}
    assert codes(FORM) == {}


def test_exactly_two_in_five_returns_are_normal():
    back = {"page": "return_form", "items": []}
    history = [order("per", "2026-05-01", order_id=f"1-{number}", state="returned" if number < 5 else "delivered") for number in range(12)]
    assert codes(back, history=history) == {"RETURN_RATE_HIGH": "notice"}
    assert codes(back, history=history[1:]) == {}
    assert codes(back, history=[{**entry, "at": "2025-05-01"} for entry in history]) == {}


def test_a_future_closure_does_not_count_yet():
    closed = {**BIZ, "status": "closed_by_amazon", "closed_at": "2026-12-01"}
    assert codes({}, accounts=[PER, closed]) == {}
    assert codes({}, accounts=[PER, {**closed, "closed_at": "2026-11-23"}]) == {"CLOSED_ACCOUNT_BYPASS": "warn"}


@pytest.mark.parametrize("number", ["1e999999999", 1e300, -1, "NaN", True, [], {}])
def test_absurd_numbers_are_ignored(number):
    defaults = {"dup_window_days": number, "reminder_days": {"return_window": number}, "return_rate_notice": {"share": number}}
    event = {
        "total": number,
        "items": [{"asin": "B0THING001", "qty": number, "price": number, "limit": {"scope": "customer", "max": number}}],
    }
    history = [order("lee", "2026-11-22", qty=number), order("per", "9999-12-31", latest_delivery="9999-12-31", problem="x")]
    assert codes(event, history=history, defaults=defaults) == {"DUP_CROSS_ACCOUNT": "warn"}
    assert codes({**event, "page": "daily_tick"}, history=history, defaults=defaults) == {}
