"""Promotions and quantity limits: whose uses and units count depends on the scope."""

import pytest

from tests.rules.situations import EVERYONE, codes, item, order, verdict

PROMO = {"page": "promo_entry", "account": "biz", "items": []}


def use(account, state="delivered"):
    return {"type": "promo_used", "account": account, "at": "2026-11-10", "promo": "SAVE5", "order_state": state}


def promo(scope, limit=1, **more):
    return {**PROMO, "promo": {"id": "save5", "terms": {"scope": scope, "limit": limit, "text": "One per customer.", **more}}}


@pytest.mark.parametrize(
    ("event", "history", "expected"),
    [
        (promo("customer"), [use("per")], {"PROMO_REUSE_LIMITED": "block-confirm"}),
        (promo("customer"), [use("lee")], {}),
        (promo("customer"), [use("per", "cancelled")], {}),
        (promo("customer"), [use("per", "returned")], {"PROMO_REUSE_LIMITED": "block-confirm"}),
        (promo("customer", 2), [use("per")], {}),
        (promo("customer", 2), [use("per"), use("biz")], {"PROMO_REUSE_LIMITED": "block-confirm"}),
        (promo("household"), [use("lee")], {"PROMO_REUSE_LIMITED": "warn"}),
        (promo("household"), [use("far")], {}),
        (promo("account"), [use("per"), use("biz")], {}),
        (promo("customer"), [{**use("per"), "promo": "OTHER"}], {}),
        (promo("customer"), [{**use("per"), "promo": None}], {}),
        (promo(None), [use("per")], {"PROMO_TERMS_UNKNOWN": "notice"}),
        (promo(None), [use("lee")], {"PROMO_TERMS_UNKNOWN": "notice"}),
        (promo(None), [use("biz")], {}),
        (promo(None), [use("far")], {}),
        ({**promo("customer"), "page": "home"}, [use("per")], {}),
    ],
)
def test_reusing_a_promotion_is_warned_about(event, history, expected):
    assert codes(event, history=history) == expected


def test_policy_advice_names_no_account():
    found = verdict(promo("customer"), history=[use("per")])
    words = " ".join(reason.advice for reason in found.reasons)
    assert not [account for account in EVERYONE if account["key"] in words.split() or account["label"] in words]
    assert found.suggest is None
    assert found.reasons[0].source.startswith("the page itself; P07: ")


def test_the_first_three_uses_are_dated():
    uses = [{**use("per"), "at": at} for at in ("2026-11-01", None, "2026-11-02", "2026-11-03", "2026-11-04")]
    found = verdict(promo("customer", text=None), history=uses).reasons[0]
    assert "used it 5 times" in found.text
    assert found.evidence == ("used on 1 Nov 2026", "used on 2 Nov 2026", "used on 3 Nov 2026")


def test_a_new_customer_offer_is_not_for_somebody_who_ordered_before():
    event = promo("customer", new_customer=True)
    assert "PROMO_NEW_CUSTOMER" in codes(event, history=[order("per", "2025-01-01")])
    assert codes(event, history=[order("lee", "2025-01-01")]) == {}
    assert codes(event, history=[order("per", "2025-01-01", state="cancelled")]) == {}


def test_a_code_that_was_issued_to_another_account_is_warned_about():
    issued = {"type": "promo_issued", "account": "per", "at": "2026-11-18", "promo": "SAVE5", "terms": {"transferable": False}}
    assert codes(promo("customer"), history=[issued]) == {"PROMO_TRANSFER": "warn"}
    assert codes({**promo("customer"), "account": "per"}, history=[issued]) == {}
    assert codes(promo("customer"), history=[{**issued, "terms": {}}]) == {}
    assert codes(promo("customer", transferable=False), history=[{**issued, "promo": "OTHER"}]) == {}
    assert codes(promo("customer", transferable=False), history=[{**issued, "account": None}]) == {}
    free = {**issued, "terms": {"transferable": True}}
    assert codes(promo("customer"), history=[free, issued]) == {"PROMO_TRANSFER": "warn"}
    assert codes(promo("customer", transferable=True), history=[free, issued]) == {}


@pytest.mark.parametrize(
    ("scope", "here", "before", "expected"),
    [
        ("customer", 3, [], {"QTY_LIMIT_ACCOUNT": "notice"}),
        ("customer", 1, [("biz", 2, "delivered")], {"QTY_LIMIT_AGGREGATE": "block-confirm"}),
        ("customer", 1, [("biz", 2, "cancelled")], {}),
        ("customer", 1, [("biz", 2, "returned")], {"QTY_LIMIT_AGGREGATE": "block-confirm"}),
        ("customer", 1, [("lee", 2, "delivered")], {}),
        ("household", 1, [("lee", 2, "delivered")], {"QTY_LIMIT_AGGREGATE": "warn"}),
        ("customer", 1, [("biz", 1, "delivered")], {}),
        ("account", 2, [("biz", 2, "delivered")], {}),
        ("customer", 1, [("biz", None, "delivered")], {}),
        ("customer", 2, [("biz", None, "delivered")], {"QTY_LIMIT_AGGREGATE": "block-confirm"}),
    ],
)
def test_a_quantity_above_the_limit_of_its_scope_is_warned_about(scope, here, before, expected):
    limit = {"scope": scope, "max": 2}
    history = [order(account, "2026-10-01", qty=count, state=state, limit=limit) for account, count, state in before]
    assert codes({"items": [item(qty=here, limit=limit)]}, history=history) == expected


