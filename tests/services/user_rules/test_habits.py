"""Answers on a page become rules, which the user sees and can undo."""

import pytest

from assistant.domain.judging.verdict import Choice
from tests.services.visits.shop_pages import BUSINESS, checkout, greeting, page

HOME, NEIGHBOUR = "12 Fern Street, Portland, OR 97205", "14 Fern Street, Portland, OR 97205"
ONLY_HOME = {"type": "ship", "account": "per", "only": ["Home / 97205"], "strength": "hard"}


def order(household, browser="browser", **parts):
    """Open a checkout whose items raise nothing; return its visit id and the raised codes."""
    who = parts.pop("customer_id", None)
    visit = page("/checkout/p/p-1/spc", checkout("Desk lamp", asin="B0LAMP0001", **parts), **({"customer_id": who} if who else {}))
    reply = household.visits.assess(browser, visit)
    return visit.id, {reason["code"]: reason["level"] for reason in reply["verdict"]["reasons"]}


def decide(household, visit_id, code, choice):
    household.visits.decide("browser", visit_id, code, choice)


@pytest.fixture
def asking(household):
    """A household with a rule for a postcode, where Amazon has greeted Robin."""
    household.visits.assess("browser", page("/", nav=greeting("Robin")))
    household.rules.add(ONLY_HOME)
    return household


@pytest.mark.parametrize("choice", [Choice.CONTINUE, Choice.ALWAYS_RIGHT])
def test_an_unknown_address_is_asked_about_once(asking, choice):
    visit, said = order(asking, address=NEIGHBOUR, to="Ana Friend")
    assert said == {"ADDRESS_MISMATCH": "block-confirm"}
    decide(asking, visit, "ADDRESS_MISMATCH", choice)
    assert asking.rules.all()[-1].body == {"type": "ship", "account": "per", "also": [f"home/{NEIGHBOUR}"]}
    assert order(asking, address=NEIGHBOUR.upper(), to="Ana Friend")[1] == {}
    assert order(asking, address=HOME, to="Robin Ortiz")[1] == {"ADDRESS_MISMATCH": "block-confirm"}
    asking.journal.undo()
    assert order(asking, address=NEIGHBOUR, to="Ana Friend")[1] == {"ADDRESS_MISMATCH": "block-confirm"}
    assert order(asking, address=HOME, to="Robin Ortiz")[1] == {}


@pytest.mark.parametrize("choice", [Choice.LEFT, Choice.NOT_NOW])
def test_staying_on_the_page_stores_no_address(asking, choice):
    visit, _ = order(asking, address=NEIGHBOUR, to="Ana Friend")
    decide(asking, visit, "ADDRESS_MISMATCH", choice)
    assert order(asking, address=NEIGHBOUR, to="Ana Friend")[1] == {"ADDRESS_MISMATCH": "block-confirm"}
    assert len(asking.rules.all()) == 1


def test_going_on_against_a_rule_stores_nothing_and_always_right_allows_the_address(asking):
    elsewhere = {"address": "8 Hill Road, Salem, OR 97301", "to": "Robin Ortiz"}
    visit, said = order(asking, **elsewhere)
    decide(asking, visit, "ADDRESS_MISMATCH", Choice.CONTINUE)
    visit, said = order(asking, **elsewhere)
    assert said == {"ADDRESS_MISMATCH": "block-confirm"}
    decide(asking, visit, "ADDRESS_MISMATCH", Choice.ALWAYS_RIGHT)
    assert order(asking, **elsewhere)[1] == {}
    assert asking.rules.all()[-1].learned_from == "you said 'always right' on 2026-11-25, warned about the address"


def test_always_right_allows_a_card_on_that_account_only(household):
    visit, said = order(household, card="American Express 3007")
    assert said == {"CARD_MISMATCH": "warn"}
    decide(household, visit, "CARD_MISMATCH", Choice.ALWAYS_RIGHT)
    assert order(household, card="American Express 3007")[1] == {}
    assert household.rules.all()[-1].text == "Personal may also pay with amex/3007"
    assert order(household, card="Visa 4821", address="80 Mill Lane, Portland, OR 97209", customer_id=BUSINESS)[1] == {
        "CARD_MISMATCH": "notice"
    }


ORDERS = (
    "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Shipping Address\n"
    '113-0000001-0000001,2026-01-02T10:00:00Z,USD,9.00,9.00,B0MUG00001,1,Mug,Closed,"Ana Friend 14 Fern Street Portland OR 97205 US"\n'
    '113-0000002-0000001,2026-02-02T10:00:00Z,USD,9.00,9.00,B0MUG00001,1,Mug,Closed,"Robin Ortiz 12 Fern Street Portland OR 97205 US"\n'
)


def test_an_order_to_a_neighbour_stores_no_address(asking):
    asking.imports.take_bytes("Retail.OrderHistory.1.csv", ORDERS.encode(), account="per")
    assert order(asking, address=HOME, to="Ana Friend")[1] == {}
    assert order(asking, address=NEIGHBOUR, to="Robin Ortiz")[1] == {"ADDRESS_MISMATCH": "block-confirm"}
