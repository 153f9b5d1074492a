"""History: every edit and import, by whom and why; u undoes the step under the cursor."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from assistant.domain.journal import Step
from tui.dialogs.confirm import ConfirmDialog
from tui.formatting import Pen, plain
from tui.messages import AccountsChanged, ImportsChanged, OrdersChanged, RulesChanged, ServerChange
from tui.screens.framed_screen import FramedScreen
from tui.store import Store
from tui.widgets.row_list import RowList

_MOST = 500
_EMPTY = "Nothing yet. Imports, edits, links and removals appear here and can be undone."


class HistoryScreen(FramedScreen):
    """A list of steps, newest first."""

    PLACE = "history"
    CSS_PATH = "../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged, ImportsChanged, RulesChanged)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "Undo")]

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._steps: dict[str, Step] = {}

    def body(self) -> ComposeResult:
        """Compose the list."""
        with Vertical(classes="panel", id="history-panel") as panel:
            panel.border_title = "What was done"
            yield RowList(empty=_EMPTY, id="history-list")

    async def load(self) -> None:
        """Load the newest steps."""
        page = await self.store.client.history(limit=_MOST)
        self._steps = {str(step.id): step for step in page.items}
        self.query_one(RowList).show((key, _step_text(step, self.store.pen)) for key, step in self._steps.items())
        self.refresh_bindings()

    @property
    def _step(self) -> Step | None:
        return self._steps.get(self.query_one(RowList).chosen or "") if self._steps else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable undo only for a step that is not undone."""
        if action == "undo":
            return self._step is not None and not self._step.undone
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def highlighted(self) -> None:
        """Update the keys for the step under the cursor."""
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def action_undo(self) -> None:
        """Undo the step under the cursor, after asking."""
        step = self._step
        if step is not None and not step.undone:
            text = f"{plain(step.what)}\n\nUndoing is a step too and can be undone."
            self.app.push_screen(ConfirmDialog("Undo this?", text, "Undo"), partial(self._undo, step.id))

    def _undo(self, step_id: int, sure: bool | None) -> None:  # noqa: FBT001  # the dialog's answer
        async def undo() -> None:
            done = await self.store.client.undo(step_id)
            self.say(f"{plain(done.what)}.")
            self.store.announce(OrdersChanged, AccountsChanged, ImportsChanged, RulesChanged)

        if sure:
            self.act(undo, group="undo")


def _step_text(step: Step, pen: Pen) -> Content:
    state = "  undone" if step.undone else ""
    why = f"  {plain(step.why)}" if step.why else ""
    return Content.assemble(
        (f"{pen.moment(step.at):<12} ", "$muted"),
        (f"{plain(step.who):<10.10} ", "$secondary"),
        (plain(step.what), "$muted" if step.undone else ""),
        (f"{why}{state}", "$muted"),
    )
