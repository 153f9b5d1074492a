"""Visits that were answered before they were written down: those that leave nothing behind but that the page was open."""

import threading
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.services.imports.document_owner import note_seen
from assistant.storage.engine import Database
from assistant.storage.tables import VisitRow
from assistant.storage.visits.visits import KeptVisit, keep_visit

_MOST = 200


class Unwritten:
    """Visits on their way into the ledger, safe among threads. Of more than 200 the oldest are lost; a crash loses what waits."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
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
        """Write down what waits. Raises LedgerUnusable; everything then goes on waiting."""
        waiting = self.all()
        if not waiting:
            return
        with self._database.writing() as work:
            _write(work.session, waiting)
            work.commit()
        with self._lock:
            for visit in waiting:
                self._waiting.pop(visit.id, None)


def _write(session: Session, visits: Iterable[KeptVisit]) -> None:
    """Put visits into the ledger that are not there yet, and when their customer ids were seen."""
    fresh = {visit.id: visit for visit in visits}
    for known in session.scalars(select(col(VisitRow.id)).where(col(VisitRow.id).in_(fresh))):
        del fresh[known]
    for visit in fresh.values():
        keep_visit(session, visit)
        if visit.customer_id:
            note_seen(session, visit.customer_id, datetime.fromisoformat(visit.at))
