from assistant.domain.errors import Conflict
from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_the_history_says_who_did_what_when_and_why(opened, client):
    async with opened(client, "Y", size=(160, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "Imported 'Your Orders.zip' for Personal: 117 new orders" in shown
    assert "Kim" in shown
    assert "The name was wrong" in shown


async def test_a_step_is_undone_only_after_confirmation(opened, client):
    async with opened(client, "Y", "down", "u", "n") as pilot:
        assert not [call for call in client.calls if call[0] == "undo"]
        await pilot.press("u", "y")
        await settle(pilot)
        assert "Undid: Changed the account Household." in said(pilot.app)
        assert await shows(pilot, "undone")
    assert ("undo", "1") in client.calls


async def test_a_step_that_a_later_step_builds_on_is_not_undone_and_the_reason_is_shown(opened, client):
    async with opened(client, "Y", "u") as pilot:
        client.fail_with = Conflict("Step 2 cannot be undone: step 3 builds on it.")
        await pilot.press("y")
        await settle(pilot)
        assert "step 3 builds on it." in said(pilot.app)


async def test_the_newest_step_is_undone_from_any_screen(opened, client):
    async with opened(client, "E", "u") as pilot:
        assert await shows(pilot, "Imported 'Your Orders.zip'")
        await pilot.press("y")
        await settle(pilot)
        await pilot.press("u")
        assert await shows(pilot, "Changed the account Household")
        await pilot.press("n")
        await settle(pilot)
    assert [call for call in client.calls if call[0] == "undo"] == [("undo", "2")]


async def test_the_detail_of_a_step_names_its_command(opened, client):
    async with opened(client, "Y", "down", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert "shopper undo 1" in shown
    assert "The name was wrong" in shown


async def test_an_empty_history_says_what_will_be_listed(opened):
    async with opened(MemoryClient(empty=True), "Y") as pilot:
        assert "Imports, edits, links and removals appear here" in text_of(pilot.app)
