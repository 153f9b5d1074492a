"""A click that would place an order on the wrong account is held; every other click goes through."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.domain.pages.kinds import SourceKind
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS, PERSONAL
from tests.e2e.desk import Desk, buy_now, click_inside
from tests.e2e.waiting import until

TONER = "B0DEMOB001"
COFFEE = "B0DEMOP004"
PLACE = "#submitOrderButtonId input"
THANK_YOU = "**/gp/buy/thankyou/**"


def checkout(desk: Desk, asin: str) -> Any:
    """Go to the checkout with one product."""
    desk.open()
    desk.sees_badge("PER")
    return buy_now(desk, asin)


def placed(page: Any) -> int:
    """Return how many orders the shop has taken from this browser."""
    page.goto("https://www.amazon.com/your-orders/orders")
    return int(page.evaluate("document.querySelectorAll('.order-card').length")) - 3


def test_a_wrong_order_is_held_and_cancelling_places_nothing(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("toner", "Ortiz Design", "If you go on, Amazon places this order on Personal", "Stay here", "Order anyway")
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    page.click(PLACE)
    desk.dialog().wait("Stay here")
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert page.url.endswith("/spc")
    assert placed(page) == 0


def test_order_anyway_presses_the_same_button_once_and_tells_the_server(desk: Desk, ledger: Services):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click("#bottomSubmitOrderButtonId")
    desk.dialog().wait("Order anyway")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1
    alert = until(
        lambda: next(
            (alert for alert in ledger.alerts.alerts(open_only=False).items if alert.code == "WRONG_ACCOUNT_ROUTE" and alert.choice), None
        ),
        "the decision",
    )
    assert alert.choice == "continue"


def test_always_right_is_not_asked_again(desk: Desk, ledger: Services):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Always right for this item")
    desk.dialog().click("Always right for this item")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    until(lambda: any(rule.body["type"] == "mute" for rule in ledger.rules.all()), "the mute rule")
    page = checkout(desk, TONER)
    until(lambda: desk.ribbon().text() and desk.badge() != "!", "a quiet checkout")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 2


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_is_held_like_the_mouse_and_the_first_key_press_does_not_confirm(desk: Desk, key: str):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.focus(PLACE)
    page.keyboard.press(key)
    desk.dialog().wait("Stay here")
    page.keyboard.press(key)
    desk.dialog().wait_away()
    assert placed(page) == 0


def test_an_order_submitted_by_a_page_script_is_held_too(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.evaluate("document.querySelector('#placeOrderForm').requestSubmit()")
    desk.dialog().wait("Order anyway")
    assert page.url.endswith("/spc")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


def test_the_right_account_orders_without_a_warning(desk: Desk):
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    page = buy_now(desk, TONER)
    desk.ribbon().wait("Ortiz Design")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


def test_a_changed_page_is_judged_again(desk: Desk):
    page = checkout(desk, COFFEE)
    desk.ribbon().wait("Personal")
    page.evaluate("document.querySelector('.lineitem-title-text').textContent = 'Black toner, two pieces'")
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("toner")


def test_the_click_goes_through_while_the_server_is_down(desk: Desk, server: Server):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    server.stop()
    page.reload()
    desk.sees_badge("off")
    page.evaluate("addEventListener('click', event => { sessionStorage.held = event.defaultPrevented })")
    begin = time.monotonic()
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    assert time.monotonic() - begin < 1.2
    assert page.evaluate("sessionStorage.held") == "false"
    assert placed(page) == 1


def test_the_click_goes_through_without_a_pairing(unpaired: Desk):
    page = unpaired.open(f"/dp/{TONER}")
    page.click("#buy-now-button")
    page.wait_for_url("**/spc")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


class SlowAtCheckout:
    """The real visits, answered late at the checkout."""

    def __init__(self, visits: Any, seconds: float) -> None:
        self._visits = visits
        self._seconds = seconds

    def answer(self, client_id: str, visit: Any, prepared: Any = None) -> Any:
        answer = self._visits.answer(client_id, visit, prepared)
        if answer["kind"] == SourceKind.CHECKOUT:
            time.sleep(self._seconds)
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._visits, name)


@pytest.fixture
def slow_desk(unpaired: Desk, ledger: Services) -> Iterator[Callable[[float], Desk]]:
    running: list[Server] = []

    def opened(seconds: float) -> Desk:
        slow: Any = SlowAtCheckout(ledger.visits, seconds)
        ledger.visits = slow
        running.append(Server(ledger, 0))
        unpaired.pair(running[0].start(), ledger.pairing.open_code().code)
        return unpaired

    yield opened
    for server in running:
        server.stop()


def test_a_click_before_the_verdict_waits_1500_ms_then_goes_through_and_says_so(slow_desk: Callable[[float], Desk]):
    desk = slow_desk(5)
    page = checkout(desk, TONER)
    begin = time.monotonic()
    page.click(PLACE, no_wait_after=True)
    page.wait_for_url(THANK_YOU)
    assert 1.2 < time.monotonic() - begin < 2.5
    desk.ribbon().wait("Your last click went through unchecked")
    assert placed(page) == 1


def test_a_verdict_that_arrives_while_the_click_waits_is_obeyed(slow_desk: Callable[[float], Desk]):
    desk = slow_desk(0.8)
    page = checkout(desk, TONER)
    page.click(PLACE, no_wait_after=True)
    page.click(PLACE, no_wait_after=True)
    desk.dialog().wait("Order anyway")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


def test_a_page_is_judged_even_if_the_background_ends_while_it_waits(slow_desk: Callable[[float], Desk]):
    desk = slow_desk(1.5)
    page = checkout(desk, TONER)
    desk.stop_background()
    page.bring_to_front()
    desk.ribbon().wait("toner", "you are on Personal")
    desk.sees_badge("!")


def test_a_checkout_is_judged_again_after_an_account_switch_in_another_tab(desk: Desk):
    desk.open()
    desk.switch_to(BUSINESS)
    page = buy_now(desk, TONER)
    desk.ribbon().wait("Ortiz Design", "from the page before")
    other = desk.new_page()
    other.goto("https://www.amazon.com/ap/signin?switch_account=picker")
    other.click(f"button[value={PERSONAL}]")
    other.wait_for_url("**/")
    desk.ribbon(other).wait("Personal", "sure")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.ribbon().wait("toner", "you are on Personal")
    page.click(PLACE)
    desk.dialog().wait("Stay here")


def test_the_buy_now_overlay_is_guarded_inside(desk: Desk):
    page = checkout(desk, TONER)
    desk.open(f"/dp/{COFFEE}")
    page.evaluate(
        """() => {
            const frame = Object.assign(document.createElement('iframe'), {id: 'turbo-checkout-iframe', src: '/checkout/p/p-1/spc'});
            frame.style = 'position:fixed;inset:80px;width:1000px;height:600px;background:#fff';
            document.body.append(frame);
        }"""
    )
    until(lambda: page.evaluate("document.querySelector('iframe').contentDocument?.querySelector('input') != null"), "the overlay")
    page.wait_for_timeout(700)
    click_inside(page, "#turbo-checkout-iframe", PLACE)
    desk.dialog().wait("toner", "Stay here")
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    assert placed(page) == 0
