"""Whose page is it?"""

import pytest

from tests.rules.situations import codes

SEEN = {"type": "identity_seen", "account": "per", "at": "2026-11-23T09:30", "tab": 1, "store": "default"}
BLANK = {"seen": {"customer_id": None}, "tab": 3, "store": "default"}


def test_an_unregistered_id_is_warned_about_while_buying_only():
    stranger = {"account": None, "seen": {"customer_id": "A9STRANGER01"}}
    assert codes(stranger) == {"ACCOUNT_UNKNOWN": "warn"}
    assert codes({**stranger, "page": "home"}) == {}


def test_nobody_signed_in_is_silent():
    assert codes({"account": None, "seen": {"customer_id": ""}, "page": "cart"}) == {}


def test_a_registered_id_on_the_page_wins_over_the_attribution():
    rules = [{"type": "route", "match": {"words": ["lamp"]}, "to": "biz", "strength": "hard"}]
    assert codes({"account": "per", "seen": {"customer_id": "A1BIZ0000002"}}, rules=rules) == {}


@pytest.mark.parametrize(
    ("history", "event", "expected"),
    [
        ([SEEN], {}, {}),
        ([{**SEEN, "at": "2026-11-23T09:29"}], {}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ([SEEN, {**SEEN, "account": "biz", "at": "2026-11-23T09:45", "tab": 9}], {}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ([SEEN, {**SEEN, "account": "biz", "at": "2026-11-23T09:45", "store": "container-2"}], {}, {}),
        ([SEEN], {"page": "home"}, {}),
        ([SEEN], {"seen": {"customer_id": None, "greeting": "Lee"}}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ([SEEN], {"seen": {"customer_id": None, "greeting": "Kim"}}, {}),
    ],
)
def test_a_page_without_an_id_counts_for_half_an_hour_in_its_own_cookie_store(history, event, expected):
    assert codes({**BLANK, **event}, history=history) == expected


def test_another_account_between_cart_and_checkout_is_held():
    cart = {"type": "cart_seen", "account": "biz", "at": "2026-11-23T09:55", "tab": 7, "store": "default"}
    here = {"tab": 7, "store": "default", "seen": {"customer_id": "A1PER0000001"}}
    assert codes(here, history=[cart]) == {"ACCOUNT_CHANGED": "block-confirm"}
    assert codes({**here, "tab": 8}, history=[cart]) == {}
    assert codes(here, history=[cart, {**cart, "account": "per", "at": "2026-11-23T09:58"}]) == {}
    assert codes({**here, "store": "container-2"}, history=[cart]) == {}
