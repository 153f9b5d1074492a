"""Terms and what an edit changes, as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from assistant.domain.terms import Term, TermChange, TermKind

_DAYS = ("on", "until")


def term_json(term: Term) -> dict[str, Any]:
    """Return a term; `details` are the further keys of a described history entry."""
    return {
        "id": term.id,
        "kind": term.kind.value,
        "account": term.account,
        "what": term.what,
        "on": term.on.isoformat() if term.on else None,
        "until": term.until.isoformat() if term.until else None,
        "details": dict(term.details),
        "by_hand": term.by_hand,
        "seen_at": term.seen_at.isoformat() if term.seen_at else None,
    }


def term_from_json(data: Mapping[str, Any]) -> Term:
    """Read a term back; what is absent is unknown."""
    return Term(
        id=data.get("id") or 0,
        kind=TermKind(data["kind"]),
        account=data.get("account"),
        what=data["what"],
        on=_day(data.get("on")),
        until=_day(data.get("until")),
        details=dict(data.get("details") or {}),
        by_hand=bool(data.get("by_hand")),
        seen_at=datetime.fromisoformat(data["seen_at"]) if data.get("seen_at") else None,
    )


def change_json(change: TermChange) -> dict[str, Any]:
    """Return what an edit sets; what it leaves alone is absent, a day that it clears is null."""
    given: dict[str, Any] = {"what": change.what, "account": change.account, "details": dict(change.details) or None}
    days = {name: day.isoformat() for name in _DAYS if (day := getattr(change, name)) is not None}
    return {name: value for name, value in given.items() if value is not None} | days | dict.fromkeys(change.cleared)


def change_from_json(data: Mapping[str, Any]) -> TermChange:
    """Read an edit back."""
    return TermChange(
        what=data.get("what"),
        account=data.get("account"),
        on=_day(data.get("on")),
        until=_day(data.get("until")),
        details=dict(data.get("details") or {}),
        cleared=frozenset(name for name in _DAYS if name in data and data[name] is None),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
