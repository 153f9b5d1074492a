import asyncio
import gc
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from assistant.domain.documents import Held, ImportResult, WaitingFile
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence
from tests.tui.household import NOON
from tests.tui.looking import said, settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient
from tui.importing import Outcome, preview_lines
from tui.path_completion import completions, pasted_path


async def test_imports_show_what_arrived_and_what_could_not_be_read(opened, client):
    async with opened(client, "I", "end", size=(160, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "117 new, 2 changed, 0 already known" in shown
    assert "The tax of one order could not be read." in shown


async def test_a_file_is_read_first_and_imported_after_a_second_enter(opened, client, tmp_path):
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID,Total\n")
    async with opened(client, "i") as pilot:
        await _look(pilot, str(file))
        assert "2 new, 0 changed, 0 known orders for Personal." in written(pilot.app, "#import-says")
        assert "Nothing is stored yet. Press Enter to import" in written(pilot.app, "#import-says")
        assert not _uploads(client)
        assert await shows(pilot, "⏎ Import")
        assert "⏎ Look" not in text_of(pilot.app)
        pilot.app.screen.query_one("#path", Input).insert_text_at_cursor("x")
        assert await shows(pilot, "⏎ Look")
        await pilot.press("backspace", "enter")
        assert await shows(pilot, "⏎ Import")
        await pilot.press("enter")
        await settle(pilot)
        told = said(pilot.app)
    assert _uploads(client) == [("upload", "Your Orders.csv", "15", "None")]
    assert "2 new orders, 0 changed, 0 already known. Press u to undo." in told


async def test_the_account_is_picked_from_those_that_exist(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        await settle(pilot)
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press(*"Ort", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert _uploads(client) == [("upload", "orders.csv", "9", "biz")]


async def test_a_file_that_is_not_from_amazon_is_refused_in_the_dialog(opened, client, tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"milk, bread")
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path / "notes.txt"))
        assert "it has no column 'Order ID'" in written(pilot.app, "#import-says")
        assert pilot.app.screen.query_one("#path").value.endswith("notes.txt")
    assert not _uploads(client)


async def test_a_missing_path_is_reported_in_the_dialog(opened, client, tmp_path):
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path / "nothing.zip"))
        assert "There is no file 'nothing.zip'. Check the path, Tab completes it." in written(pilot.app, "#import-says")


async def test_a_folder_is_imported_whole_despite_one_bad_file(opened, client, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"no")
    (tmp_path / "b.csv").write_bytes(b"Order ID\n")
    (tmp_path / "c.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path))
        assert "4 new" in written(pilot.app, "#import-says")
        assert "a.txt: The file is not an Amazon export" in written(pilot.app, "#import-says")
        await pilot.press("enter")
        await settle(pilot)
    assert [call[1] for call in _uploads(client)] == ["b.csv", "c.csv"]


async def test_a_running_import_shows_its_progress_and_can_be_cancelled(opened, client, tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"Order ID\n")
    client.importing = asyncio.Event()
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path))
        await pilot.press("enter")
        assert await shows(pilot, "importing 1 of 2")
        assert "25% a.csv" in text_of(pilot.app)
        await pilot.press("ctrl+x")
        await settle(pilot)
        assert "Cancelled. Nothing was imported." in said(pilot.app)
    assert len(client.arrived) == 3


async def test_quitting_during_an_import_asks_first(opened, client, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Order ID\n")
    client.importing = asyncio.Event()
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path / "a.csv"))
        await pilot.press("enter")
        assert await shows(pilot, "importing")
        await pilot.press("q")
        assert await shows(pilot, "Quit now?")
        await pilot.press("n")
        await pilot.pause()
        assert pilot.app.is_running
        await pilot.press("q", "y")
        await pilot.pause()
        assert not pilot.app.is_running
    assert not client.arrived or client.arrived[0].name != "a.csv"


async def test_the_preview_of_a_large_file_shows_how_far_it_is_and_ends_with_the_form(opened, client, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"Order ID\n")
    client.previewing = asyncio.Event()
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "a.csv")
        await settle(pilot)
        await pilot.press("enter")
        assert await shows(pilot, "Reading a.csv … 50%")
        await pilot.press("escape")
        await settle(pilot)
        assert len(client.cancelled) == 1


async def test_another_path_after_the_preview_is_previewed_again(opened, client, tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path / "a.csv"))
        await _look(pilot, str(tmp_path / "b.csv"))
        assert not _uploads(client)


