"""The demo's browser: Chromium on the look-alike shop with the extension loaded and paired, beside the terminal app or alone."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap import Services, build
from assistant.browsers.chromium import BrowserWindow, open_chromium, wait_until_closed
from assistant.browsers.pairing import pair
from assistant.demo.shop.household import demo_shop
from assistant.demo.shop.serving import ShopServer
from assistant.domain.clock import system_clock
from assistant.domain.errors import NotFound, ServerAway
from assistant.server.threaded_server import Server
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from assistant.client import AssistantClient

_HOME_PAGE = "https://www.amazon.com/"


class ShopSession:
    """What the terminal app runs on beside the shop: the server that this demo started."""

    def __init__(self, services: Services, port: int) -> None:
        """Stand for a running server over these services."""
        self.services = services
        self.port = port

    async def connect(self) -> "AssistantClient":
        """Return a client with every right."""
        from assistant.client import AssistantClient  # noqa: PLC0415  # aiohttp's client is only needed beside the terminal app

        return AssistantClient(self.port, self.services.pairing.mint("terminal app"))


@contextmanager
def shop_window(settings: Settings, *, headless: bool = False) -> Iterator[ShopSession]:
    """Run server, shop and browser while the block lasts; the user may close the browser before.

    Raises BrowserAway when no browser can be opened, LedgerUnusable when the ledger cannot.
    """
    services = build(settings)
    try:
        with _server(services, settings.port) as server:
            browser = _BrowserThread(services, server.port, headless=headless)
            browser.start()
            try:
                yield ShopSession(services, server.port)
            finally:
                browser.leave()
    finally:
        services.close()


def open_shop_browser(
    services: Services,
    port: int,
    *,
    headless: bool = False,
    opened: Callable[["BrowserContext"], None] | None = None,
    leave: threading.Event | None = None,
) -> None:
    """Open the shop in a browser paired with the server on `port`; return once its window is closed or `leave` is set.

    `opened` is called with the browser when the shop's first page stands. Raises BrowserAway.
    """
    shop = ShopServer(demo_shop(system_clock().astimezone().date()))
    shop_port = shop.start()
    try:
        with tempfile.TemporaryDirectory(prefix="shopper-demo-browser-", ignore_cleanup_errors=True) as folder:
            hosts = dict.fromkeys(("www.amazon.com", "www.amazon.de"), shop_port)
            window = BrowserWindow(profile=Path(folder), hosts=hosts, key_print=shop.key_print, headless=headless)
            with open_chromium(window) as context, _paired(services, context, port):
                context.pages[0].goto(_HOME_PAGE)
                if opened is not None:
                    opened(context)
                wait_until_closed(context, leave)
    finally:
        shop.stop()


@contextmanager
def _paired(services: Services, context: "BrowserContext", port: int) -> Iterator[None]:
    """Pair the window; its access ends with it, for its profile is thrown away."""
    before = {client.id for client in services.pairing.clients()}
    pair(context, port, services.pairing.open_code().code)
    mine = [client.id for client in services.pairing.clients() if client.id not in before]
    try:
        yield
    finally:
        for client in mine:
            with suppress(NotFound):
                services.pairing.revoke(client)


@contextmanager
def _server(services: Services, port: int) -> Iterator[Server]:
    """Serve on the wanted port, or on a free one where something else has it: the browser is told which."""
    server = Server(services, port)
    try:
        server.start()
    except ServerAway:
        server = Server(services, 0)
        server.start()
    try:
        yield server
    finally:
        server.stop()


class _BrowserThread:
    """The browser in a thread of its own: Playwright may not share one with a running event loop."""

    def __init__(self, services: Services, port: int, *, headless: bool) -> None:
        self._services, self._port, self._headless = services, port, headless
        self._leave, self._open = threading.Event(), threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="demo browser", daemon=True)

    def start(self) -> None:
        """Return when the shop's first page stands; raise what kept it from doing so."""
        self._thread.start()
        self._open.wait()
        if self._failure is not None:
            raise self._failure

    def leave(self) -> None:
        """Close the browser and wait for its end."""
        self._leave.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            open_shop_browser(self._services, self._port, headless=self._headless, opened=lambda _: self._open.set(), leave=self._leave)
        except BaseException as error:  # noqa: BLE001  # handed to the thread that called start()
            self._failure = error
        finally:
            self._open.set()
