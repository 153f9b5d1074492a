"""Chromium's private windows, and access to pages or to this machine that a person takes back in the browser's own settings."""

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
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout
from tests.e2e.waiting import until


@pytest.fixture
def desk(open_desk: Callable[..., ChromiumDesk], ledger: Services, server: Server, tmp_path: Path) -> ChromiumDesk:
    """A browser whose user has allowed the extension in private windows."""
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"extensions": {"settings": {EXTENSION_ID: {"incognito": True}}}}), "utf-8")
    opened = open_desk()
    opened.pair(server.port, ledger.pairing.open_code().code)
    return opened


def private_page(desk: ChromiumDesk) -> Any:
    with desk.context.expect_page() as opened:
        desk.in_background("() => void chrome.windows.create({incognito: true, url: 'https://www.amazon.com/'})")
    return opened.value


def test_a_private_window_keeps_its_own_account_and_the_next_one_starts_anew(desk: ChromiumDesk, ledger: Services):
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
    private.close()
    again = private_page(desk)
    again.goto("https://www.amazon.com/checkout/p/p-1/spc")
    until(lambda: "Personal" not in desk.ribbon(again).text(), "a checkout that nobody is signed in to")
    again.close()
    desk.open(f"/dp/{TONER}")
    desk.page.click("#buy-now-button")
    desk.page.wait_for_url("**/spc")
    desk.ribbon().wait("Ortiz Design", "from the page before")
    assert len(ledger.pairing.clients()) == 1


def test_access_that_is_taken_back_is_named_and_nothing_is_held(desk: ChromiumDesk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    settings = desk.new_page()
    settings.goto("chrome://extensions")
    settings.evaluate("id => chrome.developerPrivate.updateExtensionConfiguration({extensionId: id, hostAccess: 'ON_CLICK'})", EXTENSION_ID)
    settings.close()
    desk.ribbon().wait("no longer lets Shopper reach its own server")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    popup = desk.context.new_page()
    popup.goto(f"chrome-extension://{EXTENSION_ID}/popup/popup.html")
    popup.wait_for_selector("#forbidden:not([hidden])")
    assert popup.is_visible("#allow")
