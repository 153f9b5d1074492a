"""Warnings about the account that is signed in."""

import pytest

from tests.rules.situations import codes, verdict

SEEN = {"type": "identity_seen", "account": "per", "at": "2026-11-23T09:30", "tab": 1, "store": "default"}
BLANK = {"seen": {"customer_id": None}, "tab": 3, "store": "default"}


def test_an_unregistered_id_is_warned_about_only_while_buying():
    stranger = {"account": None, "seen": {"customer_id": "A9STRANGER01"}}
    assert codes(stranger) == {"ACCOUNT_UNKNOWN": "warn"}
    assert codes({**stranger, "page": "home"}) == {}


def test_a_signed_out_page_is_silent():
    assert codes({"account": None, "seen": {"customer_id": ""}, "page": "cart"}) == {}


def test_a_registered_id_on_the_page_wins_over_the_attribution():
    rules = [{"type": "route", "match": {"words": ["lamp"]}, "to": "biz", "strength": "hard"}]
    assert codes({"account": "per", "seen": {"customer_id": "A1BIZ0000002"}}, rules=rules) == {}


def test_a_window_of_one_account_warns_while_another_is_signed_in():
    biz_here = {"account": "biz", "seen": {"customer_id": "A1BIZ0000002"}, "window": "per"}
    assert codes(biz_here) == {"WINDOW_OF_ANOTHER": "block-confirm"}
    assert codes({**biz_here, "page": "cart"}) == {"WINDOW_OF_ANOTHER": "warn"}
    assert codes({**biz_here, "page": "home"}) == {"WINDOW_OF_ANOTHER": "warn"}
    (reason,) = verdict(biz_here).reasons
    assert reason.text == "This is the window of Personal, and Kim's Studio is signed in."
    assert codes({"window": "per"}) == codes({**biz_here, "window": "biz"}) == codes({**biz_here, "window": "gone"}) == {}


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
def test_an_attribution_lasts_half_an_hour_in_its_own_cookie_store(history, event, expected):
    assert codes({**BLANK, **event}, history=history) == expected


def test_an_account_change_between_cart_and_checkout_is_held():
    cart = {"type": "cart_seen", "account": "biz", "at": "2026-11-23T09:55", "tab": 7, "store": "default"}
    here = {"tab": 7, "store": "default", "seen": {"customer_id": "A1PER0000001"}}
    assert codes(here, history=[cart]) == {"ACCOUNT_CHANGED": "block-confirm"}
    assert codes({**here, "tab": 8}, history=[cart]) == {}
    assert codes(here, history=[cart, {**cart, "account": "per", "at": "2026-11-23T09:58"}]) == {}
    assert codes({**here, "store": "container-2"}, history=[cart]) == {}


def test_the_limit_is_exactly_thirty_minutes_and_can_be_set():
    exact = {**SEEN, "at": "2026-11-23T09:30:00"}
    assert codes({**BLANK, "at": "2026-11-23T10:00:00"}, history=[exact]) == {}
    assert codes({**BLANK, "at": "2026-11-23T10:00:01"}, history=[exact]) == {"ACCOUNT_UNCERTAIN": "warn"}
    assert codes({**BLANK, "at": "2026-11-23T10:04:00"}, history=[exact], defaults={"identity_fresh_minutes": 60}) == {}


