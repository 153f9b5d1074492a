"""Checks an installation and names the command that fixes each problem."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from assistant.domain.errors import DomainError
from assistant.storage.backups import backups_in, prove
from assistant.storage.engine import sqlite_file
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import SAFE_SQLITE, sqlite_module

_SYNCED = ("Dropbox", "OneDrive", "iCloud", "Google Drive", "GoogleDrive", "Nextcloud", "ownCloud", "Syncthing")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"})
_LEAST_SPACE = 200 << 20
_STALE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one check. `fix` is what to do, empty if nothing is wrong."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    fix: str = ""


def examine(home: Path, database_url: str, now: datetime) -> list[Finding]:
    """Check a data folder and its ledger without changing anything."""
    home = home.expanduser()
    found = [*_folder(home), _sqlite(), _space(home)]
    try:
        ledger = sqlite_file(database_url)
    except DomainError as error:
        return [*found, Finding(name="ledger", state="fail", text=str(error), fix="shopper --database URL")]
    if ledger is None:
        return [*found, Finding(name="ledger", state="ok", text="The ledger is in PostgreSQL. Back it up with pg_dump.")]
    return [*found, *_ledger(ledger), _backup(ledger, now)]


def _folder(home: Path) -> Iterator[Finding]:
    if not home.exists():
        yield Finding(name="folder", state="ok", text=f"{home} does not exist yet; Shopper creates it when needed.")
        return
    if home.is_symlink():
        yield Finding(name="folder", state="fail", text=f"{home} is a link.", fix=f"shopper --home '{home.resolve()}'")
        return
    loose = [path for path in (home, *sorted(home.iterdir())) if os.name == "posix" and path.stat().st_mode & 0o077]
    if loose:
        names = ", ".join(f"'{path}'" for path in loose[:3])
        yield Finding(name="rights", state="warn", text=f"Others on this machine may read {names}.", fix=f"chmod -R go= '{home}'")
    else:
        yield Finding(name="folder", state="ok", text=f"{home}, for its owner only.")
    kind = _file_system(home)
    synced = next((name for name in _SYNCED if name.casefold() in str(home.resolve()).casefold()), None)
    if kind in _NETWORK or synced:
        where = f"in a folder that {synced} syncs" if synced else f"on a network drive ({kind})"
        yield Finding(name="place", state="fail", text=f"{home} is {where}: SQLite can lose data there.", fix="shopper --home LOCAL_FOLDER")


def _file_system(path: Path) -> str | None:
    """Return the kind of file system a folder is on, None if the operating system does not say."""
    if sys.platform != "linux":
        return None
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    real = path.resolve()
    fitting = [(place, kind) for place, kind in mounts if real.is_relative_to(place)]
    return max(fitting, key=lambda entry: len(entry[0]))[1] if fitting else None


def _sqlite() -> Finding:
    version = sqlite_module().sqlite_version_info
    text = f"SQLite {'.'.join(map(str, version))}"
    if version < SAFE_SQLITE:
        wanted = ".".join(map(str, SAFE_SQLITE))
        return Finding(
            name="sqlite", state="warn", text=f"{text} is older than {wanted}: use one Shopper at a time.", fix="pip install pysqlite3"
        )
    return Finding(name="sqlite", state="ok", text=text)


def _space(home: Path) -> Finding:
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < _LEAST_SPACE:
        return Finding(name="disk", state="warn", text=f"Only {free >> 20} MB are free in {place}.", fix="Free some space.")
    return Finding(name="disk", state="ok", text=f"{free >> 20:,} MB free")


def _ledger(ledger: Path) -> Iterator[Finding]:
    if not ledger.exists():
        yield Finding(name="ledger", state="ok", text=f"{ledger} does not exist yet; Shopper creates it when needed.")
        return
    try:
        proven = prove(ledger)
    except DomainError as error:
        newest = next((file for _, file in backups_in(ledger.parent / "backups")), None)
        yield Finding(name="ledger", state="fail", text=str(error), fix=f"shopper restore '{newest or 'FILE'}'")
        return
    text = f"{ledger}: {proven.orders} orders, {proven.size >> 10:,} KiB, schema {proven.version}, checked"
    if proven.version != newest_version():
        yield Finding(name="ledger", state="warn", text=f"{text}; it is migrated when it is next opened.", fix="shopper accounts list")
    else:
        yield Finding(name="ledger", state="ok", text=text)


def _backup(ledger: Path, now: datetime) -> Finding:
    copies = backups_in(ledger.parent / "backups")
    if not ledger.exists() or (copies and now - copies[0][0] < _STALE):
        return Finding(
            name="backup", state="ok", text=f"The newest automatic backup is {copies[0][1].name}." if copies else "Nothing to back up yet."
        )
    text = (
        f"The newest automatic backup is {copies[0][1].name}."
        if copies
        else "There is no automatic backup yet: the server makes one a day."
    )
    return Finding(name="backup", state="warn", text=text, fix="shopper backup FILE")
