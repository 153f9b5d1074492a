"""R9: whatever stops between a page and the ledger, each page that the extension has shown as reported arrives there."""

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from assistant.bootstrap import Services
from assistant.browsers import chromium as chromium_windows
from assistant.browsers.chromium import BrowserWindow, extension_folder, open_chromium
from assistant.demo.shop.serving import ShopServer
from assistant.server.threaded_server import Server
from assistant.services.visits.answer import Visits
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import HOSTS
from tests.e2e.waiting import until
from tests.proof.conftest import Scale
from tests.proof.conftest import scale as scale  # noqa: PLC0414  # a fixture


@dataclass
class Trial:
    """One browser and one server, which stop and start again; `arrived` has the address of every visit that was stored, by its id."""

    driver: Playwright
    window: BrowserWindow
    ledger: Services
    port: int
    arrived: dict[str, str] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    opened: int = 0

    def start_browser(self) -> None:
        self.desk = ChromiumDesk(self.stack.enter_context(open_chromium(self.window, self.driver)))

    def start_server(self) -> None:
        self.server = Server(self.ledger, self.port)
        self.port = self.server.start()

    def pair(self) -> None:
        self.desk.pair(self.port, self.ledger.pairing.open_code().code)

    def open(self) -> str:
        """Open a page with an address of its own, and return what is special about it."""
        self.opened += 1
        name = f"fault-{self.opened}-of-many"
        with suppress(Error):
            self.desk.page.goto(f"https://www.amazon.com/?ref={name}", wait_until="domcontentloaded")
        return name

    def has_arrived(self, name: str) -> bool:
        # The thread of the server adds to it at the same time.
        return any(name in url for url in tuple(self.arrived.values()))

    def open_without_server(self) -> str:
        """Open a page that is shown as not checked."""
        self.server.stop()
        name = self.open()
        self.desk.sees_badge("off")
        return name


def stop_worker(trial: Trial, seed: random.Random) -> str:
    """Stop the extension's worker in the middle of a report."""
    name = trial.open()
    time.sleep(seed.random() * 0.08)
    trial.desk.stop_background()
    return name


def stop_server(trial: Trial, seed: random.Random) -> str:
    """Stop the server, and sometimes the worker while the visit waits."""
    name = trial.open_without_server()
    if seed.random() < 0.5:
        trial.desk.stop_background()
    trial.start_server()
    trial.open()
    return name


def kill_browser(trial: Trial, _: random.Random) -> str:
    """Crash the browser while a visit waits."""
    name = trial.open_without_server()
    with suppress(Error):
        trial.desk.context.new_cdp_session(trial.desk.page).send("Browser.crash")
    with suppress(Error):
        trial.stack.close()
    trial.start_server()
    trial.start_browser()
    trial.open()
    return name


def revoke(trial: Trial, _: random.Random) -> str:
    """Revoke the browser while a visit waits, and pair it again."""
    name = trial.open_without_server()
    trial.start_server()
    for client in trial.ledger.pairing.clients():
        trial.ledger.pairing.revoke(client.id)
    trial.open()
    until(lambda: trial.desk.badge() not in {"off", "PER"}, "the badge of an unpaired browser")
    trial.pair()
    trial.open()
    return name


FAULTS = (stop_worker, stop_worker, stop_server, stop_server, stop_server, kill_browser, revoke)


def lost(trial: Trial, faults: int, patience: float) -> list[str]:
    """Cause faults one after the other; return the pages that never arrived."""
    seed, missing = random.Random(3), []
    for number in range(faults):
        fault = FAULTS[number % len(FAULTS)]
        name = fault(trial, seed)
        try:
            until(lambda name=name: trial.has_arrived(name), "the visit", patience)
        except AssertionError:
            missing.append(f"{name}: {fault.__name__}")
    return missing


@pytest.fixture
def trial(
    driver: Playwright, tmp_path: Path, shop_server: tuple[ShopServer, int], ledger: Services, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Trial]:
    running, port = shop_server
    window = BrowserWindow(profile=tmp_path / "profile", hosts=dict.fromkeys(HOSTS, port), key_print=running.key_print, headless=True)
    made = Trial(driver, window, ledger, 0)
    answer = Visits.answer

    def recorded(visits: Visits, client: str, visit, *rest):
        answered = answer(visits, client, visit, *rest)
        made.arrived[visit.id] = visit.url
        return answered

    monkeypatch.setattr(Visits, "answer", recorded)
    made.start_server()
    yield made
    with suppress(Error):
        made.stack.close()
    made.server.stop()


def test_no_fault_loses_a_visit(trial: Trial, scale: Scale):
    faults = scale(7, 500)
    trial.start_browser()
    trial.pair()
    assert lost(trial, faults, 15) == []
    popup = trial.desk.popup()
    assert "dropped" not in popup.inner_text("body").lower()
    scale.report(f"R9: {faults} faults (worker, server, browser, revoked), {trial.opened} pages, 0 lost")


def test_the_harness_notices_an_extension_that_keeps_nothing(trial: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "extension"
    shutil.copytree(extension_folder(), broken)
    outbox = broken / "lib" / "outbox.js"
    text = outbox.read_text(encoding="utf-8")
    outbox.write_text(
        text.replace("export async function put(entry, now = new Date()) {", "export async function put(entry, now) {\n  return;")
    )
    assert outbox.read_text(encoding="utf-8") != text
    monkeypatch.setattr(chromium_windows, "extension_folder", lambda: broken)
    trial.start_browser()
    trial.pair()
    assert lost(trial, 3, 3) != []
