"""What a rule is: it looks at a situation and yields reasons. Reasons that rest on Amazon's terms cite the clause."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Protocol

from assistant.domain.verdicts import Level, Reason
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

NOTICE, WARN, BLOCK = Level.NOTICE, Level.WARN, Level.BLOCK_CONFIRM
_LONGEST_TITLE = 60
_NEUTRAL = ("Read the terms before you go on.", "Please check the terms.", "")


class Rule(Protocol):
    """Yields what there is to say about a situation."""

    def __call__(self, situation: Situation) -> Iterator[Reason]:
        """Look at a situation."""


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


def unnamed(reason: Reason, accounts: Iterable[Party]) -> Reason:
    """Return a policy reason whose advice holds no account's key or label, even where one is an everyday word."""
    if reason.group != "policy":
        return reason
    names = {name for party in accounts for name in (party.key, party.label)}
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?![\w-])", re.IGNORECASE
    )
    advice = next(text for text in (reason.advice, *_NEUTRAL) if not names or not pattern.search(text))
    return reason if advice == reason.advice else replace(reason, advice=advice)


def hard(rule: Fact) -> Level:
    """Return how loud a broken rule of the user is: hard ones stop the click."""
    return BLOCK if (rule.text("strength") or "").lower() == "hard" else WARN


def rule_name(situation: Situation, rule: Fact) -> str:
    """Return a rule of the user as its list shows it: by its own number, else by its place."""
    place = next((number for number, known in enumerate(situation.rules, 1) if known is rule), 0)
    return f"rule {rule.text('id') or place}"


def title(item: Fact) -> str:
    """Return what a thing is called, cut to fit in a sentence."""
    name = item.text("title") or "This thing"
    return name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"


def titles(items: Iterable[Fact]) -> str:
    """Return things as one subject of a sentence: "'Toner'", "'Toner' and 2 more"."""
    first, *more = list(items)
    return f"'{title(first)}'" + (f" and {len(more)} more" if more else "")
