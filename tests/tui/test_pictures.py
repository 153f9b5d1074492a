"""Pictures of every screen, with data and empty. Nothing in them depends on the day or hour."""

import pytest
from pytest_textual_snapshot import SVGImageExtension

from tests.tui.looking import app_over, settle
from tests.tui.memory_client import MemoryClient
from tui import keymap

SIZE = (120, 34)
PLACES = {place.name: place.key for place in keymap.PLACES}
SCREENS = {
    **{name: (key,) for name, key in PLACES.items()},
    "order": ("O", "down", "enter"),
    "register": ("A", "a"),
    "edit": ("A", "e"),
    "link": ("A", "y"),
    "rule": ("R", "down", "e"),
    "term": ("M", "e"),
    "pair": ("p",),
    "help": ("W", "question_mark"),
}
EMPTY = tuple(PLACES)


def _pressing(*keys: str):
    async def run_before(pilot) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        for line in pilot.app.screen.query("Input"):
            line.cursor_blink = False

    return run_before


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(snap_compare, screen):
    assert snap_compare(app_over(MemoryClient()), terminal_size=SIZE, run_before=_pressing(*SCREENS[screen]))


@pytest.mark.parametrize("screen", EMPTY)
def test_an_empty_screen_looks_as_it_did(snap_compare, screen):
    assert snap_compare(app_over(MemoryClient(empty=True)), terminal_size=SIZE, run_before=_pressing(*SCREENS[screen]))


@pytest.mark.parametrize("screen", ["overview", "orders"])
def test_a_screen_in_light_looks_as_it_did(snap_compare, screen):
    app = app_over(MemoryClient())
    app.theme = "shopper-light"
    assert snap_compare(app, terminal_size=SIZE, run_before=_pressing(*SCREENS[screen]))


@pytest.mark.parametrize("screen", ["overview", "order"])
def test_a_narrow_screen_looks_as_it_did(snap_compare, screen):
    assert snap_compare(app_over(MemoryClient()), terminal_size=(80, 24), run_before=_pressing(*SCREENS[screen]))


@pytest.mark.parametrize("theme", ["shopper-dark", "shopper-light"])
@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
async def test_every_screen_looks_as_it_did_in_each_size_and_theme(snapshot, size, theme):
    """One run of the app for all screens: starting it again for each would take most of the time."""
    pictures, app = snapshot.use_extension(SVGImageExtension), app_over(MemoryClient())
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for name, key in PLACES.items():
            await pilot.press(key)
            await settle(pilot)
            for line in app.screen.query("Input"):
                line.cursor_blink = False
            assert app.export_screenshot() == pictures(name=name)
