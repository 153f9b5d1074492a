import ast
import asyncio
from datetime import timedelta
from pathlib import Path
from pkgutil import resolve_name
from unittest.mock import AsyncMock

import pytest
from textual.widgets import Static

import tui
from assistant.domain.errors import DomainError, LedgerUnusable, ServerAway, ServerBusy
from assistant.domain.events import Event, EventKind
from assistant.domain.languages.language import speaking
from tests.tui.household import NOON, TODAY
from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp
from tui.keymap import PLACES

FOLDER = Path(tui.__file__).parent


@pytest.mark.dated
async def test_an_unreachable_server_is_reported_and_can_be_retried(client):
    tries = []

    async def connect() -> MemoryClient:
        tries.append(1)
        if len(tries) == 1:
            raise ServerAway("Another program holds port 8377.")
        return client

    app = ShopperApp(connect)
    async with app.run_test(size=(120, 34)) as pilot:
        assert await shows(pilot, "Another program holds port 8377. (server/away)")
        await pilot.press("r")
        assert await shows(pilot, "server ok")


@pytest.mark.dated
async def test_an_unreachable_server_is_tried_again_without_a_key(client, monkeypatch):
    monkeypatch.setattr("tui.dialogs.no_server._PAUSE", 0.05)
    tries = []

    async def connect() -> MemoryClient:
        tries.append(1)
        if len(tries) < 4:
            raise ServerAway(f"Try {len(tries)} failed.")
        return client

    app = ShopperApp(connect)
    async with app.run_test(size=(120, 34)) as pilot:
        assert await shows(pilot, "server ok")
        await settle(pilot)
        assert "Try" not in text_of(app)
    assert len(tries) == 4


async def test_a_server_that_moved_is_found_again(client, monkeypatch):
    """The server that the app used has ended, and another one answers."""
    monkeypatch.setattr("tui.store._PULSE", 0.05)
    gone, clients = MemoryClient(), []

    async def connect() -> MemoryClient:
        clients.append(gone if not clients else client)
        return clients[-1]

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON)
    async with app.run_test(size=(120, 34)) as pilot:
        assert await shows(pilot, "server ok")
        gone.away = True
        for _ in range(100):
            await pilot.pause(0.05)
            if gone.closed and app.store.state == "ok":
                break
        assert app.store.client is client
        assert gone.closed
        client.happen(EventKind.ORDERS_IMPORTED, new=3)
        assert await shows(pilot, "3 new orders captured")


async def test_the_count_of_new_orders_follows_the_undo_of_an_import(opened, client):
    async with opened(client) as pilot:
        client.happen(EventKind.ORDERS_IMPORTED, document=7, new=13)
        client.happen(EventKind.ORDERS_IMPORTED, document=8, new=2)
        assert await shows(pilot, "15 new orders captured")
        client.happen(EventKind.ORDERS_IMPORTED, document=7, new=-13)
        assert await shows(pilot, "2 new orders captured")
        client.happen(EventKind.ORDERS_IMPORTED, document=3, new=-40)
        client.happen(EventKind.ORDERS_IMPORTED, document=9, new=1)
        assert await shows(pilot, "3 new orders captured")


async def test_the_whole_screen_is_painted_again_when_the_app_comes_back_from_the_shell(opened, client, monkeypatch):
    async with opened(client) as pilot:
        for screen in ("overview", "orders"):
            await pilot.app.switch_mode(screen)
            await settle(pilot)
            painted = []
            monkeypatch.setattr(pilot.app.screen, "refresh", lambda *_, painted=painted, **how: painted.append(how))
            pilot.app.app_resume_signal.publish(pilot.app)
            await pilot.pause()
            assert {"repaint": True, "layout": True, "recompose": False} in [{"recompose": False, **how} for how in painted]
            monkeypatch.undo()


@pytest.mark.parametrize(("language", "text"), [("en", "Press ^q to quit."), ("de", "Beenden mit ^q.")])
async def test_ctrl_c_says_which_key_quits(opened, client, language, text):
    with speaking(language):
        async with opened(client, "ctrl+c", "ctrl+c") as pilot:
            assert said(pilot.app) == text


async def test_leaving_the_app_closes_the_client(opened, client):
    async with opened(client, "q"):
        pass
    assert client.closed


async def test_the_status_line_shows_a_lost_server_and_its_return(opened, client, monkeypatch):
    monkeypatch.setattr("tui.store._PULSE", 0.05)
    async with opened(client, "O") as pilot:
        client.away = True
        await pilot.pause(0.2)
        assert "server away · trying again" in text_of(pilot.app)
        client.away = False
        client.views.pop()
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "server ok" in shown
    assert "119 orders" in shown


