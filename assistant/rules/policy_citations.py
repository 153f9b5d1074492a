"""Amazon's terms as cited by the rules. Their words and sources are `clauses` and `clause_sources` of the messages, in each language."""

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
    """Return the policy clauses by id: grade of the source, day read, codes that cite it."""
    return tomllib.loads((files(__package__) / "policies.toml").read_text(encoding="utf-8"))


@cache
def _clause_of(code: str) -> str:
    return next(name for name, clause in clauses().items() if code in clause.get("codes", ()))


def cited(code: str, today: date | None) -> Message:
    """Return the clause that a code is based on, as a source; it says so if it was read more than six months before the event."""
    clause = _clause_of(code)
    found = clauses()[clause]
    read = date.fromisoformat(found["read"])
    old = today is not None and today > _months_later(read, _STALE_MONTHS)
    words, source = said(f"clauses.{clause}"), said(f"clause_sources.{clause}")
    return said(
        "sources.old_clause" if old else "sources.clause", clause=clause, text=words, source=source, read=read, grade=str(found["grade"])
    )


def policy(
    case: Case, code: str, level: Level, message: Message, *evidence: Message, quote: str | None = None, group: str = "policy"
) -> Reason:
    """Return a reason based on Amazon's terms. Its advice names no account and never helps around a limit.

    The page's own words (`quote`) take precedence over our notes: they are quoted and named first as the source.
    """
    source = cited(code, case.today)
    if quote:
        source, evidence = said("sources.page", clause=source), (said("evidence.quote", quote=quote), *evidence)
    return Reason(code=code, level=level, group=group, said=message, evidence=evidence, origin=Origin.TERMS, source=source)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years, month + 1, 1)
    # 31 August plus 6 months is the last day of February.
    last = (date(following.year + following.month // 12, following.month % 12 + 1, 1) - following).days
    return following.replace(day=min(day.day, last))
