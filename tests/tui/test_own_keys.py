"""Texts name the keys that the user has set."""

import asyncio
import re
from pathlib import Path

import pytest

import tui
from tests.catalogues import OTHERS, read_catalogue
from tests.tui.household import NOON, TODAY
from tests.tui.looking import settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.keymap import EVERYWHERE, actions
from tui.own_keys import MENTION, in_own_keys, shown_key


def test_a_text_names_the_own_key_of_an_action_and_leaves_all_else():
    text = "Press i to import, or p to pair. A part of p."
    assert in_own_keys(text, EVERYWHERE, {"import": "ctrl+o,f2"}) == text.replace("Press i", "Press ^o")
    assert in_own_keys(text, EVERYWHERE, {"pair": "f3"}) == text.replace("or p to", "or f3 to")
    assert in_own_keys(text, EVERYWHERE, {}) == text


def test_prose_and_later_keys_of_a_list_are_told_apart():
    keys = {"import": "f2", "pair": "f3", "go-accounts": "f4"}
    text = "Set one for a purpose or a category. Press i to import, or p to pair. It is i, or p."
    assert in_own_keys(text, EVERYWHERE, keys) == text.replace("Press i", "Press f2").replace("or p to", "or f3 to")
    two = "Press p to pair, press i to import a file, press A."
    assert in_own_keys(two, EVERYWHERE, keys) == "Press f3 to pair, press f2 to import a file, press f4."


def test_every_text_that_names_the_key_of_an_action_names_the_usual_one():
    usual = {action.id: [shown_key(key) for key in action.keys.split(",")] for action in actions()}
    named = [
        found
        for file in Path(tui.__file__).parent.rglob("*.py")
        for found in re.findall(r"""\.key\(["'](.)["'], ["']([\w.-]+)["']\)""", file.read_text("utf-8"))
    ]
    assert len(named) > 10
    assert [(key, action) for key, action in named if key not in usual.get(action, ())] == []


def app_with(client, home=None, *, connected: asyncio.Event | None = None) -> ShopperApp:
    async def connect():
        if connected is not None:
            await connected.wait()
        return client

    return ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, home=home)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_name_the_same_keys_as_the_english_text(language):
    """Otherwise a translation names a key that does something else, or a user's own key is not found in it."""
    wrong = []
    for message in read_catalogue(language):
        english, shown = (message.id, message.string) if isinstance(message.id, str) else (message.id[0], message.string[0])
        named, translated = ({found[2] or found[4] or found[5] for found in MENTION.finditer(text)} for text in (english, shown))
        if english and not named <= translated:
            wrong.append((english, shown))
    assert wrong == []


def test_own_keys_are_found_in_every_language():
    for before, after in (("Drücken Sie ", ", um"), ("Appuyez sur ", " pour"), ("Pulsa ", " para"), ("Premi ", " per"), ("", "キーで")):
        assert in_own_keys(f"{before}i{after}", EVERYWHERE, {"import": "f2"}) == f"{before}f2{after}"


async def test_empty_lists_and_the_line_of_screens_show_the_own_keys():
    app = app_with(MemoryClient(empty=True))
    for action, key in (("rules.add", "plus"), ("go-rules", "f7")):
        await app.store.save_setting(f"keys.{action}", key)
    app.set_keymap(app.store.settings.keys)
    async with app.run_test(size=(140, 34)) as pilot:
        await settle(pilot)
        await pilot.press("f7")
        await settle(pilot)
        shown = text_of(app)
    assert "No rules yet. Press plus to add one" in shown
    assert "f7 Rules" in shown


async def test_details_name_the_own_keys_of_this_and_of_other_screens():
    app = app_with(MemoryClient(empty=True))
    for action, key in (("accounts.add", "plus"), ("go-accounts", "f7")):
        await app.store.save_setting(f"keys.{action}", key)
    async with app.run_test(size=(140, 34)) as pilot:
        assert await shows(pilot, "No accounts yet. Press f7, then plus, to name your first Amazon account.")
        assert "no accounts yet, press f7 then plus" in text_of(app)


async def test_keys_typed_before_the_first_answer_stay_where_they_were_typed(tmp_path):
    connected = asyncio.Event()
    app = app_with(MemoryClient(empty=True), tmp_path, connected=connected)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("A", "a", *"Ada")
        connected.set()
        await settle(pilot)
        await pilot.press(*"Lovelace")
        assert app.screen.query_one("#field-label").value == "AdaLovelace"
