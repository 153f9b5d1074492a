"""The profile of a Firefox window: whether Firefox has started the extension in it."""

import json
import threading
from pathlib import Path

import pytest

from assistant.browsers import firefox
from assistant.browsers.chromium import extension_folder
from assistant.browsers.packages import manifest_of


def lists_extension(profile: Path, *, active: bool) -> None:
    """Write what Firefox notes about its add-ons."""
    ours = manifest_of(extension_folder())["browser_specific_settings"]["gecko"]["id"]
    addons = [{"id": "other@example.invalid", "active": True}, {"id": ours, "active": active}]
    (profile / "extensions.json").write_text(json.dumps({"addons": addons}), "utf-8")


def test_an_extension_that_is_listed_before_it_starts_counts_as_started(tmp_path: Path) -> None:
    lists_extension(tmp_path, active=False)
    later = threading.Timer(0.3, lambda: lists_extension(tmp_path, active=True))
    later.start()
    assert firefox.takes_extension(tmp_path)
    later.join()


def test_an_extension_that_stays_inactive_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firefox, "_INACTIVE_FOR", 0.2)
    lists_extension(tmp_path, active=False)
    assert not firefox.takes_extension(tmp_path)
