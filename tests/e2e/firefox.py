"""Firefox with the extension in it, driven by Marionette: the same gestures as Chromium's desk, for the same stories."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import translate
from pathlib import Path
from typing import Any

from assistant.browsers.chromium import extension_folder
from tests.e2e.marionette import Marionette, MarionetteError
from tests.e2e.waiting import until

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
ADDON = "shopper@localhost.invalid"
ORIGIN = "moz-extension://6f1d8a52-0c8e-4b8e-9a4b-5d1c2f7e3a90"
BUTTON = "shopper_localhost_invalid-BAP"

_KEYS = {"Enter": "\ue007", "Space": " ", "Escape": "\ue00c", "Tab": "\ue004"}
_OURS = """
    const shown = name => {
      const parts = [];
      for (const host of document.querySelectorAll(`[data-shopper=${name}]`)) {
        for (const part of host.openOrClosedShadowRoot.children) if (part.getAttribute("role") !== "status") parts.push(part);
      }
      return parts;
    };
    const texts = node => {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode.data.trim());
      return found;
    };
    const labelled = (name, label) => shown(name).flatMap(part => [...part.querySelectorAll("*")]).find(one =>
      one.getAttribute("aria-label") === label || [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() === label));
"""


@contextmanager
def open_firefox(profile: Path, hosts: Mapping[str, int]) -> Iterator["FirefoxDesk"]:
    """Start Firefox on a fresh profile in which the hosts lead to a port of this machine; it ends with the block."""
    profile.mkdir(parents=True)
    port = next(iter(hosts.values()))
    prefs: dict[str, Any] = {
        "network.dns.localDomains": ",".join(hosts),
        "network.socket.forcePort": f"443={port}",
        "extensions.webextensions.uuids": json.dumps({ADDON: ORIGIN.removeprefix("moz-extension://")}),
        "marionette.port": 0,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
        "browser.aboutwelcome.enabled": False,
        "intl.locale.requested": "en-US",
        "privacy.userContext.enabled": True,
    }
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in prefs.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [str(PROGRAM), "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found = profile / "MarionetteActivePort"
        until(lambda: found.exists() and found.read_text(), "Firefox to start", patience=30)
        driver = Marionette(int(found.read_text()))
        driver.send("Addon:Install", path=str(extension_folder()), temporary=True)
        yield FirefoxDesk(driver)
        driver.close()
    finally:
        process.terminate()
        process.wait(20)


class FirefoxDesk:
    """One Firefox."""

    def __init__(self, driver: Marionette) -> None:
        self.driver = driver
        self.page = FirefoxPage(driver, driver.send("WebDriver:GetWindowHandle"))

    def open(self, path: str = "/", host: str = "www.amazon.com") -> "FirefoxPage":
        self.page.goto(f"https://{host}{path}")
        return self.page

    def switch_to(self, customer_id: str) -> None:
        self.open("/ap/signin?switch_account=picker")
        self.page.click(f"button[value={customer_id}]")
        self.page.wait_for_url("https://*/")

    def pair(self, port: int, code: str) -> None:
        """Type the code into the popup, opened as a page."""
        page = self.extension_page("popup/popup.html")
        page.click("summary")
        page.fill("#port", str(port))
        page.fill("#code", code)
        page.click("#pair button[type=submit]")
        page.wait_for_selector("#paired:not([hidden])")
        page.close()
        self.page.bring_to_front()

    def extension_page(self, path: str) -> "FirefoxPage":
        page = self.new_page()
        page.goto(f"{ORIGIN}/{path}")
        page.wait_for_selector("main:not([hidden])")
        return page

    def new_page(self, container: int = 0) -> "FirefoxPage":
        """Open a tab, in a container if one is named."""
        if not container:
            opened = self.driver.send("WebDriver:NewWindow", type="tab", focus=True)
            return FirefoxPage(self.driver, opened["handle"])
        before = set(self.driver.send("WebDriver:GetWindowHandles"))
        self._privileged(
            "gBrowser.selectedTab = gBrowser.addTab('about:blank', {userContextId: arguments[0], "
            "triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal()});",
            container,
        )
        handle = until(lambda: set(self.driver.send("WebDriver:GetWindowHandles")) - before, "the container tab").pop()
        return FirefoxPage(self.driver, handle)

    def badge(self) -> str:
        """The text on the button in the toolbar, as it is seen with the selected tab."""
        script = f"return document.getElementById('{BUTTON}')?.getAttribute('badge') ?? '';"
        self.page.bring_to_front()
        return str(self._privileged(script))

    def is_in_toolbar(self) -> bool:
        """Whether the button is in the toolbar itself, not in the menu of extensions."""
        return bool(self._privileged(f"return document.getElementById('{BUTTON}')?.closest('#nav-bar') != null;"))

    def sees_badge(self, text: str) -> None:
        until(lambda: self.badge() == text, f"the badge '{text}', it is '{self.badge()}'")

    def withdraw(self, origin: str) -> None:
        """Take a host permission back, as the page about:addons does."""
        self._privileged_async(
            """
            const [origin, done] = arguments;
            const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
            const { extension } = WebExtensionPolicy.getByID("shopper@localhost.invalid");
            ExtensionPermissions.remove(extension.id, { permissions: [], origins: [origin] }, extension).then(done);
            """,
            origin,
        )

    def ribbon(self) -> "FirefoxHidden":
        return FirefoxHidden(self.page, "ribbon")

    def dialog(self) -> "FirefoxHidden":
        return FirefoxHidden(self.page, "dialog")

    def _privileged(self, script: str, *arguments: object) -> Any:
        with self.driver.privileged():
            return self.driver.script(script, *arguments)

    def _privileged_async(self, script: str, *arguments: object) -> Any:
        with self.driver.privileged():
            return self.driver.async_script(script, *arguments)


class FirefoxPage:
    """A tab, with the few methods of Playwright's page that the stories use."""

    def __init__(self, driver: Marionette, handle: str) -> None:
        self._driver = driver
        self._handle = handle
        self.keyboard = _Keyboard(driver)
        self.mouse = _Mouse(driver)

    def bring_to_front(self) -> None:
        if self._driver.send("WebDriver:GetWindowHandle") != self._handle:
            self._driver.send("WebDriver:SwitchToWindow", handle=self._handle, focus=True)

    @property
    def url(self) -> str:
        self.bring_to_front()
        return str(self._driver.send("WebDriver:GetCurrentURL"))

    def title(self) -> str:
        return str(self._driver.send("WebDriver:GetTitle"))

    def goto(self, url: str) -> None:
        self.bring_to_front()
        self._driver.send("WebDriver:Navigate", url=url)

    def reload(self) -> None:
        self._driver.send("WebDriver:Refresh")

    def close(self) -> None:
        self.bring_to_front()
        remaining = self._driver.send("WebDriver:CloseWindow")
        self._driver.send("WebDriver:SwitchToWindow", handle=remaining[0], focus=True)

    def evaluate(self, script: str, argument: object = None) -> Any:
        """Run an expression or a function of the page; what it returns must be JSON."""
        is_function = re.match(r"\s*(async\s*)?(\(|\w+\s*=>)", script) and "=>" in script and not script.lstrip().startswith("((")
        body = f"return ({script})(given);" if is_function else f"return ({script});"
        source = f"(function (given) {{ {body} }})"
        return self._driver.script(f"return window.eval({json.dumps(source)})(arguments[0]);", argument, sandbox=None)

    def click(self, selector: str, *, no_wait_after: bool = False, button: str = "left") -> None:  # noqa: ARG002  # Playwright's name
        if button == "left":
            # Firefox finds and presses the element in one step, so that nothing can move in between.
            self._middle(selector)
            self._driver.send("WebDriver:ElementClick", id=self._element(selector))
            return
        x, y = self._middle(selector)
        self.mouse.click(x, y, button=button)

    def press(self, selector: str, key: str) -> None:
        self.focus(selector)
        self.keyboard.press(key)

    def focus(self, selector: str) -> None:
        self._script("document.querySelector(arguments[0]).focus();", selector)

    def fill(self, selector: str, text: str) -> None:
        until(lambda: self._script("return document.querySelector(arguments[0]) !== null;", selector), selector)
        element = self._element(selector)
        self._driver.send("WebDriver:ElementClear", id=element)
        self._driver.send("WebDriver:ElementSendKeys", id=element, text=text)

    def _element(self, selector: str) -> str:
        found: dict[str, str] = self._driver.send("WebDriver:FindElement", using="css selector", value=selector)
        return next(iter(found.values()))

    def count(self, selector: str) -> int:
        return int(self._script("return document.querySelectorAll(arguments[0]).length;", selector))

    def wait_for_selector(self, selector: str) -> None:
        until(lambda: self.count(selector) > 0, selector)

    def wait_for_url(self, pattern: str) -> None:
        matching = re.compile(translate(pattern.replace("**", "*")))
        until(lambda: matching.match(self._address()), f"the address {pattern}, it is {self._address()}", patience=15)
        until(lambda: self._script("return document.readyState === 'complete';"), "the page to load")

    def wait_for_timeout(self, milliseconds: float) -> None:
        time.sleep(milliseconds / 1000)

    def _address(self) -> str:
        try:
            return str(self._driver.send("WebDriver:GetCurrentURL"))
        except MarionetteError:
            return ""  # between two pages

    def _middle(self, selector: str) -> tuple[float, float]:
        script = """
            const one = [...document.querySelectorAll(arguments[0])].find(found => found.getClientRects().length);
            if (!one) return null;
            one.scrollIntoView({block: "center"});
            const box = one.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        """
        found = until(lambda: self._script(script, selector), selector)
        return found[0], found[1]

    def _script(self, script: str, *arguments: object, privileged: bool = False) -> Any:
        try:
            return self._driver.script(script, *arguments, sandbox="system" if privileged else "default")
        except MarionetteError:
            return None  # between two pages

    privileged = _script


