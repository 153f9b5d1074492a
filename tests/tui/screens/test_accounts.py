from dataclasses import replace
from datetime import date

import pytest
from textual.widgets import Input

from assistant.domain.accounts.account import AccountChange
from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.errors import BrowserAway
from assistant.domain.events import EventKind
from assistant.domain.money import Money
from tests.tui.household import BROWSER
from tests.tui.looking import said, settle, shows, text_of, written
from tests.tui.memory_client import MemoryClient
from tui.formatting import Pen
from tui.widgets.account_facts import month_lines


async def test_accounts_logins_and_browsers_are_listed(opened, client):
    async with opened(client, "A") as pilot:
        shown = text_of(pilot.app)
    assert "Ortiz Design" in shown
    assert "Kim · amazon.de · …ED02" in shown
    assert "Chromium on this laptop" in shown


async def test_an_account_is_registered_with_a_name_and_a_purpose(opened, client):
    async with opened(client, "A", "a", *"Parents", "tab", *"fam", "enter") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        assert "Parents" in text_of(pilot.app)
        assert pilot.app.screen.query_one("#account-list").chosen == "parents"
    assert ("add_account", "Parents", "family") in client.calls


async def test_a_taken_name_is_refused_in_the_form_and_nothing_typed_is_lost(opened, client):
    async with opened(client, "A", "a", *"Personal", "enter") as pilot:
        await settle(pilot)
        assert written(pilot.app, "#form-says") == "There is already an account 'Personal'. Choose another name."
        assert pilot.app.screen.query_one("#field-label").value == "Personal"


async def test_a_form_without_a_name_is_not_sent(opened, client):
    async with opened(client, "A", "a", "enter") as pilot:
        await settle(pilot)
        assert "Name is missing." in written(pilot.app, "#form-says")
    assert not [call for call in client.calls if call[0] == "add_account"]


async def test_editing_sends_only_what_changed(opened, client):
    async with opened(client, "A", "e", *"!", "enter") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        assert "Personal!" in text_of(pilot.app)
    sent = next(call for call in client.calls if call[0] == "edit_account")
    assert "label='Personal!'" in sent[2]
    assert "purpose=None" in sent[2]


async def test_the_form_shows_how_pasted_addresses_and_cards_are_understood(opened, client):
    async with opened(client, "A", "e") as pilot:
        for name, text in (("addresses", "home/97205; 80 Mill Lane, Portland, OR 97209"), ("cards", "Visa ending in 4821")):
            line = pilot.app.screen.query_one(f"#field-{name}", Input)
            line.focus()
            await pilot.pause()
            line.value = text
            await pilot.pause()
        assert written(pilot.app, "#understood-addresses").splitlines() == [
            "Understood: home: postcode 97205; the first order there, or your answer, shows which house",
            "Understood: street 80 Mill Lane, postcode 97209, city Portland",
        ]
        assert written(pilot.app, "#understood-cards") == "Understood: visa/4821"
        assert pilot.app.screen.query_one("#understood-addresses").size.height >= 2


async def test_letters_that_begin_no_colour_change_nothing_and_the_colours_are_named(opened, client):
    async with opened(client, "A", "e", "tab", "tab", "tab", *"x") as pilot:
        await settle(pilot)
        assert "No choice begins with 'x'. There are: blue, orange" in written(pilot.app, "#form-says")
        assert pilot.app.screen.query_one("#field-colour").word == "blue"


async def test_o_opens_the_window_of_the_account_under_the_cursor(opened, client):
    async with opened(client, "A", "down", "o") as pilot:
        await settle(pilot)
        assert "The window of Ortiz Design is open in Chromium." in said(pilot.app)
        client.fail_with = BrowserAway("There is no screen to open a window on. Run this in a desktop session.")
        await pilot.press("o")
        await settle(pilot)
        assert "There is no screen" in said(pilot.app)
    assert ("open_window", "biz") in client.calls


async def test_a_login_is_linked_to_the_account_under_the_cursor(opened, client):
    async with opened(client, "A", "y", "enter") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert ("link", "per", "A2INVENTED02") in client.calls
    assert "Kim · amazon.de" not in shown


async def test_a_login_can_be_given_to_a_new_account(opened, client):
    async with opened(client, "A", "tab", "y", *"new acc", "enter", "enter") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
    assert ("add_account", "Kim", "personal") in client.calls
    assert ("link", "kim", "A2INVENTED02") in client.calls


async def test_without_waiting_logins_the_screen_says_how_one_appears(opened, client):
    client.seen = []
    async with opened(client, "A", "y") as pilot:
        assert "There is no unlinked login." in said(pilot.app)


async def test_pairing_shows_the_code_the_time_left_and_the_steps(opened, client):
    async with opened(client, "p") as pilot:
        shown = text_of(pilot.app)
    assert "Code: 4821-7730" in shown
    assert "2:00 left" in shown
    assert "Type the code." in shown
    assert "Shopper is at 127.0.0.1, port 8377." in shown


async def test_pairing_names_the_port_that_has_to_be_typed_if_it_is_another_one(opened, client):
    client.port = 9001
    async with opened(client, "p", size=(80, 24)) as pilot:
        assert await shows(pilot, "press 'Server")
        assert await shows(pilot, "and type 9001.")
        assert await shows(pilot, "It cannot read your books.")


