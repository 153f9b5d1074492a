"""Which of the user's rules stand today: those that have not ended (`until`) and that no rule of type `mute` silences by number."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.rules.facts import Fact


def standing(rules: Sequence[Fact], today: date | None) -> Mapping[str, tuple[Fact, ...]]:
    """Return the rules that stand, by type, in their order."""
    lasting = [rule for rule in rules if not _ended(rule, today)]
    muted = {number for rule in lasting if rule.text("type") == "mute" for number in (rule.text("rule"), *rule.texts("rule")) if number}
    found: dict[str, list[Fact]] = {}
    for rule in lasting:
        if rule.text("id") not in muted:
            found.setdefault(rule.text("type") or "", []).append(rule)
    return {kind: tuple(entries) for kind, entries in found.items()}


def _ended(rule: Fact, today: date | None) -> bool:
    """Whether the last day of a rule is over; a rule without one, or on a day that is not known, stands."""
    until = rule.day("until")
    return until is not None and today is not None and until < today
