"""Steps of the history as JSON and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.domain.journal import Action, Step


def step_json(step: Step) -> dict[str, Any]:
    """Return a step."""
    return {
        "id": step.id,
        "at": step.at.isoformat(),
        "who": step.who,
        "action": step.action.value,
        "what": step.what,
        "why": step.why,
        "undone": step.undone,
        "undoes": step.undoes,
    }


def step_from_json(data: Mapping[str, Any]) -> Step:
    """Read a step back."""
    return Step(
        id=data["id"],
        at=datetime.fromisoformat(data["at"]),
        who=data["who"],
        action=Action(data["action"]),
        what=data["what"],
        why=data["why"],
        undone=data["undone"],
        undoes=data["undoes"],
    )
