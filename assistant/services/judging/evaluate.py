"""Asking the rules about a described situation, and keeping what they were asked so that it can be explained later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.judging.verdict import Reason, Verdict
from assistant.rules import judge
from assistant.rules.situation import situation_from_mapping


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and what was asked: a situation (contract, section 3) with several `events`; {} if nothing was asked."""

    verdict: Verdict = field(default_factory=Verdict)
    described: Mapping[str, Any] = field(default_factory=dict)


def judged(situation: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Judged:
    """Ask the rules about each event of a page; the same thing is said once."""
    described = {**situation, "events": list(events)}
    found: dict[tuple[str, str], Reason] = {}
    for one in situations(described):
        for reason in judge(situation_from_mapping(one)).reasons:
            found.setdefault((reason.code, reason.text), reason)
    return Judged(Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank))), described)


def situations(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what was judged as situations of one event each."""
    common = {name: value for name, value in described.items() if name != "events"}
    return [{**common, "event": event} for event in described.get("events", ())]