@pytest.mark.parametrize(
    ("seen", "now", "expected"),
    [
        ("2026-11-23T09:45:00+01:00", "2026-11-23T10:00:00+01:00", {}),
        ("2026-11-23T08:45:00Z", "2026-11-23T10:00:00+01:00", {}),
        ("2026-11-23T09:45:00+00:00", "2026-11-23T10:00:00+01:00", {"ACCOUNT_UNCERTAIN": "warn"}),
        ("2026-11-23T09:45", "2026-11-23T10:00:00+01:00", {}),
        ("2026-11-23T09:45:00-05:00", "2026-11-23T10:00", {}),
    ],
)
def test_offsets_make_instants_and_their_absence_wall_clock_time(seen, now, expected):
    assert codes({**BLANK, "at": now}, history=[{**SEEN, "at": seen}]) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ({"account": None, "customer_id": "A9STRANGER01"}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ({"account": None, "customer_id": ""}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ({"account": None, "customer_id": "A1PER0000001"}, {}),
        ({"type": "cart_seen", "account": "biz"}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ({"account": "biz", "at": "2026-11-23T10:30"}, {}),
    ],
)
def test_any_later_page_of_the_store_counts(since, expected):
    assert codes(BLANK, history=[SEEN, {**SEEN, "at": "2026-11-23T09:50", "tab": 9, **since}]) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ({"store": "container-2"}, {}, {}),
        ({"account": "biz"}, {}, {}),
        ({}, {"account": "biz"}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ({}, {"seen": {"customer_id": "A1BIZ0000002"}}, {"ACCOUNT_UNCERTAIN": "warn"}),
        ({}, {"account": None, "seen": {"customer_id": "A1PER0000001"}}, {}),
        ({"account": None}, {"at": "2026-11-23T10:00"}, {}),
    ],
)
def test_the_last_page_of_a_store_decides_even_within_one_minute(first, last, expected):
    assert codes(BLANK, history=[{**SEEN, **first}, {**SEEN, **last}]) == expected


def test_a_page_without_attribution_uses_its_cookie_store_or_is_uncertain():
    route = [{"type": "route", "match": {"words": ["lamp"]}, "to": "biz", "strength": "hard"}]
    assert codes({**BLANK, "account": None}, history=[SEEN], rules=route) == {"WRONG_ACCOUNT_ROUTE": "block-confirm"}
    assert codes({**BLANK, "account": None}) == {"ACCOUNT_UNCERTAIN": "warn"}
    assert codes({"account": None}) == {"ACCOUNT_UNCERTAIN": "warn"}
    assert codes({"account": None, "page": "cart"}) == {}
    assert codes({"account": "nobody", "page": "buy_now"}) == {"ACCOUNT_UNCERTAIN": "warn"}


def test_an_unregistered_id_outweighs_the_attribution_and_silences_account_rules():
    stranger = {"account": "per", "seen": {"customer_id": "A9STRANGER01"}, "ship_to": "studio/10002", "pay": "amex/2222"}
    assert codes(stranger) == {"ACCOUNT_UNKNOWN": "warn"}


def test_a_change_needs_two_seen_ids_and_counts_at_the_checkout():
    cart = {"type": "cart_seen", "account": "biz", "at": "2026-11-23T09:55", "tab": 7, "store": "default"}
    assert codes({"tab": 7}, history=[cart]) == {"ACCOUNT_CHANGED": "block-confirm"}
    assert codes({"tab": 7, "seen": {"customer_id": None}}, history=[cart]) == {"ACCOUNT_UNCERTAIN": "warn"}
    assert codes({"tab": 7, "seen": {"customer_id": "", "greeting": "Kim"}}, history=[cart]) == {}
    assert codes({"tab": 7, "page": "cart"}, history=[cart]) == {}
    stranger = {"tab": 7, "account": None, "seen": {"customer_id": "A9STRANGER01"}}
    assert set(codes(stranger, history=[cart])) == {"ACCOUNT_CHANGED", "ACCOUNT_UNKNOWN"}


def test_the_age_of_the_cart_page_is_given_in_whole_minutes():
    cart = {"type": "cart_seen", "account": "biz", "at": "2026-11-23T09:57:01"}
    assert verdict({"at": "2026-11-23T10:00:00"}, history=[cart]).reasons[0].evidence == ("cart seen as Kim's Studio 2 minutes ago",)


def test_a_shared_greeting_proves_nothing():
    assert codes({**BLANK, "seen": {"customer_id": None, "greeting": "Sol "}}, history=[SEEN]) == {"ACCOUNT_UNCERTAIN": "warn"}
    assert codes({**BLANK, "seen": {"customer_id": None, "greeting": "Grandma"}}, history=[SEEN]) == {}
