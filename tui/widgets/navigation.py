"""The second line: all screens with their keys, the present one marked; each is a mouse target."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.keymap import PLACES


class Navigation(Widget):
    """Shows where one is and where one can go."""

    class PlaceClicked(Message):
        """A screen's name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Return the one line, and remember where each name stands in it."""
        line, self._places = Content(" "), []
        for place in PLACES:
            here = place.name == self._here
            name = Content.assemble((f" {place.key} ", "$muted"), (f"{place.title} ", "bold underline $primary" if here else "$muted"))
            self._places.append((line.cell_length, line.cell_length + name.cell_length, place.name))
            line = line + name + Content(" ")
        return line

    def on_click(self, event: events.Click) -> None:
        """Tell which screen was clicked."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.PlaceClicked(name))
                return
