"""Shown when no server can be reached at the start."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from tui.dialogs.dialog import Dialog
from tui.errors import sentence


class NoServerDialog(Dialog[bool]):
    """Returns True to try again and False to quit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "again", "Try again", key_display="r"),
        Binding("q,escape", "quit_app", "Quit", key_display="q"),
    ]

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Compose the message and the keys."""
        with Vertical(classes="dialog") as panel:
            panel.border_title = "The assistant's server cannot be reached"
            keys = (("r", "bold $primary"), " to try again, or ", ("q", "bold $primary"), " to quit.")
            said = (sentence(self._error), "\n\nPress ", *keys)
            yield Static(Content.assemble(*said), markup=False)
        yield Footer(show_command_palette=False)

    def action_again(self) -> None:
        """Try again."""
        self.dismiss(True)

    def action_quit_app(self) -> None:
        """Leave the app."""
        self.dismiss(False)
