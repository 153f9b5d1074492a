"""Amazon's terms as the rules know them: its own words, where they stand, when they were read, how sure the source is."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain.judging.verdict import Level, Reason
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

_NEUTRAL = ("Read the terms before you go on.", "Please check the terms.", "")
_STALE_MONTHS = 6


@cache
def clauses() -> dict[str, dict[str, Any]]:
    """Return the policy clauses by id: text (Amazon's words, or ours for them), source, grade, day read, codes that cite it."""
    return tomllib.loads((files(__package__) / "policies.toml").read_text(encoding="utf-8"))


@cache
def _clause_of(code: str) -> str:
    return next(name for name, clause in clauses().items() if code in clause.get("codes", ()))


def cited(code: str, today: date | None) -> str:
    """Return the clause that a code rests on, as people read it; one read more than six months before the event says so."""
    clause = _clause_of(code)
    found = clauses()[clause]
    read = date.fromisoformat(found["read"])
    age = "; older than six months, check Amazon's text" if today is not None and today > _months_later(read, _STALE_MONTHS) else ""
    return f"{clause}: {found['text']} {found['source']} (read {read}{age}; grade {found['grade']})"


def policy(situation: Situation, code: str, level: Level, text: str, advice: str, *evidence: str, said: str | None = None) -> Reason:
    """Return a reason that rests on Amazon's terms. Its advice names no account and never helps around a limit.

    What the page itself says (`said`) beats our notes: it is quoted, and named first as the source.
    """
    source, told = cited(code, situation.today), evidence
    if said:
        source, told = f"the page itself; {source}", (f"Amazon's words: “{said}”", *evidence)
    return Reason(code=code, level=level, text=text, advice=advice, group="policy", evidence=told, source=source)


def unnamed(reason: Reason, accounts: Iterable[Party]) -> Reason:
    """Return a policy reason whose advice holds no account's key or label, even where one is an everyday word."""
    names = {name for party in accounts for name in (party.key, party.label)}
    if reason.group != "policy" or not names:
        return reason
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
    advice = next(text for text in (reason.advice, *_NEUTRAL) if not pattern.search(text))
    return replace(reason, advice=advice)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years, month + 1, 1)
    # A day that the month does not have (31 August + 6 months) counts as its last.
    last = (date(following.year + following.month // 12, following.month % 12 + 1, 1) - following).days
    return following.replace(day=min(day.day, last))
