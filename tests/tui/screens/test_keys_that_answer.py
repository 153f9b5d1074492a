"""Every key of a screen does something or says why it cannot: a silent key makes people type on into other keys."""

from textual.binding import Binding

from tests.tui.looking import said, settle, text_of
from tests.tui.memory_client import MemoryClient
from tui.keymap import PLACES


def keys_of(screen) -> list[Binding]:
    """Return the keys that only this screen has."""
    found = [binding for parent in type(screen).__mro__ for binding in vars(parent).get("BINDINGS", ())]
    return [binding for binding in found if (binding.id or "").startswith(f"{screen.PLACE}.")]


async def test_every_key_of_every_screen_of_an_empty_household_acts_or_says_something(opened):
    client = MemoryClient(empty=True)
    async with opened(client) as pilot:
        for place in PLACES:
            await pilot.press(place.key)
            await settle(pilot)
            for binding in keys_of(pilot.app.screen):
                before, calls = text_of(pilot.app), len(client.calls)
                pilot.app.heard.clear()
                await pilot.press(binding.key.split(",")[0])
                await settle(pilot)
                acted = len(pilot.app.screen_stack) > 1 or pilot.app.current_mode != place.name or text_of(pilot.app) != before
                assert acted or said(pilot.app) or len(client.calls) > calls, f"{place.name}: {binding.key} ({binding.description})"
                assert len(pilot.app.screen_stack) == 1 or f"'{binding.description}' is not possible here" not in said(pilot.app), (
                    binding.id
                )
                while len(pilot.app.screen_stack) > 1:
                    await pilot.press("escape")
                if pilot.app.current_mode != place.name:
                    await pilot.press(place.key)


def counted(order_list, items: int) -> int:
    """Return the place of an order with so many items."""
    return next(place for place in range(order_list.total) if order_list._pages.row(place).items == items)


async def test_a_letter_on_an_order_of_the_list_asks_at_once_and_what_is_typed_next_goes_into_the_question(opened, client):
    async with opened(client, "O") as pilot:
        orders = pilot.app.screen.query_one("#order-list")
        for key, word, items, answers in (("c", "electronics", 1, ()), ("f", "household", 2, ("down", "enter"))):
            orders.cursor = counted(orders, items)
            row = orders.row
            await pilot.press(key, *(() if answers else word))
            await settle(pilot)
            await pilot.press(*answers, *(word if answers else ()), "enter")
            await settle(pilot)
            asked = [call for call in client.calls if call[0] == "set_item"][-1]
            assert asked[1:4] == (row.account, row.number, str(items - 1))
            assert word in asked
            await pilot.press("escape")
            await settle(pilot)


async def test_an_order_of_the_list_that_is_split_or_corrected_is_opened_first(opened, client):
    async with opened(client, "O") as pilot:
        orders = pilot.app.screen.query_one("#order-list")
        for key in ("s", "e"):
            orders.cursor = counted(orders, 1)
            await pilot.press(key)
            await settle(pilot)
            assert len(pilot.app.screen_stack) == 2
            await pilot.press("escape", "escape")
            orders.cursor = counted(orders, 2)
            await pilot.press(key)
            await settle(pilot)
            assert "This order has 2 items. Choose one" in said(pilot.app)
            await pilot.press("escape")
            await settle(pilot)


async def test_confirming_an_order_that_does_not_wait_says_which_ones_do_and_unpairing_says_what_is_missing(opened, client):
    client.browsers = []
    async with opened(client, "O", "y") as pilot:
        assert "only one in quarantine has to be confirmed" in said(pilot.app)
        await pilot.press("A", "d")
        await settle(pilot)
        assert "No browser is paired. Press p to pair one." in said(pilot.app)
