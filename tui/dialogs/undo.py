"""Asks whether to undo a step of the history, and undoes it."""

from collections.abc import Awaitable, Callable

from assistant.domain.errors import NotFound
from assistant.domain.journal import Step
from assistant.domain.languages.translating import translated
from tui.dialogs.confirm import ConfirmDialog
from tui.errors import Notifies
from tui.formatting import plain
from tui.messages import AccountsChanged, ImportsChanged, OrdersChanged, RulesChanged
from tui.store import Store

_NEWEST = 500


def undo_question(step: Step) -> ConfirmDialog:
    """Return the dialog that asks whether to undo this step."""
    text = translated("{what}\n\nUndoing is a step too and can be undone. Command: shopper undo {id}", what=plain(step.what), id=step.id)
    return ConfirmDialog(translated("Undo this?"), text, translated("Undo"))


async def undo(store: Store, notices: Notifies, step_id: int) -> None:
    """Undo a step and say so. Raises NotFound, Conflict when it is undone already or later steps build on it."""
    done = await store.client.undo(step_id)
    notices.say(f"{plain(done.what)}.")
    store.announce(OrdersChanged, AccountsChanged, ImportsChanged, RulesChanged)


async def undo_last(store: Store, notices: Notifies, ask: Callable[[ConfirmDialog], Awaitable[bool | None]]) -> None:
    """Ask whether to undo the newest step that is not undone, and do it."""
    with notices.failures_shown(store):
        page = await store.client.history(limit=_NEWEST)
        step = next((step for step in page.items if not step.undone and step.undoes is None), None)
        if step is None:
            raise NotFound(translated("There is nothing to undo."))
        if await ask(undo_question(step)):
            await undo(store, notices, step.id)
