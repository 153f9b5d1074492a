"""Buffers answered visits that brought no new data, to write them later."""

import threading
from datetime import datetime
from operator import attrgetter

from assistant.storage.accounts.identities import note_seen
from assistant.storage.engine import Database
from assistant.storage.visits.visits import KeptVisit, keep_new_visits

_MOST = 200


class Unwritten:
    """The buffered visits, up to 200; thread-safe. A crash loses them."""

    def __init__(self, database: Database) -> None:
        """Work on an open ledger."""
        self._database = database
        self._lock = threading.Lock()
        self._waiting: dict[str, KeptVisit] = {}

    @property
    def is_full(self) -> bool:
        """Whether the next visit must be written before it is answered, so that none is lost: the browser keeps what is refused."""
        with self._lock:
            return len(self._waiting) >= _MOST

    def add(self, visit: KeptVisit) -> None:
        """Buffer a visit."""
        with self._lock:
            self._waiting[visit.id] = visit

    def all(self) -> tuple[KeptVisit, ...]:
        """Return the buffered visits, oldest first."""
        with self._lock:
            return tuple(self._waiting.values())

    def write(self, *, hasty: bool = False) -> None:
        """Write the buffered visits and when their customer ids were seen. Raises LedgerUnusable; everything then stays buffered."""
        waiting = self.all()
        if not waiting:
            return
        with self._database.writing(hasty=hasty) as work:
            kept = keep_new_visits(work.session, waiting)
            newest = {visit.customer_id: visit.at for visit in sorted(kept, key=attrgetter("at")) if visit.customer_id}
            for customer_id, at in newest.items():
                note_seen(work.session, customer_id, datetime.fromisoformat(at))
            work.commit()
        with self._lock:
            for visit in waiting:
                self._waiting.pop(visit.id, None)
