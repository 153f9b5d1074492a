"""Opens an account's own browser window: the user's browser as a plain process, with a profile of its own and the extension.

No automation: Shopper starts the browser and lets go of it. A second start of the same profile is handed to the running window by
the browser itself and opens a tab there.
"""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.browsers.chromium import EXTENSION_ID, extension_folder, pin_extension
from assistant.browsers.firefox import popup_address, prepare_profile, takes_extension
from assistant.browsers.guide import write_guide
from assistant.browsers.programs import BrowserFamily, Program
from assistant.domain.errors import BrowserAway, Conflict
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated

_ENDING = 5.0
"""For this many seconds a browser that was closed may still write into its profile."""
_POPUP = f"chrome-extension://{EXTENSION_ID}/popup/popup.html"
_SETTLED = 3.0
"""Seconds within which a browser that cannot start says so."""
_STAYS = 1.0
"""Seconds after which a browser that has its profile also has its window. Without a screen Chromium ends before."""
_HANDED_OVER = 15.0
"""Seconds within which a running window takes a page, on a busy machine too."""
_EXTENSION_STARTS = 15.0
_NO_SCREEN = to_translate("There is no screen to open a window on. Run this in a desktop session.")
_SCREENLESS = ("Missing X server or $DISPLAY", "cannot open display")
"""What Chromium and Firefox say without a screen, among other lines."""
_GLANCE = 0.05
_LOCK = "SingletonLock"
_FIREFOX_LOCK = "lock"
_IN_SNAP = "common/shopper"
"""Where a snap may read, below its folder `snap/NAME`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWindow:
    """The window to open. `frame` is the account's colour as "#D55E00".

    `pairing` is what a Firefox that starts brings to the extension ("#pair=…"): it takes both pages at once, a running one needs D-Bus.
    """

    profile: Path
    url: str
    frame: str
    pairing: str = ""


@dataclass(frozen=True, slots=True)
class OpenedWindow:
    """The result of opening: whether a running window got a tab, whether the extension was loaded, whether the sandbox is off."""

    reused: bool
    with_extension: bool
    without_sandbox: bool


def profile_folder(home: Path, program: Program, account_id: int) -> Path:
    """Return the folder of an account's profile in this kind of browser."""
    name = f"{account_id}-firefox" if program.family is BrowserFamily.FIREFOX else str(account_id)
    return _readable_root(home, program) / name


def profile_folders(home: Path, account_id: int) -> list[Path]:
    """Return the profiles that an account has, in the data folder and in those of snaps."""
    roots = (home / "profiles", *sorted(Path.home().glob(f"snap/*/{_IN_SNAP}/profiles")))
    return [folder for root in roots for folder in (root / str(account_id), root / f"{account_id}-firefox") if folder.is_dir()]


def family_of(profile: Path) -> BrowserFamily:
    """Return the kind of browser that a profile is for."""
    return BrowserFamily.FIREFOX if profile.name.endswith("-firefox") else BrowserFamily.CHROMIUM


def open_window(window: AccountWindow, program: Program) -> OpenedWindow:
    """Open the window, or a tab in it if it is open already. Raises BrowserAway, Conflict for a profile in use elsewhere."""
    _check_screen()
    holder = lock_holder(window.profile)
    if holder is not None and holder.host != socket.gethostname():
        raise Conflict(
            translated(
                "This profile is in use on the computer '{host}'. Close the window there; if it is closed, delete {lock} and try again.",
                host=holder.host,
                lock=window.profile / _LOCK,
            )
        )
    is_new = not window.profile.exists()
    _make_private(window.profile)
    if program.family is BrowserFamily.FIREFOX:
        runs = is_running(window.profile)
        if not runs:
            prepare_profile(window.profile, window.frame)
        pages = [window.url, *([popup_address(window.profile) + window.pairing] if window.pairing and not runs else [])]
        command = [str(program.path), "--profile", str(window.profile), *pages]
    else:
        pin_extension(window.profile)
        command = [str(program.path), *_chromium_arguments(window, program)]
    if program.family is BrowserFamily.CHROME and is_new:
        command.append(write_guide(window.profile, extension_folder(), program.family).as_uri())
    reused = _start(command, program, window.profile)
    unprotected = "--no-sandbox" in command
    return OpenedWindow(reused, _has_extension(window.profile, program), unprotected)


