"""Copies of a SQLite ledger: made while it is in use, checked, and restored without mixing old and new files.

A copy is sound if it opens, is a ledger of this or an earlier version, and passes SQLite's integrity check. A copy that a person asks for
also holds the files of the folder `receipts`, in a table of its own that `restore` takes out again, and may be encrypted
(`encryption.py`).
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.domain.clock import system_clock
from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.locations import make_private
from assistant.storage.encryption import encrypt_file, is_encrypted
from assistant.storage.private_files import FOLDER
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import sqlite_module

DAILY, BEFORE = "ledger", "before-migration"
"""How the names of automatic backups begin."""
_STAMP = "%Y%m%d-%H%M%S%z"
_DAYS, _WEEKS, _MIGRATIONS = 3, 4, 3
_LAST_MOMENTS = 3.0
"""Seconds that a server which was stopped may take to close its ledger."""
_LOGS = ("-wal", "-shm", "-journal")
RECEIPTS = "receipts"
"""Name of the folder of the receipts, beside the ledger."""
_PACKED = "packed_receipts"
"""Table of the receipts in a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A ledger file that was checked: its schema, how many orders it has, and its size in bytes."""

    file: Path
    version: str
    orders: int
    size: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the file. Ask only for copies: reading a ledger that this process has open would unlock it (see `prove`)."""
        with self.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def back_up(ledger: Path, target: Path, *, receipts: Path | None = None, passphrase: str = "") -> Proven:
    """Copy a ledger that may be in use to `target`, and check the copy. Raises LedgerUnusable; then `target` does not exist.

    The files in the folder `receipts` go into the copy. With a passphrase the copy is encrypted; the unencrypted one never leaves
    the ledger's folder, because what is deleted from a memory stick can often be read again.
    """
    if target.exists():
        raise InvalidInput(translated("{target} already exists. Choose another name for the copy.", target=target))
    draft = (ledger if passphrase else target).with_name(f".{target.name}.part")
    try:
        _new_private(draft)
        with closing(_open(ledger)) as source, closing(sqlite_module().connect(draft)) as copy:
            source.backup(copy)
            # The copy is a single file, even if the ledger has a write-ahead log, and a log of the ledger must not fit the copy.
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute(f"PRAGMA application_id = {new_mark()}")
            if receipts is not None:
                _pack_receipts(copy, receipts)
        proven = prove(draft)
        if passphrase:
            encrypt_file(draft, target, passphrase)
            proven = replace(proven, size=target.stat().st_size)
        else:
            sync(draft)
            draft.rename(target)
    except (OSError, sqlite_module().Error) as error:
        reason = reason_of(error)
        raise LedgerUnusable(
            translated(
                "The copy {target} could not be made: {reason}. Check the disk and the folder's rights.", target=target, reason=reason
            )
        ) from error
    else:
        return replace(proven, file=target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def prove(file: Path, *, quick: bool = False) -> Proven:
    """Check a ledger file; `quick` leaves out the indexes. Raises LedgerUnusable if it is not a ledger, damaged, or from a newer program.

    Only SQLite opens the file: this process may have it open already, and closing it in any other way would drop the locks that SQLite
    has on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    if not file.is_file() or not file.stat().st_size:
        raise LedgerUnusable(translated("{file} is empty or does not exist. Choose a copy that 'shopper backup' made.", file=file))
    try:
        with closing(_open(file)) as connection:
            version = version_in(connection)
            if version is None:
                raise LedgerUnusable(translated("{file} is not a ledger of Shopper. Choose a copy that 'shopper backup' made.", file=file))
            if version > newest_version():
                raise LedgerUnusable(
                    translated(
                        "{file} was written by a newer Shopper (schema {version}). Update Shopper first.", file=file, version=version
                    )
                )
            wrong = faults(connection, quick=quick)
            if wrong:
                raise LedgerUnusable(translated("{file} is damaged ({fault}). Use a sound copy.", file=file, fault=wrong[0]))
            orders = int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])
    except sqlite_module().Error as error:
        if is_encrypted(file):
            raise LedgerUnusable(translated("{file} is encrypted. 'shopper restore' asks for its passphrase.", file=file)) from error
        raise LedgerUnusable(translated("{file} cannot be read as a ledger: {error}. Use a sound copy.", file=file, error=error)) from error
    return Proven(file=file, version=version, orders=orders, size=file.stat().st_size)


def newest_event_time(ledger: Path) -> datetime | None:
    """Return when the newest event in a ledger file happened, None if that cannot be read."""
    with suppress(sqlite_module().Error, ValueError), closing(_open(ledger)) as connection:
        found = connection.execute("SELECT max(at) FROM outbox").fetchone()[0]
        return datetime.fromisoformat(found).astimezone(UTC) if found else None
    return None


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
    return found or [
        translated("a row of {table} refers to nothing", table=row[0])
        for row in connection.execute("PRAGMA foreign_key_check").fetchmany(20)
    ]


def restore(source: Path, ledger: Path, kept: Path) -> Proven:
    """Replace a ledger that no process has open with a checked copy; the old one is kept as `kept`, with its log.

    Receipts in the copy are put into the folder `receipts` beside the ledger; files there stay. Raises LedgerUnusable when the copy
    is not sound or the ledger is in use; then the ledger was not changed.
    """
    prove(source)
    draft = ledger.with_name(f".{ledger.name}.part")
    try:
        _new_private(draft)
        with closing(_open(source)) as original, closing(sqlite_module().connect(draft)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            # The log of this ledger will not fit the copy, should somebody put that one in its place by hand.
            copy.execute(f"PRAGMA application_id = {new_mark()}")
            _unpack_receipts(copy, ledger.with_name(RECEIPTS))
        proven = prove(draft)
        sync(draft)
        if ledger.exists():
            _keep(ledger, kept)
            # A ledger file must never be combined with the log of another one.
            for log in _LOGS:
                Path(f"{ledger}{log}").unlink(missing_ok=True)
        draft.replace(ledger)
        sync(ledger.parent)
    except (OSError, sqlite_module().Error) as error:
        reason = reason_of(error)
        raise LedgerUnusable(
            translated("{source} could not be put in place: {reason}. The ledger is unchanged.", source=source, reason=reason)
        ) from error
    else:
        return proven
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _keep(ledger: Path, kept: Path) -> None:
    """Copy a ledger and its log byte by byte. Raises LedgerUnusable while another process has it open; then there is no copy."""
    make_private(kept.parent)
    copies = [kept.with_name(kept.name + part) for part in ("", "-wal") if Path(f"{ledger}{part}").exists()]
    for copy in copies:
        _new_private(copy)
        shutil.copyfile(f"{ledger}{copy.name.removeprefix(kept.name)}", copy)
        sync(copy)
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
    with closing(sqlite_module().connect(ledger, timeout=_LAST_MOMENTS)) as connection:
        connection.isolation_level = None
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite_module().OperationalError as error:
            if "locked" in str(error):
                raise LedgerUnusable(translated("Shopper is running on this ledger. Stop it first, then restore.")) from error
        except sqlite_module().DatabaseError:
            # It is damaged, which is why it is replaced.
            return


def _open(file: Path) -> Any:
    """Open a file for reading only."""
    return sqlite_module().connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)


def _new_private(file: Path) -> None:
    """Make an empty file that only its owner can read, in place of an earlier one."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _pack_receipts(copy: Any, folder: Path) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) if folder.is_dir() else []
    if files:
        copy.execute(f"CREATE TABLE {_PACKED} (name TEXT PRIMARY KEY, content BLOB NOT NULL)")
        for file in files:
            copy.execute(f"INSERT INTO {_PACKED} VALUES (?, ?)", (file.relative_to(folder).as_posix(), file.read_bytes()))  # noqa: S608  # a constant
        copy.commit()


def _unpack_receipts(copy: Any, folder: Path) -> None:
    if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_PACKED,)).fetchone():
        return
    for name, content in copy.execute(f"SELECT name, content FROM {_PACKED}"):  # noqa: S608  # a constant
        parts = Path(str(name)).parts
        target = folder.joinpath(*parts)
        # A copy from elsewhere must not write outside the folder.
        if ".." in parts or Path(str(name)).is_absolute() or target.exists():
            continue
        make_private(target.parent)
        _new_private(target)
        target.write_bytes(content)
    copy.execute(f"DROP TABLE {_PACKED}")
    copy.commit()


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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


