"""A line of screens with their keys, the current one marked. Each can be clicked."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.keymap import Place


class Navigation(Widget):
    """Shows the current screen and the others."""

    class PlaceClicked(Message):
        """A screen's name was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, here: str, places: Sequence[Place]) -> None:
        super().__init__()
        self._here = here
        self._shown = places
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Return the line, and remember the position of each name in it. Where not all names fit, the others show their key only."""
        whole = sum(len(place.title) + 5 for place in self._shown) + 1
        line, self._places = Content(" "), []
        for place in self._shown:
            here = place.name == self._here
            title = f"{place.title} " if here or whole <= self.size.width else ""
            name = Content.assemble((f" {place.key} ", "$muted"), (title, "bold underline $primary" if here else "$muted"))
            self._places.append((line.cell_length, line.cell_length + name.cell_length, place.name))
            line = line + name + Content(" ")
        return line

    def on_click(self, event: events.Click) -> None:
        """Post which screen was clicked."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.PlaceClicked(name))
                return
