"""A real server over a real ledger, the look-alike shop, and Chromium with the extension, fresh for every test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import Services, build
from assistant.browsers.chromium import BrowserWindow, open_chromium
from assistant.demo.shop.household import Shop, demo_shop
from assistant.demo.shop.serving import ShopServer
from assistant.domain.accounts.account import AccountChange
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.e2e.desk import Desk
from tests.e2e.firefox import PROGRAM, FirefoxDesk, open_firefox

PERSONAL, BUSINESS, HOUSEHOLD = "A1DEMOPERS0001", "A1DEMOBUSI0002", "A1DEMOHOME0003"
LOOK_ALIKE = "www.amazon.com.evil.test"
HOSTS = ("www.amazon.com", "www.amazon.de", LOOK_ALIKE)


@pytest.fixture
def ledger(home: Path) -> Iterator[Services]:
    """Two registered accounts of one person; the household's third is signed in at times, but nobody has registered it."""
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


@pytest.fixture
def open_desk(tmp_path: Path, shop_server: tuple[ShopServer, int]) -> Iterator[Callable[..., Desk]]:
    """Opens a browser; arguments go to Chromium."""
    with ExitStack() as stack:

        def opened(*arguments: str, of: tuple[ShopServer, int] = shop_server, headless: bool = True) -> Desk:
            running, port = of
            hosts = dict.fromkeys(HOSTS, port)
            profile = tmp_path / "profile"
            window = BrowserWindow(profile=profile, hosts=hosts, key_print=running.key_print, headless=headless, arguments=arguments)
            desk = Desk(stack.enter_context(open_chromium(window)))
            if headless:
                desk.page.set_viewport_size({"width": 1180, "height": 760})
            return desk

        yield opened


@pytest.fixture
def unpaired(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def desk(unpaired: Desk, ledger: Services, server: Server) -> Desk:
    unpaired.pair(server.port, ledger.pairing.open_code().code)
    return unpaired


@pytest.fixture
def firefox(tmp_path: Path, shop_server: tuple[ShopServer, int], ledger: Services, server: Server) -> Iterator[FirefoxDesk]:
    if PROGRAM is None:
        pytest.skip("Firefox is not installed: apt-get install firefox-esr")
    with open_firefox(tmp_path / "firefox", dict.fromkeys(HOSTS, shop_server[1])) as opened:
        opened.pair(server.port, ledger.pairing.open_code().code)
        yield opened


@pytest.fixture(params=["chromium", "firefox"])
def either_desk(request: pytest.FixtureRequest) -> Desk | FirefoxDesk:
    """The same story in both browsers."""
    opened: Desk | FirefoxDesk = request.getfixturevalue("desk" if request.param == "chromium" else "firefox")
    return opened
