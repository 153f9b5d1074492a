"""Make a data folder and its files private, also if they existed before with other rights."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.locations import ignore_in_git

_OURS = frozenset(
    {
        "",
        "ledger",
        "backups",
        "receipts",
        "drop",
        "settings",
        "server",
        "machine",
        "terminal",
        "waiting-visits",
        "log",
        "profiles",
        "this-is-a-shopper-demo",
    }
)
"""How the names of files and folders in a data folder begin, up to the first dot."""
_FILES = frozenset({"server.lock", "server.json", "terminal.token", "waiting-visits.jsonl", "machine.id"})
FOLDER = "backups"
"""Folder of the automatic backups, beside the ledger."""
_OTHERS, _OTHERS_WRITE = 0o077, 0o022


def tighten(folder: Path, ledger: Path) -> None:
    """Close a folder that holds only Shopper's files. In a folder with other files close Shopper's own, and let nobody else write there.

    Somebody who may write to the folder could replace the ledger. Raises OSError.
    """
    if os.name != "posix":
        return
    state = folder.stat()
    mine = state.st_uid == os.geteuid() and not state.st_mode & stat.S_ISVTX
    alone = _is_alone(folder, ledger)
    if mine and alone and state.st_mode & _OTHERS:
        folder.chmod(0o700)
    elif mine and not alone and state.st_mode & _OTHERS_WRITE:
        folder.chmod(stat.S_IMODE(state.st_mode) & ~_OTHERS_WRITE)
    if alone:
        ignore_in_git(folder)
    for path in _own_files(folder, ledger, alone=alone):
        _close(path)


def loose(home: Path, ledger: Path) -> list[Path]:
    """Return the folder, and the files of Shopper in it, that other users may read or write."""
    if os.name != "posix":
        return []
    own = _own_files(home, ledger, alone=_is_alone(home, ledger))
    return [path for path in (home, *own) if path.stat(follow_symlinks=False).st_mode & _OTHERS]


def _is_alone(folder: Path, ledger: Path) -> bool:
    """Return whether a folder holds only Shopper's files."""
    return ledger.name == "ledger.sqlite" and all(entry.name.partition(".")[0] in _OURS for entry in folder.iterdir())


def _own_files(folder: Path, ledger: Path, *, alone: bool) -> Iterator[Path]:
    """Yield files and folders of Shopper: all if it is `alone`; a folder with other files may contain another `log` or `server`."""
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink():
            continue
        if alone or entry.name in {*_FILES, FOLDER} or entry.name.startswith(ledger.name):
            yield entry
        if entry.name == FOLDER and entry.is_dir():
            yield from (file for file in sorted(entry.glob("*.sqlite*")) if not file.is_symlink())


def _close(path: Path) -> None:
    # Another process may delete a log or a backup at this moment.
    with suppress(FileNotFoundError):
        state = path.stat(follow_symlinks=False)
        if state.st_mode & _OTHERS and state.st_uid == os.geteuid():
            path.chmod(0o700 if stat.S_ISDIR(state.st_mode) else 0o600)
