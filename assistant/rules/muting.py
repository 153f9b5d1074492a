"""What the user called right once and for all: rules of type `mute`, by code, thing and account."""

from collections.abc import Iterator

from assistant.domain.verdicts import Reason
from assistant.rules.facts import Fact
from assistant.rules.situation import Situation

# A user's rule never lowers what a closed account means.
_NEVER_MUTED = frozenset({"CLOSED_ACCOUNT_BYPASS"})


def muted(situation: Situation, code: str, asin: str | None) -> bool:
    """Whether a code is muted for a thing (or for everything) on the active account."""
    return any(not rule.has("asin") or (asin is not None and asin in rule.texts("asin")) for rule in _rules(situation, code))


def lines(situation: Situation, code: str) -> Iterator[Fact]:
    """Yield the things of the event for which a code is not muted."""
    return (item for item in situation.items if not muted(situation, code, item.text("asin")))


def stands(situation: Situation, reason: Reason) -> bool:
    """Whether a reason about the whole page stands: it is muted only where it is for each thing on it."""
    things = situation.items or (situation.event,)
    return not all(muted(situation, reason.code, thing.text("asin")) for thing in things)


def _rules(situation: Situation, code: str) -> Iterator[Fact]:
    if code in _NEVER_MUTED:
        return
    for rule in situation.rules_of("mute"):
        if code not in rule.texts("code"):
            continue
        if not rule.has("account") or (situation.active is not None and situation.active.key in rule.texts("account")):
            yield rule
