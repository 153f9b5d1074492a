"""Windows that Playwright drives: the demo's, and those that print."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.browsers import programs
from assistant.browsers.chromium import BrowserWindow, chromium_driver, chromium_program, open_chromium
from assistant.browsers.printing import printed_pages
from assistant.domain.errors import BrowserAway


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Chromium refuses only root a start with its sandbox")
def test_only_root_may_open_a_window_or_print_without_the_sandbox(monkeypatch, tmp_path: Path) -> None:
    assert [pdf[:4] for pdf in printed_pages(["<p>One"])] == [b"%PDF"]
    # Now Shopper takes this user for an ordinary one, and Chromium, which knows better, refuses the sandbox.
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(BrowserAway, match="sandbox"):
        list(printed_pages(["<p>Two"]))
    with pytest.raises(BrowserAway, match="sandbox"), open_chromium(BrowserWindow(profile=tmp_path / "profile", headless=True)):
        pass


def test_google_chrome_is_used_only_where_there_is_no_other_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chrome, edge, own = tmp_path / "bin" / "google-chrome", tmp_path / "bin" / "microsoft-edge", tmp_path / "own" / "chromium-1"
    for program in (chrome, own / "chrome-linux" / "chrome", own / "chrome-linux64" / "chrome"):
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.setattr(programs.sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(chrome.parent))
    with monkeypatch.context() as patched, chromium_driver() as playwright:
        patched.setenv("PLAYWRIGHT_BROWSERS_PATH", str(own.parent))
        assert Path(chromium_program(playwright)).is_relative_to(own)
        chrome.rename(edge)
        assert chromium_program(playwright) == str(edge)
        edge.rename(chrome)
        patched.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "nothing"))
        # Playwright looks for its own build when it is loaded, so this machine may have one.
        without = SimpleNamespace(chromium=SimpleNamespace(executable_path=str(tmp_path / "nothing" / "chrome")))
        assert chromium_program(without) == str(chrome)
        chrome.unlink()
        with pytest.raises(BrowserAway, match="apt-get install chromium"):
            chromium_program(without)
