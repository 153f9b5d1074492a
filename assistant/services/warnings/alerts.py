"""Lists and dismisses warnings."""

from functools import partial

from assistant.domain.clock import Clock
from assistant.domain.events import EventKind
from assistant.domain.filters import Filter, Page
from assistant.domain.journal import Action
from assistant.domain.judging.warnings import Alert
from assistant.domain.languages.sentences import in_every_language, sentence_of
from assistant.storage.engine import Database
from assistant.storage.warnings.alerts import alert_of, dismiss_alert, page_of_alerts

_ALL = Filter()
_LONGEST_SENTENCE = 150


class Alerts:
    """The list of warnings."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock

    def alerts(
        self, found: Filter = _ALL, *, open_only: bool = True, cursor: str | None = None, offset: int | None = None, limit: int = 100
    ) -> Page[Alert]:
        """Return warnings, newest first. The cursor is the last id of the page before. Raises InvalidInput, NotFound."""
        today = self._clock().date()
        with self._database.reading() as session:
            return page_of_alerts(session, found, today, open_only=open_only, cursor=cursor, offset=offset, limit=limit)

    def dismiss(self, alert_id: int) -> Alert:
        """Dismiss a warning; a second time changes nothing. Raises NotFound."""
        with self._database.writing() as work:
            shown = partial(alert_of, work.session, alert_id, self._clock().date())
            if shown().dismissed_at is None:
                warning = in_every_language(lambda: shown().text[:_LONGEST_SENTENCE])
                what = sentence_of("Dismissed the warning: {warning}", warning=warning)
                with work.step(Action.WARNING_DISMISSED, what):
                    dismiss_alert(work.session, alert_id, self._clock())
                    work.tell(EventKind.ALERT_CHANGED, alert=alert_id)
                work.commit()
            return shown()
