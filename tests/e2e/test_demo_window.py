"""The demo's browser: one call starts server, shop and a paired window; leaving stops all of them."""

import asyncio
import threading
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.browsers import chromium
from assistant.browsers.chromium import BrowserWindow, extension_folder, open_chromium
from assistant.demo.browser import open_shop_browser, shop_window
from assistant.domain.errors import BrowserAway
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.e2e.conftest import PERSONAL
from tests.e2e.waiting import until


def test_the_window_opens_on_the_shop_already_paired_and_is_unpaired_when_it_closes(ledger: Services, server: Server):
    leave = threading.Event()
    seen: list[str] = []

    def look(context):
        page = context.pages[0]
        seen.append(page.url)
        until(lambda: any(one.customer_id == PERSONAL and one.greeting for one in ledger.accounts.identities()), "a visit of the shop")
        seen.append(str(len(ledger.pairing.clients())))
        leave.set()

    open_shop_browser(ledger, server.port, headless=True, opened=look, leave=leave)
    assert seen == ["https://www.amazon.com/", "1"]
    assert ledger.pairing.clients() == []


def test_closing_the_window_ends_the_wait(ledger: Services, server: Server):
    open_shop_browser(ledger, server.port, headless=True, opened=lambda context: context.pages[0].close())


def test_the_shop_runs_in_its_own_thread_beside_the_terminal_app(home: Path):
    with shop_window(Settings(home=home, port=0), headless=True) as session:

        async def ask() -> str:
            client = await session.connect()
            async with client:
                return str((await client.health())["status"])

        assert asyncio.run(ask()) == "ok"
        assert len(session.services.pairing.clients()) == 2


def test_the_extension_is_found_beside_the_package_or_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert (extension_folder() / "manifest.json").is_file()
    package = tmp_path / "assistant"
    (package / "browsers").mkdir(parents=True)
    monkeypatch.setattr(chromium, "__file__", str(package / "browsers" / "chromium.py"))
    with pytest.raises(BrowserAway, match="Install Shopper again"):
        extension_folder()
    (package / "extension").mkdir()
    (package / "extension" / "manifest.json").write_text("{}", encoding="utf-8")
    assert extension_folder() == package / "extension"


def test_a_driver_that_does_not_start_is_reported_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/bin/false")
    with (
        pytest.raises(BrowserAway, match="Playwright, which opens the window, did not start"),
        open_chromium(BrowserWindow(profile=tmp_path)),
    ):
        pass


def test_a_machine_without_a_browser_is_reported_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with (
        pytest.raises(BrowserAway, match="No Chromium was found"),
        open_chromium(BrowserWindow(profile=tmp_path / "profile", headless=True)),
    ):
        pass


def test_a_machine_without_a_screen_is_reported_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BrowserAway, match="no screen"), open_chromium(BrowserWindow(profile=tmp_path / "profile")):
        pass