def pairing_fragment(port: int, code: str) -> str:
    """Return the end of the address that brings a pairing code to the extension's popup."""
    return f"#pair={code}&port={port}"


def pair_window(profile: Path, program: Program, port: int, code: str) -> None:
    """Pair the open window with the server on `port`. Raises BrowserAway if the extension does not start.

    A running window takes the page at once, so the code is in the list of processes for a blink only; it works once.
    """
    sent = pairing_fragment(port, code)
    if program.family is BrowserFamily.FIREFOX:
        _start([str(program.path), "--profile", str(profile), popup_address(profile) + sent], program, profile)
        return
    until = time.monotonic() + _EXTENSION_STARTS
    while not _was_started(profile):
        if time.monotonic() > until:
            raise BrowserAway(translated("The window is open, but its extension did not start. Close the window and try again."))
        time.sleep(_GLANCE)
    _start([str(program.path), *_sandbox(), f"--user-data-dir={profile}", _POPUP + sent], program, profile)


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that has a profile open."""

    host: str
    pid: int


def lock_holder(profile: Path) -> LockHolder | None:
    """Return who has the profile open, by the browser's own lock; it may be dead. None if the browser left no lock."""
    for name, separator in ((_LOCK, "-"), (_FIREFOX_LOCK, "+")):
        with suppress(OSError, ValueError):
            host, _, number = str((profile / name).readlink()).rpartition(separator)
            # Firefox's lock is "address:+pid" of this machine.
            return LockHolder(socket.gethostname() if name == _FIREFOX_LOCK else host, int(number))
    return None


def is_running(profile: Path) -> bool:
    """Return whether a browser of this machine has the profile open."""
    holder = lock_holder(profile)
    if holder is None or holder.host != socket.gethostname():
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _has_profile(holder.pid)


def _has_profile(pid: int) -> bool:
    """Return whether a process is a browser with a profile: after a crash another one may have its number. True where nobody can tell."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True
    return b"--user-data-dir=" in command or b"--profile" in command


def check_forgettable(profile: Path) -> None:
    """Raise Conflict if the window of a profile is open, or if the profile is not a folder of Shopper's."""
    if is_running(profile):
        raise Conflict(translated("The window of this account is open. Close it and try again."))
    if profile.is_symlink():
        raise Conflict(translated("{profile} is a link. Remove it yourself; Shopper deletes only its own folders.", profile=profile))


def forget_profile(profile: Path) -> None:
    """Delete a profile with everything that the browser stored in it. Raises Conflict while its window is open or still writes."""
    check_forgettable(profile)
    until = time.monotonic() + _ENDING
    while True:
        try:
            return shutil.rmtree(profile)
        except OSError as error:
            # A browser that has just been closed still writes for a moment.
            if time.monotonic() > until:
                raise Conflict(
                    translated("{profile} could not be deleted ({why}). Try again in a minute.", profile=profile, why=reason_of(error))
                ) from error
            time.sleep(0.1)


def profile_size(profile: Path) -> int:
    """Return how many bytes the files of a profile have; the browser may be adding and deleting some."""
    size = 0
    for folder, _, names in os.walk(profile):
        for name in names:
            with suppress(OSError):
                size += Path(folder, name).lstat().st_size
    return size


def _has_extension(profile: Path, program: Program) -> bool:
    if program.family is BrowserFamily.FIREFOX:
        return is_running(profile) and takes_extension(profile)
    # In Chrome somebody may have loaded it by hand.
    return program.family is BrowserFamily.CHROMIUM or _was_started(profile)


