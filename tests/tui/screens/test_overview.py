from dataclasses import replace
from datetime import date

from assistant.domain.errors import NotFound
from assistant.domain.events import EventKind
from assistant.domain.money import Money
from assistant.domain.orders.order import OrderStatus
from tests.tui.household import NOON
from tests.tui.looking import said, settle, text_of
from tests.tui.memory_client import MemoryClient
from tui.formatting import plain
from tui.importing import progress
from tui.keymap import PLACES


async def test_the_overview_shows_every_account_with_month_year_and_open_warnings(opened, client):
    async with opened(client) as pilot:
        shown = text_of(pilot.app)
    assert "● PER" in shown
    assert "Ortiz Design" in shown
    assert "$1,627.28 this year" in shown
    assert "of $1,500.00" in shown  # the user's budget
    assert "Toner usually goes to Ortiz Design" in shown
    assert "Kim is signed in on amazon.de but not registered" in shown
    assert "statement.pdf could not be read" in shown
    assert "server ok · 1 browser paired" in shown


async def test_amounts_of_different_currencies_are_never_added(opened, client):
    async with opened(client) as pilot:
        shown = text_of(pilot.app)
    assert "€1,613.79 this year" in shown
    assert "$4,548" not in shown  # 1,627.28 + 1,307.97 + 1,613.79


async def test_bars_of_one_currency_have_one_scale_with_and_without_a_budget(opened, client):
    async with opened(client) as pilot:
        lines = text_of(pilot.app).splitlines()
    drawn = {
        name: sum(line.count(block) for block in "█▉▊▋▌▍▎▏")
        for name in ("Personal", "Ortiz Design")
        for line in lines
        if f"{name}  " in line
    }
    assert drawn["Personal"] == drawn["Ortiz Design"] > 0


async def test_an_empty_overview_names_the_next_keys(opened):
    async with opened(MemoryClient(empty=True), size=(200, 34)) as pilot:
        shown = text_of(pilot.app)
    assert "Press A, then a" in shown
    assert "No orders yet. Press i to import Amazon's export, or p to pair a browser." in shown


async def test_a_warning_raised_in_the_browser_appears_without_a_key_press(opened, client):
    async with opened(client, size=(160, 34)) as pilot:
        client.open_alerts.insert(0, replace(client.open_alerts[0], id=3, text="The gift card would go to the wrong account."))
        client.happen(EventKind.ALERT_CHANGED, alert=3)
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "The gift card would go to the wrong account." in shown
    assert "⚠ 3" in shown


async def test_enter_on_a_warning_opens_it_on_its_own_screen(opened, client):
    async with opened(client, "down", "enter") as pilot:
        assert pilot.app.current_mode == "warnings"
        assert "Look at November before you order." in text_of(pilot.app)


async def test_a_click_on_an_account_shows_its_orders(opened, client):
    async with opened(client) as pilot:
        await pilot.click("AccountsStrip", offset=(30, 0))
        await settle(pilot)
        assert pilot.app.current_mode == "orders"
        shown = text_of(pilot.app)
    assert "account:biz" in shown
    assert "40 orders found" in shown


async def test_a_click_on_a_screen_name_opens_that_screen(opened, client):
    async with opened(client) as pilot:
        await pilot.click("Navigation", offset=(19, 0))
        await settle(pilot)
        assert pilot.app.current_mode == "expenses"


async def test_amounts_can_be_hidden_and_shown_again(opened, client):
    async with opened(client, "dollar_sign") as pilot:
        await pilot.pause(0.05)
        await settle(pilot)
        hidden = text_of(pilot.app)
        await pilot.press("dollar_sign")
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "$•••" in hidden
    assert "1,627.28" not in hidden
    assert "1,627.28" in shown


async def test_an_account_not_seen_for_a_week_says_for_how_long(opened, client):
    async with opened(client) as pilot:
        assert "◌ 12 d" in text_of(pilot.app)


async def test_a_small_terminal_still_shows_accounts_and_inbox(opened, client):
    async with opened(client, size=(60, 20)) as pilot:
        shown = text_of(pilot.app)
    assert "PER" in shown
    assert "Toner usually goes" in shown


async def test_many_accounts_are_cut_with_an_ellipsis_instead_of_wrapping(opened, client):
    client.registered += [replace(client.registered[0], key=f"x{number}", letters=f"X{number}", last_seen=NOON) for number in range(20)]
    async with opened(client, size=(80, 24)) as pilot:
        first = text_of(pilot.app).splitlines()[0]
    assert "…" in first
    assert "Nov 2026" in first


async def test_one_order_number_under_two_accounts_is_shown_twice_and_leads_to_each(opened, client):
    first = client.views[0]
    client.views.insert(0, replace(first, account="biz"))
    async with opened(client) as pilot:
        assert "unexpected" not in said(pilot.app)
        options = pilot.app.screen.query_one("#shipping").options
        assert {option.id for option in options} >= {f"order:{account}:{first.order.number}" for account in ("per", "biz")}


async def test_a_panel_that_fails_does_not_empty_the_others(opened, client):
    async def broken():
        raise NotFound("There are no rules.")

    client.rules = broken
    async with opened(client) as pilot:
        shown = text_of(pilot.app)
        assert "There are no rules." in said(pilot.app)
    assert "Toner usually goes to Ortiz Design" in shown
    assert "Twelve months, USD" in shown


async def test_old_orders_are_never_shown_as_on_the_way(opened, client):
    old = client.views[3]
    client.views[3] = replace(old, order=replace(old.order, status=OrderStatus.SHIPPING, placed_on=date(2025, 5, 1)))
    async with opened(client) as pilot:
        assert f"order:{old.account}:{old.order.number}" not in {option.id for option in pilot.app.screen.query_one("#shipping").options}


async def test_every_screen_can_be_reached_on_a_narrow_terminal(opened, client):
    async with opened(client, "M", size=(80, 24)) as pilot:
        lines = text_of(pilot.app).splitlines()[1:3]
    assert all(place.shown_key in " ".join(lines) for place in PLACES if place.part_of in ("", "rules"))
    assert "Rules" in lines[0]
    assert "Terms" in lines[1]


async def test_a_refund_of_the_month_does_not_move_what_is_beside_it(opened, client):
    refund = replace(client._overview(client.registered[0]), month=(Money(-12_345_67, "USD"),))
    usual = [client._overview(account) for account in client.registered[1:]]

    async def overview():
        return [refund, *usual]

    client.overview = overview
    async with opened(client, size=(120, 34)) as pilot:
        lines = [line for line in text_of(pilot.app).splitlines() if "this year" in line]
    assert "−$12,345.67 refund" in lines[0]
    assert len({line.index("this year") for line in lines[:2]}) == 1


def test_the_bar_of_an_import_keeps_its_length():
    shown = [plain(progress(share, 0, 1, "orders.zip", 0)) for share in (0.0, 0.5, 1.0)]
    assert {text.index("▏ ") - text.index("▕") for text in shown} == {1 + 12}


async def test_a_small_terminal_shows_the_inbox_and_what_is_on_its_way(opened, client):
    async with opened(client, size=(80, 24)) as pilot:
        shown = text_of(pilot.app)
    assert "117 new orders" in shown
    assert "Thermos bottle" in shown


async def test_in_a_very_low_terminal_the_inbox_comes_first(opened, client):
    async with opened(client, size=(80, 16)) as pilot:
        shown = text_of(pilot.app)
    assert "Toner usually goes to Ortiz Design" in shown
    assert "On the way" not in shown
