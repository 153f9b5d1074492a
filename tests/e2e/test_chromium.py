"""Chromium only: private windows, and access to this machine that a person takes back in the browser's own settings."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.browsers.chromium import EXTENSION_ID
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import buy_now
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout
from tests.e2e.waiting import until

NO_ID = "/help"
SET_ACCESS = "([id, access]) => chrome.developerPrivate.updateExtensionConfiguration({extensionId: id, hostAccess: access})"


@pytest.fixture
def desk(open_desk: Callable[..., ChromiumDesk], ledger: Services, server: Server, tmp_path: Path) -> ChromiumDesk:
    """A browser whose user has allowed the extension in private windows."""
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"extensions": {"settings": {EXTENSION_ID: {"incognito": True}}}}), "utf-8")
    opened = open_desk()
    opened.pair(server.port, ledger.pairing.open_code().code)
    return opened


def private_page(desk: ChromiumDesk, path: str = "/") -> Any:
    with desk.context.expect_page() as opened:
        desk.in_background(f"() => void chrome.windows.create({{incognito: true, url: 'https://www.amazon.com{path}'}})")
    return opened.value


def replace_private_window(desk: ChromiumDesk, path: str) -> Any:
    """Close the only private window and open another at once, before anybody can notice that there was none."""
    script = """url => {
        chrome.windows.getAll().then(all => {
            void chrome.windows.remove(all.find(({incognito}) => incognito).id);
            void chrome.windows.create({incognito: true, url});
        });
    }"""
    with desk.context.expect_page() as opened:
        desk.context.service_workers[0].evaluate(script, f"https://www.amazon.com{path}")
    return opened.value


def private_account(desk: ChromiumDesk) -> str | None:
    """Wait until the only private page was judged; return the account that it shows."""
    script = """async () => {
        const tabs = (await chrome.tabs.query({})).filter(tab => tab.incognito);
        if (tabs.length !== 1) return null;
        const [tab] = tabs;
        const key = `view:${tab?.id}:0`;
        return (await chrome.storage.session.get(key))[key];
    }"""
    view: dict[str, Any] = until(lambda: (seen := desk.in_background(script)) and seen["standing"] == "ready" and seen, "a private page")
    return None if view["account"] is None else str(view["account"]["label"])


def test_a_private_window_keeps_its_own_account_and_the_next_one_starts_without_one(desk: ChromiumDesk, ledger: Services):
    desk.open()
    desk.switch_to(BUSINESS)
    desk.ribbon().wait("Ortiz Design")
    private = private_page(desk)
    desk.ribbon(private).wait("Personal", "sure")
    # The checkout shows no id: it goes by its own window.
    private.goto(f"https://www.amazon.com/dp/{TONER}")
    private.click("#buy-now-button")
    private.wait_for_url("**/spc")
    desk.ribbon(private).wait("Personal", "toner")
    private.click(PLACE)
    desk.dialog(private).wait("Ortiz Design", "Stay here")
    # Nor does this page, here or in the next private window.
    private.goto(f"https://www.amazon.com{NO_ID}")
    desk.ribbon(private).wait("Personal", "from the page before")
    assert private_account(desk) == "Personal"
    # Nor is the other window mistaken for the private one, which showed another account last.
    desk.open(NO_ID)
    desk.ribbon().wait("Ortiz Design", "from the page before")
    again = replace_private_window(desk, NO_ID)
    assert private_account(desk) is None
    assert "Personal" not in desk.ribbon(again).text()
    again.close()
    buy_now(desk, TONER)
    desk.ribbon().wait("Ortiz Design", "from the page before")
    assert len(ledger.pairing.clients()) == 1


def test_access_that_is_taken_back_is_named_and_nothing_is_held(desk: ChromiumDesk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    settings = desk.new_page()
    settings.goto("chrome://extensions")
    settings.evaluate(SET_ACCESS, [EXTENSION_ID, "ON_CLICK"])
    # The open page says so at once, and nothing is held any more.
    desk.ribbon().wait("no longer lets Shopper reach its own server")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    popup = desk.new_page()
    popup.goto(f"chrome-extension://{EXTENSION_ID}/popup/popup.html")
    popup.wait_for_selector("#forbidden:not([hidden])")
    assert popup.is_visible("#allow")
    settings.evaluate(SET_ACCESS, [EXTENSION_ID, "ON_ALL_SITES"])
    popup.wait_for_selector("#forbidden", state="hidden")
    desk.open()
    desk.sees_badge("PER")
    desk.ribbon().wait("Personal", "sure")
