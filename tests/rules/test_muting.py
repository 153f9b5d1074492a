"""What the user called right stays quiet, and nothing else does."""

import pytest

from tests.rules.situations import BIZ, PER, codes, order, thing

ROUTE = {"type": "route", "match": {"category": ["office"]}, "to": "biz", "strength": "hard"}
TONER, PAPER = thing("B0TONER001", "Black toner", "office"), thing("B0PAPER001", "Printer paper", "office")


def mute(code, **more):
    return {"type": "mute", "code": code, **more}


def test_a_mute_silences_its_own_thing_only():
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE", asin="B0TONER001")]
    assert codes({"items": [TONER]}, rules=rules) == {}
    assert codes({"items": [TONER, PAPER]}, rules=rules) == {"WRONG_ACCOUNT_ROUTE": "block-confirm", "MIXED_CART": "warn"}


def test_a_mute_without_a_thing_silences_the_code_and_one_with_an_account_only_there():
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE")]
    assert codes({"items": [TONER, PAPER]}, rules=rules) == {}
    assert codes({"items": [TONER]}, rules=[ROUTE, mute("WRONG_ACCOUNT_ROUTE", account="per")]) == {}
    assert codes({"items": [TONER]}, rules=[ROUTE, mute("WRONG_ACCOUNT_ROUTE", account="biz")]) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}


def test_a_reason_about_the_whole_page_is_quiet_only_where_it_is_for_each_thing():
    away = {"ship_to": "studio/10002", "items": [TONER, PAPER]}
    one, two = mute("ADDRESS_MISMATCH", asin="B0TONER001"), mute("ADDRESS_MISMATCH", asin="B0PAPER001")
    assert codes(away, rules=[one]) == {"ADDRESS_MISMATCH": "warn"}
    assert codes(away, rules=[one, two]) == {}


def test_the_last_line_on_another_account_called_right_makes_the_cart_whole():
    socks = thing("B0SOCKS001", "Socks", "clothing")
    rules = [ROUTE, mute("WRONG_ACCOUNT_ROUTE", asin="B0TONER001")]
    assert codes({"page": "cart", "items": [TONER, socks]}, rules=rules) == {}


@pytest.mark.parametrize("rule", [mute("CLOSED_ACCOUNT_BYPASS"), mute("CLOSED_ACCOUNT_BYPASS", asin="B0THING001")])
def test_what_a_closed_account_means_can_not_be_muted(rule):
    closed = {**BIZ, "status": "closed_by_amazon", "notice": "You cannot use another account."}
    assert codes({}, rules=[rule], accounts=[PER, closed]) == {"CLOSED_ACCOUNT_BYPASS": "block-confirm"}


def test_a_mute_of_a_duplicate_leaves_another_thing_alone():
    history = [order("lee", "2026-11-22"), order("lee", "2026-11-22", asin="B0OTHER001")]
    items = [thing(), thing("B0OTHER001", "Kettle")]
    assert codes({"items": items}, history=history, rules=[mute("DUP_CROSS_ACCOUNT", asin="B0THING001")]) == {"DUP_CROSS_ACCOUNT": "warn"}
