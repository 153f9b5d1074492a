"""Keys: their ids, keys changed in the settings, and settings that the app keeps."""

import errno
import os
import re
from collections import Counter
from pkgutil import resolve_name

import pytest
from textual.binding import Binding
from typer.main import get_command

from assistant.cli.app import app as commands
from assistant.settings.user_settings import read_user_settings, save_setting
from tests.tui.household import NOON, TODAY
from tests.tui.looking import said, settle
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.keymap import EVERYWHERE, LIST_KEYS, PLACES, Place, actions


def app_at(home) -> ShopperApp:
    client = MemoryClient()

    async def connect():
        return client

    return ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, home=home)


def test_every_action_has_an_id_and_no_key_of_the_app_has_two_meanings():
    found = actions()
    assert {"import", "undo", "filter.clear", "orders.split", "rules.adopt", "list.down", "go-terms"} <= {action.id for action in found}
    keys = Counter(key for binding in EVERYWHERE for key in binding.key.split(","))
    assert [key for key, times in keys.items() if times > 1] == []
    assert len({place.key for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_screen_has_a_style_reloads_and_is_printed_by_a_command(place: Place):
    screen = resolve_name(f"tui.screens.{place.screen}")
    assert "CSS_PATH" in vars(screen)
    assert screen.STALE_ON or place.name == "settings", "nothing that changes on the server would be shown"
    found = get_command(commands)
    for word in place.command.split()[1:]:
        found = found.commands[word]
    assert place.command


def test_no_screen_has_the_key_of_a_list():
    assert {place.key for place in PLACES} & {key for binding in LIST_KEYS for key in binding.key.split(",")} == set()


def test_no_screen_gives_another_meaning_to_a_key_that_works_everywhere():
    everywhere = {key for binding in EVERYWHERE for key in binding.key.split(",")}
    taken = [
        (place.name, key)
        for place in PLACES
        for parent in resolve_name(f"tui.screens.{place.screen}").__mro__
        for binding in vars(parent).get("BINDINGS", ())
        if isinstance(binding, Binding) and vars(parent).get("PLACE", parent.__name__) in (place.name, "FilteredScreen", "ListedScreen")
        for key in binding.key.split(",")
        if key in everywhere
    ]
    # u undoes there too: the decision or the step under the cursor.
    assert taken == [("statements", "u"), ("history", "u")]


_MEANINGS = {
    "a": {"add", "attach"},
    "b": {"try-rule", "reread", "collect", "look-back"},
    "c": {"set-item-category"},
    "d": {"remove", "remove-budget", "remove-rule", "reset", "detach", "dismiss-alert", "forget", "revoke", "no-purchase"},
    "e": {"edit", "correct", "move", "set-up", "settle-part", "soften"},
    "f": {"set-item-purpose", "say-purpose"},
    "h": {"calendar.left"},
    "j": {"down", "calendar.down"},
    "k": {"up", "calendar.up"},
    "l": {"calendar.right"},
    "m": {"settle-month"},
    "n": {"triage"},
    "o": {"open-window", "show-order"},
    "s": {"split"},
    "t": {"set-item-person", "note-use"},
    "u": {"undo", "take-back"},
    "v": {"turn-view", "coverage", "compare", "explain"},
    "g": {"first"},
    "w": {"export", "write-report", "print-pages"},
    "x": {"clear"},
    "y": {"confirm", "settle", "link", "adopt", "close-month", "lock", "take-dropped"},
    "z": {"toggle-old", "toggle-before", "choose-kind", "choose-form"},
}
"""What each letter does on the screens, by the last part of the action's id. The docstring of `tui/keymap.py` says it in words."""


def test_a_letter_means_one_thing_on_all_screens():
    found: dict[str, set[str]] = {}
    for action in actions():
        for key in action.keys.split(","):
            if len(key) == 1 and key.islower() and action.id not in {binding.id for binding in EVERYWHERE}:
                found.setdefault(key, set()).add(action.id)
    surprising = {
        (key, action) for key, ids in found.items() for action in ids if not {action, action.partition(".")[2]} & _MEANINGS.get(key, set())
    }
    assert surprising == set()


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("T", "Today|This month"),
        ("left_curly_bracket", "Previous"),
        ("right_curly_bracket", "Next"),
        ("w", "Export|Report|Print|Write"),
    ],
)
def test_a_key_for_periods_and_files_means_the_same_on_every_screen(key, about):
    found = [action for action in actions() if key in action.keys.split(",")]
    assert found
    assert [action.id for action in found if not re.match(about, action.about)] == []


async def test_a_key_in_the_settings_replaces_the_default_key(tmp_path):
    save_setting(tmp_path, "keys.go-orders", "ctrl+o")
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await pilot.press("O")
        assert app.current_mode == "overview"
        await pilot.press("ctrl+o")
        assert app.current_mode == "orders"


async def test_the_app_opens_on_the_chosen_screen_whatever_was_shown_last(tmp_path):
    save_setting(tmp_path, "opens_on", "orders")
    save_setting(tmp_path, "last_screen", "warnings")
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        assert app.current_mode == "orders"


async def test_theme_screen_and_hidden_amounts_are_kept_until_the_next_start(tmp_path):
    app = app_at(tmp_path)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        app.theme = "shopper-light"
        await pilot.press("dollar_sign", "W")
        await settle(pilot)
    found = read_user_settings(tmp_path)
    assert (found.theme, found.hide_amounts, found.last_screen) == ("shopper-light", True, "warnings")
    again = app_at(tmp_path)
    async with again.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        assert (again.theme, again.current_mode, again.store.pen.hidden) == ("shopper-light", "warnings", True)
        await pilot.press("escape")
        assert again.current_mode == "overview"


async def test_a_full_disk_is_reported_and_the_amounts_are_still_hidden(tmp_path, monkeypatch):
    def full(_number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    app = app_at(tmp_path)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(os, "fsync", full)
        await pilot.press("dollar_sign")
        await settle(pilot)
        assert "No space left on device" in said(app)
        assert app.store.pen.hidden
