"""After start-up only the owner can read the data folder and its files, whatever rights they had before."""

import stat
from pathlib import Path

import pytest

from assistant.storage.engine import Database
from assistant.storage.private_files import loose


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder that everybody may read and write."""
    folder = tmp_path / "home"
    (folder / "backups").mkdir(parents=True)
    for name in ("ledger.sqlite", "ledger.sqlite-wal", "terminal.token", "server.json", "backups/ledger-1.sqlite"):
        (folder / name).write_bytes(b"x")
        (folder / name).chmod(0o666)
    (folder / "ledger.sqlite").write_bytes(b"")
    (folder / "backups" / "ledger-1.sqlite").rename(folder / "backups" / "note.txt")
    (folder / "settings.toml").touch()
    (folder / "settings.toml").chmod(0o666)
    (folder / "drop").mkdir()
    for path in (folder, folder / "backups", folder / "drop"):
        path.chmod(0o777)
    return folder


def test_a_folder_of_its_own_is_closed_with_everything_in_it(home: Path) -> None:
    ledger = home / "ledger.sqlite"
    assert len(loose(home, ledger)) == 8
    Database(f"sqlite:///{ledger}").close()
    assert loose(home, ledger) == []
    assert (mode(home), mode(ledger), mode(home / "terminal.token")) == (0o700, 0o600, 0o600)
    assert (mode(home / "settings.toml"), mode(home / "drop"), mode(home / "backups")) == (0o600, 0o700, 0o700)
    assert (home / ".gitignore").read_text() == "*\n"


def test_in_a_folder_with_other_files_only_our_files_become_private_and_nobody_else_can_write(home: Path) -> None:
    (home / "server").mkdir(mode=0o755)
    (home / "notes.txt").touch()
    (home / "notes.txt").chmod(0o644)
    Database(f"sqlite:///{home / 'ledger.sqlite'}").close()
    assert (mode(home), mode(home / "ledger.sqlite"), mode(home / "server.json")) == (0o755, 0o600, 0o600)
    assert (mode(home / "server"), mode(home / "notes.txt")) == (0o755, 0o644)
    assert not (home / ".gitignore").exists()


def test_links_are_not_followed(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.touch()
    other.chmod(0o644)
    (home / "server.lock").symlink_to(other)
    Database(f"sqlite:///{home / 'ledger.sqlite'}").close()
    assert mode(other) == 0o644