@pytest.mark.parametrize(
    ("error", "shown"),
    [(ServerBusy("Busy."), "server busy · trying again"), (DomainError("Odd."), "server reports a failure · trying again")],
)
async def test_the_status_line_tells_a_busy_or_failing_server_from_a_missing_one(opened, client, error, shown):
    async with opened(client, "O") as pilot:
        pilot.app.store.lost(error)
        assert await shows(pilot, shown)


@pytest.mark.parametrize("known", [True, False], ids=["the status line says it already", "nothing has failed yet"])
@pytest.mark.parametrize("screen", ["H", "O"])
async def test_while_the_ledger_cannot_be_read_key_r_says_why(opened, client, monkeypatch, screen, known):
    async with opened(client, screen) as pilot:
        unusable = LedgerUnusable("The ledger was replaced.")
        monkeypatch.setattr(client, "_asked", AsyncMock(side_effect=unusable))
        if known:
            pilot.app.store.lost(unusable)
            assert await shows(pilot, "ledger away · trying again")
        await pilot.press("r")
        await settle(pilot)
        assert await shows(pilot, "ledger away · trying again")
        assert "The ledger was replaced. (ledger/unusable)" in said(pilot.app)


async def test_an_unexpected_failure_is_shown_and_the_app_continues(opened, client):
    async with opened(client) as pilot:
        client.fail_with = ValueError("odd")
        await pilot.press("O")
        await settle(pilot)
        told = said(pilot.app)
        await pilot.press("W")
        await settle(pilot)
        assert "Toner usually goes" in text_of(pilot.app)
    assert "odd (unexpected)" in told


async def test_help_lists_the_keys_of_this_screen(opened, client):
    async with opened(client, "W", "question_mark") as pilot:
        shown = text_of(pilot.app)
        await pilot.press("end")
        assert await shows(pilot, "Pair a browser")
    assert "On this screen" in shown
    assert "Looked at" in shown


async def test_an_action_of_this_screen_can_be_chosen_in_the_palette(opened, client):
    async with opened(client, "W", "ctrl+p", *"looked") as pilot:
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.5)
        await settle(pilot)
    assert ("dismiss", "2") in client.calls


async def test_the_palette_has_every_screen_action_account_and_theme(opened, client):
    async with opened(client, "A") as pilot:
        names = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
    assert {
        "Go to Orders",
        "Go to Imports",
        "Add",
        "Edit",
        "Link login",
        "Unpair",
        "Import",
        "Pair a browser",
        "Hide amounts",
        "Quit",
    } <= names
    assert {"Orders of Ortiz Design", "Theme shopper-light", "Theme shopper-contrast", "Theme nord"} <= names


async def test_the_palette_finds_the_actions_of_all_screens_and_settings_from_everywhere(opened, client):
    async with opened(client, "O") as pilot:
        names = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
    assert {
        "Go to Calendar (shopper reminders)",
        "Books: Export (shopper export)",
        "Imports: Coverage (shopper coverage)",
        "Imports: Read pages again (shopper reread)",
        "Warnings: Why exactly (shopper alerts --explain ID)",
        "Undo (shopper undo)",
        "Accounts: Add",
        "Setting: Country",
    } <= names
    assert "Label all" in names
    assert "Orders: Label all" not in names


@pytest.mark.parametrize(
    ("typed", "mode", "shown"),
    [
        ("shopper coverage", "imports", "How complete each month is"),
        ("Accounts: Add", "accounts", "Purpose"),
        ("Setting: Drop folder", "settings", "Change drop_folder"),
        ("Warnings: Why exactly", "warnings", "Toner"),
    ],
)
async def test_an_action_of_another_screen_is_run_there_and_escape_leads_back(opened, client, typed, mode, shown):
    async with opened(client, "O", "ctrl+p", *typed) as pilot:
        assert await shows(pilot, typed.split(":")[-1].strip())
        await pilot.press("down", "enter")
        assert await shows(pilot, shown)
        assert pilot.app.current_mode == mode
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.current_mode == "orders"


async def test_an_action_that_is_not_possible_there_says_so(opened):
    client = MemoryClient(empty=True)
    async with opened(client, "O", "ctrl+p", *"Imports: It is correct") as pilot:
        assert await shows(pilot, "key I y")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.current_mode == "imports"
        assert "'It is correct' is not possible here now." in said(pilot.app)


