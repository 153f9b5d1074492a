"""Visits that were answered but not yet written: those that changed nothing but that the page was open."""

import threading
from datetime import datetime

from assistant.storage.accounts.identities import note_seen
from assistant.storage.engine import Database
from assistant.storage.visits.visits import KeptVisit, keep_new_visits

_MOST = 200


class Unwritten:
    """Visits on their way into the ledger, safe among threads. Beyond 200 the oldest are lost; a crash loses what waits."""

    def __init__(self, database: Database) -> None:
        """Work on an open ledger."""
        self._database = database
        self._lock = threading.Lock()
        self._waiting: dict[str, KeptVisit] = {}

    def add(self, visit: KeptVisit) -> None:
        """Let a visit wait."""
        with self._lock:
            self._waiting[visit.id] = visit
            while len(self._waiting) > _MOST:
                del self._waiting[next(iter(self._waiting))]

    def all(self) -> tuple[KeptVisit, ...]:
        """Return the visits that wait, oldest first."""
        with self._lock:
            return tuple(self._waiting.values())

    def write(self) -> None:
        """Write what waits, and when its customer ids were seen. Raises LedgerUnusable; everything then goes on waiting."""
        waiting = self.all()
        if not waiting:
            return
        with self._database.writing() as work:
            for visit in keep_new_visits(work.session, waiting):
                if visit.customer_id:
                    note_seen(work.session, visit.customer_id, datetime.fromisoformat(visit.at))
            work.commit()
        with self._lock:
            for visit in waiting:
                self._waiting.pop(visit.id, None)
