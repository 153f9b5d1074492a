"""What the user found too loud: each rule of type `soften` lowers a code by one level; one below a notice is silence."""

from dataclasses import replace

from assistant.domain.judging.verdict import Level, Reason
from assistant.rules.base import BLOCK
from assistant.rules.muting import NEVER_LOWERED
from assistant.rules.situation import Situation


def softened(situation: Situation, reason: Reason) -> Reason:
    """Return a reason as loud as the user wants it; a hard rule of their own stays hard until they change that rule."""
    if reason.code in NEVER_LOWERED or hard_of_user(reason.level, reason.source):
        return reason
    rules = situation.rules_for("soften", situation.active)
    steps = sum(reason.code in rule.texts("code") for rule in rules)
    return replace(reason, level=list(Level)[max(0, reason.level.rank - steps)]) if steps else reason


def hard_of_user(level: Level, source: str) -> bool:
    """Whether a reason rests on a hard rule of the user's own."""
    return level is BLOCK and source.startswith("rule ")
