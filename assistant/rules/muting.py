"""What the user called right once and for all: rules of type `mute`, by code, thing and account, perhaps until a day."""

from collections.abc import Iterable, Iterator, Mapping

from assistant.domain.judging.verdict import Reason
from assistant.rules.base import rule_name, title
from assistant.rules.facts import Fact
from assistant.rules.memoize import once
from assistant.rules.situation import Situation

# A user's rule never lowers what a closed account means.
NEVER_LOWERED = frozenset({"CLOSED_ACCOUNT_BYPASS"})


def muted(situation: Situation, code: str, asin: str | None) -> bool:
    """Whether a code is muted for a thing (or for everything) on the active account."""
    return _mute(situation, code, asin) is not None


def lines(situation: Situation, code: str) -> Iterator[Fact]:
    """Yield the things of the event for which a code is not muted."""
    if code not in _mutes(situation):
        return iter(situation.items)
    return (item for item in situation.items if not muted(situation, code, item.text("asin")))


def stands(situation: Situation, reason: Reason) -> bool:
    """Whether a reason about the whole page stands: it is muted only where it is for each thing on it."""
    things = situation.items or (situation.event,)
    return reason.code not in _mutes(situation) or not all(muted(situation, reason.code, thing.text("asin")) for thing in things)


def silenced(situation: Situation, codes: Iterable[str]) -> Iterator[str]:
    """Yield, for each thing for which a code is muted, which rule of the user does that."""
    for code in codes:
        for item in situation.items:
            rule = _mute(situation, code, item.text("asin"))
            if rule is not None:
                yield f"'{title(item)}': {code} is muted by {rule_name(situation, rule)}."


def _mute(situation: Situation, code: str, asin: str | None) -> Fact | None:
    """Return the first rule that mutes a code for a thing: one of the thing itself, or of everything."""
    for rule, asins in _mutes(situation).get(code, ()):
        if asins is None or (asin is not None and asin in asins):
            return rule
    return None


@once
def _mutes(situation: Situation) -> Mapping[str, list[tuple[Fact, frozenset[str] | None]]]:
    """Return the rules that mute each code on the active account, with their things; None is everything."""
    found: dict[str, list[tuple[Fact, frozenset[str] | None]]] = {}
    for rule in situation.rules_for("mute", situation.active):
        for code in set(rule.texts("code")) - NEVER_LOWERED:
            found.setdefault(code, []).append((rule, frozenset(rule.texts("asin")) if rule.has("asin") else None))
    return found
