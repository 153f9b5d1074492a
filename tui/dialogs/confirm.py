"""One question with two answers. Enter and Escape choose the safe one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Footer, Static

from assistant.domain.languages.translating import translated
from tui.dialogs.dialog import Dialog


class SafeAnswer(Button):
    """The answer that changes nothing; the footer says so beside Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "press", "Leave it")]


class ConfirmDialog(Dialog[bool]):
    """Returns True only if the user agrees."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "go_on", "Yes"),
        Binding("n", "leave", "No"),
        Binding("left,right", "app.focus_next", "Other answer", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str) -> None:
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """Compose the question and its answers."""
        with Vertical(classes="dialog") as panel:
            panel.border_title = self._title
            yield Static(self._text, markup=False)
            with Horizontal(classes="buttons"):
                yield SafeAnswer(translated("Leave it"), id="no", compact=True)
                yield Button(self._yes, id="yes", compact=True)
        yield Footer(show_command_palette=False)

    @on(Button.Pressed, "#yes")
    def action_go_on(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def pressed_no(self) -> None:
        """Answer no."""
        self.dismiss(False)


def question_of_quitting() -> ConfirmDialog:
    """Return the dialog that asks whether to leave while files are imported or written."""
    text = translated("Files are still being read or written. Those that are done stay, the rest is not stored.")
    return ConfirmDialog(translated("Quit now?"), text, translated("Quit"))
