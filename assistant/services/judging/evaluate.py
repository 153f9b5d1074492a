"""Runs the rules on the situations of a page: one per promotion on it, usually one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.judging.situation import Situation
from assistant.domain.judging.verdict import Message, Reason, Verdict
from assistant.rules import judge


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and the situations it is about; no situations if nothing was judged."""

    verdict: Verdict = field(default_factory=Verdict)
    situations: tuple[Situation, ...] = ()


def judged(situations: Sequence[Situation]) -> Judged:
    """Run the rules on situations that differ only in their events; equal reasons are reported once."""
    found: dict[tuple[str, Message], Reason] = {}
    for situation in situations:
        for reason in judge(situation).reasons:
            found.setdefault((reason.code, reason.said), reason)
    verdict = Verdict(reasons=tuple(sorted(found.values(), key=lambda reason: -reason.level.rank)))
    return Judged(verdict, tuple(situations))
