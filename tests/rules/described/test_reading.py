"""Described situations: alternative keys, numbers that can be set, dates as YAML reads them."""

from datetime import UTC, date, datetime

import pytest

from assistant.rules import judge
from assistant.rules.described.reading import read_situation
from tests.rules.situations import BIZ, FAR, LEE, PER, codes, item, order, verdict

RETURN = {"page": "return_form", "items": []}
DAILY = {"page": "daily_tick", "account": None, "items": []}
TRIAL = {"page": "trial_signup", "items": [], "offer": {"service": "audible"}}
SOAP = {"type": "subscription", "account": "lee", "asin": "B0THING001", "next_delivery": "2026-11-26"}
BACK = {"type": "year_orders", "account": "per", "orders": 6, "returned": 2}


@pytest.mark.parametrize(
    ("event", "history", "defaults", "expected"),
    [
        ({}, [order("lee", "2026-11-13")], {"dup_window_days": 9}, {}),
        ({}, [order("lee", "2026-11-03")], {"dup_window_days": "20"}, {"DUP_CROSS_ACCOUNT": "warn"}),
        ({}, [SOAP], {"sns_overlap_days": 2}, {}),
        ({}, [order("biz", "2026-01-01"), order("biz", "2026-02-01")], {"history_route_min": 2}, {"WRONG_ACCOUNT_HISTORY": "warn"}),
        ({}, [order("biz", "2026-01-01")], {"history_route_min": 0}, {"WRONG_ACCOUNT_HISTORY": "warn"}),
        ({}, [], {"history_route_min": 0}, {}),
        (TRIAL, [{"type": "membership", "account": "biz", "service": "audible", "to": "2026-10-01"}], {"trial_lookback_days": 30}, {}),
        (RETURN, [BACK], {}, {}),
        (RETURN, [BACK], {"return_rate_notice": {"min_orders": 6}}, {}),
        (RETURN, [BACK], {"return_rate_notice": {"min_orders": 6, "share": 0.3}}, {"RETURN_RATE_HIGH": "notice"}),
        (RETURN, [BACK], {"return_rate_notice": {"min_orders": 6, "share": 0}}, {"RETURN_RATE_HIGH": "notice"}),
        (RETURN, [BACK], {"return_rate_notice": {"min_orders": 6, "share": -1}}, {}),
        (RETURN, [{**BACK, "returned": 6}], {"return_rate_notice": {"min_orders": 6, "share": 1}}, {}),
        (RETURN, [{**BACK, "returned": 6}], {"return_rate_notice": {"min_orders": 6, "share": 1.5}}, {"RETURN_RATE_HIGH": "notice"}),
        (
            DAILY,
            [order("per", "2026-11-01", return_until="2026-11-28")],
            {"reminder_days": {"return_window": 5}},
            {"RETURN_WINDOW_SOON": "notice"},
        ),
        (
            DAILY,
            [order("per", "2026-11-01", return_until="2026-11-26")],
            {"reminder_days": {"trial_end": 0}},
            {"RETURN_WINDOW_SOON": "notice"},
        ),
        (DAILY, [{"type": "membership", "account": "per", "plan": "trial", "to": "2026-11-26"}], {"reminder_days": {"trial_end": 2}}, {}),
        (DAILY, [{"type": "instalment", "account": "per", "due": "2026-11-26"}], {"reminder_days": {"payment_due": 2}}, {}),
    ],
)
def test_documented_numbers_can_be_set_and_invalid_values_are_ignored(event, history, defaults, expected):
    assert codes(event, history=history, defaults=defaults) == expected


def test_numbers_of_a_file_apply_unless_a_situation_sets_its_own():
    history = [order("lee", "2026-11-19"), {"type": "membership", "account": "per", "plan": "trial", "to": "2026-11-28"}]
    file = {"dup_window_days": 3, "reminder_days": {"trial_end": 1, "return_window": 9}}

    def found(event, own):
        event = {"at": "2026-11-23", "account": "per", **event}
        described = {"accounts": [PER, LEE], "history": history, "event": event, "defaults": own}
        return [reason.code for reason in judge(read_situation(described, file)).reasons]

    shopping, ticking = {"page": "cart", "items": [item()]}, {"page": "daily_tick"}
    assert found(shopping, {}) == []
    assert found(shopping, {"dup_window_days": 4}) == ["DUP_CROSS_ACCOUNT"]
    assert found(shopping, {"reminder_days": {}}) == []
    history[0]["return_until"] = "2026-12-01"
    assert found(ticking, {"dup_window_days": 4}) == ["RETURN_WINDOW_SOON"]
    assert found(ticking, {"reminder_days": {"trial_end": 5}}) == ["RETURN_WINDOW_SOON", "TRIAL_ENDS_SOON"]
    assert found(ticking, {"reminder_days": 7}) == []


