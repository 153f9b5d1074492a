"""Visits that were answered while another program wrote to the ledger, for example a large import. They are written when it is done.

They lie in a file in the data folder until then, so that a crash loses none of them.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from assistant.domain.errors import LedgerBusy
from assistant.domain.pages.visit import Visit
from assistant.storage.visits.visits import KeptVisit

_MOST = 1000
"""More than these are refused until the other program is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A visit, when it was answered, and what the answer was."""

    client_id: str
    visit: Visit
    at: datetime
    reply: dict[str, Any]


class Postponed:
    """The visits that wait to be written, oldest first; thread-safe."""

    def __init__(self, file: Path) -> None:
        """Take up those that an earlier process left in the file."""
        self._file = file
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: dict[str, tuple[Answered, KeptVisit | None]] = {one.visit.id: (one, None) for one in _left_in(file)}

    def __bool__(self) -> bool:
        """Whether any visit waits."""
        return bool(self._waiting)

    def add(self, one: Answered, kept: KeptVisit) -> None:
        """Add a visit. It is on the disk when this returns. Raises LedgerBusy when too many wait or the disk is full."""
        with self._lock:
            if len(self._waiting) >= _MOST:
                raise LedgerBusy("Another program has been writing for long. Try again in a moment.")
            try:
                descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
                with os.fdopen(descriptor, "ab") as stream:
                    stream.write(msgspec.json.encode(one) + b"\n")
                    stream.flush()
                    os.fsync(stream.fileno())
            except OSError as error:
                raise LedgerBusy(f"Another program is writing, and {self._file} cannot be written: {error.strerror}.") from error
            self._waiting[one.visit.id] = one, kept

    def seen(self) -> tuple[KeptVisit, ...]:
        """Return what later visits must know of the waiting ones."""
        with self._lock:
            return tuple(kept for _, kept in self._waiting.values() if kept is not None)

    def write(self, write_one: Callable[[Answered], None]) -> None:
        """Write the waiting visits with this function. What it raises ends the attempt; the others stay."""
        with self._writing:
            for one, _ in tuple(self._waiting.values()):
                write_one(one)
                with self._lock:
                    del self._waiting[one.visit.id]
                    if not self._waiting:
                        with suppress(OSError):
                            self._file.unlink(missing_ok=True)


def _left_in(file: Path) -> list[Answered]:
    try:
        lines = file.read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        # A crash may have cut the last line; its visit was not acknowledged.
        with suppress(msgspec.DecodeError):
            found.append(msgspec.json.decode(line, type=Answered))
    return found
