"""Checks a SQLite ledger before it is used again after a crash: does the log beside it belong to it, and is it sound?

While the ledger is open, `FileWatch` notices that another file was put in its place.

Every commit raises a number in the first page of the file (`PRAGMA user_version`), and every ledger and every copy has a random number
there too (`PRAGMA application_id`). The first page in a log thus says which file the log continues. SQLite itself does not ask: it would
mix the log with an older copy of the file without a word. File format: https://www.sqlite.org/fileformat2.html
"""

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from time import sleep
from typing import IO, Any

from assistant.domain.errors import LedgerUnusable
from assistant.domain.languages.translating import translated
from assistant.storage.backups import faults, new_mark, newest_good_backup
from assistant.storage.sqlite import sqlite_module

_LOG_HEAD, _FRAME_HEAD, _PAGE_HEAD = Struct(">8xI4x8s8x"), Struct(">I4x8s8x"), Struct(">60xI4xI28x")
_LARGE = 200 << 20
"""Bytes from which only the quick check is made: the full one would keep a person waiting for several seconds."""
_TRIES, _PAUSE = 3, 0.05
"""How often to look: another process may be starting its log again at this moment."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a first page says: how many commits made it, and which ledger or copy it is of (0: one of an older Shopper)."""

    commits: int
    ledger: int


class FileWatch:
    """Notices that somebody moved, deleted or replaced an open ledger, or wrote another file over it.

    SQLite does not notice: it would go on with the log of the old file and mix both. Only a commit that is moved from the log into
    the file changes the file, so most checks compare nothing but its size and times.
    """

    def __init__(self, ledger: Path) -> None:
        """Watch this file. The first `check` takes what it finds as the ledger."""
        self._ledger = ledger.absolute()
        self._seen: tuple[int, ...] | None = None
        self._mark = _Mark(0, 0)
        self.replaced = False

    def check(self, connection: Any) -> None:
        """Raise LedgerUnusable if the file is another one; from then on always. Takes a driver's connection outside a transaction."""
        for left in reversed(range(_TRIES)):
            if self.replaced or self._is_same(connection):
                break
            self.replaced = not left
            sleep(_PAUSE)
        if self.replaced:
            raise LedgerUnusable(
                translated(
                    "The ledger {ledger} was moved or replaced while Shopper was using it. Nothing was mixed, nothing more is written. "
                    "{ways}",
                    ledger=self._ledger,
                    ways=_ways_out(self._ledger),
                )
            )

    def _is_same(self, connection: Any) -> bool:
        try:
            state = self._ledger.stat()
        except FileNotFoundError:
            return False
        # The size and times are read before the mark, so a change in between is looked at next time.
        seen = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
        if seen == self._seen:
            return True
        if self._seen is not None and seen[:2] != self._seen[:2]:
            return False
        mark = _mark_in_file(self._ledger)
        if mark is None:
            return False
        newest = _Mark(_pragma(connection, "user_version"), _pragma(connection, "application_id"))
        known = self._mark if self._seen is not None else mark
        # An old ledger gets its random number with the first commit.
        own = mark.ledger == known.ledger or (known.ledger == 0 and mark.ledger == newest.ledger)
        if not own or not known.commits <= mark.commits <= newest.commits:
            return False
        self._seen, self._mark = seen, mark
        return True


