"""Between requests the server checks past purchases and coming dates."""

import time
from dataclasses import replace
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.server.limits import Limits
from tests.server.conftest import ROOMY, Caller
from tests.services.visits.shop_pages import ORDERS, script

CUSTOMER = "A1PERSONAL0001"
LAST_DAY = '</div><span class="a-size-small">Return or replace items: Eligible through November 27, 2026</span>'


def warnings(call: Caller, token: str) -> list[dict[str, Any]]:
    """Return the warnings once there are any."""
    end = time.monotonic() + 10
    items: list[dict[str, Any]] = []
    while not (items := call("GET", "/alerts", token=token).json["items"]):
        assert time.monotonic() < end, "no warning came"
        time.sleep(0.05)
    return items


@pytest.fixture
def limits() -> Limits:
    return replace(ROOMY, settle=0.05)


def test_an_unchecked_captured_order_becomes_a_warning(
    call: Caller, services: Services, token: str, browser: str, a_visit: dict[str, Any]
) -> None:
    services.accounts.add("Personal", key="per")
    services.accounts.add("Ortiz Design", "business", key="biz")
    services.accounts.link("per", CUSTOMER)
    services.rules.add({"type": "route", "match": {"words": ["lamp"]}, "to": "biz"})
    orders = {"html": ORDERS.replace("March 2, 2025", "November 24, 2026"), "scripts": [script(CUSTOMER)], "nav": ""}
    seen = call("POST", "/visits", a_visit | {"url": "https://www.amazon.com/your-orders/orders", "page": orders}, token=browser).json
    assert seen["captured"]["new"] == 1
    items = warnings(call, token)
    assert (items[0]["code"], items[0]["order_id"], items[0]["afterwards"]) == ("WRONG_ACCOUNT_ROUTE", "112-0000001-0000001", True)


def test_a_closing_return_window_becomes_a_warning(
    call: Caller, services: Services, token: str, browser: str, a_visit: dict[str, Any]
) -> None:
    services.accounts.add("Personal", key="per")
    services.accounts.link("per", CUSTOMER)
    listed = ORDERS.replace("March 2, 2025", "October 30, 2026").replace("Desk lamp</a>", f"Desk lamp</a>{LAST_DAY}")
    orders = {"html": listed, "scripts": [script(CUSTOMER)], "nav": ""}
    call("POST", "/visits", a_visit | {"url": "https://www.amazon.com/your-orders/orders", "page": orders}, token=browser)
    assert [entry["code"] for entry in warnings(call, token)] == ["RETURN_WINDOW_SOON"]
