from assistant.domain.errors import Conflict
from tests.tui.household import ALERTS
from tests.tui.looking import said, settle, text_of
from tests.tui.memory_client import MemoryClient


async def test_a_warning_says_why_on_what_evidence_and_what_to_do(opened, client):
    async with opened(client, "4") as pilot:
        shown = text_of(pilot.app)
    assert "Switch account, or order anyway." in shown
    assert "Toner cartridge, black: 4 orders on Ortiz Design" in shown
    assert "your orders" in shown


async def test_d_puts_a_warning_away(opened, client):
    async with opened(client, "4", "d") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert ("dismiss", str(ALERTS[0].id)) in client.calls
    assert "Toner usually goes" not in shown
    assert "⚠ 1" in shown


async def test_old_warnings_can_be_shown_again(opened, client):
    async with opened(client, "4", "d", "o") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "All warnings" in shown
    assert "Toner usually goes" in shown
    assert "You have looked at this one already." in shown


async def test_no_warnings_is_a_calm_screen(opened, client):
    client.open_alerts = []
    async with opened(client, "4") as pilot:
        assert "No open warnings." in text_of(pilot.app)


async def test_without_a_browser_the_screen_says_how_to_pair_one(opened):
    async with opened(MemoryClient(empty=True), "4") as pilot:
        assert "Press p to pair one." in text_of(pilot.app)


async def test_a_dismissal_that_fails_is_told_with_the_next_key(opened, client):
    async with opened(client, "4") as pilot:
        client.fail_with = Conflict("This warning was put away already.")
        await pilot.press("d")
        await settle(pilot)
        told = said(pilot.app)
    assert "This warning was put away already. (conflict)" in told
    assert "Press r to see how things stand now." in told
