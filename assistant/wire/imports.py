"""What came in, what is in quarantine, and how much of the history that makes, as JSON and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.domain.coverage import Cover, CoveredMonth
from assistant.domain.views import Held, ImportResult
from assistant.wire.orders import problem_from_json, problem_json


def import_json(result: ImportResult) -> dict[str, Any]:
    """Return what one document brought."""
    return {
        "id": result.id,
        "name": result.name,
        "kind": result.kind,
        "account": result.account,
        "at": result.at.isoformat(),
        "state": result.state,
        "new": result.new,
        "changed": result.changed,
        "same": result.same,
        "problems": [problem_json(problem) for problem in result.problems],
        "held": [held_json(held) for held in result.held],
    }


def import_from_json(data: Mapping[str, Any]) -> ImportResult:
    """Read back what one document brought."""
    return ImportResult(
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        account=data["account"],
        at=datetime.fromisoformat(data["at"]),
        state=data["state"],
        new=data["new"],
        changed=data["changed"],
        same=data["same"],
        problems=tuple(problem_from_json(problem) for problem in data["problems"]),
        held=tuple(held_from_json(held) for held in data["held"]),
    )


def held_json(held: Held) -> dict[str, Any]:
    """Return an order in quarantine."""
    return {"account": held.account, "order_id": held.number, "reasons": [problem_json(reason) for reason in held.reasons]}


def held_from_json(data: Mapping[str, Any]) -> Held:
    """Read an order in quarantine back."""
    return Held(account=data["account"], number=data["order_id"], reasons=tuple(map(problem_from_json, data["reasons"])))


def month_json(row: CoveredMonth) -> dict[str, Any]:
    """Return how much of a month is known."""
    counts = {"orders": row.orders, "held": row.held}
    return {"account": row.account, "month": row.month, "cover": row.cover.value, **counts, "gaps": list(row.gaps)}


def month_from_json(data: Mapping[str, Any]) -> CoveredMonth:
    """Read back how much of a month is known."""
    return CoveredMonth(
        account=data["account"],
        month=data["month"],
        cover=Cover(data["cover"]),
        orders=data["orders"],
        held=data["held"],
        gaps=tuple(data["gaps"]),
    )
