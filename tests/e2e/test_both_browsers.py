"""The main stories in both browsers: the account of a page, the held order, the stopped server."""

import pytest

from assistant.bootstrap import Services
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS, HOUSEHOLD
from tests.e2e.desk import Desk
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_guard import WAYS, act, add
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout, placed
from tests.e2e.waiting import until


def test_the_badge_and_the_ribbon_follow_the_account(either_desk: Desk | FirefoxDesk):
    desk = either_desk
    desk.open()
    desk.sees_badge("PER")
    desk.ribbon().wait("Personal", "sure")
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    desk.ribbon().wait("Ortiz Design")
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    desk.open("/gp/flex/sign-out.html")
    desk.sees_badge("")
    assert desk.ribbon().text() == ""


def test_a_wrong_order_is_held_and_placed_once_when_confirmed(either_desk: Desk | FirefoxDesk, ledger: Services):
    desk = either_desk
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("toner", "Ortiz Design", "Stay here", "Order anyway")
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    page.focus(PLACE)
    page.keyboard.press("Enter")
    desk.dialog().wait("Order anyway")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1
    until(lambda: any(alert.choice == "continue" for alert in ledger.alerts.alerts(open_only=False).items), "the decision")


@pytest.mark.parametrize("name", ["a page that acts on pointerdown", "form.submit() of the page", "a form that hides its methods"])
def test_a_disguised_order_button_is_held(either_desk: Desk | FirefoxDesk, name: str):
    page = checkout(either_desk, TONER)
    either_desk.sees_badge("!")
    add(page, WAYS[name])
    act(page, WAYS[name])
    either_desk.dialog().wait("toner", "Order anyway")
    either_desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


def test_an_impatient_second_click_does_not_confirm(either_desk: Desk | FirefoxDesk):
    page = checkout(either_desk, TONER)
    either_desk.sees_badge("!")
    page.click(PLACE)
    either_desk.dialog().wait("Order anyway")
    left, top, right, bottom = either_desk.dialog().box("Order anyway")
    page.mouse.dblclick((left + right) / 2, (top + bottom) / 2)
    page.wait_for_timeout(200)
    either_desk.dialog().wait("Order anyway")
    page.keyboard.press("Escape")
    either_desk.dialog().wait_away()
    assert placed(page) == 0


def test_without_a_server_the_page_says_so_and_nothing_is_held(either_desk: Desk | FirefoxDesk, server: Server):
    page = checkout(either_desk, TONER)
    either_desk.sees_badge("!")
    server.stop()
    page.reload()
    either_desk.sees_badge("off")
    either_desk.ribbon().wait("Not checked: Shopper is not running")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1