async def test_the_palette_changes_the_theme(opened, client):
    async with opened(client, "ctrl+p", *"theme shopper-light") as pilot:
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert pilot.app.theme == "shopper-light"


async def test_every_theme_can_be_applied(opened, client):
    async with opened(client) as pilot:
        for name in pilot.app.available_themes:
            pilot.app.theme = name
            await pilot.pause()
        assert "Personal" in text_of(pilot.app)


async def test_a_thousand_events_cause_few_reloads(opened, client):
    async with opened(client, "O") as pilot:
        client.calls.clear()
        for _ in range(1000):
            client.happen(EventKind.ORDERS_IMPORTED, account="per", new=0, changed=1)
        await pilot.pause(0.5)
        await settle(pilot)
    assert 1 <= sum(call[0] == "orders" for call in client.calls) <= 6


async def test_events_before_the_app_was_opened_are_neither_counted_nor_read_again(opened, client):
    yesterday = NOON - timedelta(days=1)
    client.outbox = [Event(id=number, kind=EventKind.ORDERS_IMPORTED, at=yesterday, data={"new": 5}) for number in range(1, 300)]
    async with opened(client, "O") as pilot:
        await pilot.pause(0.3)
        assert "captured" not in text_of(pilot.app)
    assert sum(call[0] == "overview" for call in client.calls) == 1


async def test_the_frame_is_painted_before_the_first_request():
    client, answers = MemoryClient(), asyncio.Event()

    async def connect() -> MemoryClient:
        await answers.wait()
        return client

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON)
    async with app.run_test() as pilot:
        assert await shows(pilot, "Home")
        assert client.calls == []
        answers.set()
        assert await shows(pilot, "server ok")


def test_styles_are_only_in_style_files():
    assert [path.name for path in FOLDER.rglob("*.py") if "DEFAULT_CSS" in path.read_text(encoding="utf-8")] == []


def test_every_screen_widget_and_module_has_a_docstring():
    lacking = [path.name for path in FOLDER.rglob("*.py") if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert lacking == []


def test_every_place_of_the_keymap_has_a_screen():
    names = [place.name for place in PLACES]
    assert [resolve_name(f"tui.screens.{place.screen}").PLACE for place in PLACES] == names


@pytest.mark.parametrize("keys", [("O",), ("i",), ("A", "a")])
async def test_ctrl_z_leads_to_the_shell_from_screens_and_dialogs(opened, client, keys, monkeypatch):
    left = []
    monkeypatch.setattr(ShopperApp, "action_suspend_process", lambda app: left.append(app.screen))
    async with opened(client, *keys, "ctrl+z"):
        assert len(left) == 1


@pytest.mark.parametrize("keys", [("O", "enter"), ("F",), ("S",)])
@pytest.mark.parametrize("width", [80, 110])
async def test_no_key_at_the_bottom_is_cut_and_help_and_quit_are_always_there(opened, client, keys, width):
    async with opened(client, *keys, size=(width, 24)) as pilot:
        assert await shows(pilot, "q Quit")
        last = text_of(pilot.app).splitlines()[-1]
        assert "? Help  q Quit" in last
        await pilot.resize_terminal(60, 24)
        assert await shows(pilot, "? Help  q Quit")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("O",), ("Orders, newest first.", "On this screen", "Everywhere")),
        (("O", "slash"), ("Every word must fit:", "Complete")),
        (("i",), ("In this dialog", "A file or a folder: Amazon", "Look")),
        (("A", "a"), ("Name: Personal, Ortiz Design", "In this dialog", "Save")),
        (("A", "a", "tab"), ("Used for: the new word", "Only the words of the list can be chosen", "Next choice")),
    ],
)
async def test_f1_explains_what_has_the_focus_and_closes_again(opened, client, keys, told):
    async with opened(client, *keys, "f1", size=(120, 60)) as pilot:
        shown = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert [text for text in told if text not in shown] == []
        await pilot.press("f1")
        await settle(pilot)
        assert told[0] not in text_of(pilot.app)
        assert len(pilot.app.screen_stack) == (2 if {"a", "i"} & {*keys} else 1)


@pytest.mark.parametrize(("name", "shown"), [("biz", "account:biz"), ("household", "account:home"), ("nobody", "")])
async def test_the_app_begins_with_the_account_that_was_named(client, name, shown):
    async def connect():
        return client

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON, account=name)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        if shown:
            assert app.current_mode == "orders"
            assert app.screen.query_one("#filter").value == shown
        else:
            assert "There is no account 'nobody'. Registered: Personal, Ortiz Design, Household." in said(app)
