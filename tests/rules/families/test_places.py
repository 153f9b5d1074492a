"""Delivery addresses, cards, marketplaces and budgets."""

import pytest

from tests.rules.situations import BIZ, FAR, LEE, PER, codes, item, verdict

ONLY_HOME = {"type": "ship", "account": "per", "only": ["home/10001"], "strength": "hard"}


@pytest.mark.parametrize(
    ("event", "rules", "expected"),
    [
        ({"ship_to": "home/10001"}, [], {}),
        ({"ship_to": "studio/10002"}, [], {"ADDRESS_MISMATCH": "warn"}),
        ({"ship_to": "studio/10002", "gift": True}, [], {}),
        ({"ship_to": "sister (new)/80205"}, [], {}),
        ({"ship_to": "studio/10002"}, [{"type": "ship", "account": "per", "also": ["studio/10002"]}], {}),
        ({"ship_to": "sister (new)/80205", "gift": True}, [ONLY_HOME], {"ADDRESS_MISMATCH": "block-confirm"}),
        ({"ship_to": "sister (new)/80205"}, [{**ONLY_HOME, "strength": "soft"}], {"ADDRESS_MISMATCH": "warn"}),
        ({"ship_to": "home/10001"}, [ONLY_HOME], {}),
        ({"ship_to": "studio/10002", "account": "biz"}, [ONLY_HOME], {}),
        ({"ship_to": "studio/10002", "page": "home"}, [], {}),
    ],
)
def test_an_address_of_another_account_or_outside_a_ship_rule_is_warned_about(event, rules, expected):
    assert codes(event, rules=rules) == expected


@pytest.mark.parametrize(
    ("event", "rules", "expected"),
    [
        ({"pay": "visa/1111"}, [], {}),
        ({"pay": "amex/2222"}, [], {"CARD_MISMATCH": "warn"}),
        ({"pay": "visa/2222"}, [], {}),
        ({"pay": "mc/3333"}, [], {"CARD_MISMATCH": "notice"}),
        ({"pay": "visa/4444"}, [], {"CARD_MISMATCH": "warn"}),
        ({"pay": "visa/9999"}, [], {}),
        ({"account": "biz", "pay": "visa/1111"}, [], {"CARD_MISMATCH": "notice"}),
        ({"pay": "mc/3333"}, [{"type": "pay", "account": "per", "only": ["visa/1111", "mc/3333"]}], {}),
        (
            {"pay": "visa/9999"},
            [{"type": "pay", "account": "per", "only": ["visa/1111"], "strength": "hard"}],
            {"CARD_MISMATCH": "block-confirm"},
        ),
    ],
)
def test_a_card_of_another_account_or_outside_a_pay_rule_is_warned_about(event, rules, expected):
    assert codes(event, rules=rules) == expected


def test_an_unlisted_marketplace_is_mentioned_while_buying():
    assert codes({"site": "amazon.de"}) == {"MARKETPLACE_MISMATCH": "warn"}
    assert codes({"site": "amazon.com"}) == {}
    assert codes({"site": "amazon.de", "page": "home"}) == {}


def test_a_budget_is_exceeded_only_in_its_own_currency():
    rule = {"type": "budget", "account": "per", "month": 600, "currency": "USD"}
    spent = {"type": "month_spend", "account": "per", "month": "2026-11", "amount": 580, "currency": "USD"}
    assert codes({"total": 20.01}, rules=[rule], history=[spent]) == {"BUDGET_EXCEEDED": "notice"}
    assert codes({"total": 20}, rules=[rule], history=[spent]) == {}
    assert codes({"total": 2000, "currency": "EUR"}, rules=[rule], history=[spent]) == {}
    assert codes({"total": 599}, rules=[rule], history=[{**spent, "month": "2026-10"}]) == {}


def test_an_address_of_the_recipients_own_account_in_the_household_is_fine():
    lee = {**LEE, "addresses": ["home/10001", "work/10009"]}
    accounts = [PER, BIZ, lee, FAR]
    assert codes({"ship_to": "work/10009"}, accounts=accounts) == {"ADDRESS_MISMATCH": "warn"}
    assert codes({"ship_to": "work/10009", "recipient": "Lee Park"}, accounts=accounts) == {}
    assert codes({"ship_to": "flat/60000", "recipient": "Sol"}, accounts=accounts) == {"ADDRESS_MISMATCH": "warn"}


