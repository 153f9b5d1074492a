"""S7: everything that a command creates in the data folder is private to its owner, under any umask."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.cli import app as command_line
from tests.proof.writers import document

COMMANDS = (
    ("accounts", "add", "Personal", "--purpose", "business"),
    ("import", "{orders}", "--account", "personal"),
    ("backup", "{out}/copy.sqlite"),
    ("restore", "{out}/copy.sqlite"),
    ("export", "accountant-csv", "-o", "{out}/books.csv"),
    ("pair",),
    ("settings", "set", "theme", "dark"),
    ("rules", "route", "toner", "--to", "personal"),
    ("receipts", "add", "112-0000001-0000001", "{out}/books.csv"),
    ("doctor",),
    ("undo",),
)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(*folders: Path) -> list[str]:
    """Return the folders and their contents that others can access in any way."""
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return [f"{path} {stat.S_IMODE(path.stat().st_mode):o}" for path in found if path.stat().st_mode & 0o077]


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_after_every_command_all_files_are_private(tmp_path: Path, mask: int) -> None:
    home, out = tmp_path / "new" / "folder" / "home", tmp_path / "out"
    out.mkdir(mode=0o700)
    orders = tmp_path / "orders.csv"
    orders.write_bytes(document(1))
    with umask(mask):
        for command in COMMANDS:
            arguments = [part.format(orders=orders, out=out) for part in command]
            assert command_line.run(["--home", str(home), "--port", "0", *arguments]) in (0, 1), command
            assert open_to_others(tmp_path / "new", out) == [], command


def test_the_harness_notices_a_file_made_with_the_usual_rights(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with umask(0o022):
        (home / "ledger.sqlite").touch()
    assert open_to_others(home) == [f"{home / 'ledger.sqlite'} 644"]


def test_links_in_place_of_the_folder_or_the_ledger_are_refused(tmp_path: Path) -> None:
    real, link, home = tmp_path / "real", tmp_path / "link", tmp_path / "home"
    real.mkdir()
    link.symlink_to(real)
    home.mkdir()
    (tmp_path / "other.sqlite").touch()
    (home / "ledger.sqlite").symlink_to(tmp_path / "other.sqlite")
    for folder in (link, home):
        assert command_line.run(["--home", str(folder), "accounts", "list"]) == 3
    assert (list(real.iterdir()), (tmp_path / "other.sqlite").read_bytes()) == ([], b"")
