"""Events with the stream that carries them, and the history of what people did."""

from assistant.domain.events import Event, EventKind
from assistant.domain.journal import Action, Step
from assistant.wire.shape import Count, InstantText, JsonShape, encode

HEARTBEAT = b": still here\n\n"
"""A comment that keeps the connection open and shows that the server is alive."""


class EventJson(JsonShape[Event]):
    """An event. `data` holds ids and counts, no personal text."""

    id: Count
    kind: EventKind
    at: InstantText
    data: dict[str, str | int | None]


class StepJson(JsonShape[Step]):
    """One command in the history. `undoes` is the step that this one undid or redid."""

    id: Count
    at: InstantText
    who: str
    action: Action
    what: str
    why: str
    undone: bool
    undoes: int | None


def event_lines(event: Event) -> bytes:
    """Return the event as the stream carries it: its id, its name and one line of JSON."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.id, event.kind.value.encode(), encode(EventJson.of(event)))
