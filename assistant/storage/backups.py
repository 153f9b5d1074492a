"""Copies of a SQLite ledger: made while it is in use, checked, and restored without mixing old and new files.

A copy is sound if it opens, is a ledger of this or an earlier version, and passes SQLite's integrity check.
"""

import hashlib
import os
import secrets
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import sqlite_module

FOLDER = "backups"
"""Folder of the automatic backups, beside the ledger."""
DAILY, BEFORE = "ledger", "before-migration"
"""How the names of automatic backups begin."""
_STAMP = "%Y%m%d-%H%M%S%z"
_DAYS, _WEEKS, _MIGRATIONS = 3, 4, 3
_LOGS = ("-wal", "-shm", "-journal")
_PART = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A ledger file that was checked: its schema, how many orders it has, its size in bytes, and the SHA-256 of its bytes."""

    file: Path
    version: str
    orders: int
    size: int
    digest: str


def back_up(ledger: Path, target: Path) -> Proven:
    """Copy a ledger that may be in use to `target`, and check the copy. Raises LedgerUnusable; then `target` does not exist."""
    if target.exists():
        raise InvalidInput(f"{target} already exists. Choose another name for the copy.")
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_open(ledger)) as source, closing(sqlite_module().connect(draft)) as copy:
            source.backup(copy)
            # The copy is a single file, even if the ledger has a write-ahead log, and a log of the ledger must not fit the copy.
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute(f"PRAGMA application_id = {new_mark()}")
        proven = prove(draft)
        _sync(draft)
        draft.rename(target)
    except (OSError, sqlite_module().Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LedgerUnusable(f"The copy {target} could not be made: {reason}. Check the disk and the folder's rights.") from error
    else:
        return replace(proven, file=target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def prove(file: Path) -> Proven:
    """Check a ledger file. Raises LedgerUnusable when it is not a ledger, damaged, or newer than this program."""
    if not file.is_file() or not file.stat().st_size:
        raise LedgerUnusable(f"{file} is empty or does not exist. Choose a copy that 'shopper backup' made.")
    try:
        with closing(_open(file)) as connection:
            version = version_in(connection)
            if version is None:
                raise LedgerUnusable(f"{file} is not a ledger of Shopper. Choose a copy that 'shopper backup' made.")
            if version > newest_version():
                raise LedgerUnusable(f"{file} was written by a newer Shopper (schema {version}). Update Shopper first.")
            wrong = faults(connection)
            if wrong:
                raise LedgerUnusable(f"{file} is damaged ({wrong[0]}). Choose another copy.")
            orders = int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])
    except sqlite_module().Error as error:
        raise LedgerUnusable(f"{file} cannot be read as a ledger: {error}. Choose another copy.") from error
    return Proven(file=file, version=version, orders=orders, size=file.stat().st_size, digest=_digest(file))


def version_in(connection: Any) -> str | None:
    """Return the schema's version, None when the file is not a ledger."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "accounts", "orders"} <= tables:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None


def faults(connection: Any, *, quick: bool = False) -> list[str]:
    """Return the errors that SQLite finds in a file: damaged pages, dangling references. `quick` leaves out the indexes."""
    check = "quick_check" if quick else "integrity_check"
    found = [str(line) for (line,) in connection.execute(f"PRAGMA {check}(20)") if line != "ok"]
    return found or [f"a row of {row[0]} refers to nothing" for row in connection.execute("PRAGMA foreign_key_check").fetchmany(20)]


def restore(source: Path, ledger: Path, kept: Path) -> Proven:
    """Replace a ledger that no process has open with a checked copy; the old one is kept as `kept`, with its log.

    Raises LedgerUnusable when the copy is not sound or the ledger is in use; then nothing was changed.
    """
    prove(source)
    draft = ledger.with_name(f".{ledger.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_open(source)) as original, closing(sqlite_module().connect(draft)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        proven = prove(draft)
        _sync(draft)
        if ledger.exists():
            _keep(ledger, kept)
            # A ledger file must never be combined with the log of another one.
            for log in _LOGS:
                Path(f"{ledger}{log}").unlink(missing_ok=True)
        draft.replace(ledger)
        _sync(ledger.parent)
    except (OSError, sqlite_module().Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LedgerUnusable(f"{source} could not be put in place: {reason}. The ledger is unchanged.") from error
    else:
        return proven
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _keep(ledger: Path, kept: Path) -> None:
    """Copy a ledger and its log byte by byte. Raises LedgerUnusable while another process has it open; then there is no copy."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copies = [kept.with_name(kept.name + part) for part in ("", "-wal") if Path(f"{ledger}{part}").exists()]
    for copy in copies:
        shutil.copy2(f"{ledger}{copy.name.removeprefix(kept.name)}", copy)
        _sync(copy)
    try:
        # Opening it writes its log into it, so copy both first.
        _refuse_if_open(ledger)
    except LedgerUnusable:
        for copy in copies:
            copy.unlink()
        with suppress(OSError):
            kept.parent.rmdir()
        raise


def _refuse_if_open(ledger: Path) -> None:
    """Raise LedgerUnusable while another process has the ledger open."""
    with closing(sqlite_module().connect(ledger, timeout=0.5)) as connection:
        connection.isolation_level = None
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite_module().OperationalError as error:
            if "locked" in str(error):
                raise LedgerUnusable("Shopper is running on this ledger. Stop it first, then restore.") from error
        except sqlite_module().DatabaseError:
            # It is damaged, which is why it is replaced.
            return


def _open(file: Path) -> Any:
    """Open a file for reading only."""
    return sqlite_module().connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(_PART):
            found.update(part)
    return found.hexdigest()


def new_mark() -> int:
    """Return a random number that identifies a ledger or a copy (`recovery.py`)."""
    return secrets.randbelow(2**31 - 1) + 1


def backups_in(folder: Path, kind: str = DAILY) -> list[tuple[datetime, Path]]:
    """Return the automatic backups of a folder with the time of each, newest first: the daily ones, or those before a migration."""
    found = []
    for file in folder.glob(f"{kind}-*.sqlite"):
        with suppress(ValueError):
            found.append((datetime.strptime(file.stem.removeprefix(f"{kind}-"), _STAMP).astimezone(UTC), file))
    return sorted(found, reverse=True)


def automatic_file(folder: Path, now: datetime, kind: str = DAILY) -> Path:
    """Return the name of an automatic backup made now."""
    return folder / f"{kind}-{now:{_STAMP}}.sqlite"


def newest_good_backup(ledger: Path) -> Path | None:
    """Return the newest automatic backup of a ledger that is sound, None if there is none."""
    folder = ledger.parent / FOLDER
    for _, file in sorted((*backups_in(folder), *backups_in(folder, BEFORE)), reverse=True):
        with suppress(LedgerUnusable):
            return prove(file).file
    return None


def thin_out(folder: Path) -> None:
    """Delete automatic backups beyond ten: the newest of each of three days, of each of four weeks, and three before migrations."""
    days: list[object] = []
    weeks: list[object] = []
    for at, file in backups_in(folder):
        day, week = at.date(), (at.date() - timedelta(days=at.weekday()))
        keep = (day not in days and len(days) < _DAYS) or (week not in weeks and len(weeks) < _WEEKS)
        if day not in days:
            days.append(day)
        if week not in weeks:
            weeks.append(week)
        if not keep:
            file.unlink()
    for _, file in backups_in(folder, BEFORE)[_MIGRATIONS:]:
        file.unlink()