@pytest.mark.parametrize("name", ["cid", "cids", "customer_ids"])
@pytest.mark.parametrize("ids", ["A1NEW", ["A0OLD", "A1NEW"]])
def test_an_account_can_have_several_customer_ids(name, ids):
    account = {"key": "per", "label": "Personal", name: ids}
    event = {"account": None, "seen": {"customer_id": "A1NEW"}}
    assert codes(event, accounts=[account]) == {}
    assert codes({**event, "seen": {"customer_id": "A2NEW"}}, accounts=[account]) == {"ACCOUNT_UNKNOWN": "warn"}


@pytest.mark.parametrize(
    ("names", "name"),
    [({"label": "Home", "org": "Kim LLC"}, "Home"), ({"org": "Kim LLC"}, "Kim LLC"), ({}, "per"), ({"label": ""}, "per")],
)
def test_an_account_is_named_by_label_company_or_key(names, name):
    account = {"key": "per", "sites": ["www.Amazon.com "], **names}
    found = verdict({"site": "AMAZON.DE"}, accounts=[account, account | {"label": "Twice"}]).reasons[0]
    assert found.text == f"This is amazon.de, and {name} is used on amazon.com."


@pytest.mark.parametrize(
    ("account", "event", "expected"),
    [
        ({"kind": "Business"}, {"plan": "monthly_payments"}, {"MONTHLY_PAY_BUSINESS": "warn"}),
        ({"kind": "Business"}, {"plan": "Monthly Payments"}, {"MONTHLY_PAY_BUSINESS": "warn"}),
        ({"amazon_business": True}, {"items": [item(category="Toys")]}, {"BUSINESS_PERSONAL_USE": "notice"}),
        ({"amazon_business": "yes"}, {"items": [item(category="toys")]}, {}),
        ({"prime": "Member"}, {"ship_to": "customer/1"}, {"PRIME_RESALE": "warn"}),
        ({"addresses": [" Café/1 "]}, {"ship_to": "new/1"}, {}),
        ({"status": "closed_by_amazon"}, {"page": "cart"}, {}),
    ],
)
def test_account_attributes_are_read_in_any_case(account, event, expected):
    assert codes(event, accounts=[{"key": "per", **account}]) == expected


def test_the_spelling_of_addresses_and_cards_does_not_matter():
    other = {"key": "biz", "addresses": [" CAFÉ/1 "], "cards": ["Master Card/1234"], "owner": "kim"}
    event = {"ship_to": "cafe/1 ", "pay": "mastercard/1234"}
    assert codes(event, accounts=[{"key": "per"}, other]) == {"ADDRESS_MISMATCH": "warn", "CARD_MISMATCH": "warn"}


@pytest.mark.parametrize(
    ("notice", "level", "evidence"),
    [
        ("Use no other.", "block-confirm", ("Amazon wrote: “Use no other.”",)),
        (True, "block-confirm", ("Amazon wrote: “closed”",)),
        (False, "warn", ()),
    ],
)
def test_a_closure_notice_is_quoted_if_its_text_is_known(notice, level, evidence):
    closed = {"key": "biz", "owner": "kim", "status": "closed_by_amazon", "notice": notice}
    found = verdict({}, accounts=[{"key": "per", "owner": "kim"}, {**closed, "key": "old", "notice": None}, closed]).reasons[0]
    assert (found.level.value, found.evidence) == (level, evidence)


def test_names_for_linking_can_be_companies_and_phones_have_any_format():
    full = {"owner": "kim", "addresses": ["x/1"], "phone": "+1 (555) 01-00"}
    accounts = [
        {**full, "key": "per", "org": "Kim LLC"},
        {**full, "key": "biz", "name": "Kim", "phone": 15550100, "representatives": "sol"},
    ]
    link = {"page": "link_accounts", "items": []}
    assert codes({**link, "with": "biz"}, accounts=accounts) == {}
    assert codes({**link, "with": "biz"}, accounts=[{**accounts[0], "phone": "no"}, accounts[1]]) == {"LINK_INCOMPLETE": "warn"}
    sol = {**full, "key": "per", "name": "Kim", "owner": "sol"}
    assert codes({**link, "with": "biz"}, accounts=[sol, accounts[1]]) == {}
    assert codes({**link, "with": "per", "account": "biz"}, accounts=[sol, accounts[1]]) == {"LINK_NOT_YOURS": "block-confirm"}


@pytest.mark.parametrize("at", ["2026-11-22", "2026-11-22T23:59:59+09:00", date(2026, 11, 22), datetime(2026, 11, 22, 8, tzinfo=UTC)])
def test_dates_can_be_text_or_date_values(at):
    evidence = verdict({"at": datetime(2026, 11, 23, 9, tzinfo=UTC)}, history=[order("lee", at)]).reasons[0].evidence
    assert evidence == ("ordered on Lee on 22 Nov 2026",)


