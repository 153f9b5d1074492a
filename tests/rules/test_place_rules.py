"""Where it goes and how it is paid."""

import pytest

from tests.rules.situations import codes

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
def test_addresses(event, rules, expected):
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
def test_cards(event, rules, expected):
    assert codes(event, rules=rules) == expected


def test_a_shop_that_is_not_listed_is_mentioned_while_buying():
    assert codes({"site": "amazon.de"}) == {"MARKETPLACE_MISMATCH": "warn"}
    assert codes({"site": "amazon.com"}) == {}
    assert codes({"site": "amazon.de", "page": "home"}) == {}


def test_a_budget_is_exceeded_in_its_own_currency_only():
    rule = {"type": "budget", "account": "per", "month": 600, "currency": "USD"}
    spent = {"type": "month_spend", "account": "per", "month": "2026-11", "amount": 580, "currency": "USD"}
    assert codes({"total": 20.01}, rules=[rule], history=[spent]) == {"BUDGET_EXCEEDED": "notice"}
    assert codes({"total": 20}, rules=[rule], history=[spent]) == {}
    assert codes({"total": 2000, "currency": "EUR"}, rules=[rule], history=[spent]) == {}
    assert codes({"total": 599}, rules=[rule], history=[{**spent, "month": "2026-10"}]) == {}
