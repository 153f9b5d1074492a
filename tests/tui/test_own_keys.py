"""Texts name the keys that the user has set."""

import asyncio

from tests.tui.household import NOON, TODAY
from tests.tui.looking import settle, text_of
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.keymap import EVERYWHERE
from tui.own_keys import in_own_keys


def test_a_text_names_the_own_key_of_an_action_and_leaves_all_else():
    text = "Press i to import, or p to pair. Press A, then l. A part of p."
    assert in_own_keys(text, EVERYWHERE, {"import": "ctrl+o,f2"}) == text.replace("Press i", "Press ^o")
    assert in_own_keys(text, EVERYWHERE, {"pair": "f3"}) == text.replace("or p to", "or f3 to")
    assert in_own_keys(text, EVERYWHERE, {}) == text


def app_with(client, home=None, *, connected: asyncio.Event | None = None) -> ShopperApp:
    async def connect():
        if connected is not None:
            await connected.wait()
        return client

    return ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, home=home)


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


async def test_keys_typed_before_the_first_answer_stay_where_they_were_typed(tmp_path):
    connected = asyncio.Event()
    app = app_with(MemoryClient(empty=True), tmp_path, connected=connected)
    async with app.run_test(size=(120, 34)) as pilot:
        await pilot.press("A", "a", *"Ada")
        connected.set()
        await settle(pilot)
        await pilot.press(*"Lovelace")
        assert app.screen.query_one("#field-label").value == "AdaLovelace"
