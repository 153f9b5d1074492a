"""What the user muted stays silent, and nothing else does."""

import pytest

from tests.rules.situations import BIZ, PER, codes, item, order

ROUTE = {"type": "route", "match": {"category": ["office"]}, "to": "biz", "strength": "hard"}
TONER, PAPER = item("B0TONER001", "Black toner", "office"), item("B0PAPER001", "Printer paper", "office")


def mute(code, **more):
    return {"type": "mute", "code": code, **more}


def test_a_mute_silences_only_its_own_item():
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE", asin="B0TONER001")]
    assert codes({"items": [TONER]}, rules=rules) == {}
    assert codes({"items": [TONER, PAPER]}, rules=rules) == {"WRONG_ACCOUNT_ROUTE": "block-confirm", "MIXED_CART": "warn"}


def test_a_mute_without_an_item_silences_the_code_on_its_account():
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE")]
    assert codes({"items": [TONER, PAPER]}, rules=rules) == {}
    assert codes({"items": [TONER]}, rules=[ROUTE, mute("WRONG_ACCOUNT_ROUTE", account="per")]) == {}
    assert codes({"items": [TONER]}, rules=[ROUTE, mute("WRONG_ACCOUNT_ROUTE", account="biz")]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}


def test_a_reason_about_the_whole_page_is_muted_only_if_every_item_is():
    away = {"ship_to": "studio/10002", "items": [TONER, PAPER]}
    one, two = mute("ADDRESS_MISMATCH", asin="B0TONER001"), mute("ADDRESS_MISMATCH", asin="B0PAPER001")
    assert codes(away, rules=[one]) == {"ADDRESS_MISMATCH": "warn"}
    assert codes(away, rules=[one, two]) == {}


def test_a_mute_for_the_last_foreign_line_settles_a_mixed_cart():
    socks = item("B0SOCKS001", "Socks", "clothing")
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE", asin="B0TONER001")]
    assert codes({"page": "cart", "items": [TONER, socks]}, rules=rules) == {}


@pytest.mark.parametrize("rule", [mute("CLOSED_ACCOUNT_BYPASS"), mute("CLOSED_ACCOUNT_BYPASS", asin="B0THING001")])
def test_a_reason_about_a_closed_account_cannot_be_muted(rule):
    closed = {**BIZ, "status": "closed_by_amazon", "notice": "You cannot use another account."}
    assert codes({}, rules=[rule], accounts=[PER, closed]) == {"CLOSED_ACCOUNT_BYPASS": "block-confirm"}


def test_a_mute_of_a_duplicate_leaves_another_item_alone():
    history = [order("lee", "2026-11-22"), order("lee", "2026-11-22", asin="B0OTHER001")]
    items = [item(), item("B0OTHER001", "Kettle")]
    assert codes({"items": items}, history=history, rules=[mute("DUP_CROSS_ACCOUNT", asin="B0THING001")]) == {"DUP_CROSS_ACCOUNT": "warn"}


LAMP_TO_BUSINESS = {"type": "route", "match": {"words": ["lamp"]}, "to": "biz"}
BUSINESS_LAMP = {"type": "tag", "tag": "business", "match": {"words": ["lamp"]}}
PRIVATE = {"type": "private", "account": "lee"}
SOON = {"type": "subscription", "account": "lee", "asin": "B0THING001", "next_delivery": "2026-11-24"}


@pytest.mark.parametrize(
    ("code", "event", "rules", "history"),
    [
        ("WRONG_ACCOUNT_ROUTE", {}, [LAMP_TO_BUSINESS], []),
        ("WRONG_ACCOUNT_HISTORY", {}, [], [order("biz", f"2026-0{month}-01") for month in (1, 2, 3)]),
        ("MIXED_CART", {}, [LAMP_TO_BUSINESS], []),
        ("BUSINESS_PERSONAL_USE", {"account": "biz"}, [], []),
        ("MONTHLY_PAY_BUSINESS", {"plan": "monthly_payments"}, [BUSINESS_LAMP], []),
        ("DUP_CROSS_ACCOUNT", {}, [], [order("lee", "2026-11-22")]),
        ("DUP_PRIVATE", {}, [PRIVATE], [order("lee", "2026-11-22")]),
        ("DUP_SAME_ACCOUNT", {}, [], [order("per", "2026-11-22")]),
        ("DUP_SNS_OVERLAP", {}, [], [SOON]),
        ("DUP_SIMILAR", {}, [], [order("lee", "2026-11-22", asin="B0OTHER002", price=40)]),
    ],
)
def test_a_muted_item_is_not_listed_beside_another(code, event, rules, history):
    event = {"items": [item(category="toys"), item("B0OTHER001", "Kettle", price=9)], **event}
    assert code in codes(event, rules=rules, history=history)
    assert code in codes(event, rules=[*rules, mute(code, asin="B0ELSE0001")], history=history)
    assert code not in codes(event, rules=[*rules, mute(code, asin=["B0THING001", "B0X"])], history=history)
