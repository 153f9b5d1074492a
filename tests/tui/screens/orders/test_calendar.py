from tests.tui.household import TODAY
from tests.tui.looking import app_over, settle, text_of
from tests.tui.memory_client import MemoryClient


async def test_a_month_shows_its_days_dates_and_late_parcels(opened, client):
    async with opened(client, "L", size=(140, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "Nov 2026" in shown
    assert "23 ▲" in shown
    assert "27 2" in shown
    assert "last day to return" in shown
    assert "subscription is delivered" not in shown


async def test_the_week_starts_on_the_day_of_the_setting(client):
    first = {}
    for word, day in (("monday", "Mo"), ("sunday", "Su")):
        app = app_over(client)
        await app.store.save_setting("week_start", word)
        async with app.run_test(size=(140, 34)) as pilot:
            await settle(pilot)
            await pilot.press("L")
            await settle(pilot)
            first[day] = next(line for line in text_of(app).splitlines() if "Tu" in line and "We" in line)
    assert first["Mo"].index("Mo") < first["Mo"].index("Su")
    assert first["Su"].index("Su") < first["Su"].index("Mo")


async def test_the_cursor_moves_over_days_and_into_other_months_and_t_leads_back(opened, client):
    async with opened(client, "L", *["down"] * 2, size=(140, 34)) as pilot:
        await settle(pilot)
        shown = text_of(pilot.app)
        assert "Dec 2026" in shown
        assert "subscription is delivered" in shown
        await pilot.press("T")
        await settle(pilot)
        assert "last day to return" in text_of(pilot.app)
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert "Oct 2026" in text_of(pilot.app)


async def test_a_date_of_an_order_leads_to_it(opened, client):
    async with opened(client, "L", *["right"] * 2, "tab", "enter", size=(140, 34)) as pilot:
        await settle(pilot)
        assert pilot.app.screen.store.today == TODAY
        assert pilot.app.current_mode in ("orders", "calendar")


async def test_an_empty_month_says_what_would_be_there(opened):
    async with opened(MemoryClient(empty=True), "L") as pilot:
        assert "Nothing is due in this month" in text_of(pilot.app)
