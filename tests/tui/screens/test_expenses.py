from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.domain.books.pivot import Pivot
from assistant.domain.categories import CategoryPlace
from tests.tui.household import TODAY
from tests.tui.looking import said, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.widgets.books.expense_table import ExpenseLine
from tui.widgets.books.pivot_table import pivot_filter


async def test_expenses_are_summed_per_currency_without_refunds(opened, client):
    async with opened(client, "E", size=(160, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "All in EUR, less refunds" in shown
    assert "All in USD, less refunds" in shown
    usd = next(line for line in shown.splitlines() if "All in USD" in line)
    assert "$2,915.25" in usd  # 1,627.28 + 1,307.97 - 20.00 refunded
    assert "−$10.00" in shown


async def test_the_currency_of_the_country_comes_first_else_that_of_most_orders(opened, client):
    async with opened(client, "E", size=(160, 44)) as pilot:
        shown = text_of(pilot.app)
        assert shown.index("All in USD") < shown.index("All in EUR")
        await pilot.app.store.save_setting("country", "DE")
        for key, total in (("r", "All in EUR"), ("v", "All in EUR")):
            await pilot.press(key)
            await settle(pilot)
            shown = text_of(pilot.app)
            assert shown.index(total) < shown.index("All in USD")


async def test_the_running_month_is_marked_as_unfinished(opened, client):
    async with opened(client, "E") as pilot:
        assert "Nov …" in text_of(pilot.app)


async def test_a_possibly_incomplete_month_is_marked_and_says_why(opened, client):
    whole = client.expenses

    async def expenses(text=""):
        page = await whole(text)
        rows = [replace(row, gaps=("2 orders known only from e-mail",)) if row.month == "2026-03" else row for row in page.items]
        return replace(page, items=tuple(rows))

    client.expenses = expenses
    async with opened(client, "E", size=(200, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "Mar …" in shown
    assert "Apr …" not in shown
    assert "Mar Personal: 2 orders known only from e-mail" in shown


async def test_braces_change_the_year(opened, client):
    async with opened(client, "E", "left_curly_bracket") as pilot:
        await settle(pilot)
        assert "‹ 2025 ›" in text_of(pilot.app)
    assert ("expenses", "date:2025") in client.calls


async def test_the_filter_narrows_the_table_and_refuses_invalid_input(opened, client):
    async with opened(client, "E", "slash", *"account:home") as pilot:
        await settle(pilot)
        shown = text_of(pilot.app)
        assert "business" not in shown.split("Account and purpose")[1]
        await pilot.press(*" >much")
        assert "'>much' needs a number" in text_of(pilot.app)


async def test_enter_on_an_amount_shows_the_entries_behind_it_and_escape_leads_back_step_by_step(opened, client):
    async with opened(client, "E", "right", "enter") as pilot:
        await pilot.pause(0.1)
        await settle(pilot)
        assert pilot.app.current_mode == "books"
        assert "account:biz purpose:business cur:USD kind:purchase date:2026-11" in text_of(pilot.app)
        pilot.app.screen.query_one("#filter").value = "date:2026-11"
        await pilot.pause(0.1)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        for place in ("orders", "books", "books", "expenses", "overview"):
            assert pilot.app.current_mode == place
            await pilot.press("escape")
            await settle(pilot)


async def test_no_expenses_name_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), "E") as pilot:
        assert "No expenses yet. Press i to import" in text_of(pilot.app)


async def test_a_year_without_expenses_says_where_to_look(opened, client):
    async with opened(client, "E", *["left_curly_bracket"] * 5) as pilot:
        await settle(pilot)
        assert "Nothing matches: 2021. Press { for the period before" in text_of(pilot.app)


async def test_keys_reach_the_screen_in_a_year_without_expenses(opened, client):
    client.views = [view for view in client.views if view.order.placed_on.year == TODAY.year - 1]
    async with opened(client, "H", "E") as pilot:
        assert "Nothing matches: 2026." in text_of(pilot.app)
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == "date:2025"
        assert "All in USD" in text_of(pilot.app)
        await pilot.press("T")
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == ""


async def test_the_entries_behind_an_amount_keep_the_filter_and_escape_returns(opened, client):
    async with opened(client, "E") as pilot:
        pilot.app.screen.query_one("#filter").value = 'toner account:biz date:2026 "cartridge, black"'
        await pilot.pause(0.1)
        await settle(pilot)
        assert "‹ 2026 ›" in text_of(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.current_mode == "books"
        sought = pilot.app.screen.query_one("#filter").value
        assert sought == 'account:biz purpose:business cur:USD kind:purchase date:2026 toner "cartridge, black"'
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.current_mode == "expenses"


async def test_expenses_are_summed_by_category_beside_the_year_before_and_lead_to_their_entries(opened, client):
    async with opened(client, "E", "v", "z", size=(160, 50)) as pilot:
        shown = text_of(pilot.app)
        assert "by category" in shown
        assert "Year before" in shown
        assert "not known" in shown
        office = next(line for line in shown.splitlines() if " office " in line)
        assert "%" in office
        assert "█" in office
        assert ("pivot", "category", "date:2025-01-01..2025-11-25") in client.calls
        row = next(place for place, line in enumerate(pilot.app.screen._lines) if line.name == "office")
        pilot.app.screen.query_one("#expense-table").move_cursor(row=row, column=1)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.current_mode == "books"
        assert "cur:USD kind:expense date:2026 cat:office" in text_of(pilot.app)


async def test_v_turns_through_all_sums_and_a_card_has_no_filter(opened, client):
    async with opened(client, "E", "v", "v", "v", "enter", size=(160, 50)) as pilot:
        assert "visa/1234" in text_of(pilot.app)
        assert "No filter finds these entries." in said(pilot.app)
        for _ in range(5):
            await pilot.press("v")
        await settle(pilot)
        assert "Account and purpose" in text_of(pilot.app)


async def test_enter_on_a_category_leaves_out_the_categories_below_it(opened, client):
    client.views = [replace(view, categories=("supplies",)) if view.account == "home" else view for view in client.views]
    async with opened(client, "E", "v", size=(160, 34)) as pilot:
        table = pilot.app.screen.query_one("ExpenseTable")
        names = [line.name for line in pilot.app.screen._lines]
        table.move_cursor(row=names.index("supplies"), column=1)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.current_mode == "books"
    books = [call[1] for call in client.calls if call[0] == "books"]
    assert "date:2026 cur:EUR kind:expense cat:supplies -cat:consumable -cat:crafts -cat:office" in books


@pytest.mark.parametrize(
    ("by", "name", "text", "found"),
    [
        (Pivot.CATEGORY, "supplies", "", "cat:supplies -cat:office -cat:crafts"),
        (
            Pivot.CATEGORY,
            "Supplies",
            "toner or ink",
            "cat:Supplies toner -cat:office -cat:crafts or {}cat:Supplies ink -cat:office -cat:crafts",
        ),
        (Pivot.CATEGORY, "office", "", "cat:office"),
        (Pivot.CATEGORY, "", "toner or ink", "toner is:uncategorized or {}ink is:uncategorized"),
        (Pivot.SELLER, "Acme", "", 'seller:Acme -seller:"Acme Parts" -seller:"The ACME Shop"'),
        (Pivot.SELLER, "Acme Parts", "", 'seller:"Acme Parts"'),
        (Pivot.SELLER, "Paper Ltd", "", None),  # another row differs only in case
        (Pivot.SELLER, '5" Disks', "", None),
        (Pivot.SELLER, "", "", None),
        (Pivot.CARD, "visa/1234", "", None),
        (Pivot.PERSON, "Kim", "", "person:Kim"),
    ],
)
def test_the_filter_behind_a_sum_finds_nothing_else(by, name, text, found):
    names = ["Acme", "Acme Parts", "The ACME Shop", "Paper Ltd", "PAPER LTD", '5" Disks', "Kim", "Kimberly", ""]
    places = [CategoryPlace(category=word, under="supplies", own=False) for word in ("office", "crafts")]
    places.append(CategoryPlace(category="supplies", under=None, own=False))
    line = ExpenseLine(key="net", kind="net", currency="EUR", name=name)
    days = "cur:EUR kind:expense date:2026 "
    expected = None if found is None else days + found.format(days)
    assert pivot_filter(line, by, text, "2026", names=names, categories=places) == expected


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_52_weeks_up_to_today_are_a_grid_of_days_that_leads_to_the_entries(opened, client, size):
    async with opened(client, "E", *["v"] * 7, size=size) as pilot:
        assert pilot.app.focused.id == "expense-days"
        shown = text_of(pilot.app)
        assert "52 weeks up to Wed 25 Nov:" in shown
        assert "Other currencies: EUR." in shown
        grid = pilot.app.focused.render().plain.splitlines()
        assert [line[:3] for line in grid[2:9]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert all(set(line[5:]) <= set(" ·░▒▓█−") for line in grid[2:9])
        assert {sign for line in grid[2:9] for sign in line[5:]} >= set("·░▒▓█")
        assert max(map(len, grid)) <= size[0] - 4
        await pilot.press("left", "up", "k", "l", "h")
        assert pilot.app.focused.day == TODAY - timedelta(days=9)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.current_mode == "books"
        assert pilot.app.screen.query_one("#filter").value == "cur:USD kind:expense date:2026-11-16"
        await pilot.press("escape", "v")
        await settle(pilot)
        assert pilot.app.focused.id == "expense-table"


async def test_the_days_of_an_earlier_year_end_with_its_last_day(opened, client):
    async with opened(client, "E", *["v"] * 7, "left_curly_bracket") as pilot:
        assert await shows(pilot, "52 weeks up to 31 Dec 2025:")
        assert ("pivot", "day", "date:2024-12-30..2025-12-31") in client.calls
