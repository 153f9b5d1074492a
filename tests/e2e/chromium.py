"""Chromium with the extension, driven by Playwright, and access to what scripts of a page cannot read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, CDPSession, Error, Page

from assistant.browsers.chromium import EXTENSION_ID, wait_for_extension
from assistant.browsers.pairing import pair
from tests.e2e.desk import has_reached
from tests.e2e.waiting import until

POPUP = f"chrome-extension://{EXTENSION_ID}/popup/popup.html"
OPTIONS = f"chrome-extension://{EXTENSION_ID}/options/options.html"
Edges = tuple[float, float, float, float]

_SESSIONS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
FORGET = """async () => {
    localStorage.clear();
    await Promise.all([chrome.storage.session.clear(), chrome.storage.local.clear(), chrome.alarms.clearAll()]);
    await new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase("shopper");
        [request.onsuccess, request.onerror] = [done, fail];
    });
}"""


class ChromiumDesk:
    """One Chromium."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        wait_for_extension(context)
        self.page = context.pages[0]

    def open(self, path: str = "/", host: str = "www.amazon.com") -> Page:
        self.page.goto(f"https://{host}{path}")
        return self.page

    def switch_to(self, customer_id: str) -> None:
        self.open("/ap/signin?switch_account=picker")
        # The ribbon may move the button between the two halves of a click.
        self.page.press(f"button[value={customer_id}]", "Enter")
        self.page.wait_for_url("**/")

    def badge(self) -> str:
        """Return the toolbar's text for the shop's tab."""
        script = """async () => {
            const tabs = await chrome.tabs.query({url: ["https://*/*"]});
            return tabs.length ? chrome.action.getBadgeText({tabId: tabs[0].id}) : "no tab";
        }"""
        return str(self.in_background(script))

    def badge_colour(self) -> tuple[int, ...]:
        script = """async () => {
            const [tab] = await chrome.tabs.query({url: ["https://*/*"]});
            return chrome.action.getBadgeBackgroundColor({tabId: tab.id});
        }"""
        return tuple(self.in_background(script))

    def sees_badge(self, text: str) -> None:
        until(lambda: self.badge() == text, f"the badge '{text}', it is '{self.badge()}'")

    def shop_tab(self) -> int:
        return int(self.in_background("async () => (await chrome.tabs.query({url: ['https://*/*']}))[0].id"))

    def pair(self, port: int, code: str) -> None:
        """Type the code into the popup."""
        pair(self.context, port, code)

    def popup(self, *, width: int = 348, height: int = 420, until_it_is: str = "complete") -> Page:
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{POPUP}?tab={self.shop_tab()}")
        until(lambda: page.evaluate(has_reached(until_it_is)), f"the popup to be {until_it_is}")
        return page

    def picture(self, folder: Path, name: str) -> None:
        self.page.screenshot(path=folder / f"{name}.png")

    def extension_page(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(f"chrome-extension://{EXTENSION_ID}/{path}")
        page.wait_for_selector("main:not([hidden])")
        return page

    def options(self) -> Page:
        return self.extension_page("options/options.html")

    def new_page(self) -> Page:
        return self.context.new_page()

    def tabs(self) -> int:
        return len(self.context.pages)

    def make_narrow(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 760})

    def as_printed(self) -> None:
        self.page.emulate_media(media="print")

    def press_command(self) -> None:
        """Do what the key does: headless Chromium has no command keys."""
        self.in_background(
            """async () => {
                const [tab] = await chrome.tabs.query({url: ["https://*/*"]});
                await chrome.tabs.sendMessage(tab.id, {what: "focus-ribbon"}, {frameId: 0});
            }"""
        )

    def stop_background(self) -> None:
        page = self.options()
        _stop_workers(page)
        page.close()

    def kept_views(self) -> int:
        keys = self.in_background("async () => Object.keys(await chrome.storage.session.get())")
        return sum(key.startswith("view:") for key in keys)

    def in_background(self, script: str) -> Any:
        """Run a function in the extension's worker."""
        return self.context.service_workers[0].evaluate(script)

    def reset(self) -> None:
        """Remove what an earlier test left: tabs, cookies and all that the extension stores."""
        page = self.context.new_page()
        page.goto(OPTIONS)
        for other in self.context.pages:
            if other is not page:
                other.close()
        self.context.clear_cookies()
        # A running request of the earlier test must not be answered during the next one.
        _stop_workers(page)
        page.evaluate(FORGET)
        # The open page may have woken the worker in between, with the settings of the earlier test.
        _stop_workers(page)
        self.page = self.context.new_page()
        self.page.set_viewport_size({"width": 1180, "height": 760})
        page.close()

    def ribbon(self, page: Page | None = None) -> "ChromiumHidden":
        return ChromiumHidden(page or self.page, "ribbon")

    def dialog(self, page: Page | None = None) -> "ChromiumHidden":
        return ChromiumHidden(page or self.page, "dialog")


