"""Opens a Chromium window with its own profile and the extension. Pages that the user opens in it are read like any other."""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.browsers.programs import BrowserFamily, installed_programs
from assistant.domain.errors import BrowserAway
from assistant.domain.languages.translating import to_translate, translated

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

EXTENSION_ID = "lldiknnbmbmaaiddbfdlimbjjblcfbdk"
"""Fixed by the key in the extension's manifest."""

_NONE = to_translate(
    "No Chromium was found. Install it (on Debian or Ubuntu: apt-get install chromium), or run: python -m playwright install chromium"
)
_NO_SANDBOX = ("sandboxing failed", "No usable sandbox", "without --no-sandbox is not supported")
"""What Playwright and Chromium say when the sandbox does not start."""
_NO_DRIVER = to_translate(
    "Playwright, which opens the window, did not start. On Debian or Ubuntu it may lack a library: apt-get install libatomic1"
)
_EXTENSION_STARTS_IN = 20_000
_GLANCE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserWindow:
    """The settings of a window.

    `hosts` maps host names to ports of this machine; all other hosts are blocked. `key_print` is the only certificate that they may use
    (base64 SHA-256 of its public key). `keyring` encrypts cookies with the system's keyring instead of a publicly known key.
    """

    profile: Path
    hosts: Mapping[str, int] = field(default_factory=dict)
    key_print: str | None = None
    headless: bool = False
    keyring: bool = False
    arguments: tuple[str, ...] = ()


def extension_folder() -> Path:
    """Return the folder of the extension: beside the package in a checkout, inside it when installed. Raises BrowserAway."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "extension", package.parent / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise BrowserAway(translated("The browser extension is missing from this installation. Install Shopper again."))


@contextmanager
def open_chromium(window: BrowserWindow, driver: "Playwright | None" = None) -> Iterator["BrowserContext"]:
    """Open the window, with this running Playwright or one of its own; it closes at the end of the block.

    Raises BrowserAway if no browser can be opened.
    """
    from playwright.sync_api import Error  # noqa: PLC0415  # 150 ms that only windows should cost

    with chromium_driver() if driver is None else nullcontext(driver) as playwright:
        program = chromium_program(playwright)
        try:
            context = _launched(playwright, program, window)
        except Error as error:
            raise BrowserAway(why_not_started(error.message, program)) from error
        try:
            yield context
        finally:
            # The user may have closed it already.
            with suppress(Error):
                context.close()


def wait_for_extension(context: "BrowserContext") -> None:
    """Wait until the extension's worker runs. Raises BrowserAway if it does not start."""
    from playwright.sync_api import Error  # noqa: PLC0415  # 150 ms that only windows should cost

    try:
        if not context.service_workers:
            context.wait_for_event("serviceworker", timeout=_EXTENSION_STARTS_IN)
    except Error as error:
        raise BrowserAway(translated("The browser opened without the extension. Google Chrome refuses it: install Chromium.")) from error


def wait_until_closed(context: "BrowserContext", leave: threading.Event | None = None) -> None:
    """Wait until the user has closed the last page, or until `leave` is set by another thread."""
    from playwright.sync_api import Error  # noqa: PLC0415  # 150 ms that only windows should cost

    while context.pages and not (leave is not None and leave.is_set()):
        # A page that closes now is expected. The next turn checks for other pages.
        with suppress(Error):
            context.pages[0].wait_for_timeout(_GLANCE)


@contextmanager
def chromium_driver() -> Iterator["Playwright"]:
    """Start Playwright for the block. Raises BrowserAway."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # 150 ms that only windows should cost

    try:
        driver = sync_playwright().start()
    except Exception as error:  # Playwright has no exception of its own for a driver that ends at once
        raise BrowserAway(translated(_NO_DRIVER)) from error
    try:
        yield driver
    finally:
        driver.stop()


def chromium_program(playwright: "Playwright") -> str:
    """Return the path of an installed Chromium, else of Playwright's own, else of Google Chrome, which loads no extension.

    Raises BrowserAway if there is none.
    """
    known = list(installed_programs())
    of = {family: next((one.path for one in known if one.family is family), None) for family in BrowserFamily}
    own = Path(playwright.chromium.executable_path)
    found = of[BrowserFamily.CHROMIUM] or (own if own.exists() else of[BrowserFamily.CHROME])
    if found is None:
        raise BrowserAway(translated(_NONE))
    return str(found)


def _launched(playwright: "Playwright", program: str, window: BrowserWindow) -> "BrowserContext":
    window.profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    pin_extension(window.profile)
    left_out = ["--enable-automation"]
    if window.keyring:
        left_out += ["--password-store=basic", "--use-mock-keychain"]
    return playwright.chromium.launch_persistent_context(
        window.profile,
        executable_path=program,
        headless=window.headless,
        chromium_sandbox=not root_arguments(),  # Playwright starts Chromium without it otherwise
        no_viewport=not window.headless,
        ignore_default_args=left_out,
        env=dict(os.environ),  # by default that of the driver, which may have started before DISPLAY was set
        args=[*_arguments(window), *window.arguments],
    )


def pin_extension(profile: Path) -> None:
    """Put the extension's button beside the address bar of a fresh profile: no one sees a badge that is hidden in a menu."""
    preferences = profile / "Default" / "Preferences"
    if not preferences.exists():
        preferences.parent.mkdir(exist_ok=True, mode=0o700)
        preferences.write_text(json.dumps({"extensions": {"pinned_extensions": [EXTENSION_ID]}}), encoding="utf-8")


def _arguments(window: BrowserWindow) -> Iterator[str]:
    extension = extension_folder()
    yield f"--disable-extensions-except={extension}"
    yield f"--load-extension={extension}"
    yield "--no-first-run"
    yield "--disable-search-engine-choice-screen"
    yield from root_arguments()
    if window.hosts:
        maps = ",".join(f"MAP {host} 127.0.0.1:{port}" for host, port in window.hosts.items())
        yield f"--host-resolver-rules={maps},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost"
        yield "--disable-component-update"
        yield "--disable-background-networking"
    if window.key_print:
        yield f"--ignore-certificate-errors-spki-list={window.key_print}"


def root_arguments() -> list[str]:
    """Return what Chromium needs to start for root, nothing for other users."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def why_not_started(message: str, program: str) -> str:
    """Return a sentence for what Playwright said when Chromium did not start."""
    first = message.strip().splitlines()[0] if message.strip() else translated("it gave no reason")
    if "DISPLAY" in message or "XServer" in message or "ozone" in message.lower():
        return translated("There is no screen to open a window on. Run this in a desktop session.")
    if "ProcessSingleton" in message or "already in use" in message:
        return translated("A browser window with this profile is already open. Close it and try again.")
    if any(mark in message for mark in _NO_SANDBOX):
        return translated(
            "{name} cannot start its sandbox, and Shopper opens no window without it: allow user namespaces.", name=Path(program).name
        )
    return translated("{name} could not be started: {reason}", name=Path(program).name, reason=first[:200])