def test_items_without_a_number_are_counted_by_line():
    limit = {"scope": "customer", "max": 2}
    items = [item(None, "Lamp", qty=2, limit=limit), item(None, "Kettle", qty=3, limit=limit)]
    found = verdict({"items": items}, history=[order("biz", "2026-01-01", asin=None, qty=9)])
    assert [(reason.code, "Kettle" in reason.text) for reason in found.reasons] == [("QTY_LIMIT_ACCOUNT", True)]


@pytest.mark.parametrize(("code", "bought"), [("QTY_LIMIT_ACCOUNT", "per"), ("QTY_LIMIT_AGGREGATE", "biz")])
def test_a_limit_is_muted_only_for_its_item(code, bought):
    limit = {"scope": "customer", "max": 1}
    items = [item(limit=limit), item("B0OTHER001", "Kettle", limit=limit)]
    history = [order(bought, "2026-01-01"), order(bought, "2026-01-01", asin="B0OTHER001")]
    mutes = [{"type": "mute", "code": code, "asin": item["asin"]} for item in items]
    found = verdict({"items": items}, history=history, rules=mutes[:1])
    assert [(reason.code, "Kettle" in reason.text) for reason in found.reasons] == [(code, True)]
    assert codes({"items": items}, history=history, rules=mutes) == {}


def test_terms_captured_before_count_when_the_page_shows_none():
    bare = {**PROMO, "promo": {"id": "SAVE5", "terms": None}}
    known = {**use("per"), "terms": {"scope": "customer", "limit": 1}}
    assert codes(bare, history=[known]) == {"PROMO_REUSE_LIMITED": "block-confirm"}
    assert codes(bare, history=[{**known, "terms": {"scope": "account", "limit": 1}}]) == {}
    assert codes(bare, history=[{**known, "type": "coupon_used"}]) == {"PROMO_REUSE_LIMITED": "block-confirm"}
    assert codes(bare, history=[{**known, "promo": "OTHER"}, use("per")]) == {"PROMO_TERMS_UNKNOWN": "notice"}
    issued = {**known, "type": "promo_issued", "account": "biz"}
    assert codes(bare, history=[use("per"), issued]) == {"PROMO_REUSE_LIMITED": "block-confirm"}


def test_a_public_coupon_and_an_unknown_scope_are_handled():
    public = {**PROMO, "page": "coupon_clip", "promo": {"id": "SAVE5", "public": True, "terms": None}}
    assert codes(public, history=[{**use("per"), "type": "coupon_used"}]) == {}
    assert codes(promo("galaxy"), history=[use("per")]) == {"PROMO_TERMS_UNKNOWN": "notice"}
    assert codes({**promo("customer"), "page": "checkout"}, history=[use("biz")]) == {"PROMO_REUSE_LIMITED": "block-confirm"}


def test_a_first_order_is_found_by_uses_and_yearly_counts():
    event = promo("customer", new_customer=True)
    assert "PROMO_NEW_CUSTOMER" in codes(event, history=[{"type": "year_orders", "account": "per", "orders": 3, "returned": 0}])
    assert codes(event, history=[{"type": "year_orders", "account": "per", "orders": 0, "returned": 0}]) == {}


def test_a_limit_of_zero_applies_and_a_negative_one_is_ignored():
    assert codes({"items": [item(limit={"scope": "customer", "max": 0})]}) == {"QTY_LIMIT_ACCOUNT": "notice"}
    assert codes({"items": [item(limit={"scope": "customer", "max": -1})]}) == {}


def test_lines_of_one_item_add_up_and_an_unknown_scope_never_stops():
    limit = {"scope": "customer", "max": 2}
    assert codes({"items": [item(qty=2, limit=limit), item(qty=1)]}) == {"QTY_LIMIT_ACCOUNT": "notice"}
    assert codes({"items": [item(limit=limit)]}, history=[order("per", "2026-10-01", qty=2)]) == {"QTY_LIMIT_ACCOUNT": "notice"}
    assert codes({"items": [item(limit={"max": 2})]}, history=[order("biz", "2026-10-01", qty=2)]) == {"QTY_LIMIT_AGGREGATE": "notice"}
    private = [{"type": "private", "account": "lee", "reveal": "never"}]
    household = {"items": [item(limit={"scope": "household", "max": 1})]}
    assert codes(household, history=[order("lee", "2026-10-01")], rules=private) == {}