async def test_a_file_that_is_dropped_on_the_terminal_is_offered(opened, client, tmp_path):
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID\n")
    async with opened(client, "O") as pilot:
        pilot.app.post_message(events.Paste(f"'{file}' "))
        await settle(pilot)
        assert "Your Orders.csv" in pilot.app.screen.query_one("#path").value
        await pilot.press("enter")
        await settle(pilot)
        assert "2 new" in written(pilot.app, "#import-says")


async def test_a_new_account_is_registered_from_the_import(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        await settle(pilot)
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press("left")
        await settle(pilot)
        await pilot.press(*"Garden", "tab", *"house", "enter")
        await settle(pilot)
        assert "Garden" in text_of(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert ("add_account", "Garden", "household") in client.calls
    assert _uploads(client)[0][3] == next(account.key for account in client.registered if account.label == "Garden")


async def test_tab_completes_the_path(opened, client, tmp_path):
    (tmp_path / "Your Orders.zip").write_bytes(b"")
    async with opened(client, "i") as pilot:
        path = pilot.app.screen.query_one("#path")
        path.value = str(tmp_path / "You")
        await settle(pilot)
        await pilot.press("tab")
        assert path.value == str(tmp_path / "Your Orders.zip")


async def test_a_path_that_is_typed_fast_leaves_no_unfinished_work(opened, client, tmp_path):
    async with opened(client, "i") as pilot:
        path = pilot.app.screen.query_one("#path")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            for end in range(1, 5):
                path.value = f"{tmp_path}/Your"[:-end]
            await settle(pilot)
            gc.collect()
    assert [str(each.message) for each in told if "never awaited" in str(each.message)] == []


async def test_files_that_wait_in_the_drop_folder_come_first_and_are_imported_for_the_account_that_is_chosen(opened, client):
    reason = "1 of its orders is already known under per."
    client.waiting = [WaitingFile(name="Your Orders.zip"), WaitingFile(name="biz/other.zip", account="biz", reason=reason)]
    async with opened(client, "I", size=(160, 34)) as pilot:
        assert await shows(pilot, "Your Orders.zip  whose is it?")
        assert "biz/other.zip  was not imported" in text_of(pilot.app)
        assert "Drop folder: /home/kim/shopper/drop" in text_of(pilot.app)
        await pilot.press("home", "down")
        assert await shows(pilot, reason)
        await pilot.press("up", "y")
        assert await shows(pilot, "Whose is Your Orders.zip?")
        await pilot.press(*"ort", "enter")
        await settle(pilot)
        assert "2 new orders" in said(pilot.app)
        assert "Your Orders.zip  whose is it?" not in text_of(pilot.app)
    assert ("take_dropped", "Your Orders.zip", "biz") in client.calls


async def test_waiting_files_are_in_the_inbox_and_settled_with_one_key(opened, client):
    client.open_alerts, client.seen, client.arrived, client.open_questions = [], [], [], []
    client.waiting = [WaitingFile(name="Your Orders.zip"), WaitingFile(name="per/notes.txt", account="per", reason="It is no export.")]
    async with opened(client, size=(140, 40)) as pilot:
        assert await shows(pilot, "Whose is Your Orders.zip in the drop folder?")
        assert "per/notes.txt in the drop folder was not imported" in text_of(pilot.app)
        await pilot.press("n")
        assert await shows(pilot, "Whose is Your Orders.zip?")
        await pilot.press("2")
        assert await shows(pilot, "It is no export.")
    assert ("take_dropped", "Your Orders.zip", client.registered[1].key) in client.calls


HELD = Held(
    account="per",
    number="112-0000003-0000021",
    reasons=(
        Problem(where="amounts.grand_total", code="arithmetic", said=Sentence("The lines add up to 18.00 USD, but the page prints 19.49.")),
    ),
)


async def test_a_held_order_shows_its_reason_and_y_confirms_it(opened, client):
    client.arrived[1] = replace(client.arrived[1], held=(HELD,))
    async with opened(client, "I", "j", size=(160, 34)) as pilot:
        shown = text_of(pilot.app)
        assert "1 in quarantine" in shown
        assert "The lines add up to 18.00 USD, but the page prints 19.49." in shown
        assert "press y if it is correct" in shown
        await pilot.press("y")
        await settle(pilot)
        assert "in quarantine" not in text_of(pilot.app)
    assert ("confirm", "per", "112-0000003-0000021") in client.calls


async def test_one_of_several_held_orders_can_be_chosen(opened, client):
    other = replace(HELD, number="112-0000006-0000042")
    client.arrived[1] = replace(client.arrived[1], held=(HELD, other))
    async with opened(client, "I", "j", "y", size=(160, 34)) as pilot:
        assert "Which order is correct?" in text_of(pilot.app)
        await pilot.press("down", "enter")
        await settle(pilot)
    assert ("confirm", "per", "112-0000006-0000042") in client.calls


async def test_an_empty_import_list_names_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), "I") as pilot:
        assert "Nothing was imported yet. Press i to import a file" in text_of(pilot.app)