def _mark_in_file(ledger: Path) -> _Mark | None:
    """Return the mark in the file itself, whatever its log says; None if it is not a ledger.

    Read by SQLite: if this process closed the file itself, it would lose the locks that SQLite has on it
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    sqlite = sqlite_module()
    try:
        with closing(sqlite.connect(f"{ledger.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            # While a large log is moved into the file, its first page already names pages that follow later. This lets SQLite read it.
            connection.execute("PRAGMA writable_schema = ON")
            return _Mark(_pragma(connection, "user_version"), _pragma(connection, "application_id"))
    except sqlite.DatabaseError:
        return None


def _pragma(connection: Any, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def has_foreign_log(ledger: Path) -> bool:
    """Return whether the log beside a ledger belongs to another file, for example to a newer one that was replaced by a copy."""
    for _ in range(_TRIES):
        try:
            if _belongs(ledger, Path(f"{ledger}-wal")):
                return False
        except OSError:
            return False
        sleep(_PAUSE)
    return True


def refuse_foreign_log(ledger: Path) -> None:
    """Raise LedgerUnusable if the log beside a ledger belongs to another file."""
    if has_foreign_log(ledger):
        raise LedgerUnusable(
            translated(
                "The ledger {ledger} was replaced while changes of another one were waiting beside it ({name}-wal). "
                "Nothing was mixed. {ways}",
                ledger=ledger,
                name=ledger.name,
                ways=_ways_out(ledger),
            )
        )


def _ways_out(ledger: Path) -> str:
    """Return how to go on: with the file that is there now, or with the newest backup."""
    backup = newest_good_backup(ledger)
    ways = (
        [translated("To use the file that is there now: shopper restore '{file}'.", file=ledger)]
        if ledger.exists() and ledger.stat().st_size
        else []
    )
    ways += [translated("To use the newest backup: shopper restore '{file}'.", file=backup)] if backup else []
    return " ".join(ways) or translated("Put a copy in its place: shopper restore FILE")


def faults_after_crash(ledger: Path) -> list[str]:
    """Return what is wrong with a ledger whose last user crashed; nothing for one that was closed properly or is open elsewhere."""
    log = Path(f"{ledger}-wal")
    if not log.exists() or not log.stat().st_size or not _is_alone(ledger):
        return []
    sqlite = sqlite_module()
    with closing(sqlite.connect(ledger, timeout=5.0)) as connection:
        try:
            return faults(connection, quick=ledger.stat().st_size > _LARGE)
        except sqlite.DatabaseError as error:
            return [str(error)]


def mark_as_own(connection: Any) -> None:
    """Give a ledger a random id unless it has one, so that its log matches no other file. Takes a driver's connection."""
    if not _pragma(connection, "application_id"):
        connection.execute(f"PRAGMA application_id = {new_mark()}")


def count_commit(connection: Any) -> None:
    """Raise the number of commits, within the transaction that is about to be committed. Takes a driver's connection."""
    connection.execute(f"PRAGMA user_version = {(_pragma(connection, 'user_version') + 1) % 2**31}")


def _is_alone(ledger: Path) -> bool:
    """Return whether no other process has the ledger open; then the log is moved into the file."""
    sqlite = sqlite_module()
    with closing(sqlite.connect(ledger, timeout=0.0)) as connection, suppress(sqlite.DatabaseError):
        connection.isolation_level = None
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        return True
    return False


def _belongs(ledger: Path, log: Path) -> bool:
    here = _mark_in_file(ledger) if ledger.exists() else _Mark(0, 0)
    if here is None:
        return True
    with log.open("rb") as stream:
        marks = _marks(stream)
    if not marks:
        return True
    # Every page of the log may already be in the file, or none.
    same = here.ledger == 0 or all(mark.ledger in (0, here.ledger) for mark in marks)
    return same and marks[0].commits - 1 <= here.commits <= marks[-1].commits


def _marks(log: IO[bytes]) -> list[_Mark]:
    """Return the first pages in a log, oldest first, those of its present generation only."""
    head = log.read(_LOG_HEAD.size)
    if len(head) < _LOG_HEAD.size:
        return []
    size, salt = _LOG_HEAD.unpack(head)
    found = []
    while len(frame := log.read(_FRAME_HEAD.size)) == _FRAME_HEAD.size:
        page, frame_salt = _FRAME_HEAD.unpack(frame)
        if frame_salt != salt:
            break
        if page == 1:
            start = log.read(_PAGE_HEAD.size)
            if len(start) == _PAGE_HEAD.size:
                found.append(_Mark(*_PAGE_HEAD.unpack(start)))
            log.seek(size - _PAGE_HEAD.size, 1)
        else:
            log.seek(size, 1)
    return found
