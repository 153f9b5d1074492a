"""Backups of the ledger: one on request, automatic daily ones, and restoring one.

Automatic backups are in the folder `backups` beside the ledger: those of the newest three days, and the newest of each of four weeks.
"""

from datetime import timedelta
from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput
from assistant.storage.backups import Proven, back_up, backups_in
from assistant.storage.engine import Database

FOLDER = "backups"
_DAYS, _WEEKS = 3, 4


class Backups:
    """Makes backups of an open ledger."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def back_up(self, target: Path) -> Proven:
        """Copy the ledger to a file and check the copy. Raises InvalidInput for PostgreSQL, LedgerUnusable if it fails."""
        return back_up(self._file(), target.expanduser())

    def daily(self) -> Proven | None:
        """Make today's automatic backup unless there is one, and delete those no longer needed; nothing for PostgreSQL."""
        if self._database.file is None:
            return None
        folder, now = self._file().parent / FOLDER, self._clock()
        known = backups_in(folder)
        if known and known[0][0].date() >= now.date():
            return None
        folder.mkdir(mode=0o700, exist_ok=True)
        made = back_up(self._file(), folder / f"ledger-{now:%Y%m%d-%H%M%S%z}.sqlite")
        _thin_out(folder)
        return made

    def _file(self) -> Path:
        file = self._database.file
        if file is None:
            raise InvalidInput("This ledger is in PostgreSQL. Back it up with pg_dump.")
        return file


def _thin_out(folder: Path) -> None:
    """Delete automatic backups beyond the newest of each of three days and of each of four weeks."""
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
