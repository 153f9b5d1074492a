"""The base of all dialogs: a panel over the screen; Escape closes it without doing anything."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.errors import Notifies
from tui.keymap import Answer, KeysScreen


class Dialog(Notifies, KeysScreen[Answer], ModalScreen[Answer]):
    """A question. The answer is None when the user closes it."""

    CSS_PATH = "../styles/dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def about(self, _widget: Widget) -> str:
        """Return what a widget of this dialog is for, "" if its own text says it."""
        return ""

    def run_latest(self, work: Callable[[], Awaitable[object]], *, group: str) -> None:
        """Run work in the background, in the place of earlier work of its group."""
        # The function, not its coroutine: a worker that is replaced before it starts would leave that behind.
        self.run_worker(cast("Any", work), group=group, exclusive=True, exit_on_error=False)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
