"""A line for the path of a file or folder."""

from textual import events
from textual.widgets import Input

from tui.path_completion import pasted_path


class PathLine(Input):
    """A whole path that is pasted or dropped replaces what is in the line, whatever was completed there before."""

    def __init__(self, value: str, placeholder: str, *, id: str) -> None:  # noqa: A002  # textual's name for it
        super().__init__(value=value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)

    def on_paste(self, event: events.Paste) -> None:
        """Take a whole path; leave anything else to the line."""
        whole = pasted_path(event.text, self.value)
        if whole:
            event.prevent_default()
            event.stop()
            self.value = whole
            self.cursor_position = len(whole)
