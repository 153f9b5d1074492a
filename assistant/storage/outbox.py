"""The outbox: the events that clients listen to, in the order in which they happened."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col

from assistant.domain.events import Event, EventKind
from assistant.storage.engine import Database
from assistant.storage.tables import OutboxRow

_KINDS = {kind.value: kind for kind in EventKind}


class Outbox:
    """Reads events. `UnitOfWork.tell` writes them, in the transaction of the change."""

    def __init__(self, database: Database) -> None:
        """Read an open ledger."""
        self._database = database

    def after(self, event_id: int, limit: int = 500) -> list[Event]:
        """Return up to `limit` events that came after an id, oldest first; kinds that a newer version wrote are left out."""
        known = col(OutboxRow.kind).in_(list(_KINDS))
        query = select(OutboxRow).where(col(OutboxRow.id) > event_id, known).order_by(col(OutboxRow.id)).limit(limit)
        with self._database.reading() as session:
            rows = session.scalars(query).all()
        return [Event(id=row.id or 0, kind=_KINDS[row.kind], at=datetime.fromisoformat(row.at), data=row.data) for row in rows]

    def latest(self) -> int:
        """Return the id of the newest event, 0 when there is none yet."""
        with self._database.reading() as session:
            return session.scalar(select(func.max(col(OutboxRow.id)))) or 0
