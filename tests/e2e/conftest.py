"""A real server over a real ledger, the look-alike shop, and two browsers with the extension, reset for every test.

A test that uses `desk` or `unpaired` runs in both browsers; `chromium` and `firefox` are for what only one of them has.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from assistant.bootstrap import Services, build
from assistant.browsers.chromium import BrowserWindow, open_chromium
from assistant.demo.shop.household import Shop, demo_shop
from assistant.demo.shop.serving import ShopServer
from assistant.domain.accounts.account import AccountChange
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.desk import Desk
from tests.e2e.firefox import PROGRAM, FirefoxDesk, open_firefox

PERSONAL, BUSINESS, HOUSEHOLD = "A1DEMOPERS0001", "A1DEMOBUSI0002", "A1DEMOHOME0003"
LOOK_ALIKE = "www.amazon.com.evil.test"
BOUGHT = ("Desk lamp", "Notebooks", "Coffee", "Green tea")
_HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
HOSTS = ("www.amazon.com", "www.amazon.de", LOOK_ALIKE)


@pytest.fixture
def ledger(home: Path) -> Iterator[Services]:
    """Two registered accounts of one person. Some tests sign in to a third account of the household, which is not registered."""
    services = build(Settings(home=home, port=0))
    for key, label, purpose, letters, customer in (
        ("per", "Personal", "personal", "PER", PERSONAL),
        ("biz", "Ortiz Design", "business", "BIZ", BUSINESS),
    ):
        services.accounts.add(label, purpose, key=key, change=AccountChange(letters=letters))
        services.accounts.link(key, customer)
    services.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    yield services
    services.close()


@pytest.fixture
def orders(ledger: Services) -> Services:
    """Two accounts that bought the same titles on the last four days, and a budget for one of them."""
    today = ledger.today
    for number, (account, price) in enumerate((("per", "20.00"), ("biz", "150.00")), 1):
        rows = "".join(
            f"113-000000{number}-000000{day},{today - timedelta(days=day)},USD,{price},{price},B00000{number}00{day},1,{title},Closed\n"
            for day, title in enumerate(BOUGHT)
        )
        ledger.imports.take_bytes(f"Retail.OrderHistory.{number}.csv", (_HEAD + rows).encode(), account=account)
    ledger.rules.add({"type": "budget", "account": "biz", "month": "100", "currency": "USD"})
    return ledger


@pytest.fixture
def server(ledger: Services) -> Iterator[Server]:
    with Server(ledger, 0) as running:
        yield running


@pytest.fixture(scope="session")
def shop() -> Shop:
    return replace(demo_shop(date.today()), hosts=HOSTS)  # noqa: DTZ011  # the shop prints the day of this machine


@pytest.fixture(scope="session")
def shop_server(shop: Shop) -> Iterator[tuple[ShopServer, int]]:
    running = ShopServer(shop)
    port = running.start()
    yield running, port
    running.stop()


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Playwright. It occupies the thread's event loop, so it ends with the file: other files may need the loop."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def shared_chromium(
    driver: Playwright, shop_server: tuple[ShopServer, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChromiumDesk]:
    running, port = shop_server
    profile = tmp_path_factory.mktemp("chromium") / "profile"
    window = BrowserWindow(profile=profile, hosts=dict.fromkeys(HOSTS, port), key_print=running.key_print, headless=True)
    with open_chromium(window, driver) as context:
        yield ChromiumDesk(context)


@pytest.fixture(scope="module")
def shared_firefox(shop_server: tuple[ShopServer, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirefoxDesk]:
    """Firefox. It ends with the file: while it is open it takes processor time from other tests."""
    if PROGRAM is None:
        pytest.skip("Firefox is not installed: apt-get install firefox-esr")
    with open_firefox(tmp_path_factory.mktemp("firefox") / "profile", dict.fromkeys(HOSTS, shop_server[1])) as opened:
        yield opened


@pytest.fixture
def unpaired_chromium(shared_chromium: ChromiumDesk) -> ChromiumDesk:
    shared_chromium.reset()
    return shared_chromium


@pytest.fixture
def unpaired_firefox(shared_firefox: FirefoxDesk) -> FirefoxDesk:
    shared_firefox.reset()
    return shared_firefox


@pytest.fixture
def chromium(unpaired_chromium: ChromiumDesk, ledger: Services, server: Server) -> ChromiumDesk:
    unpaired_chromium.pair(server.port, ledger.pairing.open_code().code)
    return unpaired_chromium


@pytest.fixture
def firefox(unpaired_firefox: FirefoxDesk, ledger: Services, server: Server) -> FirefoxDesk:
    unpaired_firefox.pair(server.port, ledger.pairing.open_code().code)
    return unpaired_firefox


@pytest.fixture(params=["chromium", "firefox"])
def unpaired(request: pytest.FixtureRequest) -> Desk:
    opened: Desk = request.getfixturevalue(f"unpaired_{request.param}")
    return opened


@pytest.fixture
def desk(unpaired: Desk, ledger: Services, server: Server) -> Desk:
    unpaired.pair(server.port, ledger.pairing.open_code().code)
    return unpaired


@pytest.fixture
def open_desk(driver: Playwright, tmp_path: Path, shop_server: tuple[ShopServer, int]) -> Iterator[Callable[..., ChromiumDesk]]:
    """Opens a Chromium of its own for tests that need another shop or change the browser itself; arguments go to Chromium."""
    with ExitStack() as stack:

        def opened(*arguments: str, of: tuple[ShopServer, int] = shop_server, headless: bool = True) -> ChromiumDesk:
            running, port = of
            hosts = dict.fromkeys(HOSTS, port)
            profile = tmp_path / "profile"
            window = BrowserWindow(profile=profile, hosts=hosts, key_print=running.key_print, headless=headless, arguments=arguments)
            desk = ChromiumDesk(stack.enter_context(open_chromium(window, driver)))
            if headless:
                desk.page.set_viewport_size({"width": 1180, "height": 760})
            return desk

        yield opened
