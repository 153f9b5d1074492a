"""The history of what people did, and undoing it.

Most steps are undone by giving their rows the values from before (`storage.journal`). A step whose effects reach further, such as an
import, has a function in `REVERTS`: it takes the details of the step, puts things back, and returns the details that undo the undo.
"""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.errors import Conflict
from assistant.domain.events import EventKind
from assistant.domain.filters import Page
from assistant.domain.journal import Action, Step
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.services.accounts.moving import move_customer, revert_dissolving
from assistant.services.imports.removal import revert_import
from assistant.services.orders.categories import learn
from assistant.services.orders.corrections import revert_correction
from assistant.storage import journal
from assistant.storage.engine import Database
from assistant.storage.journal import Details, Recording
from assistant.storage.orders.details import item_name
from assistant.storage.products import doubt_all
from assistant.storage.unit_of_work import UnitOfWork

Revert = Callable[[UnitOfWork, Mapping[str, Any]], Details]
REVERTS: Mapping[Action, Revert] = {
    Action.ACCOUNT_LINKED: move_customer,
    Action.ACCOUNT_UNLINKED: move_customer,
    Action.ACCOUNT_MERGED: revert_dissolving,
    Action.ACCOUNT_REMOVED: revert_dissolving,
    Action.IMPORTED: revert_import,
    Action.ORDER_CORRECTED: revert_correction,
    Action.IMPORT_REMOVED: revert_import,
}


class Journal:
    """Lists steps and undoes them."""

    def __init__(self, database: Database) -> None:
        """Work over an open ledger."""
        self._database = database

    def steps(self, *, cursor: str | None = None, limit: int = 100) -> Page[Step]:
        """Return the newest steps first. The cursor is the last id of the page before. Raises InvalidInput for a bad cursor."""
        with self._database.reading() as session:
            return journal.steps(session, cursor=cursor, limit=limit)

    def undo(self, step_id: int | None = None) -> Step:
        """Undo a step (without an id the newest); undoing an undo redoes the step. Return the new step.

        Raises NotFound if there is no such step, Conflict if it is undone already or later steps depend on it; that names the newest.
        """
        with self._database.writing() as work:
            for entry in journal.to_undo(work.session, step_id):
                try:
                    details = _revert(work, entry.action, entry.details)
                except Conflict as error:
                    raise self._explained(error, entry) from error
                again, back = sentence_of("Did again: {what}", what=entry.what), sentence_of("Undid: {what}", what=entry.what)
                what = again if entry.again else back
                work.add_step(Action.UNDONE, what, details, undoes=entry.id)
            work.commit()
        with self._database.reading() as session:
            return journal.steps(session, limit=1).items[0]

    def _explained(self, error: Conflict, entry: journal.Undoable) -> Conflict:
        """Return the error with the step that stands in the way, and the command that undoes it."""
        with self._database.reading() as session:
            later = journal.standing_in_the_way(session, entry)
        if later is not None:
            way = translated("Step {step} stands in the way: {what}. Undo it with: shopper undo {step}", step=later.id, what=later.what)
        elif entry.action is Action.ACCOUNT_ADDED and entry.account and not entry.again:
            way = translated(
                "Something that was seen on Amazon belongs to this account. Remove both: shopper accounts remove {account}",
                account=entry.account,
            )
        else:
            return error
        return Conflict(f"{error} {way}")


def _revert(work: UnitOfWork, action: Action, details: Mapping[str, Any]) -> Details:
    further = REVERTS.get(action)
    recording = Recording()
    if further is not None:
        recording.details = further(work, details)
    recording.changes = journal.revert_rows(work.session, details.get("rows", ()))
    if any(change.table == "rules" for change in recording.changes):
        doubt_all(work.session)
    for change in recording.changes:
        if change.table == "items" and change.after and "category" in change.after:
            asin, title = item_name(work.session, change.key)
            learn(work.session, asin, title, change.after["category"])
    recording.events = [(kind, dict(data)) for kind, data in details.get("events", ())]
    for kind, data in recording.events:
        work.tell(EventKind(kind), **data)
    return recording.as_details()
