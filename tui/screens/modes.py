"""The screens by name, each imported when it is first gone to: the first paint waits for the overview alone."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from textual.screen import Screen

from tui.keymap import PLACES


def _opener(name: str) -> Callable[[], Screen[Any]]:
    def open_screen() -> Screen[Any]:
        module = import_module(f"tui.screens.{name}")
        screen: Screen[Any] = getattr(module, f"{name.capitalize()}Screen")()
        return screen

    return open_screen


MODES: dict[str, str | Callable[[], Screen[Any]]] = {place.name: _opener(place.name) for place in PLACES}
