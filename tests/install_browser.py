"""Install Chromium and Firefox for the browser tests, or say what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def present() -> str | None:
    """Return the browser that the tests would use."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found:
        return found
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where no system browser was found

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def driven() -> bool:
    """Return whether Playwright runs here: its Node needs a library that a bare Debian lacks."""
    return subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False).returncode == 0


def install() -> None:
    """Install by apt when root on Debian or Ubuntu, else download Playwright's own build."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        packages = ["chromium", "firefox-esr", "xvfb", "libatomic1"]
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, env=environment)
    if driven() and present() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def firefox() -> str | None:
    """Return the Firefox that the tests would use."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def screen() -> str | None:
    """Return the program that makes a screen nobody sees; only X11 has one."""
    return shutil.which("Xvfb")


def main() -> int:
    """Install if needed; 0 when a browser is there."""
    if not driven() or present() is None or firefox() is None or screen() is None:
        install()
    if not driven():
        sys.stderr.write("Playwright does not start, so the browser tests cannot run. As root: apt-get install libatomic1\n")
        return 1
    if screen() is None:
        sys.stderr.write("There is no virtual screen here, so the badge in the toolbar is not tested. As root: apt-get install xvfb\n")
    if firefox() is None:
        sys.stderr.write("There is no Firefox here, so its stories are not told. As root: apt-get install firefox-esr\n")
    if present() is None:
        sys.stderr.write(
            "No Chromium could be installed, so the browser tests cannot run. As root: apt-get install chromium; "
            "else: .venv/bin/python -m playwright install chromium\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