def _was_started(profile: Path) -> bool:
    """Return whether the extension has run in a profile of Chromium: it makes its database when it starts."""
    return any((profile / "Default" / "IndexedDB").glob(f"chrome-extension_{EXTENSION_ID}_*"))


def _chromium_arguments(window: AccountWindow, program: Program) -> Iterator[str]:
    yield f"--user-data-dir={window.profile}"
    if program.family is BrowserFamily.CHROMIUM:
        extension = _readable_extension(program)
        yield f"--disable-extensions-except={extension}"
        yield f"--load-extension={extension}"
    red, green, blue = bytes.fromhex(window.frame.removeprefix("#"))
    yield f"--install-autogenerated-theme={red},{green},{blue}"
    yield "--no-first-run"
    yield "--no-default-browser-check"
    yield "--disable-search-engine-choice-screen"
    yield from _sandbox()
    yield window.url


def _sandbox() -> Iterator[str]:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "--no-sandbox"  # Chromium does not start for root without it


def _check_screen() -> None:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise BrowserAway(translated(_NO_SCREEN))


def _make_private(profile: Path) -> None:
    for folder in (profile.parent, profile):
        if folder.is_symlink():
            raise Conflict(
                translated("{folder} is a link. Shopper puts profiles only into real folders: move the link away.", folder=folder)
            )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)


def _start(command: list[str], program: Program, profile: Path) -> bool:
    """Start the browser and return once it runs (False), or once it has handed the page to a running window (True).

    A window that was closing just then takes no page: the browser then opens a new one. Raises BrowserAway, Conflict.
    """
    before, has_closed = lock_holder(profile) if is_running(profile) else None, False
    with (profile / "start.log").open("wb") as log:
        try:
            process = subprocess.Popen(  # noqa: S603  # a browser of this machine, chosen by the user
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        except OSError as error:
            raise BrowserAway(translated("{name} could not be started: {reason}.", name=program.name, reason=reason_of(error))) from error
    # Whoever waits for it removes its entry from the list of processes: a closed window must not look like a running one.
    threading.Thread(target=process.wait, name="browser", daemon=True).start()
    until = time.monotonic() + (_HANDED_OVER if before else _SETTLED)
    while (waits := process.poll() is None and (lock_holder(profile) == before or not is_running(profile))) and time.monotonic() < until:
        if before and not is_running(profile):
            until, before = min(until, time.monotonic() + _SETTLED), None
            has_closed = True
        time.sleep(_GLANCE)
    if has_closed and waits:
        # Firefox asked the window before it ended, and now shows a question instead of a window.
        process.kill()
        process.wait()
        return _start(command, program, profile)
    if before and waits:
        # Firefox without D-Bus: it shows a dialog of its own, which stays.
        raise Conflict(
            translated(
                "The open window did not take the page. Close it and any question that {name} asks, then try again.", name=program.name
            )
        )
    with suppress(subprocess.TimeoutExpired):
        process.wait(0 if before else _STAYS)
    if process.returncode:
        raise BrowserAway(_why_ended(profile / "start.log", program))
    return before is not None and lock_holder(profile) == before


def _why_ended(log: Path, program: Program) -> str:
    said = log.read_text("utf-8", errors="replace").strip()
    if any(sign in said for sign in _SCREENLESS):
        return translated(_NO_SCREEN)
    reason = said.splitlines()[-1][:200] if said else translated("it gave no reason")
    return translated("{name} could not open a window: {reason}", name=program.name, reason=reason)


def _readable_root(home: Path, program: Program) -> Path:
    """Return where profiles lie: in the data folder, for a snap in the folder that it may read."""
    if program.in_snap:
        return Path.home() / "snap" / program.path.name / _IN_SNAP / "profiles"
    return home / "profiles"


def _readable_extension(program: Program) -> Path:
    """Return a folder of the extension that the browser may read: for a snap, a fresh copy."""
    folder = extension_folder()
    if not program.in_snap:
        return folder
    copy = Path.home() / "snap" / program.path.name / _IN_SNAP / "extension"
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    return copy
