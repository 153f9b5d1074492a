"""Firefox with the extension, driven by Marionette, and access to what scripts of a page cannot read."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.browsers.chromium import extension_folder
from tests.e2e.desk import has_reached
from tests.e2e.firefox_page import FirefoxHidden, FirefoxPage
from tests.e2e.marionette import Marionette, MarionetteError
from tests.e2e.waiting import until

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
ADDON = "shopper@localhost.invalid"
ORIGIN = "moz-extension://6f1d8a52-0c8e-4b8e-9a4b-5d1c2f7e3a90"
BUTTON = "shopper_localhost_invalid-BAP"

_ON_SHOP_TAB = """async ask => {
    const [tab] = await browser.tabs.query({url: ["https://*/*"]});
    return ask === "tab" ? tab.id : browser.action.getBadgeBackgroundColor({tabId: tab.id});
}"""
_PERMISSION = """
    const [what, origin, done] = arguments;
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    const { extension } = WebExtensionPolicy.getByID("shopper@localhost.invalid");
    ExtensionPermissions[what](extension.id, { permissions: [], origins: [origin] }, extension).then(done);
"""


@contextmanager
def open_firefox(profile: Path, hosts: Mapping[str, int]) -> Iterator["FirefoxDesk"]:
    """Start Firefox on a new profile that maps the hosts to a port of this machine; it ends with the block."""
    profile.mkdir(parents=True)
    port = next(iter(hosts.values()))
    prefs: dict[str, Any] = {
        "network.dns.localDomains": ",".join(hosts),
        "network.socket.forcePort": f"443={port}",
        "extensions.webextensions.uuids": json.dumps({ADDON: ORIGIN.removeprefix("moz-extension://")}),
        # The extension is installed again for every test and keeps its address.
        "extensions.webextensions.keepUuidOnUninstall": True,
        # Grant a host permission without the question that a person would answer.
        "extensions.webextOptionalPermissionPrompts": False,
        "marionette.port": 0,
        "browser.shell.checkDefaultBrowser": False,
        "browser.tabs.warnOnClose": False,
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

    def reset(self) -> None:
        """Remove what an earlier test left: tabs, cookies and all that the extension stores."""
        before = self.driver.send("WebDriver:GetWindowHandles")
        self.driver.turn_to(before[0], focus=True)
        fresh = self.new_page()
        for handle in before:
            FirefoxPage(self.driver, handle).close()
        with suppress(MarionetteError):
            self.driver.send("Addon:Uninstall", id=ADDON)
        self.in_browser("Services.cookies.removeAll();")
        self.page = fresh
        self.page.bring_to_front()
        self.install(extension_folder())

    def install(self, folder: Path) -> None:
        """Install the extension, or update it where it is installed."""
        self.driver.send("Addon:Install", path=str(folder), temporary=True, allowPrivateBrowsing=True)

    def open(self, path: str = "/", host: str = "www.amazon.com") -> FirefoxPage:
        self.page.goto(f"https://{host}{path}")
        return self.page

    def switch_to(self, customer_id: str) -> None:
        self.open("/ap/signin?switch_account=picker")
        self.page.click(f"button[value={customer_id}]")
        self.page.wait_for_url("https://*/")

    def pair(self, port: int, code: str) -> None:
        page = self.extension_page("popup/popup.html")
        page.click("summary")
        page.fill("#port", str(port))
        page.fill("#code", code)
        page.click("#pair button[type=submit]")
        page.wait_for_selector("#paired:not([hidden])")
        page.close()
        self.page.bring_to_front()

    def toolbar_popup_width(self) -> int:
        """Open the popup from the toolbar, as a person does, and return its width in pixels."""
        self.in_browser(
            """const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
            const extension = WebExtensionPolicy.getByID(arguments[0]).extension;
            const action = ExtensionParent.apiManager.global.browserActionFor(extension);
            const window = Services.wm.getMostRecentWindow("navigator:browser");
            window.CustomizableUI.addWidgetToArea(action.widget.id, "nav-bar");
            action.openPopup(window, true);""",
            ADDON,
        )
        width = """const window = Services.wm.getMostRecentWindow("navigator:browser");
            return window.document.querySelector(".webextension-popup-browser")?.clientWidth ?? 0;"""
        return until(lambda: int(self.in_browser(width)), "the popup")

    def extension_page(self, path: str) -> FirefoxPage:
        page = self.new_page()
        page.goto(f"{ORIGIN}/{path}")
        page.wait_for_selector("main:not([hidden])")
        return page

    def popup(self, *, until_it_is: str = "complete") -> FirefoxPage:
        page = self.extension_page("popup/popup.html")
        page.goto(f"{ORIGIN}/popup/popup.html?tab={page.evaluate(_ON_SHOP_TAB, 'tab')}")
        until(lambda: page.script(f"return {has_reached(until_it_is)};"), f"the popup to be {until_it_is}")
        return page

    def options(self) -> FirefoxPage:
        return self.extension_page("options/options.html")

    def new_page(self, *, container: int = 0, private: bool = False) -> FirefoxPage:
        """Open a tab, in a container or in a private window of its own if asked for."""
        if not container:
            opened = self.driver.send("WebDriver:NewWindow", type="window" if private else "tab", focus=True, private=private)
            return FirefoxPage(self.driver, opened["handle"])
        before = set(self.driver.send("WebDriver:GetWindowHandles"))
        self.in_browser(
            "gBrowser.selectedTab = gBrowser.addTab('about:blank', {userContextId: arguments[0], "
            "triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal()});",
            container,
        )
        handle = until(lambda: set(self.driver.send("WebDriver:GetWindowHandles")) - before, "the container tab").pop()
        return FirefoxPage(self.driver, handle)

    def tabs(self) -> int:
        return len(self.driver.send("WebDriver:GetWindowHandles"))

    def badge(self) -> str:
        self.page.bring_to_front()
        return str(self.in_browser(f"return document.getElementById('{BUTTON}')?.getAttribute('badge') ?? '';"))

    def badge_colour(self) -> tuple[int, ...]:
        page = self.options()
        found = page.evaluate(_ON_SHOP_TAB, "colour")
        page.close()
        return tuple(found)

    def is_in_toolbar(self) -> bool:
        """Return whether the button is in the toolbar itself, not in the menu of extensions."""
        return bool(self.in_browser(f"return document.getElementById('{BUTTON}')?.closest('#nav-bar') != null;"))

    def sees_badge(self, text: str) -> None:
        until(lambda: self.badge() == text, f"the badge '{text}', it is '{self.badge()}'")

    def make_narrow(self, width: int) -> None:
        self.page.bring_to_front()
        # A window of Firefox is never so narrow, but the page in it can be.
        self.in_browser("gBrowser.selectedBrowser.style.maxWidth = `${arguments[0]}px`;", width)
        until(lambda: self.page.evaluate("innerWidth") == width, f"a page of {width} pixels")

    def as_printed(self) -> None:
        self.page.bring_to_front()
        self.in_browser("gBrowser.selectedBrowser.browsingContext.mediumOverride = 'print';")

    def press_command(self) -> None:
        self.page.bring_to_front()
        self.in_browser(
            "[...document.querySelectorAll('keyset[id*=shopper] > key')].find(key => key.getAttribute('key') === 'S').doCommand();"
        )

    def stop_background(self) -> None:
        with self.driver.privileged():
            script = "WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground({}).then(arguments[1]);"
            self.driver.async_script(script, ADDON)

    def kept_views(self) -> int:
        page = self.options()
        found = page.evaluate("async () => Object.keys(await browser.storage.session.get()).filter(key => key.startsWith('view:')).length")
        page.close()
        return int(found)

    def withdraw(self, origin: str) -> None:
        """Revoke a host permission, as the page about:addons does."""
        with self.driver.privileged():
            self.driver.async_script(_PERMISSION, "remove", origin)

    def picture(self, folder: Path, name: str) -> None:
        self.page.bring_to_front()
        (folder / f"{name}.png").write_bytes(base64.b64decode(self.driver.send("WebDriver:TakeScreenshot", full=False)))

    def ribbon(self, page: FirefoxPage | None = None) -> FirefoxHidden:
        return FirefoxHidden(page or self.page, "ribbon")

    def dialog(self, page: FirefoxPage | None = None) -> FirefoxHidden:
        return FirefoxHidden(page or self.page, "dialog")

    def in_browser(self, script: str, *arguments: object) -> Any:
        """Run the body of a function in the browser's own window."""
        with self.driver.privileged():
            return self.driver.script(script, *arguments)
