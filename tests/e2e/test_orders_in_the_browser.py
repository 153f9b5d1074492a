"""Orders on opened pages are stored in the ledger, at once or when the server is back."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.demo.shop.household import Shop
from assistant.demo.shop.serving import ShopServer
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.waiting import until


def orders(home: Path) -> dict[str, dict[str, Any]]:
    """Return the orders of `shopper orders --json` by number."""
    command = [sys.executable, "-m", "assistant", "--home", str(home), "orders", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return {order["order_id"]: order for order in json.loads(done.stdout)["items"]}


def test_the_orders_of_an_opened_list_are_in_the_ledger(desk: Desk, ledger: Services, shop: Shop, home: Path):
    desk.open("/your-orders/orders")
    until(lambda: ledger.ledger.overview(shop.accounts[0].orders[0].placed_on)[0].orders, "captured orders")
    found = orders(home)
    assert set(found) == {order.number for order in shop.accounts[0].orders}
    newest = shop.accounts[0].orders[0]
    order = found[newest.number]
    assert (order["account"], order["placed_on"], order["status"]) == ("per", newest.placed_on.isoformat(), "shipping")
    assert [(item["asin"], item["quantity"]) for item in order["items"]] == [(line.product.asin, line.quantity) for line in newest.lines]


def test_an_opened_order_adds_its_prices(desk: Desk, ledger: Services, shop: Shop, home: Path):
    desk.open()
    desk.switch_to(BUSINESS)
    order = shop.accounts[1].orders[1]
    desk.open(f"/your-orders/order-details?orderID={order.number}")
    until(lambda: len(ledger.ledger.overview(order.placed_on)) > 1 and orders(home), "a captured order")
    found = orders(home)[order.number]
    line = order.lines[0]
    subtotal = line.product.price * line.quantity
    assert found["account"] == "biz"
    assert found["amounts"]["subtotal"] == f"{subtotal / 100:.2f}"
    assert found["items"][0]["unit_price"] == f"{line.product.price / 100:.2f}"
    assert found["payments"] == [{"method": "American Express", "last4": "3007", "amount": None, "charged_on": None}]


@pytest.fixture
def patient_desk(open_desk: Callable[..., ChromiumDesk], shop: Shop, ledger: Services, server: Server) -> Iterator[ChromiumDesk]:
    """A browser on a shop whose order cards are unreadable at first."""
    running = ShopServer(replace(shop, encrypted=True))
    desk = open_desk(of=(running, running.start()))
    desk.pair(server.port, ledger.pairing.open_code().code)
    yield desk
    running.stop()


def test_order_cards_are_read_once_they_are_decrypted(patient_desk: ChromiumDesk, ledger: Services, shop: Shop, home: Path):
    patient_desk.open("/your-orders/orders")
    until(lambda: ledger.ledger.overview(shop.accounts[0].orders[0].placed_on)[0].orders, "captured orders")
    assert set(orders(home)) == {order.number for order in shop.accounts[0].orders}
    states = {result.state for result in ledger.imports.imports().items}
    assert states == {"read"}


def test_orders_seen_while_the_server_is_down_arrive_later(desk: Desk, ledger: Services, server: Server, shop: Shop, home: Path):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    desk.open("/your-orders/orders")
    desk.sees_badge("off")
    popup = desk.popup()
    # The page reports its account at once, and its content once it no longer changes.
    until(lambda: _waiting(popup, 2), "waiting pages")
    assert "Server away" in popup.inner_text("#server")
    with Server(ledger, port):
        desk.open()
        desk.sees_badge("PER")
        until(lambda: orders(home), "the late orders")
        assert set(orders(home)) == {order.number for order in shop.accounts[0].orders}


def _waiting(popup: Any, pages: int) -> bool:
    popup.reload()
    popup.wait_for_selector("#foot:not([hidden])")
    return f"Waiting for the server: {pages}." in popup.inner_text("#foot")