def best_first(folder: Path, now: datetime) -> list[tuple[datetime, Path]]:
    """Return all automatic backups of a folder with the time of each, the one to restore first."""
    return _latest((*backups_in(folder), *backups_in(folder, BEFORE)), now)


def _latest(backups: Iterable[tuple[datetime, Path]], now: datetime) -> list[tuple[datetime, Path]]:
    """Return backups newest first. Those from the future come last: the clock was wrong, and nobody knows when they were made."""
    return sorted(backups, key=lambda one: (one[0] <= now, one[0]), reverse=True)


def automatic_file(folder: Path, now: datetime, kind: str = DAILY) -> Path:
    """Return the name of an automatic backup made now."""
    return folder / f"{kind}-{now:{_STAMP}}.sqlite"


def newest_good_backup(ledger: Path) -> Path | None:
    """Return the newest automatic backup of a ledger that is sound, None if there is none."""
    folder = ledger.parent / FOLDER
    for _, file in best_first(folder, system_clock()):
        with suppress(LedgerUnusable):
            return prove(file).file
    return None


def thin_out(folder: Path, now: datetime) -> None:
    """Delete automatic backups beyond ten: the newest of each of three days, of each of four weeks, and three before migrations."""
    days: list[object] = []
    weeks: list[object] = []
    for at, file in _latest(backups_in(folder), now):
        day, week = at.date(), (at.date() - timedelta(days=at.weekday()))
        keep = (day not in days and len(days) < _DAYS) or (week not in weeks and len(weeks) < _WEEKS)
        if day not in days:
            days.append(day)
        if week not in weeks:
            weeks.append(week)
        if not keep:
            file.unlink()
    for _, file in _latest(backups_in(folder, BEFORE), now)[_MIGRATIONS:]:
        file.unlink()
