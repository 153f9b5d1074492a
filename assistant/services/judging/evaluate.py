"""Asking the rules about a page: one situation for each promotion on it, mostly one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.judging.situation import Situation
from assistant.domain.judging.verdict import Message, Reason, Verdict
from assistant.rules import judge


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and the situations it was asked about; none if nothing was asked."""

    verdict: Verdict = field(default_factory=Verdict)
    situations: tuple[Situation, ...] = ()


def judged(situations: Sequence[Situation]) -> Judged:
    """Ask the rules about situations that differ in their events only; the same thing is said once."""
    found: dict[tuple[str, Message], Reason] = {}
    for situation in situations:
        for reason in judge(situation).reasons:
            found.setdefault((reason.code, reason.said), reason)
    verdict = Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))
    return Judged(verdict, tuple(situations))
