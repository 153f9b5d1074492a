"""What was judged is written down after the answer, so that no shopper waits for it: it explains warnings later."""

from collections import deque
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from assistant.services.judging.evaluate import Judged
from assistant.storage.engine import Database
from assistant.storage.tables import AlertRow
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.warnings.situations import drop_unused, keep_situation, packed

_MOST_WAITING = 200


class Judgements:
    """Situations on their way into the ledger. More than 200 at once lose the oldest; a crash loses those of the last seconds."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database
        self._waiting: deque[tuple[str, datetime, Judged]] = deque(maxlen=_MOST_WAITING)

    def note(self, visit_id: str, at: datetime, judged: Judged) -> None:
        """Remember what was judged for a visit, if anything was; costs nothing."""
        if judged.described:
            self._waiting.append((visit_id, at, judged))

    def keep(self) -> None:
        """Write down what waits: the situations behind warnings, and the last one that raised nothing."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        worth = [one for one in waiting if one[2].verdict.reasons] + [one for one in waiting[-1:] if not one[2].verdict.reasons]
        contents = [(visit_id, at, packed(judged.described)) for visit_id, at, judged in worth]
        if not contents:
            return
        with self._database.writing() as work:
            for visit_id, at, content in contents:
                _keep(work, visit_id, at, content)
            work.commit()


def _keep(work: UnitOfWork, visit_id: str, at: datetime, content: bytes) -> None:
    mine = col(AlertRow.visit_id) == visit_id
    known = work.session.execute(select(col(AlertRow.id), col(AlertRow.situation_id)).where(mine)).all()
    situation = keep_situation(work.session, content, at, raised=bool(known))
    if known and situation is not None:
        work.session.execute(update(AlertRow).where(mine).values(situation_id=situation))
        for before in {before for _, before in known}:
            drop_unused(work.session, before)