class _Keyboard:
    def __init__(self, driver: Marionette) -> None:
        self._driver = driver

    def press(self, key: str) -> None:
        value = _KEYS.get(key, key)
        self._driver.actions("key", {"type": "keyDown", "value": value}, {"type": "keyUp", "value": value})


class _Mouse:
    def __init__(self, driver: Marionette) -> None:
        self._driver = driver

    def click(self, x: float, y: float, *, button: str = "left") -> None:
        self._press(x, y, times=1, button=1 if button == "middle" else 0)

    def dblclick(self, x: float, y: float) -> None:
        self._press(x, y, times=2, button=0)

    def move(self, x: float, y: float) -> None:
        self._driver.actions("pointer", {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0})

    def _press(self, x: float, y: float, *, times: int, button: int) -> None:
        press = [{"type": "pointerDown", "button": button}, {"type": "pointerUp", "button": button}]
        self._driver.actions("pointer", {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}, *press * times)


class FirefoxHidden:
    """What is in one of our closed shadow roots: no script of a page can read it, a privileged one can."""

    def __init__(self, page: FirefoxPage, name: str) -> None:
        self._page = page
        self._name = name

    def text(self) -> str:
        script = f"{_OURS} return shown(arguments[0]).flatMap(texts).join(' ');"
        return str(self._page.privileged(script, self._name, privileged=True) or "")

    def wait(self, *words: str) -> str:
        return until(lambda: (text := self.text()) and all(word in text for word in words) and text, f"{self._name} saying {words}")

    def wait_away(self) -> None:
        until(lambda: not self.text(), f"{self._name} going away")

    def click(self, label: str) -> None:
        script = f"{_OURS} return labelled(arguments[0], arguments[1])?.getAttribute('aria-disabled') !== 'true';"
        until(lambda: self._page.privileged(script, self._name, label, privileged=True), f"'{label}' to be ready")
        left, top, right, bottom = self.box(label)
        self._page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def box(self, label: str) -> tuple[float, float, float, float]:
        script = f"""{_OURS}
            const box = labelled(arguments[0], arguments[1])?.getBoundingClientRect();
            return box ? [box.left, box.top, box.right, box.bottom] : null;
        """
        found = until(lambda: self._page.privileged(script, self._name, label, privileged=True), label)
        return found[0], found[1], found[2], found[3]