async def test_pairing_reports_that_the_browser_is_paired(opened, client):
    async with opened(client, "p") as pilot:
        client.browsers.append(replace(BROWSER, id="c2", name="Firefox at the office"))
        client.happen(EventKind.CLIENT_PAIRED, client="c2")
        await pilot.pause(0.3)
        await settle(pilot)
        assert "Firefox at the office is paired." in text_of(pilot.app)


async def test_a_browser_is_unpaired_only_after_confirmation(opened, client):
    async with opened(client, "A", "d", "n") as pilot:
        await settle(pilot)
        assert len(client.browsers) == 1
        await pilot.press("d", "y")
        await pilot.pause(0.3)
        await settle(pilot)
        assert client.browsers == []
        assert "No browser is paired. Press p to pair one." in text_of(pilot.app)


async def test_an_empty_register_names_the_next_key(opened):
    async with opened(MemoryClient(empty=True), "A", size=(240, 34)) as pilot:
        assert "No accounts yet. Press a to name your first Amazon account." in text_of(pilot.app)


async def test_two_accounts_are_compared_and_missing_details_can_be_entered(opened, client):
    async with opened(client, "A", "v") as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        shown = text_of(pilot.app)
        assert "They may be linked, as far as known." in shown
        assert "Both belong to one owner." in shown
        first, second = next(call for call in client.calls if call[0] == "compare")[1:3]
        assert f"How many warnings from Amazon are open on {first}" in shown
        await pilot.press("right", "enter")
        await settle(pilot)
        await pilot.press("0", "down", *"none", "enter")
        await settle(pilot)
        assert "'none' is not a number of open warnings." in text_of(pilot.app)
        await pilot.press(*(["backspace"] * 4), "0", "enter")
        await settle(pilot)
        assert "How many warnings" not in text_of(pilot.app)
    assert ("compare", first, second, str({first: 0, second: 0})) in client.calls


async def test_a_closure_is_entered_with_its_date_and_amazons_words(opened, client):
    async with opened(client, "A", "e") as pilot:
        for name, value in (("status", "closed_by_amazon"), ("closed_at", "2026-03-02"), ("notice", "No other account.")):
            editor = pilot.app.screen.query_one(f"#field-{name}")
            editor.value = value
        await pilot.press("enter")
        await settle(pilot)
    change = AccountChange(status="closed_by_amazon", closed_at="2026-03-02", notice="No other account.")
    assert ("edit_account", client.registered[0].key, str(change)) in client.calls


async def test_a_closed_account_shows_when_and_what_amazon_wrote(opened, client):
    closed = {"status": "closed_by_amazon", "closed_at": date(2026, 3, 2), "notice": "No other account."}
    client.registered[0] = replace(client.registered[0], **closed)
    async with opened(client, "A") as pilot:
        facts = written(pilot.app, "#account-facts")
    assert "closed by amazon" in facts
    assert "Mon 2 Mar" in facts
    assert "No other account." in facts


async def test_enter_accepts_the_suggested_purpose(opened, client):
    async with opened(client, "A", "a") as pilot:
        await pilot.press(*"Studio", "down", *"bus", "enter")
        await settle(pilot)
    assert ("add_account", "Studio", "business") in client.calls


async def test_the_account_under_the_cursor_shows_its_months_and_figures_and_only_it_is_asked_about(opened, client):
    async with opened(client, "A", size=(160, 50)) as pilot:
        assert await shows(pilot, "Month by month")
        first = text_of(pilot.app)
        client.calls.clear()
        await pilot.press("down")
        await settle(pilot)
        second = text_of(pilot.app)
        about = [call for call in client.calls if call[0] in ("orders", "deliveries", "expenses")]
        await pilot.press("up", "down")
        await settle(pilot)
        again = [call for call in client.calls if call[0] in ("orders", "deliveries", "expenses")]
    assert "Nov 2026" in first
    assert "Cancelled" in first
    assert "Month by month" in second
    assert len(about) == 5
    assert all("account:biz" in call[1] for call in about)
    assert again == about


def test_months_are_summed_per_currency_newest_first_with_refunds_and_gaps():
    def row(month, currency, spent, back=0, **more):
        return ExpenseRow(
            account="biz", month=month, currency=currency, orders=1, spent=Money(spent, currency), refunded=Money(back, currency), **more
        )

    rows = [
        row("2026-10", "USD", 1000, purpose="business"),
        row("2026-10", "USD", 500, 200, purpose="personal"),
        row("2026-10", "EUR", 300, purpose="business"),
        row("2026-11", "USD", 700, purpose="business", gaps=("no export",)),
    ]
    lines = [line.plain.split() for line in month_lines(rows, Pen(today=date(2026, 11, 25)))]
    assert lines == [
        ["Nov", "2026", "1", "order", "$7.00", "…"],
        ["Oct", "2026", "2", "orders", "$15.00", "−$2.00", "refund"],
        ["Oct", "2026", "1", "order", "€3.00"],
    ]


@pytest.mark.parametrize(("keys", "pane"), [(("A", "down"), "#account-detail"), (("O", "down", "enter"), "OrderDetail")])
async def test_space_reads_on_beside_the_list_and_backspace_reads_back_while_the_cursor_stays(opened, client, keys, pane):
    async with opened(client, *keys, size=(80, 24)) as pilot:
        await settle(pilot)
        detail, listing = pilot.app.screen.query_one(pane), pilot.app.screen.focused
        await pilot.press("space")
        await settle(pilot)
        assert detail.scroll_y > 0
        assert pilot.app.screen.focused is listing
        await pilot.press("backspace")
        await settle(pilot)
        assert detail.scroll_y == 0
