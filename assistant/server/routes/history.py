"""The history of what people did, and undoing a step of it."""

from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import Scope
from assistant.domain.rows.row_facts import step_facts
from assistant.server.listing import CURSOR, LIMIT, SEARCH, cursor_of, limit_of, row_id, searched, whole
from assistant.server.routing import Call, Route
from assistant.services.row_search import every
from assistant.wire.events import StepJson
from assistant.wire.shape import PageJson

_MISSING = to_translate("There is no such step in the history.")


def history(call: Call) -> PageJson[StepJson]:
    """List steps, newest first."""
    journal = call.services.journal
    if call.query.get("q"):
        found = searched(call, every(lambda cursor: journal.steps(cursor=cursor)), step_facts, "the history")
        return whole(call, [StepJson.of(step) for step in found])
    return PageJson.of(journal.steps(cursor=cursor_of(call), limit=limit_of(call)), StepJson)


def undo(call: Call) -> StepJson:
    """Undo one step; undoing an undo redoes the step."""
    step_id = row_id(call, _MISSING)
    if step_id < 1:
        raise NotFound(translated(_MISSING))
    return StepJson.of(call.services.journal.undo(step_id))


ROUTES = (
    Route(
        method="GET",
        path="/history",
        about="Edits, imports, links and removals, newest first, with who did them and why.",
        scope=Scope.FULL,
        run=history,
        query=(SEARCH, CURSOR, LIMIT),
    ),
    Route(
        method="POST",
        path="/history/{id}/undo",
        about="Undo a step; undoing an undo redoes the step. Returns the new step.",
        scope=Scope.FULL,
        run=undo,
    ),
)
