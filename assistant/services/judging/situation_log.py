"""Stores judged situations after the answer was sent, to explain warnings later without delaying the page."""

from collections import deque
from datetime import datetime

from assistant.rules.described.writing import describe_all
from assistant.services.judging.evaluate import Judged
from assistant.storage.engine import Database
from assistant.storage.warnings.situations import keep_for_visit, packed

_MOST_WAITING = 200


class SituationLog:
    """Buffers situations before they are written. Beyond 200 the oldest are lost; a crash loses the last seconds."""

    def __init__(self, database: Database) -> None:
        """Work on an open ledger."""
        self._database = database
        self._waiting: deque[tuple[str, datetime, Judged]] = deque(maxlen=_MOST_WAITING)

    def note(self, visit_id: str, at: datetime, judged: Judged) -> None:
        """Buffer the situations of a visit, if any."""
        if judged.situations:
            self._waiting.append((visit_id, at, judged))

    def keep(self) -> None:
        """Write buffered situations: those behind warnings, and the last one without a warning."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        worth = [one for one in waiting if one[2].verdict.reasons] + [one for one in waiting[-1:] if not one[2].verdict.reasons]
        contents = [(visit_id, at, packed(describe_all(judged.situations))) for visit_id, at, judged in worth]
        if not contents:
            return
        with self._database.writing() as work:
            for visit_id, at, content in contents:
                keep_for_visit(work.session, visit_id, at, content)
            work.commit()
