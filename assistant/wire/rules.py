"""The user's own rules, previews and habits as JSON, both ways. A rule's parts stand beside what is told about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.domain.judging.user_rules.model import Example, Habit, OwnRule, Preview

_TOLD = ("id", "text", "since", "learned_from", "contradictions")


def rule_json(rule: OwnRule) -> dict[str, Any]:
    """Return a rule, its parts as in a described situation."""
    return {
        "id": rule.id,
        **rule.body,
        "text": rule.text,
        "since": rule.since.isoformat(),
        "learned_from": rule.learned_from,
        "contradictions": list(rule.contradictions),
    }


def rule_from_json(data: Mapping[str, Any]) -> OwnRule:
    """Read a rule back."""
    return OwnRule(
        id=data["id"],
        body={name: value for name, value in data.items() if name not in _TOLD},
        text=data["text"],
        since=date.fromisoformat(data["since"]),
        learned_from=data["learned_from"],
        contradictions=tuple(data["contradictions"]),
    )


def preview_json(preview: Preview) -> dict[str, Any]:
    """Return what a rule would have done; years are texts, as JSON wants them."""
    return {
        "text": preview.text,
        "orders": preview.orders,
        "warned": {str(year): times for year, times in preview.warned.items()},
        "silenced": {str(year): times for year, times in preview.silenced.items()},
        "examples": [
            {"account": entry.account, "order_id": entry.number, "on": entry.on.isoformat(), "title": entry.title, "text": entry.text}
            for entry in preview.examples
        ],
        "contradictions": list(preview.contradictions),
    }


def preview_from_json(data: Mapping[str, Any]) -> Preview:
    """Read a preview back."""
    return Preview(
        text=data["text"],
        orders=data["orders"],
        warned={int(year): times for year, times in data["warned"].items()},
        silenced={int(year): times for year, times in data["silenced"].items()},
        examples=tuple(
            Example(
                account=entry["account"],
                number=entry["order_id"],
                on=date.fromisoformat(entry["on"]),
                title=entry["title"],
                text=entry["text"],
            )
            for entry in data["examples"]
        ),
        contradictions=tuple(data["contradictions"]),
    )


def habit_json(habit: Habit) -> dict[str, Any]:
    """Return where something was always bought."""
    return {
        "kind": habit.kind,
        "name": habit.name,
        "title": habit.title,
        "account": habit.account,
        "times": habit.times,
        "last": habit.last.isoformat(),
        "warns": habit.warns,
    }


def habit_from_json(data: Mapping[str, Any]) -> Habit:
    """Read a habit back."""
    return Habit(**{**data, "last": date.fromisoformat(data["last"])})
