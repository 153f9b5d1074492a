from dataclasses import replace

import pytest

from assistant.domain.documents import Held
from assistant.domain.errors import InvalidInput, Problem
from tests.tui.looking import said, settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient
from tui.path_completion import completions


async def test_imports_show_what_arrived_and_what_could_not_be_read(opened, client):
    async with opened(client, "6", "end", size=(160, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "117 new, 2 changed, 0 already known" in shown
    assert "The tax of one order could not be read." in shown


async def test_a_file_is_imported_by_its_path(opened, client, tmp_path):
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID,Total\n")
    async with opened(client, "i") as pilot:
        await _type_path(pilot, str(file))
        await pilot.pause(0.3)
        await settle(pilot)
        told = said(pilot.app)
    assert ("upload", "Your Orders.csv", "15", "None") in client.calls
    assert "2 new orders, 0 changed, 0 already known." in told


async def test_the_account_can_be_named(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press(*"Ort", "right", "enter")
        await settle(pilot)
    assert ("upload", "orders.csv", "9", "biz") in client.calls


async def test_a_file_that_is_not_from_amazon_is_reported_with_the_next_key(opened, client, tmp_path):
    (tmp_path / "notes.txt").write_bytes(b"milk, bread")
    async with opened(client, "i") as pilot:
        await _type_path(pilot, str(tmp_path / "notes.txt"))
        await settle(pilot)
        told = said(pilot.app)
    assert "it has no column 'Order ID'" in told
    assert "Press i to choose another file." in told


async def test_a_missing_path_is_reported_in_the_dialog(opened, client, tmp_path):
    async with opened(client, "i") as pilot:
        await _type_path(pilot, str(tmp_path / "nothing.zip"))
        assert "There is no file 'nothing.zip'. Check the path, Tab completes it." in text_of(pilot.app)


async def test_a_folder_is_imported_whole_despite_one_bad_file(opened, client, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"no")
    (tmp_path / "b.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        await _type_path(pilot, str(tmp_path))
        await pilot.pause(0.2)
        await settle(pilot)
    assert [call[1] for call in client.calls if call[0] == "upload"] == ["a.txt", "b.csv"]


async def test_tab_completes_the_path(opened, client, tmp_path):
    (tmp_path / "Your Orders.zip").write_bytes(b"")
    async with opened(client, "i") as pilot:
        path = pilot.app.screen.query_one("#path")
        path.value = str(tmp_path / "You")
        await settle(pilot)
        await pilot.press("tab")
        assert path.value == str(tmp_path / "Your Orders.zip")


HELD = Held(
    account="per",
    number="112-0000003-0000021",
    reasons=(Problem(where="amounts.grand_total", code="arithmetic", text="The lines add up to 18.00 USD, but the page prints 19.49."),),
)


async def test_a_held_order_shows_its_reason_and_y_confirms_it(opened, client):
    client.arrived[1] = replace(client.arrived[1], held=(HELD,))
    async with opened(client, "6", "j", size=(160, 34)) as pilot:
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
    async with opened(client, "6", "j", "y", size=(160, 34)) as pilot:
        assert "Which order is correct?" in text_of(pilot.app)
        await pilot.press("down", "enter")
        await settle(pilot)
    assert ("confirm", "per", "112-0000006-0000042") in client.calls


async def test_an_empty_import_list_names_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), "6") as pilot:
        assert "Nothing was imported yet. Press i to import a file" in text_of(pilot.app)


def test_completions_list_folders_first_and_leave_hidden_files_out(tmp_path):
    for name in ("apple.csv", ".axe"):
        (tmp_path / name).write_text("")
    (tmp_path / "attic").mkdir()
    assert completions(f"{tmp_path}/a") == [f"{tmp_path}/attic/", f"{tmp_path}/apple.csv"]
    assert completions(f"{tmp_path}/.a") == [f"{tmp_path}/.axe"]
    assert completions(f"{tmp_path}/nowhere/x") == []


async def _type_path(pilot, text: str) -> None:
    pilot.app.screen.query_one("#path").value = text
    await settle(pilot)
    await pilot.press("enter")
    await pilot.pause()


async def test_enter_accepts_the_suggested_account(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press(*"ort", "enter")
        await settle(pilot)
    assert ("upload", "orders.csv", "9", "biz") in client.calls


async def test_an_unknown_account_is_refused_in_the_dialog_and_nothing_is_uploaded(opened, client, tmp_path):
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(tmp_path / "orders.csv")
        pilot.app.screen.query_one("#whose").focus()
        await pilot.press(*"My", "enter")
        await settle(pilot)
        assert "There is no account 'My'." in written(pilot.app, "#import-says")
    assert not [call for call in client.calls if call[0] == "upload"]


@pytest.mark.parametrize("quote", ["", "'", '"'])
async def test_a_pasted_path_replaces_the_suggested_home_folder(opened, client, tmp_path, quote):
    file = tmp_path / "Your Orders.csv"
    file.write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").insert_text_at_cursor(f"{quote}{file}{quote}")
        await pilot.pause(0.2)
        await pilot.press("enter")
        await settle(pilot)
    assert ("upload", "Your Orders.csv", "9", "None") in client.calls


async def test_a_refused_file_reopens_the_dialog_with_its_path_and_the_reason(opened, client, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_bytes(b"Order ID\n")
    async with opened(client, "i") as pilot:
        pilot.app.screen.query_one("#path").value = str(file)
        await pilot.pause(0.2)
        client.fail_with = InvalidInput("The file does not say whose it is.")
        await pilot.press("enter")
        await settle(pilot)
        assert "The file does not say whose it is." in written(pilot.app, "#import-says")
        assert pilot.app.screen.query_one("#path").value == str(file)


async def test_a_file_of_another_account_is_stored_only_after_the_user_agrees(opened, client, tmp_path):
    client.known_elsewhere = "Household"
    (tmp_path / "orders.csv").write_bytes(b"Order ID\n")
    for answer, stored in (("n", 0), ("y", 1)):
        before = len(client.arrived)
        async with opened(client, "i") as pilot:
            await _type_path(pilot, str(tmp_path / "orders.csv"))
            assert await shows(pilot, "2 of its orders are already known under")
            await pilot.press(answer)
            await settle(pilot)
        assert len(client.arrived) == before + stored