def _stop_workers(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


class ChromiumHidden:
    """The content of one of our closed shadow roots: no script can read it, but the browser's debugger can."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        self._name = name

    def text(self) -> str:
        """Return all its visible text, "" when it is not on the page."""
        return " ".join(text for node in self._nodes() if (text := _shown(node)))

    def spoken(self) -> str:
        """Return what its live region tells a screen reader."""
        regions = (node for node in self._nodes(live=True) if _attribute(node, "role") == "status")
        return " ".join(text for region in regions for node in _all(region) if (text := _shown(node)))

    def wait(self, *words: str) -> str:
        """Wait until it contains all of these words, and return its text."""
        return until(lambda: (text := self.text()) and all(word in text for word in words) and text, f"{self._name} saying {words}")

    def wait_away(self) -> None:
        until(lambda: not self.text(), f"{self._name} going away")

    def click(self, label: str) -> None:
        """Click a button or link by its text or its name, once it is enabled."""
        until(lambda: (node := self._node(label)) and _attribute(node, "aria-disabled") != "true", f"'{label}' to be ready")
        left, top, right, bottom = self.box(label)
        self._page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def box(self, label: str) -> Edges:
        """Return left, top, right and bottom of an element once it no longer moves."""
        before: Edges | None = None

        def at_rest() -> Edges | None:
            nonlocal before
            last, before = before, self._measure(label)
            return before if before == last else None

        return until(at_rest, f"'{label}' in the {self._name}")

    def _measure(self, label: str) -> Edges | None:
        """Return where an element is; None if there is no such element, or the ribbon was redrawn while we looked."""
        if (node := self._node(label)) is None:
            return None
        try:
            quad = self._session().send("DOM.getBoxModel", {"backendNodeId": node["backendNodeId"]})["model"]["border"]
        except Error:
            return None
        return quad[0], quad[1], quad[4], quad[5]

    def _node(self, label: str) -> dict[str, Any] | None:
        for node in self._nodes():
            texts = (child.get("nodeValue", "").strip() for child in node.get("children", ()))
            if node["nodeType"] == 1 and (label == _attribute(node, "aria-label") or label in texts):
                return node
        return None

    def _session(self) -> CDPSession:
        """Return the page's only debugging session: ids of nodes are valid only in the session that gave them."""
        if self._page not in _SESSIONS:
            _SESSIONS[self._page] = self._page.context.new_cdp_session(self._page)
        return _SESSIONS[self._page]

    def _nodes(self, *, live: bool = False) -> list[dict[str, Any]]:
        document = self._session().send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        hosts = (node for node in _all(document) if _attribute(node, "data-shopper") == self._name)
        closed = (root for host in hosts for root in host.get("shadowRoots", ()) if root["shadowRootType"] == "closed")
        return [node for root in closed for part in root.get("children", ()) if live or not _is_live(part) for node in _all(part)]


def _is_live(node: dict[str, Any]) -> bool:
    return _attribute(node, "role") == "status"


def _shown(node: dict[str, Any]) -> str:
    return node.get("nodeValue", "").strip() if node["nodeType"] == 3 else ""


def _attribute(node: dict[str, Any], name: str) -> str | None:
    flat = node.get("attributes", [])
    return dict(zip(flat[::2], flat[1::2], strict=True)).get(name)


def _all(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    inside = [node["contentDocument"]] if "contentDocument" in node else []
    for child in [*node.get("children", ()), *node.get("shadowRoots", ()), *inside]:
        yield from _all(child)
