"""Backups of the ledger: one on request, automatic daily ones, and restoring one.

Automatic backups are in the folder `backups` beside the ledger, ten at most: the newest of each of three days, the newest of each of four
weeks, and three from before migrations.
"""

from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput
from assistant.storage.backups import FOLDER, Proven, automatic_file, back_up, backups_in, thin_out
from assistant.storage.engine import Database


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
        made = back_up(self._file(), automatic_file(folder, now))
        thin_out(folder)
        return made

    def _file(self) -> Path:
        file = self._database.file
        if file is None:
            raise InvalidInput("This ledger is in PostgreSQL. Back it up with pg_dump.")
        return file
