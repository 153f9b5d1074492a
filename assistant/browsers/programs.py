"""Finds the browsers of this machine that can show an account's window."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.domain.errors import BrowserAway
from assistant.domain.languages.translating import to_translate, translated


class BrowserFamily(StrEnum):
    """How to start a browser, and whether it loads the extension from the command line."""

    CHROMIUM = "chromium"
    CHROME = "chrome"
    """Google's own build: since version 137 it ignores `--load-extension`."""
    FIREFOX = "firefox"


@dataclass(frozen=True, slots=True)
class Program:
    """A browser on this machine; `name` is what people call it."""

    name: str
    family: BrowserFamily
    path: Path

    @property
    def in_snap(self) -> bool:
        """Whether it runs in a snap, which may not read hidden folders."""
        return "snap" in self.path.resolve().parts


_LINUX = (
    ("Chromium", BrowserFamily.CHROMIUM, ("chromium", "chromium-browser")),
    ("Edge", BrowserFamily.CHROMIUM, ("microsoft-edge", "microsoft-edge-stable")),
    ("Brave", BrowserFamily.CHROMIUM, ("brave-browser", "brave")),
    ("Chrome", BrowserFamily.CHROME, ("google-chrome", "google-chrome-stable")),
    ("Firefox", BrowserFamily.FIREFOX, ("firefox", "firefox-esr")),
)
_MAC = (
    ("Chromium", BrowserFamily.CHROMIUM, "Chromium.app/Contents/MacOS/Chromium"),
    ("Edge", BrowserFamily.CHROMIUM, "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    ("Brave", BrowserFamily.CHROMIUM, "Brave Browser.app/Contents/MacOS/Brave Browser"),
    ("Chrome", BrowserFamily.CHROME, "Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("Firefox", BrowserFamily.FIREFOX, "Firefox.app/Contents/MacOS/firefox"),
)
_WINDOWS = (
    ("Chromium", BrowserFamily.CHROMIUM, r"Chromium\Application\chrome.exe"),
    ("Edge", BrowserFamily.CHROMIUM, r"Microsoft\Edge\Application\msedge.exe"),
    ("Brave", BrowserFamily.CHROMIUM, r"BraveSoftware\Brave-Browser\Application\brave.exe"),
    ("Chrome", BrowserFamily.CHROME, r"Google\Chrome\Application\chrome.exe"),
    ("Firefox", BrowserFamily.FIREFOX, r"Mozilla Firefox\firefox.exe"),
)
_PLAYWRIGHT = {
    "linux": ("~/.cache/ms-playwright", "chromium-*/chrome-linux*/chrome"),
    "darwin": ("~/Library/Caches/ms-playwright", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"),
    "win32": (r"~\AppData\Local\ms-playwright", r"chromium-*\chrome-win*\chrome.exe"),
}
"""Where Playwright keeps its own Chromium, by `sys.platform`."""
_NONE = to_translate(
    "No browser was found for the window. Install Chromium (on Debian or Ubuntu: apt-get install chromium), Edge or Brave, "
    "or name one with --browser PATH."
)


def find_program(wanted: str | None = None) -> Program:
    """Return the browser with this name or path, by default the best one of this machine. Raises BrowserAway."""
    known = list(installed_programs())
    if wanted is None:
        found = min(known, key=lambda program: list(BrowserFamily).index(program.family), default=None)
        if found is None:
            raise BrowserAway(translated(_NONE))
        return found
    named = next((program for program in known if program.name.lower() == wanted.lower()), None)
    if named is not None:
        return named
    path = shutil.which(Path(wanted).expanduser())
    if path is None:
        names = ", ".join(dict.fromkeys(program.name for program in known)) or translated("no browser")
        raise BrowserAway(translated("There is no browser '{wanted}'. Found on this machine: {names}.", wanted=wanted[:80], names=names))
    return Program(Path(path).name, _family_of(path), Path(path))


def installed_programs() -> Iterator[Program]:
    """Yield the browsers of this machine, those that load the extension by themselves first, and Playwright's own Chromium."""
    yield from {"darwin": _on_mac, "win32": _on_windows}.get(sys.platform, _on_linux)()
    folder, pattern = _PLAYWRIGHT.get(sys.platform, _PLAYWRIGHT["linux"])
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or folder).expanduser()
    for path in sorted(cache.glob(pattern), reverse=True):
        yield Program("Playwright's Chromium", BrowserFamily.CHROMIUM, path)


def _on_linux() -> Iterator[Program]:
    for name, family, commands in _LINUX:
        path = next(filter(None, map(shutil.which, commands)), None)
        if path is not None:
            yield Program(name, family, Path(path))


def _on_mac() -> Iterator[Program]:
    for name, family, inside in _MAC:
        for folder in ("/Applications", "~/Applications"):
            path = Path(folder).expanduser() / inside
            if path.is_file():
                yield Program(name, family, path)


def _on_windows() -> Iterator[Program]:
    folders = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA") if name in os.environ]
    for name, family, inside in _WINDOWS:
        for folder in folders:
            path = Path(folder) / inside
            if path.is_file():
                yield Program(name, family, path)


def _family_of(path: str) -> BrowserFamily:
    name = Path(path).name.lower()
    if "firefox" in name:
        return BrowserFamily.FIREFOX
    return BrowserFamily.CHROME if name.startswith(("google-chrome", "google chrome")) else BrowserFamily.CHROMIUM
