"""A filter that cannot be read or used: no list and no sum is shown under it, and the screen says what is wrong."""

from tests.tui.looking import said, settle, shows, text_of
from tui.widgets.order_list import OrderList
from tui.widgets.row_list import RowList

LISTS = ("O", "D", "L", "E", "B", "Q", "C", "S", "W", "I", "R", "M", "Y")
"""Every screen with a filter."""
ADVICE = "Nothing is shown, because this filter cannot be used"


def line(pilot):
    return pilot.app.screen.query_one("#filter")


def rows_of(screen) -> int:
    """Return how many rows keys could act on."""
    lists = [listing.chosen for listing in screen.query(RowList)]
    return sum(chosen is not None for chosen in lists) + sum(orders.total for orders in screen.query(OrderList))


async def enter(pilot, text: str) -> None:
    """Write a filter into the line and press Enter."""
    await pilot.press("slash")
    line(pilot).value = text
    await pilot.press("enter")
    await settle(pilot)


async def test_no_list_and_no_sum_stays_under_a_filter_with_a_mistyped_word_on_any_screen(opened, client):
    async with opened(client) as pilot:
        for place in LISTS:
            await pilot.press(place)
            await settle(pilot)
            await enter(pilot, "accout:biz")
            shown = text_of(pilot.app)
            assert "There is no filter 'accout:' (at character 1)." in shown, place
            assert "Did you mean account:" in shown
            assert ADVICE in shown
            assert not pilot.app.screen.query_one("#found").size.height
            assert not rows_of(pilot.app.screen)
            await pilot.press("r", "2", "left_curly_bracket", "T")
            await settle(pilot)
            assert (ADVICE in text_of(pilot.app)) is (pilot.app.current_mode != "orders" or place == "O"), place
            if pilot.app.current_mode == "orders" and place != "O":  # the digit led from rows without an account to the orders
                await pilot.press("escape", place)
            await pilot.press("x")
            await settle(pilot)
            assert ADVICE not in text_of(pilot.app)
            assert pilot.app.screen.query_one("#found").size.height


async def test_an_account_that_does_not_exist_shows_nothing_on_both_kinds_of_lists(opened, client):
    for place in ("Q", "C"):
        async with opened(client, place) as pilot:
            await enter(pilot, "account:bizz")
            assert await shows(pilot, ADVICE)
            assert "There is no account 'bizz'" in text_of(pilot.app)
            await enter(pilot, "account:biz")
            assert ADVICE not in text_of(pilot.app)


async def test_a_saved_filter_that_is_broken_shows_nothing(opened, client):
    async with opened(client, "E") as pilot:
        await pilot.app.store.save_setting("filters.big", "accout:biz")
        await pilot.app.store.save_setting("filters.bigger", "is:refundet")
        for name, why in (("big", "Did you mean account:"), ("bigger", "Did you mean refunded")):
            pilot.app.screen.look_for(f"@{name}")
            await settle(pilot)
            assert ADVICE in text_of(pilot.app)
            assert f"The saved filter '@{name}' is wrong" in text_of(pilot.app)
            assert why in text_of(pilot.app)


async def test_nothing_is_exported_labelled_or_saved_with_a_broken_filter(opened, client):
    async with opened(client) as pilot:
        for place, key in (("B", "w"), ("O", "asterisk"), ("E", "ctrl+s")):
            await pilot.press(place)
            await settle(pilot)
            await enter(pilot, "accout:biz")
            pilot.app.heard.clear()
            await pilot.press(key)
            await settle(pilot)
            assert len(pilot.app.screen_stack) == 1
            assert "There is no filter 'accout:'" in said(pilot.app)


async def test_the_list_from_before_stays_while_a_filter_is_typed(opened, client):
    async with opened(client, "E", "slash") as pilot:
        line(pilot).value = "account:biz is:refundet"
        await settle(pilot)
        assert "Did you mean refunded" in text_of(pilot.app)
        assert ADVICE not in text_of(pilot.app)
        await pilot.press("down")
        await settle(pilot)
        assert ADVICE in text_of(pilot.app)
        await pilot.press("slash", "backspace", "backspace", "d", "enter")
        await settle(pilot)
        assert ADVICE not in text_of(pilot.app)
        assert line(pilot).value == "account:biz is:refunded"


async def test_what_is_typed_is_a_new_word_after_a_key_that_set_the_filter(opened, client):
    async with opened(client) as pilot:
        for place, key, before in (
            ("B", "left_curly_bracket", "date:2025 "),
            ("E", "full_stop", "date:2026-Q4 "),
            ("O", "2", "account:biz "),
            ("W", "right_square_bracket", "account:per "),
        ):
            await pilot.press(place)
            await settle(pilot)
            await pilot.press(key, "slash", *"toner")
            assert line(pilot).value == f"{before}toner"
            await pilot.press("enter", "slash")
            assert line(pilot).value == f"{before}toner "
            await pilot.press("escape", "slash")
            assert line(pilot).value == f"{before}toner "
            await pilot.press("escape")


async def test_a_filter_from_another_screen_or_a_saved_one_is_continued_with_a_new_word(opened, client):
    async with opened(client, "O") as pilot:
        for text in ("account:biz", "@mine", 'purpose:"my shop"'):
            pilot.app.screen.look_for(text)
            await pilot.press("slash", "t")
            assert line(pilot).value == f"{text} t"
            await pilot.press("escape")
        pilot.app.screen.look_for('"desk la')
        await pilot.press("slash", "m")
        assert line(pilot).value == '"desk lam'
