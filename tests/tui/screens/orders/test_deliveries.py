from tests.tui.looking import settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_late_parcels_come_first_and_say_how_late_they_are(opened, client):
    async with opened(client, "D", size=(140, 34)) as pilot:
        shown = text_of(pilot.app)
    lines = [line for line in shown.splitlines() if "│" in line]
    assert "▲ late" in lines[0]
    assert "3 days later Toner" in shown
    assert "▲ 1 late   → 1 expected   → 1 on its way" in shown
    assert "TBA0INVENTED1" in shown
    assert "lighthouse" not in shown


async def test_old_parcels_are_shown_on_z_and_enter_leads_to_the_order_and_back(opened, client):
    async with opened(client, "D", "z", size=(140, 34)) as pilot:
        assert await shows(pilot, "arrived?")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.current_mode == "orders"
        assert 'account:per "112-0000000-0000000"' in text_of(pilot.app)
        await pilot.press("escape")
        assert pilot.app.current_mode == "deliveries"


async def test_deliveries_take_the_filter_language_and_the_account_keys(opened, client):
    async with opened(client, "D", "3", size=(140, 34)) as pilot:
        await settle(pilot)
        assert "2 parcels" in text_of(pilot.app)
        await pilot.press("x", "slash", *"toner")
        await settle(pilot)
        assert "1 parcel" in text_of(pilot.app)


async def test_without_parcels_the_screen_says_what_z_does(opened):
    async with opened(MemoryClient(empty=True), "D") as pilot:
        assert "Press z to see older parcels" in text_of(pilot.app)


async def test_the_list_with_older_parcels_says_how_far_it_goes_back_unless_the_filter_has_days(opened, client):
    async with opened(client, "D", "z", size=(140, 34)) as pilot:
        assert await shows(pilot, "Parcels of the last 120 days")
        pilot.app.screen.line.text = "date:2026"
        await settle(pilot)
        assert "of the last 120 days" not in text_of(pilot.app)
        pilot.app.screen.line.text = "tablets"
        assert await shows(pilot, "Parcels of the last 120 days")
