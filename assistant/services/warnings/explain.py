"""Explains a warning: every rule that was tried on the judged situation, and why it warned or not."""

from typing import Any

from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import translated
from assistant.rules import judge, trials
from assistant.rules.described.reading import read_situation
from assistant.rules.described.writing import one_by_one
from assistant.rules.redaction import Redaction
from assistant.services.judging.situation_log import SituationLog
from assistant.storage.engine import Database
from assistant.storage.warnings.alerts import situation_of_alert
from assistant.storage.warnings.situations import situation_kept
from assistant.wire.verdicts import reason_json, trial_json


class Explanations:
    """Explains warnings."""

    def __init__(self, database: Database, situation_log: SituationLog) -> None:
        """Read an open ledger."""
        self._database = database
        self._situation_log = situation_log

    def explain(self, alert_id: int | None, *, redact: bool = False) -> list[dict[str, Any]]:
        """Return what was judged for a warning and every rule that was tried; None means the page that was judged last.

        One entry per promotion of a page, mostly one: {"id", "situation", "verdict", "reasons", "trials"}. The situation is of
        the form that `shopper check` reads; `redact` replaces personal data by invented names. Raises NotFound.
        """
        self._situation_log.keep()
        with self._database.reading() as session:
            number = situation_of_alert(session, alert_id) if alert_id is not None else None
            described = situation_kept(session, number) if alert_id is None or number is not None else None
        if described is None:
            raise NotFound(
                translated("No page has been judged yet.")
                if alert_id is None
                else translated("The situation of warning {number} is not stored: it was too large or is too old.", number=alert_id)
            )
        answers = [_explained(alert_id, one) for one in one_by_one(described)]
        return answers if not redact else _redacted(answers)


def _explained(alert_id: int | None, described: dict[str, Any]) -> dict[str, Any]:
    situation = read_situation(described)
    verdict = judge(situation)
    return {
        "id": alert_id,
        "situation": described,
        "verdict": verdict.level.value,
        "reasons": [reason_json(reason) for reason in verdict.reasons],
        "trials": [trial_json(trial) for trial in trials(situation)],
    }


def _redacted(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    redaction = Redaction()
    redaction.learn([answer["situation"] for answer in answers])
    return [dict(redaction.redacted(answer)) for answer in answers]
