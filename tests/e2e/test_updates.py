"""An update of the extension while pages are open: nothing of the old version remains, and every order button works."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.browsers.chromium import extension_folder
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.desk import Desk
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout
from tests.e2e.waiting import until

RIBBONS = "document.querySelectorAll('[data-shopper=ribbon]').length"


def new_version(folder: Path) -> Path:
    """Write a copy of the extension with a higher version."""
    shutil.copytree(extension_folder(), folder, dirs_exist_ok=True)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "version": "0.1.1"}), "utf-8")
    return folder


@pytest.fixture
def updating_chromium(open_desk: Callable[..., ChromiumDesk]) -> tuple[ChromiumDesk, Callable[[Path], object]]:
    desk = open_desk("--enable-unsafe-extension-debugging")
    browser = desk.context.browser
    assert browser is not None
    return desk, lambda folder: browser.new_browser_cdp_session().send("Extensions.loadUnpacked", {"path": str(folder)})


@pytest.fixture
def updating_firefox(unpaired_firefox: FirefoxDesk) -> tuple[FirefoxDesk, Callable[[Path], object]]:
    return unpaired_firefox, unpaired_firefox.install


@pytest.fixture(params=["chromium", "firefox"])
def updating(request: pytest.FixtureRequest, ledger: Services, server: Server) -> tuple[Desk, Callable[[Path], object]]:
    desk, install = request.getfixturevalue(f"updating_{request.param}")
    desk.pair(server.port, ledger.pairing.open_code().code)
    return desk, install


def test_a_held_checkout_survives_an_update(updating: tuple[Desk, Callable[[Path], object]], tmp_path: Path):
    desk, install = updating
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Order anyway")
    page.evaluate("document.querySelector('[data-shopper=ribbon]').id = 'old'")
    install(new_version(tmp_path / "new"))
    # The scripts of the new version come into the open page; nothing of the old one stays.
    until(lambda: page.evaluate("document.querySelector('#old') === null"), "the old ribbon to go")
    desk.dialog().wait_away()
    desk.ribbon().wait("Personal", "toner")
    assert page.evaluate(RIBBONS) == 1
    page.click(PLACE, no_wait_after=True)
    desk.dialog().wait("toner", "Order anyway")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)


def test_a_held_order_goes_out_after_the_extension_is_removed(open_desk: Callable[..., ChromiumDesk], ledger: Services, server: Server):
    desk = open_desk()
    desk.pair(server.port, ledger.pairing.open_code().code)
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Stay here")
    page.keyboard.press("Escape")
    # What Chromium calls a reload leaves an extension dead that was loaded from the command line.
    desk.in_background("() => { chrome.runtime.reload(); }")
    page.wait_for_timeout(500)
    page.click(PLACE, no_wait_after=True)
    page.wait_for_url(THANK_YOU)
