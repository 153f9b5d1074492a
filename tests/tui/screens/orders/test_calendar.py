from dataclasses import replace
from datetime import date, timedelta

from tests.tui.household import TODAY
from tests.tui.looking import app_over, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.widgets.month_grid import MonthGrid


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
    async with opened(client, "L", *["right"] * 2, "tab", "down", "enter", size=(140, 34)) as pilot:
        await settle(pilot)
        assert pilot.app.current_mode == "orders"
        assert 'account:per "112-0000003-0000021"' in text_of(pilot.app)


async def test_two_dates_of_an_account_on_one_day_are_listed_one_of_them_without_an_order(opened, client):
    client.dues = [
        replace(client.dues[1], number=number, title=title) for number, title in ((None, "Prime"), ("112-0000003-0000021", "Lamp"))
    ]
    async with opened(client, "L", size=(140, 34)) as pilot:
        assert await shows(pilot, "Prime")
        assert await shows(pilot, "Lamp")


async def test_a_past_month_keeps_the_parcels_that_arrived_in_it(opened, client):
    arrived = client.parcels[3]
    client.parcels += [
        replace(arrived, number="302-1", title="Umbrella", placed_on=date(2026, 10, 1), expected_on=None, delivered_on=date(2026, 10, 5)),
        replace(arrived, number="302-2", title="Suitcase", placed_on=date(2026, 7, 1), expected_on=None, delivered_on=date(2026, 10, 9)),
    ]
    async with opened(client, "L", "left_curly_bracket", size=(140, 34)) as pilot:
        assert await shows(pilot, "Umbrella")
        shown = text_of(pilot.app)
        assert "Suitcase" in shown
        assert "Rice 10 kg" not in shown
        await pilot.press("T")
        assert await shows(pilot, "Rice 10 kg")
        assert "Umbrella" not in text_of(pilot.app)


async def test_t_goes_to_today_from_another_day_of_this_month_and_from_other_days(opened, client):
    async with opened(client, "L", "left", "left", size=(140, 34)) as pilot:
        grid = pilot.app.screen.query_one(MonthGrid)
        assert grid.day == date(2026, 11, 23)
        await pilot.press("T")
        await settle(pilot)
        assert grid.day == TODAY
        for text in ("date:2025", "date:2026-08", "date:all"):
            pilot.app.screen.line.text = text
            await settle(pilot)
            await pilot.press("T")
            await settle(pilot)
            assert grid.day == TODAY
            assert "Nov 2026" in text_of(pilot.app)


async def test_another_first_day_of_the_week_and_another_day_are_shown_without_a_restart(client):
    app, now = app_over(client), [TODAY]
    app.store._today = lambda: now[0]
    async with app.run_test(size=(140, 34)) as pilot:
        await settle(pilot)
        await pilot.press("L")
        await settle(pilot)
        assert "Mo    Tu" in text_of(app)
        await app.store.save_setting("week_start", "sunday")
        now[0] = TODAY + timedelta(days=1)
        await pilot.press("r")
        await settle(pilot)
        assert "Su    Mo" in text_of(app)
        await pilot.press("T")
        await settle(pilot)
        assert app.screen.query_one(MonthGrid).day == now[0]


async def test_days_are_shaded_for_all_pages_of_entries_in_the_currency_that_most_entries_have(opened, client):
    first = client.entries[0]
    client.most_entries = 2
    dollars = [first._replace(id=f"d{day}", on=date(2026, 11, day)) for day in (3, 4)]
    euros = [first._replace(id=f"u{place}", currency="EUR", on=date(2026, 11, 12)) for place in range(3)]
    client.entries = [*dollars, *euros]
    async with opened(client, "L", size=(140, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "12█" in shown
    assert " 3█" not in shown


async def test_an_empty_month_says_what_would_be_there(opened):
    async with opened(MemoryClient(empty=True), "L") as pilot:
        assert "Nothing is due in this month" in text_of(pilot.app)
