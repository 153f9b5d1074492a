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
    alone = ledger.name == "ledger.sqlite" and all(_is_ours(entry) for entry in folder.iterdir())
    if mine and alone and state.st_mode & _OTHERS:
        folder.chmod(0o700)
    elif mine and not alone and state.st_mode & _OTHERS_WRITE:
        folder.chmod(stat.S_IMODE(state.st_mode) & ~_OTHERS_WRITE)
    if alone:
        ignore_in_git(folder)
    for path in _own_files(folder, ledger):
        _close(path)


def loose(home: Path, ledger: Path) -> list[Path]:
    """Return the folder, and the files of Shopper in it, that other users may read or write."""
    if os.name != "posix":
        return []
    return [path for path in (home, *_own_files(home, ledger)) if path.stat(follow_symlinks=False).st_mode & _OTHERS]


def _is_ours(entry: Path) -> bool:
    return entry.name.partition(".")[0] in _OURS


def _own_files(folder: Path, ledger: Path) -> Iterator[Path]:
    """Yield only files that Shopper wrote: a folder with other files may contain another `log` or `server`."""
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink():
            continue
        if entry.name in _FILES or entry.name.startswith(ledger.name):
            yield entry
        elif entry.name == FOLDER and entry.is_dir():
            yield entry
            yield from (file for file in sorted(entry.glob("*.sqlite*")) if not file.is_symlink())


def _close(path: Path) -> None:
    # Another process may delete a log or a backup at this moment.
    with suppress(FileNotFoundError):
        state = path.stat(follow_symlinks=False)
        if state.st_mode & _OTHERS and state.st_uid == os.geteuid():
            path.chmod(0o700 if stat.S_ISDIR(state.st_mode) else 0o600)
