"""Applies `soften` rules: each lowers a code by one level; below a notice it disappears."""

from dataclasses import replace

from assistant.domain.judging.user_rules.rules import SoftenRule
from assistant.domain.judging.verdict import Level, Origin, Reason
from assistant.rules.base import BLOCK
from assistant.rules.case import Case
from assistant.rules.muting import NEVER_LOWERED


def softened(case: Case, reason: Reason) -> Reason:
    """Return a reason at the softened level; a reason from a hard user rule stays hard until that rule changes."""
    if reason.code in NEVER_LOWERED or hard_of_user(reason.level, reason.origin):
        return reason
    steps = sum(reason.code in rule.codes for rule in case.rules_for(SoftenRule, case.active))
    return replace(reason, level=list(Level)[max(0, reason.level.rank - steps)]) if steps else reason


def hard_of_user(level: Level, origin: Origin) -> bool:
    """Return whether a reason comes from a hard user rule."""
    return level is BLOCK and origin is Origin.USER_RULE
