"""Applies `mute` rules: by code, item and account, perhaps until a day."""

from collections.abc import Iterable, Iterator, Mapping

from assistant.domain.judging.situation import JudgedItem
from assistant.domain.judging.user_rules.rules import MuteRule
from assistant.domain.judging.verdict import Message, Reason, said
from assistant.rules.base import rule_name, title
from assistant.rules.case import Case, once

NEVER_LOWERED = frozenset({"CLOSED_ACCOUNT_BYPASS"})
"""Codes that user rules cannot mute or soften: those about a closed account."""


def muted(case: Case, code: str, asin: str | None) -> bool:
    """Return whether a code is muted for an item (or for everything) on the active account."""
    return _mute(case, code, asin) is not None


def unmuted_items(case: Case, code: str) -> Iterator[JudgedItem]:
    """Yield the items of the event for which a code is not muted."""
    if code not in _mutes(case):
        return iter(case.items)
    return (item for item in case.items if not muted(case, code, item.asin))


def heard(case: Case, reason: Reason) -> bool:
    """Return whether a reason about the whole page may be shown: it is muted only if it is muted for every item."""
    things = case.items or (case.event,)
    return reason.code not in _mutes(case) or not all(muted(case, reason.code, thing.asin) for thing in things)


def silenced(case: Case, codes: Iterable[str]) -> Iterator[Message]:
    """Yield, for each item for which a code is muted, the rule that mutes it."""
    for code in codes:
        for item in case.items:
            rule = _mute(case, code, item.asin)
            if rule is not None:
                yield said("quiet.muted", title=title(item), code=code, rule=rule_name(rule))


def _mute(case: Case, code: str, asin: str | None) -> MuteRule | None:
    """Return the first rule that mutes a code for an item: a rule about the item or about everything."""
    for rule in _mutes(case).get(code, ()):
        if rule.asins is None or (asin is not None and asin in rule.asins):
            return rule
    return None


@once
def _mutes(case: Case) -> Mapping[str, list[MuteRule]]:
    """Return the rules that mute each code on the active account."""
    found: dict[str, list[MuteRule]] = {}
    for rule in case.rules_for(MuteRule, case.active):
        for code in rule.codes - NEVER_LOWERED:
            found.setdefault(code, []).append(rule)
    return found
