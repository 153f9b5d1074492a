"""Counts how warnings end, by rule, and suggests a lower level for rules that are mostly overridden."""

from collections.abc import Iterable
from datetime import timedelta

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput
from assistant.domain.judging.user_rules.model import OwnRule
from assistant.domain.judging.user_rules.rules import SoftenRule
from assistant.domain.judging.verdict import Choice
from assistant.domain.judging.warnings import AlertCounts
from assistant.domain.languages.translating import translated
from assistant.rules import RULES
from assistant.rules.described.user_rules import stored_rules
from assistant.rules.muting import NEVER_LOWERED
from assistant.rules.softening import hard_of_user
from assistant.services.user_rules.rules import UserRules
from assistant.storage.engine import Database
from assistant.storage.user_rules import rule_texts
from assistant.storage.warnings.alerts import AlertFate, fates_since

LEAST_RAISED, MOSTLY = 5, 0.8
"""Softening a rule is suggested if it has this many warnings in a year and this share of them was overridden."""
_LOOK_BACK = timedelta(days=365)


class AlertStats:
    """Counts warnings by rule, and softens rules."""

    def __init__(self, database: Database, rules: UserRules, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._rules = rules
        self._clock = clock

    def stats(self) -> list[AlertCounts]:
        """Return the counts of the last 365 days by rule, the most frequent first."""
        since = self._clock() - _LOOK_BACK
        with self._database.reading() as session:
            found: dict[str, list[AlertFate]] = {}
            for fate in fates_since(session, since):
                found.setdefault(fate.code, []).append(fate)
            softened = {code for rule in stored_rules(rule_texts(session)) if isinstance(rule, SoftenRule) for code in rule.codes}
        return [_counts_of(code, found[code], softened) for code in sorted(found, key=lambda code: (-len(found[code]), code))]

    def soften(self, code: str) -> OwnRule:
        """Lower a rule by one level with a user rule; removing that rule undoes it. Raises InvalidInput."""
        if code in NEVER_LOWERED:
            raise InvalidInput(translated("{code} cannot be made quieter, because it is about an account that Amazon closed.", code=code))
        if not any(code in rule.codes for rule in RULES):
            raise InvalidInput(translated("There is no rule '{code}'. 'shopper alerts stats' lists the rules that warned.", code=code[:40]))
        return self._rules.add({"type": "soften", "code": [code]})


def _counts_of(code: str, said: list[AlertFate], softened: set[str]) -> AlertCounts:
    lowerable = [one for one in said if not one.afterwards and not hard_of_user(one.level, one.origin)]
    mostly = len(lowerable) >= LEAST_RAISED and _count(one.overridden for one in lowerable) >= MOSTLY * len(lowerable)
    return AlertCounts(
        code=code,
        raised=len(said),
        heeded=_count(one.choice == Choice.LEFT and not one.ordered for one in said),
        overridden=_count(one.overridden for one in said),
        put_off=_count(one.choice == Choice.NOT_NOW and not one.overridden for one in said),
        dismissed=_count(one.dismissed and one.choice is None and not one.overridden for one in said),
        ordered=_count(one.ordered and not one.afterwards for one in said),
        afterwards=_count(one.afterwards for one in said),
        soften=mostly and code not in NEVER_LOWERED | softened,
    )


def _count(answers: Iterable[bool]) -> int:
    return sum(answers)