@pytest.mark.parametrize(
    ("at", "seen", "expected"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), datetime(2026, 11, 23, 9, 31, tzinfo=UTC), {}),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "2026-11-23T09:29Z", {"ACCOUNT_UNCERTAIN": "warn"}),
        (date(2026, 11, 23), "2026-11-22T23:45", {}),
        (date(2026, 11, 23), date(2026, 11, 22), {"ACCOUNT_UNCERTAIN": "warn"}),
        ("2026-11-23T10:00", 7, {"ACCOUNT_UNCERTAIN": "warn"}),
        ("soon", "2026-11-23T09:59", {"ACCOUNT_UNCERTAIN": "warn"}),
        ("2026-11-23T10:00", "2026-11-23T10:01", {"ACCOUNT_UNCERTAIN": "warn"}),
    ],
)
def test_moments_can_be_text_or_dates_and_a_date_starts_at_midnight(at, seen, expected):
    history = [{"type": "identity_seen", "account": "per", "at": seen}]
    assert codes({"at": at, "seen": {"customer_id": None}}, history=history) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (7, "rule 7"),
        ("7", "rule 7"),
        (7.5, "rule 7.5"),
        (True, "rule 1"),
        (None, "rule 1"),
        (date(2026, 1, 2), "rule 2026-01-02"),
        ([7], "rule 1"),
    ],
)
def test_a_rule_is_identified_by_its_number_or_position(number, expected):
    rule = {"type": "ship", "only": ["x/1"], "id": number}
    assert verdict({"ship_to": "y/1"}, rules=[rule]).reasons[0].source == expected


@pytest.mark.parametrize(
    ("accounts", "applies"),
    [(None, True), ("per", True), (["biz", "per"], True), (("per",), True), ("biz", False), ([], False), ([True], False), ({}, False)],
)
def test_a_rule_applies_to_all_accounts_or_to_those_it_names(accounts, applies):
    rule = {"type": "ship", "only": ["x/1"], "account": accounts}
    assert bool(codes({"ship_to": "y/1"}, rules=[rule])) is applies


def test_an_unnamed_marketplace_is_the_first_of_the_account():
    spend = [{"type": "year_spend", "account": "per", "amount": 10, "currency": "GBP"}]
    form = {"page": "review_form", "items": [], "currency": None}
    british = {**PER, "sites": ["amazon.co.uk", "amazon.com"]}
    assert codes(form, history=spend, accounts=[british]) == {"REVIEW_NOT_ELIGIBLE": "notice"}
    assert codes(form, history=spend, accounts=[PER]) == {}
    budget = {"type": "budget", "account": "per", "month": 5, "currency": "GBP"}
    assert codes({"total": 6, "currency": None}, rules=[budget], accounts=[british]) == {"BUDGET_EXCEEDED": "notice"}
    assert codes({"total": 6, "currency": "gbp"}, rules=[budget], accounts=[british]) == {"BUDGET_EXCEEDED": "notice"}
    assert codes({"total": 6, "currency": None}, rules=[budget], accounts=[PER]) == {}


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ({"private": True}, ["DUP_PRIVATE"]),
        ({"private": True, "reveal": "hint"}, ["DUP_PRIVATE"]),
        ({"private": True, "reveal": "never"}, []),
        ({"private": False, "reveal": "never"}, ["DUP_CROSS_ACCOUNT"]),
    ],
)
def test_an_order_can_be_private_itself(mark, expected):
    found = verdict({}, history=[order("lee", "2026-11-22", **mark)])
    assert [reason.code for reason in found.reasons] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, []),
        ({"account": "lee"}, []),
        ({"account": "far"}, ["DUP_CROSS_ACCOUNT"]),
        ({"order_id": ["1-1", "1-2"]}, []),
        ({"order_id": "1-2"}, ["DUP_CROSS_ACCOUNT"]),
        ({"asin": "B0THING001"}, []),
        ({"asin": "B0OTHER001"}, ["DUP_CROSS_ACCOUNT"]),
        ({"asin": "B0THING001", "order_id": "1-2"}, ["DUP_CROSS_ACCOUNT"]),
        ({"until": "2026-11-22"}, ["DUP_CROSS_ACCOUNT"]),
    ],
)
def test_a_privacy_rule_keeps_its_matches_private(rule, expected):
    others = [{"type": "private", "reveal": "hint", **other} for other in ({"account": "biz"}, {"order_id": "9-9"})]
    rules = [*others, {"type": "private", "reveal": "never", **rule}]
    found = verdict({}, history=[order("lee", "2026-11-22", order_id="1-1")], rules=rules, accounts=[PER, BIZ, LEE, FAR])
    assert [reason.code for reason in found.reasons] == expected
