"""Data folders are private from the start, and places where SQLite loses data are recognised."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.locations import make_private, unsafe_place


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_all_folders_that_are_made_are_for_their_owner_only(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        make_private(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    assert [mode(tmp_path / path) for path in ("a", "a/b", "a/b/c")] == [0o700] * 3


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Family", "iCloud Drive", "Mobile Documents/com~apple~CloudDocs"])
def test_a_synced_folder_is_named(tmp_path: Path, name: str) -> None:
    assert "syncs" in (unsafe_place(tmp_path / name / "shopper") or "")
    assert unsafe_place(tmp_path / "shopper") is None


def test_a_folder_with_the_mark_of_a_sync_program_is_named(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert str(tmp_path) in (unsafe_place(tmp_path / "shopper") or "")


@pytest.mark.parametrize("name", ["100%41?x=1#y", "two words", "a%20b", "über", "new\nline"])
def test_a_folder_with_any_name_holds_its_own_ledger(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    command = [sys.executable, "-m", "assistant", "--home", str(home), "accounts", "add", "Personal"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert {entry.name for entry in tmp_path.iterdir()} == {name}
    assert (home / "ledger.sqlite").exists()
    assert (home / ".gitignore").read_text() == "*\n"


def test_without_a_home_folder_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    code = "import pwd; pwd.getpwuid = lambda _: (_ for _ in ()).throw(KeyError()); from assistant.__main__ import main; main()"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent)}
    for flags, expected in (([], 2), (["--home", str(tmp_path / "home")], 0)):
        done = subprocess.run(
            [sys.executable, "-c", code, *flags, "accounts", "list"],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            cwd=tmp_path,
        )
        assert done.returncode == expected, done.stderr
        assert expected == 0 or ("--home" in done.stderr and done.stderr.count("\n") == 1)
