"""The log of the server stays small, private and without personal data."""

import logging
import stat
from pathlib import Path

import pytest

from assistant.server import log
from assistant.server.log import logging_to

LOGGER = logging.getLogger("assistant.server")


def test_text_that_looks_personal_is_masked(tmp_path: Path) -> None:
    personal = ["alex.ortiz@example.org", "112-1234567-1234567", "D01-1234567-7654321", "A1CUSTOMER0001", "4821-7730", "x9-" + "aB3_" * 10]
    with logging_to(tmp_path):
        for number, text in enumerate(personal):
            LOGGER.error("Failure %s with %s in gate.py:64", number, text)
    written = (tmp_path / "log" / "shopper.log").read_text()
    assert [text for text in personal if text in written] == []
    assert written.count("*** in gate.py:64") == len(personal)


def test_the_log_is_private_and_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_BYTES", 2000)
    with logging_to(tmp_path):
        for number in range(500):
            LOGGER.error("Failure %s", number)
    files = sorted((tmp_path / "log").iterdir())
    assert [file.name for file in files] == ["shopper.log", "shopper.log.1", "shopper.log.2", "shopper.log.3"]
    assert all(file.stat().st_size <= 2000 for file in files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_without_a_folder_the_server_runs_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    with logging_to(tmp_path):
        LOGGER.error("Nobody reads this")
    assert (tmp_path / "log").read_bytes() == b""
