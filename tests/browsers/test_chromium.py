"""Windows that Playwright drives: the demo's, and those that print."""

import os
from pathlib import Path

import pytest

from assistant.browsers.chromium import BrowserWindow, open_chromium
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
