"""Amazon's terms as the rules know them: its own words, where they stand, when they were read, how sure the source is."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain.judging.verdict import Level, Message, Origin, Reason, said
from assistant.rules.case import Case

_STALE_MONTHS = 6


@cache
def clauses() -> dict[str, dict[str, Any]]:
    """Return the policy clauses by id: text (Amazon's words, or ours for them), source, grade, day read, codes that cite it."""
    return tomllib.loads((files(__package__) / "policies.toml").read_text(encoding="utf-8"))


@cache
def _clause_of(code: str) -> str:
    return next(name for name, clause in clauses().items() if code in clause.get("codes", ()))


def cited(code: str, today: date | None) -> Message:
    """Return the clause that a code rests on, as a source; one read more than six months before the event says so."""
    clause = _clause_of(code)
    found = clauses()[clause]
    read = date.fromisoformat(found["read"])
    old = today is not None and today > _months_later(read, _STALE_MONTHS)
    parts = {name: str(found[name]) for name in ("text", "source", "grade")}
    return said("sources.old_clause" if old else "sources.clause", clause=clause, read=read, **parts)


def policy(
    case: Case, code: str, level: Level, message: Message, *evidence: Message, quote: str | None = None, group: str = "policy"
) -> Reason:
    """Return a reason that rests on Amazon's terms. Its advice names no account and never helps around a limit.

    What the page itself says (`quote`) beats our notes: it is quoted, and named first as the source.
    """
    source = cited(code, case.today)
    if quote:
        source, evidence = said("sources.page", clause=source), (said("evidence.quote", quote=quote), *evidence)
    return Reason(code=code, level=level, group=group, said=message, evidence=evidence, origin=Origin.TERMS, source=source)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years, month + 1, 1)
    # A day that the month does not have (31 August + 6 months) counts as its last.
    last = (date(following.year + following.month // 12, following.month % 12 + 1, 1) - following).days
    return following.replace(day=min(day.day, last))
