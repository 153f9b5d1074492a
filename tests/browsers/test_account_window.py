"""The profile of an account's window: who has it open, and where it lies."""

import errno
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event, Timer

import pytest

from assistant.browsers import account_window
from assistant.browsers.account_window import (
    AccountWindow,
    forget_profile,
    is_running,
    lock_holder,
    open_window,
    profile_folder,
    profile_folders,
    profile_size,
)
from assistant.browsers.programs import BrowserFamily, Program, find_program
from assistant.domain.errors import BrowserAway, Conflict

DEAD = 2**22 - 1
"""A number that no process has here."""


def locked(profile: Path, *, host: str = "", pid: int = DEAD) -> Path:
    profile.mkdir(parents=True)
    (profile / "SingletonLock").symlink_to(f"{host or socket.gethostname()}-{pid}")
    return profile


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A browser that starts, notes its arguments and ends."""
    monkeypatch.setenv("DISPLAY", ":0")
    program = tmp_path / "chromium"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/started\n')
    program.chmod(0o755)
    return Program("Chromium", BrowserFamily.CHROMIUM, program)


def test_the_lock_of_a_dead_process_keeps_nobody_out(tmp_path: Path, browser: Program):
    profile = locked(tmp_path / "profiles" / "1")
    assert lock_holder(profile).pid == DEAD
    assert not is_running(profile)
    assert not open_window(AccountWindow(profile=profile, url="https://www.amazon.com/", frame="#0072B2"), browser).reused
    assert "https://www.amazon.com/" in (tmp_path / "started").read_text()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system does not tell what a process is")
def test_a_process_that_got_the_number_of_a_dead_browser_does_not_count(tmp_path: Path):
    profile = locked(tmp_path / "profiles" / "1", pid=os.getpid())
    assert not is_running(profile)
    forget_profile(profile)
    assert not profile.exists()


def test_a_browser_that_still_writes_while_it_ends_does_not_keep_its_profile(tmp_path: Path):
    profile = locked(tmp_path / "profiles" / "1")
    ending = Event()

    def write() -> None:
        for number in count():
            if ending.is_set():
                return
            with suppress(OSError):
                (profile / "Default").mkdir(exist_ok=True)
                (profile / "Default" / str(number)).touch()

    with ThreadPoolExecutor() as pool:
        pool.submit(write)
        pool.submit(lambda: (time.sleep(0.5), ending.set()))
        while not (profile / "Default").exists():
            time.sleep(0.01)
        forget_profile(profile)
    assert not profile.exists()


def test_the_size_of_a_profile_is_that_of_its_files_and_of_none_that_vanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    profile = tmp_path / "profiles" / "1"
    (profile / "Default").mkdir(parents=True)
    for name, size in (("a", 3), ("Default/b", 40)):
        (profile / name).write_bytes(b"x" * size)
    walk = os.walk
    monkeypatch.setattr(account_window.os, "walk", lambda top: [(folder, [], [*names, "gone"]) for folder, _, names in walk(top)])
    assert profile_size(profile) == 43


def test_a_profile_that_cannot_be_deleted_is_named_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: Path) -> None:
        raise OSError(errno.ENOTEMPTY, "Directory not empty")

    monkeypatch.setattr(account_window, "_ENDING", 0.2)
    monkeypatch.setattr(account_window.shutil, "rmtree", refuse)
    with pytest.raises(Conflict, match=r"could not be deleted \(Directory not empty\)\. Try again in a minute\."):
        forget_profile(locked(tmp_path / "profiles" / "1"))


def test_a_window_that_does_not_take_a_page_is_told_and_not_a_new_tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """So is Firefox without D-Bus: its second start shows a dialog and stays."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(account_window, "_HANDED_OVER", 0.5)
    profile = tmp_path / "profiles" / "1"
    program = tmp_path / "browser"
    lock = f"ln -s {socket.gethostname()}-$$ {profile}/SingletonLock"
    program.write_text(f"#!/bin/sh\n{lock} && echo $$ > {tmp_path}/first\necho $$ >> {tmp_path}/all\nwhile :; do sleep 0.1; done\n")
    program.chmod(0o755)
    browser = Program("Browser", BrowserFamily.CHROMIUM, program)
    window = AccountWindow(profile=profile, url="https://www.amazon.com/", frame="#0072B2")
    try:
        assert not open_window(window, browser).reused
        with pytest.raises(Conflict, match=r"did not take the page.*question that Browser asks"):
            open_window(window, browser)
        assert lock_holder(profile).pid == int((tmp_path / "first").read_text())
    finally:
        for pid in (tmp_path / "all").read_text().split():
            os.kill(int(pid), signal.SIGKILL)


