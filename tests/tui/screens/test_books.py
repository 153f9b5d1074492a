from tests.tui.looking import settle, text_of
from tests.tui.memory_client import MemoryClient


async def test_entries_of_a_year_are_listed_with_details_of_the_selected_one(opened, client):
    async with opened(client, "B", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
    assert ("books", "date:2026") in client.calls
    assert "$102.84" in shown
    assert "business, personal" in shown
    assert "~−$20.00" in shown
    assert "$61.70  business, 60%" in shown
    assert "$41.14  personal, 40%" in shown
    assert "−$5.00  discount" in shown
    assert "card visa •1234" in shown
    rows = [line for line in shown.splitlines() if "● PER " in line or "◆ BIZ " in line or "HOME" in line]
    assert len({line.index(".") for line in rows if "102.84" in line or "$20.00" in line}) == 1


async def test_braces_change_the_year_of_the_books(opened, client):
    async with opened(client, "B", "left_curly_bracket", size=(160, 40)) as pilot:
        shown = text_of(pilot.app)
    assert "€50.00" in shown
    assert "gift card top-up" in shown
    assert "Toner cartridge" not in shown


async def test_enter_shows_the_order_of_an_entry_and_escape_returns_to_the_books(opened, client):
    async with opened(client, "B", "enter") as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == 'account:biz "112-0000001-0000007"'
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.current_mode == "books"


async def test_the_parts_of_the_books_are_reached_by_key_and_by_click(opened, client):
    async with opened(client, "B") as pilot:
        shown = text_of(pilot.app)
        assert "Questions" in shown
        assert "Claims" in shown
        await pilot.press("C")
        assert pilot.app.current_mode == "claims"
        assert "Books" in text_of(pilot.app)


async def test_no_amount_of_the_books_is_cut_off_in_a_small_terminal(opened, client):
    async with opened(client, "B", size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert all(amount in shown for amount in ("$102.84", "~−$20.00"))


async def test_an_invalid_filter_is_reported_above_the_entries(opened, client):
    async with opened(client, "B", "slash", *"date:2026-13") as pilot:
        await settle(pilot)
        assert "'2026-13' is not a period." in text_of(pilot.app)


async def test_empty_books_name_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), "B") as pilot:
        assert "Press { for the period before" in text_of(pilot.app)
