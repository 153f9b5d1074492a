"""Reads the events that clients listen to."""

from assistant.domain.events import Event
from assistant.storage import outbox
from assistant.storage.engine import Database


class Events:
    """Reads the outbox. Changes and their events are written in one transaction."""

    def __init__(self, database: Database) -> None:
        """Read an open ledger."""
        self._database = database

    def after(self, event_id: int, limit: int = 500) -> list[Event]:
        """Return up to `limit` events that came after an id, oldest first."""
        with self._database.reading() as session:
            return outbox.events_after(session, event_id, limit)

    def latest(self) -> int:
        """Return the id of the newest event, 0 when there is none yet."""
        with self._database.reading() as session:
            return outbox.latest_id(session)
