"""Judging what is about to happen: one file per family of rules, the same for `shopper check` and the server."""

from assistant.domain.verdicts import Reason, Verdict
from assistant.rules import (
    closures,
    dates,
    duplicates,
    identity,
    memberships,
    ownership,
    places,
    promotions,
    purposes,
    quantities,
    reviews,
    routing,
    shops,
)
from assistant.rules.base import Rule, unnamed
from assistant.rules.muting import stands
from assistant.rules.situation import Situation

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *routing.RULES,
    *purposes.RULES,
    *places.RULES,
    *shops.RULES,
    *ownership.RULES,
    *duplicates.RULES,
    *promotions.RULES,
    *quantities.RULES,
    *memberships.RULES,
    *closures.RULES,
    *reviews.RULES,
    *dates.RULES,
)


def judge(situation: Situation) -> Verdict:
    """Return every reason that stands, loudest first; what the user muted is left out, the same thing is said once."""
    found: dict[tuple[str, str], Reason] = {}
    for rule in RULES:
        for reason in rule(situation):
            if stands(situation, reason):
                found.setdefault((reason.code, reason.text), unnamed(reason, situation.accounts.values()))
    return Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))


__all__ = ["RULES", "judge"]
