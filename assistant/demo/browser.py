"""The demo's browser: Chromium on the look-alike shop with the extension loaded and paired, with the terminal app or alone."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap import Services, build
from assistant.browsers.chromium import BrowserWindow, open_chromium, wait_until_closed
from assistant.browsers.pairing import pair
from assistant.demo.shop.household import demo_shop
from assistant.demo.shop.serving import ShopServer
from assistant.domain.clock import system_today
from assistant.domain.errors import KeyringAway, NotFound, ServerAway
from assistant.server.running import ServerLock, find_server
from assistant.server.threaded_server import Server
from assistant.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from assistant.client import AssistantClient

_HOME_PAGE = "https://www.amazon.com/"


class ShopSession:
    """The terminal app's session next to the shop: it uses the server of the demo's window."""

    def __init__(self, services: Services, port: int, token: str = "") -> None:
        """Create a session for the running server of these services. Without a token one is minted."""
        self.services = services
        self.port = port
        self._token = token

    async def connect(self) -> "AssistantClient":
        """Return a client with every right."""
        from assistant.client import AssistantClient  # noqa: PLC0415  # aiohttp's client is only needed with the terminal app

        self._token = self._token or self.services.pairing.mint("terminal app")
        return AssistantClient(self.port, self._token)


@contextmanager
def shop_window(settings: Settings, *, headless: bool = False) -> Iterator[ShopSession]:
    """Run server, shop and browser during the block. The user may close the browser earlier.

    Raises BrowserAway when no browser can be opened, LedgerUnusable when the ledger cannot.
    """
    with ExitStack() as opening:
        lock = opening.enter_context(ServerLock(settings))
        running, token = None, ""
        while not lock.take() and running is None:
            running = find_server(settings)
        services = build(settings)
        opening.callback(services.close)
        port = running.port if running is not None else opening.enter_context(_server(services, settings.port)).port
        if running is None:
            opening.callback(lock.withdraw, services)
            with suppress(KeyringAway):
                token = lock.publish(services, port)
        browser = _BrowserThread(services, port, headless=headless)
        browser.start()
        opening.callback(browser.leave)
        yield ShopSession(services, port, token)


def open_shop_browser(
    services: Services,
    port: int,
    *,
    headless: bool = False,
    opened: Callable[["BrowserContext"], None] | None = None,
    leave: threading.Event | None = None,
) -> None:
    """Open the shop in a browser paired with the server on `port`; return once its window is closed or `leave` is set.

    `opened` is called with the browser once the shop's first page is loaded. Raises BrowserAway.
    """
    shop = ShopServer(demo_shop(system_today()))
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
    """Pair the window. Its access ends when it closes, because its profile is deleted."""
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
    """Serve on the wanted port, or on a free one if it is taken. The browser gets the number."""
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
    """Runs the browser in its own thread, because Playwright cannot share one with a running event loop."""

    def __init__(self, services: Services, port: int, *, headless: bool) -> None:
        self._services, self._port, self._headless = services, port, headless
        self._leave, self._open = threading.Event(), threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="demo browser", daemon=True)

    def start(self) -> None:
        """Return once the shop's first page is loaded; raise the error if that fails."""
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