def test_the_preview_of_pages_that_overlap_counts_each_order_once():
    def page(name: str, *numbers: str, account: str = "per") -> Outcome:
        told = tuple((number, "new") for number in numbers)
        held = (Held(account=account, number="2", reasons=()),)
        return Outcome(
            Path(name),
            ImportResult(
                id=1, name=name, kind="order_list", account=account, at=NOON, state="read", new=len(told), held=held, numbers=told
            ),
        )

    lines = preview_lines([page("a", "1", "2"), page("b", "2", "3"), page("c", "2", account="biz")], lambda key: key or "")
    assert lines[:2] == ["3 new, 0 changed, 0 known orders for per.", "1 new, 0 changed, 0 known orders for biz."]
    assert lines[2].startswith("▲ 2 would be in quarantine")


def test_completions_list_folders_first_and_leave_hidden_files_out(tmp_path):
    for name in ("apple.csv", ".axe"):
        (tmp_path / name).write_text("")
    (tmp_path / "attic").mkdir()
    assert completions(f"{tmp_path}/a") == [f"{tmp_path}/attic/", f"{tmp_path}/apple.csv"]
    assert completions(f"{tmp_path}/.a") == [f"{tmp_path}/.axe"]
    assert completions(f"{tmp_path}/nowhere/x") == []


async def _look(pilot, path: str) -> None:
    pilot.app.screen.query_one("#path").value = path
    pilot.app.screen.query_one("#path").focus()
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


def _uploads(client) -> list[tuple[str, ...]]:
    return [call for call in client.calls if call[0] == "upload"]


