"""What a rule is: it looks at a situation and yields reasons. Reasons that rest on Amazon's terms cite the clause."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Protocol

from assistant.domain.verdicts import Level, Reason
from assistant.rules.situation import Situation

NOTICE, WARN, BLOCK = Level.NOTICE, Level.WARN, Level.BLOCK_CONFIRM


class Rule(Protocol):
    """Yields what there is to say about a situation."""

    def __call__(self, situation: Situation) -> Iterator[Reason]:
        """Look at a situation."""


Raiser = Callable[[Situation], Iterator[Reason]]


@cache
def clauses() -> dict[str, dict[str, str]]:
    """Return the policy clauses by id: text, source, grade, day read."""
    return tomllib.loads((files(__package__) / "policies.toml").read_text(encoding="utf-8"))


def cited(clause: str) -> str:
    """Return a clause as people read it: where it stands, when it was read, how sure the source is."""
    found = clauses()[clause]
    return f"{clause}: {found['source']} (read {found['read']}, grade {found['grade']})"


def policy(code: str, level: Level, clause: str, text: str, advice: str, *evidence: str) -> Reason:
    """Return a reason that rests on Amazon's terms. Its advice names no account and never helps around a limit."""
    return Reason(code=code, level=level, text=text, advice=advice, group="policy", evidence=evidence, source=cited(clause))
