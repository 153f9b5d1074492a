"""Events as JSON and as lines of a server-sent event stream."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.domain.events import Event, EventKind

HEARTBEAT = b": still here\n\n"
"""A comment that keeps the connection open and shows that the server is there."""


def event_json(event: Event) -> dict[str, Any]:
    """Return an event."""
    return {"id": event.id, "kind": event.kind.value, "at": event.at.isoformat(), "data": dict(event.data)}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Read an event back. Raises ValueError for a kind that this version does not know."""
    return Event(id=data["id"], kind=EventKind(data["kind"]), at=datetime.fromisoformat(data["at"]), data=data["data"])


def event_lines(event: Event) -> bytes:
    """Return the event as the stream carries it: id, name and one line of JSON."""
    body = json.dumps(event_json(event), separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.kind.value}\ndata: {body}\n\n".encode()
