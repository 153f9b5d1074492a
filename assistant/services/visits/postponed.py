"""Visits that were answered, and choices that were made, while another program wrote to the ledger, for example a large import.

They are written when it is done.

They lie in a file in the data folder until then, so that a crash loses none of them.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from assistant.domain.errors import LedgerBusy, LedgerUnusable
from assistant.domain.judging.verdict import Choice
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.domain.pages.visit import Visit
from assistant.importers.sandbox.page_reader import is_large
from assistant.storage.visits.visits import KeptVisit

_MOST = 1000
"""More than these are refused until the other program is done."""
_FEW, _MOMENT, _PAUSE = 3, 0.1, 0.5
"""How many waiting ones a new visit writes; seconds that it waits for a thread that writes them, and without a try after a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A visit, when it was answered, and what the answer was."""

    client_id: str
    visit: Visit
    at: datetime
    reply: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the user chose on a warning of a visit, and when. `id` is its own."""

    id: str
    client_id: str
    visit_id: str
    reason: str
    choice: Choice
    decided_at: datetime


class Postponed:
    """The visits and choices that wait to be written, oldest first; thread-safe."""

    def __init__(self, file: Path) -> None:
        """Take up those that an earlier process left in the file."""
        self._file = file
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._busy_until = 0.0
        self._waiting: dict[str, tuple[Answered | Decided, KeptVisit | None]] = {_id_of(one): (one, None) for one in _left_in(file)}

    def __bool__(self) -> bool:
        """Whether any visit waits."""
        return bool(self._waiting)

    def add(self, one: Answered | Decided, kept: KeptVisit | None = None) -> None:
        """Add a visit or a choice. It is on the disk when this returns. Raises LedgerBusy when too many wait or the disk is full."""
        with self._lock:
            if not self._waiting:
                # The ledger was busy a moment ago.
                self._busy_until = time.monotonic() + _PAUSE
            if len(self._waiting) >= _MOST:
                raise LedgerBusy(translated("Another program has been writing for long. Try again in a moment."))
            try:
                descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
                with os.fdopen(descriptor, "ab") as stream:
                    stream.write(msgspec.json.encode(one) + b"\n")
                    stream.flush()
                    os.fsync(stream.fileno())
            except OSError as error:
                raise LedgerBusy(
                    translated(
                        "Another program is writing, and {file} cannot be written: {reason}.", file=self._file, reason=reason_of(error)
                    )
                ) from error
            self._waiting[_id_of(one)] = one, kept

    def client_of(self, visit_id: str) -> str | None:
        """Return the client of a waiting visit, None if it does not wait."""
        with self._lock:
            found = self._waiting.get(visit_id)
        return found[0].client_id if found is not None else None

    def seen(self) -> tuple[KeptVisit, ...]:
        """Return what later visits must know of the waiting ones."""
        with self._lock:
            return tuple(kept for _, kept in self._waiting.values() if kept is not None)

    def write(self, write_one: Callable[[Answered | Decided], None]) -> None:
        """Write the waiting visits and choices with this function; what cannot be written stays.

        LedgerUnusable ends the attempt. Any other exception is raised once the others were tried.
        """
        failure: Exception | None = None
        for _ in range(len(self._waiting)):
            with self._writing:
                failure = self._write_first(write_one) or failure
        if failure is not None:
            raise failure

    def write_few(self, write_one: Callable[[Answered | Decided], None]) -> bool:
        """Write the oldest ones if the ledger is free again and their pages are read at once; return whether none waits.

        Each new visit does this first. Otherwise visits that come faster than others are written would wait for ever.
        """
        if self._waiting and time.monotonic() >= self._busy_until and self._writing.acquire(timeout=_MOMENT):
            try:
                for _ in range(_FEW):
                    if not _is_large(self._first()):
                        self._write_first(write_one)
            except LedgerUnusable:
                self._busy_until = time.monotonic() + _PAUSE
            finally:
                self._writing.release()
        return not self._waiting

    def _first(self) -> Answered | Decided | None:
        with self._lock:
            return next((one for one, _ in self._waiting.values()), None)

    def _write_first(self, write_one: Callable[[Answered | Decided], None]) -> Exception | None:
        """Write the oldest one; return why it cannot be written. Then it is put behind the others, which it must not keep waiting."""
        one = self._first()
        if one is None:
            return None
        try:
            write_one(one)
        except LedgerUnusable:
            raise
        except Exception as failure:  # noqa: BLE001  # `write` raises it
            with self._lock:
                self._waiting[_id_of(one)] = self._waiting.pop(_id_of(one))
            return failure
        with self._lock:
            del self._waiting[_id_of(one)]
            if not self._waiting:
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
        return None


def _is_large(one: Answered | Decided | None) -> bool:
    return isinstance(one, Answered) and is_large(one.visit)


def _id_of(one: Answered | Decided) -> str:
    return one.visit.id if isinstance(one, Answered) else one.id


def _left_in(file: Path) -> list[Answered | Decided]:
    try:
        lines = file.read_bytes().splitlines()
    except OSError:
        return []
    found: list[Answered | Decided] = []
    for line in lines:
        # A crash may have truncated the last line; its content was not acknowledged.
        with suppress(msgspec.DecodeError):
            found.append(_entry_in(line))
    return found


def _entry_in(line: bytes) -> Answered | Decided:
    try:
        return msgspec.json.decode(line, type=Answered)
    except msgspec.ValidationError:
        return msgspec.json.decode(line, type=Decided)
