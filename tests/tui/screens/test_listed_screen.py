"""The filter line of lists that are not orders."""

import pytest

from tests.tui.looking import settle, shows, text_of


@pytest.mark.parametrize(
    ("key", "text", "rows"),
    [
        ("I", "account:biz", ("order-details.html", "statement.pdf")),
        ("I", 'account:"Ortiz Design"', ("order-details.html", "Your Orders.zip")),
        ("I", '-account:"Ortiz Design"', ("Your Orders.zip", "order-details.html")),
        ("I", "nothing or account:personal", ("Your Orders.zip", "order-details.html")),
        ("Y", "person:Kim", ("Changed the account Household", "Imported 'Your Orders.zip'")),
        ("R", "toner", ("ink", "a month for Ortiz Design")),
        ("Q", ">50", ("$102.84", "€17.17")),
        ("C", "settled", ("Printer paper", "Toner cartridge")),
        ("S", "TIED0001", ("TIED0001", "UNKNOWN01")),
    ],
)
async def test_a_list_is_filtered_while_typing_and_x_brings_all_back(opened, client, key, text, rows):
    kept, gone = rows
    async with opened(client, key, size=(150, 34)) as pilot:
        assert gone in text_of(pilot.app)
        pilot.app.screen.line.text = text
        await settle(pilot)
        shown = text_of(pilot.app)
        assert kept in shown
        assert gone not in shown
        assert " of " in shown
        await pilot.press("x")
        await settle(pilot)
        assert gone in text_of(pilot.app)


async def test_a_filter_that_a_list_does_not_know_is_explained_and_unknown_accounts_too(opened, client):
    async with opened(client, "Y", size=(150, 34)) as pilot:
        pilot.app.screen.line.text = "cat:office"
        await settle(pilot)
        assert "The history cannot be filtered by 'cat:'. Use words, or person:, date:." in text_of(pilot.app)
        await pilot.press("C")
        await settle(pilot)
        pilot.app.screen.line.text = "account:bizz"
        await settle(pilot)
        assert "There is no account 'bizz'. Did you mean biz?" in text_of(pilot.app)


@pytest.mark.parametrize("text", ["-account:bizz", "account:per or account:bizz"])
async def test_an_unknown_account_is_explained_in_every_part_of_a_filter(opened, client, text):
    async with opened(client, "C", size=(150, 34)) as pilot:
        pilot.app.screen.line.text = text
        assert await shows(pilot, "There is no account 'bizz'. Did you mean biz?")
