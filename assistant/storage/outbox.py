"""The outbox: events in the order in which they happened."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from assistant.domain.events import Event, EventKind
from assistant.storage.tables import OutboxRow

_KINDS = {kind.value: kind for kind in EventKind}


def events_after(session: Session, event_id: int, limit: int) -> list[Event]:
    """Return up to `limit` events that came after an id; kinds that a newer version wrote are left out."""
    known = col(OutboxRow.kind).in_(list(_KINDS))
    query = select(OutboxRow).where(col(OutboxRow.id) > event_id, known).order_by(col(OutboxRow.id)).limit(limit)
    return [
        Event(id=row.id or 0, kind=_KINDS[row.kind], at=datetime.fromisoformat(row.at), data=row.data) for row in session.scalars(query)
    ]


def latest_id(session: Session) -> int:
    """Return the id of the newest event, 0 when there is none."""
    return session.scalar(select(func.max(col(OutboxRow.id)))) or 0
