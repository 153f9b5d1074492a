"""The history of what people did, and undoing a step of it."""

from assistant.domain.errors import NotFound
from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, LIMIT, cursor_of, limit_of
from assistant.server.routes.alerts import row_id
from assistant.server.routing import Call, Route
from assistant.wire.events import StepJson
from assistant.wire.shape import PageJson

_MISSING = "There is no such step in the history."


def history(call: Call) -> PageJson[StepJson]:
    """List steps, newest first."""
    return PageJson.of(call.services.journal.steps(cursor=cursor_of(call), limit=limit_of(call)), StepJson)


def undo(call: Call) -> StepJson:
    """Undo one step; undoing an undo redoes the step."""
    step_id = row_id(call, _MISSING)
    if step_id < 1:
        raise NotFound(_MISSING)
    return StepJson.of(call.services.journal.undo(step_id))


ROUTES = (
    Route(
        method="GET",
        path="/history",
        about="Edits, imports, links and removals, newest first, with who did them and why.",
        scope=Scope.FULL,
        run=history,
        query=(CURSOR, LIMIT),
    ),
    Route(
        method="POST",
        path="/history/{id}/undo",
        about="Undo a step; undoing an undo redoes the step. Returns the new step.",
        scope=Scope.FULL,
        run=undo,
    ),
)
