"""Warnings that were raised: what is open, and what the user put away."""

from sqlalchemy import func, select
from sqlmodel import col

from assistant.domain.clock import Clock
from assistant.domain.errors import NotFound
from assistant.domain.events import EventKind
from assistant.domain.filters import Filter
from assistant.domain.views import Alert, Page
from assistant.storage.cursors import part_of
from assistant.storage.engine import Database
from assistant.storage.tables import AlertRow
from assistant.storage.warnings.alerts import alert_conditions, alerts_of

_ALL = Filter()


class Alerts:
    """The list of warnings."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def alerts(
        self, found: Filter = _ALL, *, open_only: bool = True, cursor: str | None = None, offset: int | None = None, limit: int = 100
    ) -> Page[Alert]:
        """Return warnings, newest first. The cursor is the last id of the page before. Raises InvalidInput, NotFound."""
        with self._database.reading() as session:
            wanted = [*alert_conditions(session, found), *([col(AlertRow.dismissed_at).is_(None)] if open_only else [])]
            query = part_of(select(AlertRow).where(*wanted), col(AlertRow.id), cursor=cursor, offset=offset, limit=limit)
            rows = session.scalars(query).all()
            total = session.scalar(select(func.count()).select_from(AlertRow).where(*wanted)) or 0
            items = alerts_of(session, rows[:limit], self._clock().date())
        return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)

    def dismiss(self, alert_id: int) -> Alert:
        """Put a warning away; a second time changes nothing. Raises NotFound."""
        with self._database.writing() as work:
            row = work.session.get(AlertRow, alert_id)
            if row is None:
                raise NotFound(f"There is no warning {alert_id}. 'shopper alerts' lists them.")
            if row.dismissed_at is None:
                row.dismissed_at = self._clock().isoformat()
                work.session.add(row)
                work.tell(EventKind.ALERT_CHANGED, alert=alert_id)
                work.commit()
            return alerts_of(work.session, [row], self._clock().date())[0]
