"""Judging what is about to happen: one file per family of rules, the same for `shopper check` and the server."""

from assistant.domain.verdicts import Reason, Verdict
from assistant.rules import closures, dates, duplicates, identity, memberships, ownership, places, promotions, reviews, routing
from assistant.rules.situation import Situation

RULES = (
    *identity.RULES,
    *routing.RULES,
    *places.RULES,
    *ownership.RULES,
    *duplicates.RULES,
    *promotions.RULES,
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
            found.setdefault((reason.code, reason.text), reason)
    stands = [reason for reason in found.values() if not _muted(situation, reason)]
    return Verdict(reasons=tuple(sorted(stands, key=lambda reason: -reason.level.rank)))


def _muted(situation: Situation, reason: Reason) -> bool:
    asins = {item.text("asin") for item in situation.items} | {situation.event.text("asin")}
    for rule in situation.rules_of("mute"):
        if rule.text("code") != reason.code:
            continue
        if rule.has("account") and (situation.active is None or rule.text("account") != situation.active.key):
            continue
        if not rule.has("asin") or rule.text("asin") in asins:
            return True
    return False


__all__ = ["RULES", "judge"]
