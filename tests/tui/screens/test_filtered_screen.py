"""The keys of the filter on every screen that has one: accounts, periods, completion, mistakes, saved filters, typing ahead."""

import asyncio

import pytest

from tests.tui.looking import said, settle, shows, text_of


def line(pilot):
    return pilot.app.screen.query_one("#filter")


async def test_digits_choose_an_account_and_brackets_move_to_the_next_one_on_every_list(opened, client):
    for place in ("O", "E", "B", "W"):
        async with opened(client, place) as pilot:
            await pilot.press("2")
            await settle(pilot)
            assert line(pilot).value == "account:biz"
            await pilot.press("2")
            assert line(pilot).value == ""
            await pilot.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
            assert line(pilot).value == "account:home"
            await pilot.press("right_square_bracket", "left_square_bracket", "left_square_bracket")
            assert line(pilot).value == "account:biz"
            await pilot.press("x")
            assert line(pilot).value == ""


async def test_a_digit_on_a_screen_without_a_filter_shows_that_accounts_orders(opened, client):
    async with opened(client, "Y", "3") as pilot:
        assert pilot.app.current_mode == "orders"
        assert line(pilot).value == "account:home"
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.current_mode == "history"


async def test_keys_change_the_length_of_the_period_and_move_it(opened, client):
    async with opened(client, "E") as pilot:
        for keys, value in (
            ((".",), "date:2026-Q4"),
            ((".",), "date:2026-11"),
            (("{",), "date:2026-10"),
            (("{", "{"), "date:2026-08"),
            (("T",), "date:2026-11"),
            (("}",), "date:2026-12"),
            ((".",), "date:all"),
            ((".",), ""),
            (("{",), "date:2025"),
        ):
            await pilot.press(*({".": "full_stop", "{": "left_curly_bracket", "}": "right_curly_bracket"}.get(key, key) for key in keys))
            assert line(pilot).value == value


async def test_words_are_completed_while_they_are_typed(opened, client):
    async with opened(client, "O", "slash", *"acc") as pilot:
        assert await shows(pilot, "account:")
        await pilot.press("tab")
        assert line(pilot).value == "account:"
        assert "account:per   account:biz   account:home" in text_of(pilot.app)
        await pilot.press("b", "tab")
        await settle(pilot)
        assert line(pilot).value == "account:biz "
        assert "40 orders found" in text_of(pilot.app)


async def test_a_mistyped_word_is_named_with_its_place_and_the_nearest_one(opened, client):
    async with opened(client, "O", "slash", *"toner is:refundet") as pilot:
        await settle(pilot)
        assert "'refundet' is not a state (at character 7). Did you mean refunded" in text_of(pilot.app)
        assert not [call for call in client.calls if call[:2] == ("orders", "toner is:refundet")]


async def test_a_filter_is_saved_by_name_and_chosen_again_on_another_list(opened, client):
    async with opened(client, "O", "2", "ctrl+s", *"mine", "enter") as pilot:
        await settle(pilot)
        assert "write @mine in any filter" in said(pilot.app)
        assert pilot.app.store.settings.filters == {"mine": "account:biz"}
        await pilot.press("W", "at", "enter")
        await settle(pilot)
        assert line(pilot).value == "@mine"


@pytest.mark.parametrize("place", ["O", "E", "B", "W"])
async def test_keys_typed_ahead_go_to_screens_and_never_into_the_filter(opened, client, place):
    async with opened(client, "R") as pilot:
        await pilot.press(place, "A", "H")
        await settle(pilot)
        assert pilot.app.current_mode == "overview"
        await pilot.press(place)
        await settle(pilot)
        assert line(pilot).value == ""
        await pilot.press("slash", *"to")
        assert line(pilot).value == "to"


async def test_escape_restores_the_filter_from_before_a_visit(opened, client):
    async with opened(client, "O", "slash", *"rice", "enter", "E", "right", "enter", "enter") as pilot:
        await settle(pilot)
        assert pilot.app.current_mode in {"books", "orders"}
        while pilot.app.current_mode != "expenses":
            await pilot.press("escape")
            await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        assert line(pilot).value == "rice"


async def test_a_screen_is_not_loaded_until_the_typed_filter_is_answered(opened, client, monkeypatch):
    answered, ask = asyncio.Event(), client.orders

    async def slow(*given, **named):
        await answered.wait()
        return await ask(*given, **named)

    async with opened(client, "O") as pilot:
        screen = pilot.app.screen
        assert screen.loaded.is_set()
        monkeypatch.setattr(client, "orders", slow)
        screen.line.text = "toner"
        await pilot.pause(0.1)
        assert not screen.loaded.is_set()
        answered.set()
        await settle(pilot)
        assert screen.loaded.is_set()
