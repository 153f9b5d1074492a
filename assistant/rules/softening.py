"""What the user found too loud: each rule of type `soften` lowers a code by one level; one below a notice is silence."""

from dataclasses import replace

from assistant.domain.judging.user_rules.rules import SoftenRule
from assistant.domain.judging.verdict import Level, Origin, Reason
from assistant.rules.base import BLOCK
from assistant.rules.case import Case
from assistant.rules.muting import NEVER_LOWERED


def softened(case: Case, reason: Reason) -> Reason:
    """Return a reason as loud as the user wants it; a hard rule of their own stays hard until they change that rule."""
    if reason.code in NEVER_LOWERED or hard_of_user(reason.level, reason.origin):
        return reason
    steps = sum(reason.code in rule.codes for rule in case.rules_for(SoftenRule, case.active))
    return replace(reason, level=list(Level)[max(0, reason.level.rank - steps)]) if steps else reason


def hard_of_user(level: Level, origin: Origin) -> bool:
    """Return whether a reason rests on a hard rule of the user's own."""
    return level is BLOCK and origin is Origin.USER_RULE
