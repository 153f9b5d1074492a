"""Two accounts, each with a window of its own, opened in the real browser on a virtual screen."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.browsers.account_window import is_running, lock_holder, profile_folders
from assistant.domain.accounts.account import colour
from assistant.domain.errors import Conflict, NotFound
from assistant.server.threaded_server import Server
from tests.e2e.screen import PRESENT, Screen, screen
from tests.e2e.waiting import until


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    if not PRESENT:
        pytest.skip("windows need a virtual screen: apt-get install xvfb")
    with screen(1000, 700) as shown:
        monkeypatch.setenv("DISPLAY", shown.display)
        yield shown


@pytest.fixture
def profiles(home: Path) -> Iterator[Path]:
    """The data folder of the windows. Browsers that still run in it are ended after the test."""
    yield home
    for profile in (home / "profiles").glob("*"):
        close(profile)


def close(profile: Path) -> None:
    """End a browser at once, as a crash does; its lock stays behind."""
    holder = lock_holder(profile)
    if holder is not None and is_running(profile):
        os.kill(holder.pid, signal.SIGKILL)
        until(lambda: not is_running(profile), "the window to close")


def test_two_accounts_have_windows_of_their_own(ledger: Services, server: Server, display: Screen, profiles: Path) -> None:
    blank = "https://localhost:9/"
    for key in ("per", "biz"):
        opened = ledger.windows.open(key, port=server.port, url=blank)
        assert (opened.reused, opened.paired) == (False, True)
    assert [window.paired for window in ledger.windows.all()] == [True, True]
    bound = {client.account_id for client in ledger.pairing.clients()}
    assert len(bound) == 2
    assert None not in bound
    assert all(window.running for window in ledger.windows.all())
    assert all((Path(window.folder).stat().st_mode & 0o777) == 0o700 for window in ledger.windows.all())
    frame = until(lambda: display.look().find(colour(ledger.accounts.get("biz").colour).hex), "a frame in the account's colour")
    assert frame.right - frame.left > 300

    started = time.monotonic()
    again = ledger.windows.open("per", port=server.port, url=blank)
    assert (again.reused, again.paired) == (True, True)
    assert time.monotonic() - started < 5
    assert len(ledger.pairing.clients()) == 2

    with pytest.raises(Conflict, match="is open"):
        ledger.windows.forget("per")
    (folder,) = [Path(window.folder) for window in ledger.windows.all() if window.key == "per"]
    close(folder)
    ledger.windows.forget("per")
    assert not folder.exists()
    assert [window.key for window in ledger.windows.all()] == ["biz"]
    assert len(ledger.pairing.clients()) == 1
    with pytest.raises(NotFound):
        ledger.windows.forget("per")
    assert profile_folders(profiles, 4711) == []


def test_an_account_has_a_paired_window_in_firefox_beside_its_window_in_chromium(
    ledger: Services, server: Server, display: Screen, profiles: Path
) -> None:
    if shutil.which("firefox-esr") is None:
        pytest.skip("Firefox is not installed: apt-get install firefox-esr")
    blank = "https://localhost:9/"
    first = ledger.windows.open("biz", port=server.port, url=blank, browser="firefox")
    assert (first.reused, first.paired, first.extension_missing) == (False, True, False)
    other = ledger.windows.open("per", port=server.port, url=blank)
    assert (other.reused, other.paired) == (False, True)
    assert sorted(client.name for client in ledger.pairing.clients()) == ["Chromium", "Firefox"]
    assert {client.account_id for client in ledger.pairing.clients()} == {1, 2}
    until(lambda: display.look().find(colour(ledger.accounts.get("biz").colour).hex), "the account's colour above the tabs")

    both = ledger.windows.open("biz", port=server.port, url=blank)
    assert (both.reused, both.paired) == (False, True)
    assert len(ledger.pairing.clients()) == 3
    for folder in profile_folders(profiles, 2):
        close(folder)
    ledger.windows.forget("biz")
    assert [client.account_id for client in ledger.pairing.clients()] == [1]
