"""Verdicts of the groups identity, duplicate and date, from the shop through the extension to the server and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from assistant.bootstrap import Services
from assistant.demo.shop.household import Shop
from assistant.demo.shop.serving import ShopServer
from assistant.domain.filters import Filter
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS, HOUSEHOLD, PERSONAL
from tests.e2e.desk import Desk, buy_now
from tests.e2e.waiting import until

LAMP = "B0DEMOB002"


def bought(ledger: Services) -> set[str | None]:
    return {item.asin for view in ledger.ledger.views(Filter(), limit=50).items for item in view.order.items}


def test_a_checkout_with_an_unregistered_account_is_warned_about(desk: Desk):
    desk.open()
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    buy_now(desk, LAMP)
    desk.ribbon().wait("The account that is signed in here is not registered.")


def test_a_recent_order_on_one_account_is_mentioned_on_the_other(desk: Desk, ledger: Services):
    desk.open()
    desk.switch_to(PERSONAL)
    buy_now(desk, LAMP)
    desk.page.click("#submitOrderButtonId input")
    desk.page.wait_for_url("**/gp/buy/thankyou/**")
    desk.open("/your-orders/orders")
    until(lambda: LAMP in bought(ledger), "the order in the ledger")
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    buy_now(desk, LAMP)
    desk.ribbon().wait("was just ordered on Personal")


def test_a_return_window_that_closes_soon_becomes_a_reminder(
    open_desk: Callable[..., ChromiumDesk], shop: Shop, ledger: Services, server: Server
):
    today = date.today()  # noqa: DTZ011  # the shop prints the day of this machine
    old = [
        replace(order, placed_on=today - timedelta(days=30), delivered_on=today - timedelta(days=28)) for order in shop.accounts[0].orders
    ]
    running = ShopServer(replace(shop, accounts=(replace(shop.accounts[0], orders=(old[0],)), *shop.accounts[1:])))
    desk = open_desk(of=(running, running.start()))
    try:
        desk.pair(server.port, ledger.pairing.open_code().code)
        desk.open()
        desk.switch_to(shop.accounts[0].customer_id)
        desk.open(f"/your-orders/order-details?orderID={old[0].number}")
        (alert,) = until(lambda: ledger.alerts.alerts().items, "the warning", patience=20)
    finally:
        running.stop()
    assert (alert.code, alert.account) == ("RETURN_WINDOW_SOON", "per")
    assert old[0].number in (alert.url or "")