def test_several_ship_rules_of_one_account_add_up():
    rules = [ONLY_HOME, {**ONLY_HOME, "only": ["cabin/10077"], "strength": "soft"}]
    assert codes({"ship_to": "cabin/10077"}, rules=rules) == {}
    assert codes({"ship_to": "new/99999"}, rules=rules) == {"ADDRESS_MISMATCH": "block-confirm"}


@pytest.mark.parametrize(
    ("event", "rules", "expected"),
    [
        ({"pay": "amex/2222"}, [], {"CARD_MISMATCH": "warn"}),
        ({"pay": "visa/1111", "account": "biz"}, [], {"CARD_MISMATCH": "notice"}),
        ({"pay": "mc/3333"}, [], {"CARD_MISMATCH": "notice"}),
        ({"pay": "visa/4444"}, [], {"CARD_MISMATCH": "warn"}),
        ({"pay": "Mastercard/3333", "account": "lee"}, [], {}),
        ({"pay": "mc/1111"}, [], {}),
        ({"pay": "1111"}, [{"type": "pay", "account": "per", "only": ["visa/1111"]}], {}),
        ({"pay": "visa"}, [{"type": "pay", "account": "per", "only": ["visa/1111"]}], {}),
        ({"pay": "visa"}, [{"type": "pay", "account": "per", "only": ["mc/3333"]}], {}),
        ({"pay": "visa/"}, [{"type": "pay", "account": "per", "only": ["mc/3333"]}], {}),
        ({"pay": "/1111"}, [{"type": "pay", "account": "per", "only": ["mc/3333"]}], {}),
        ({"pay": "paypal"}, [{"type": "pay", "account": "per", "only": ["paypal/kim"]}], {}),
        ({"pay": "invoice"}, [{"type": "pay", "account": "per", "only": ["mc/3333"]}], {"CARD_MISMATCH": "warn"}),
        ({"pay": "mc/3333"}, [{"type": "pay", "account": "per", "only": ["visa/1111"]}], {"CARD_MISMATCH": "warn"}),
        ({"pay": "mc/3333"}, [{"type": "pay", "account": "per", "only": ["visa/1111", "MC/3333"]}], {}),
        ({"pay": "mc/3333"}, [{"type": "pay", "account": "per", "only": ["Mastercard ending in 3333"]}], {}),
        (
            {"pay": "visa/9999"},
            [{"type": "pay", "account": "per", "only": ["visa/1111"], "strength": "hard"}],
            {"CARD_MISMATCH": "block-confirm"},
        ),
        ({"pay": "amex/2222", "page": "product"}, [], {}),
    ],
)
def test_cards_are_compared_by_network_and_last_digits(event, rules, expected):
    assert codes(event, rules=rules) == expected


def test_marketplaces_match_in_any_spelling():
    assert codes({"site": "www.amazon.com"}) == {}
    assert codes({"site": "amazon.co.uk"}, accounts=[{**PER, "sites": []}]) == {}
    assert codes({"site": " SHOP.example"}, accounts=[{**PER, "sites": ["shop.EXAMPLE"]}]) == {}
    found = verdict({"site": "Shop.example"}, accounts=[{**PER, "sites": ["amazon.com", "www.amazon.de"]}]).reasons[0]
    assert found.text == "This is shop.example, and Personal is used on amazon.com, amazon.de."


def test_a_budget_counts_a_cart_without_a_total_in_any_currency():
    rule = {"type": "budget", "account": "per", "month": 30000, "currency": "JPY"}
    spent = {"type": "month_spend", "account": "per", "month": "2026-11", "amount": 29000, "currency": "JPY"}
    cart = {"page": "cart", "currency": "JPY", "items": [item(price=500, qty=2)]}
    assert codes(cart, rules=[rule], history=[spent]) == {}
    assert codes({**cart, "items": [item(price=500, qty=3)]}, rules=[rule], history=[spent]) == {"BUDGET_EXCEEDED": "notice"}
    assert codes({**cart, "account": "biz", "items": [item(price=5000)]}, rules=[rule], history=[spent]) == {}
