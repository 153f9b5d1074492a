"""What the user confirmed in the cart is not held again at the checkout if the items are the same."""

import pytest

from assistant.domain.judging.verdict import Choice
from tests.services.visits.shop_pages import BUSINESS, CART, checkout, page

PAYS = {"address": "1 New Road, Salem, OR 97301"}


@pytest.fixture
def confirmed(household, clock):
    """A cart with toner on the wrong account, which the user has confirmed."""
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    cart = page("/gp/cart/view.html", CART, at=clock.now)
    assert level_of(household.visits.assess("browser", cart)) == "block-confirm"
    household.visits.decide("browser", cart.id, "WRONG_ACCOUNT_ROUTE", Choice.CONTINUE)
    clock.forward(minutes=3)
    return household


def level_of(reply):
    return reply["verdict"]["verdict"]


def at_checkout(household, clock, browser="browser", html=None, **more):
    return household.visits.assess(browser, page("/checkout/p/p-1/spc", html or checkout("Black toner", **PAYS), at=clock.now, **more))


def test_the_checkout_only_warns_of_what_was_confirmed_in_the_cart(confirmed, clock):
    reply = at_checkout(confirmed, clock)
    (reason,) = reply["verdict"]["reasons"]
    assert (reason["code"], reason["level"]) == ("WRONG_ACCOUNT_ROUTE", "warn")
    assert reason["evidence"][-1] == "you went on in the cart 3 minutes ago"


@pytest.mark.parametrize(
    "change",
    [
        {"html": checkout("Black toner", **PAYS).replace('data-steppervalue="1"', 'data-steppervalue="2"')},
        {"html": checkout("Black toner", asin="B0TONER002", **PAYS)},
        {"tab": 8},
        {"store": "work"},
        {"browser": "another browser"},
    ],
)
def test_another_basket_tab_store_or_browser_is_held(confirmed, clock, change):
    assert level_of(at_checkout(confirmed, clock, **change)) == "block-confirm"


def test_a_confirmation_ends_with_the_account_with_time_and_with_another_cart(confirmed, clock):
    at_checkout(confirmed, clock, customer_id=BUSINESS)
    clock.forward(minutes=28)
    assert level_of(at_checkout(confirmed, clock)) == "block-confirm"
    again = page("/gp/cart/view.html", CART, at=clock.now)
    assert level_of(confirmed.visits.assess("browser", again)) == "block-confirm"
    assert level_of(at_checkout(confirmed, clock)) == "block-confirm"


def test_another_reason_at_the_checkout_is_held(confirmed, clock):
    confirmed.rules.add({"type": "ship", "account": "per", "only": ["12 Fern Street, Portland, OR 97205"], "strength": "hard"})
    levels = {reason["code"]: reason["level"] for reason in at_checkout(confirmed, clock)["verdict"]["reasons"]}
    assert levels == {"ADDRESS_MISMATCH": "block-confirm", "WRONG_ACCOUNT_ROUTE": "warn"}


def test_staying_in_the_cart_confirms_nothing(household, clock):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    cart = page("/gp/cart/view.html", CART, at=clock.now)
    household.visits.assess("browser", cart)
    household.visits.decide("browser", cart.id, "WRONG_ACCOUNT_ROUTE", Choice.LEFT)
    assert level_of(at_checkout(household, clock)) == "block-confirm"