def test_a_window_that_closes_while_another_is_opened_is_replaced_by_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Firefox shows a question when a window that is closing does not answer, and opens none after it."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(account_window, "_SETTLED", 0.5)
    profile = tmp_path / "profiles" / "1"
    program = tmp_path / "browser"
    lock, wait = f"{profile}/SingletonLock", "while :; do sleep 0.1; done"
    runs = f'kill -0 "$(readlink {lock} | sed s/.*-//)" 2>/dev/null'
    program.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/all\n{runs} || ln -sfn {socket.gethostname()}-$$ {lock}\n{wait}\n")
    program.chmod(0o755)
    browser = Program("Browser", BrowserFamily.CHROMIUM, program)
    window = AccountWindow(profile=profile, url="https://www.amazon.com/", frame="#0072B2")
    try:
        open_window(window, browser)
        first = lock_holder(profile).pid
        Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
        assert not open_window(window, browser).reused
        assert is_running(profile)
        assert lock_holder(profile).pid != first
    finally:
        for pid in (tmp_path / "all").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def test_a_profile_in_use_on_another_computer_is_left_alone(tmp_path: Path, browser: Program):
    profile = locked(tmp_path / "profiles" / "1", host="attic")
    with pytest.raises(Conflict, match=r"in use on the computer 'attic'.*SingletonLock"):
        open_window(AccountWindow(profile=profile, url="https://www.amazon.com/", frame="#0072B2"), browser)
    assert not (tmp_path / "started").exists()


def test_the_profile_of_a_snap_lies_where_it_may_read_and_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    data = tmp_path / ".local" / "share" / "shopper"
    snap = Program("Chromium", BrowserFamily.CHROMIUM, Path("/snap/bin/chromium"))
    plain = Program("Edge", BrowserFamily.CHROMIUM, Path("/usr/bin/microsoft-edge"))
    for program in (snap, plain):
        profile_folder(data, program, 7).mkdir(parents=True)
    assert profile_folder(data, snap, 7) == tmp_path / "snap" / "chromium" / "common" / "shopper" / "profiles" / "7"
    assert profile_folders(data, 7) == [profile_folder(data, plain, 7), profile_folder(data, snap, 7)]
    assert profile_folders(data, 8) == []


def test_without_a_browser_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(BrowserAway, match=r"No browser was found.*--browser PATH"):
        find_program()
    with pytest.raises(BrowserAway, match=r"There is no browser 'opera'\. Found on this machine: no browser"):
        find_program("opera")


def test_of_several_browsers_the_one_that_takes_the_extension_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("google-chrome", "firefox", "brave-browser"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)
    assert find_program().name == "Brave"
    assert find_program("chrome").family is BrowserFamily.CHROME


def test_a_machine_without_a_screen_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, browser: Program):
    monkeypatch.setattr(account_window.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, "")
    with pytest.raises(BrowserAway, match="There is no screen"):
        open_window(AccountWindow(profile=tmp_path / "profiles" / "1", url="https://www.amazon.com/", frame="#0072B2"), browser)


@pytest.mark.parametrize(
    ("takes_profile", "said", "sentence"),
    [
        (True, "ERROR: Missing X server or $DISPLAY\nwrite: Broken pipe (32)", "^There is no screen to open a window on"),
        (False, "Error: cannot open display: :9", "^There is no screen to open a window on"),
        (True, "Profile is from a newer version", "^Browser could not open a window: Profile is from a newer version$"),
    ],
)
def test_a_browser_that_ends_after_it_took_its_profile_has_opened_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, takes_profile: bool, said: str, sentence: str
):
    monkeypatch.setenv("DISPLAY", ":9")
    profile, program, log = tmp_path / "profiles" / "1", tmp_path / "browser", tmp_path / "said"
    log.write_text(said)
    lock = f"ln -s {socket.gethostname()}-$$ {profile}/SingletonLock\nsleep 0.3\n" if takes_profile else ""
    program.write_text(f"#!/bin/sh\n{lock}cat {log} >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(BrowserAway, match=sentence):
        open_window(
            AccountWindow(profile=profile, url="https://www.amazon.com/", frame="#0072B2"),
            Program("Browser", BrowserFamily.CHROMIUM, program),
        )