async def test_letters_that_begin_no_account_change_nothing_and_the_accounts_are_named(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        await settle(pilot)
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press(*"My")
        await settle(pilot)
        assert "No account begins with 'My'. Registered: Personal, Ortiz Design, Household." in written(pilot.app, "#import-says")
        assert pilot.app.screen.query_one("#whose").word == ""
    assert not _uploads(client)


@pytest.mark.parametrize("quote", ["", "'", '"'])
async def test_a_pasted_path_replaces_the_suggested_home_folder(opened, client, tmp_path, quote):
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").insert_text_at_cursor(f"{quote}{file}{quote}")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "2 new" in written(pilot.app, "#import-says")


async def test_orders_that_another_account_has_are_named_before_anything_is_stored(opened, client, tmp_path):
    client.known_elsewhere = "home"
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    for keys, stored in (("escape",), 0), (("enter",), 1):
        before = len(client.arrived)
        async with opened(client, "i") as pilot:
            await _look(pilot, str(tmp_path / "orders.csv"))
            assert "1 of them are known under Household already: 112-0000001-0000007" in written(pilot.app, "#import-says")
            await pilot.press(*keys)
            await settle(pilot)
        assert len(client.arrived) == before + stored


async def test_the_preview_of_an_import_is_visible_in_a_small_terminal(opened, client, tmp_path):
    client.known_elsewhere = "home"
    for place in range(30):
        (tmp_path / f"orders{place:02}.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i", size=(80, 24)) as pilot:
        await _look(pilot, str(tmp_path / "orders07.csv"))
        shown = text_of(pilot.app)
    assert "2 new, 0 changed, 0 known orders for Personal." in shown
    assert "Press Enter to import" in shown


@pytest.mark.parametrize("quote", ["'", '"', ""])
async def test_a_path_that_is_pasted_in_quotes_is_found_and_loses_its_quotes(opened, client, tmp_path, quote):
    file = tmp_path / "Your Orders.zip"
    file.write_bytes(b"PK")
    async with opened(client, "i") as pilot:
        line = pilot.app.screen.query_one("#path")
        line.insert_text_at_cursor(f"{quote}{file}{quote}")
        assert await shows(pilot, "Your Orders.zip")
        assert line.value == str(file)
        assert "No match" not in text_of(pilot.app)


async def test_a_path_that_is_pasted_after_a_completion_replaces_it(opened, client, tmp_path):
    (tmp_path / "old").mkdir()
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID\n")
    for pasted in (f"{file}\n", f"'{file}' ", f"file://{file}"):
        async with opened(client, "i") as pilot:
            line = pilot.app.screen.query_one("#path")
            line.value = str(tmp_path / "ol")
            await settle(pilot)
            await pilot.press("tab")
            assert line.value == f"{tmp_path / 'old'}/"
            pilot.app.post_message(events.Paste(pasted))
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
            assert "2 new" in written(pilot.app, "#import-says"), pasted


def test_the_rest_of_a_path_that_is_pasted_is_added_to_the_line(tmp_path):
    (tmp_path / "old" / "new").mkdir(parents=True)
    assert pasted_path("/new", str(tmp_path / "old")) == ""
    assert pasted_path("Orders.zip", f"{tmp_path}/") == ""
    assert pasted_path("/new", "~/") == "/new"


async def test_letters_typed_while_a_file_is_read_choose_the_account(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    client.previewing = asyncio.Event()
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        await settle(pilot)
        await pilot.press("enter", *"Hou")
        client.previewing.set()
        await settle(pilot)
        assert pilot.app.screen.query_one("#path").value == str(tmp_path / "orders.csv")
        await pilot.press("enter")
        await settle(pilot)
        assert "known orders for Household." in written(pilot.app, "#import-says")


async def test_a_file_that_names_no_account_moves_the_focus_to_the_accounts_and_a_letter_picks_one(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    client.unnamed = True
    async with opened(client, "i") as pilot:
        await _look(pilot, str(tmp_path / "orders.csv"))
        refused = written(pilot.app, "#import-says")
        assert refused == "'orders.csv' does not name its account. Choose one: Personal, Ortiz Design, Household."
        await pilot.press(*"Hou", "enter")
        await settle(pilot)
        assert "2 new, 0 changed, 0 known orders for Household." in written(pilot.app, "#import-says")
        assert "⏎ Import" in text_of(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
    assert _uploads(client) == [("upload", "orders.csv", "9", "home")]


async def test_another_path_ends_the_look_at_the_first_one(opened, client, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for number in (1, 2):
            (tmp_path / name / f"{name}{number}.csv").write_bytes(b"Order ID\n")
    client.previewing = asyncio.Event()
    async with opened(client, "i") as pilot:
        path = pilot.app.screen.query_one("#path")
        path.value = str(tmp_path / "a")
        await pilot.press("enter")
        assert await shows(pilot, "Reading file 1 of 2")
        path.value = str(tmp_path / "b")
        assert await shows(pilot, "⏎ Look")
        client.previewing.set()
        await settle(pilot)
        assert written(pilot.app, "#import-says").startswith("A file or a folder")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
    assert [call[1] for call in _uploads(client)] == ["b1.csv", "b2.csv"]


@pytest.mark.parametrize("place", [".", ".."])
async def test_the_whole_home_folder_is_not_read(opened, client, tmp_path, monkeypatch, place):
    home = tmp_path / "ana"
    home.mkdir()
    (home / "diary.csv").write_bytes(b"Order ID\n")
    monkeypatch.setenv("HOME", str(home))
    async with opened(client, "i") as pilot:
        await _look(pilot, f"~/{place}")
        assert "Everything that you have is in this folder." in written(pilot.app, "#import-says")
    assert not [call for call in client.calls if call[0] == "preview"]


async def test_an_import_is_removed_after_asking_and_one_that_failed_at_once(opened, client):
    failed, read = (next(entry for entry in client.arrived if entry.state == state) for state in ("failed", "read"))
    client.arrived = [failed, read]
    async with opened(client, "I", "d") as pilot:
        assert await shows(pilot, "Removed. To reverse this press u.") or "Removed." in said(pilot.app)
        assert ("remove_imports", str(failed.id)) in client.calls
        await settle(pilot)
        await pilot.press("d")
        assert await shows(pilot, "Remove this import?")
        assert ("remove_imports", str(read.id)) not in client.calls
        await pilot.press("y")
        await settle(pilot)
    assert ("remove_imports", str(read.id)) in client.calls


async def test_the_form_says_at_once_what_can_be_imported_and_what_a_foreign_file_looks_like(opened, client, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    whole = client.upload

    async def upload(name, _content, account, **options):
        problem = Problem(where=name, code="unknown-format", said=Sentence("This is a picture."))
        return replace(await whole(name, b"Order ID", account, **options), state="failed", new=0, problems=(problem,))

    client.upload = upload
    async with opened(client, "i") as pilot:
        assert await shows(pilot, "A file or a folder: Amazon's zip as it came")
        await _look(pilot, str(tmp_path / "photo.png"))
        assert written(pilot.app, "#import-says") == "This is a picture."
        assert await shows(pilot, "⏎ Look")
    assert not _uploads(client)
