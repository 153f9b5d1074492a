import asyncio
from dataclasses import replace
from datetime import date

import pytest
from textual.css.query import NoMatches

from assistant.domain.errors import Conflict, LedgerBusy
from assistant.domain.judging.verdict import Link
from assistant.domain.judging.warnings import AlertCounts, LookBack, Misplaced
from tests.tui.household import ALERTS
from tests.tui.looking import said, settle, text_of, written
from tests.tui.memory_client import MemoryClient
from tui.dialogs.retrospective import RetrospectiveDialog

COUNTS = AlertCounts(code="DUP_SIMILAR", raised=6, heeded=0, overridden=6, put_off=0, dismissed=0, ordered=4, afterwards=0, soften=True)


async def test_a_warning_shows_its_reason_evidence_and_next_step(opened, client):
    async with opened(client, "W") as pilot:
        shown = text_of(pilot.app)
    assert "Switch account, or order anyway." in shown
    assert "Toner cartridge, black: 4 orders on Ortiz Design" in shown
    assert "your orders" in shown


async def test_d_dismisses_a_warning(opened, client):
    async with opened(client, "W", "d") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert ("dismiss", str(ALERTS[0].id)) in client.calls
    assert "Toner usually goes" not in shown
    assert "⚠ 1" in shown


async def test_tab_stays_in_the_list_so_that_its_keys_are_not_lost_in_the_filter(opened, client):
    async with opened(client, "W", "tab", "d", "tab", "z") as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == ""
        assert pilot.app.screen.query_one("#alert-list").has_focus
    assert ("dismiss", str(ALERTS[0].id)) in client.calls


async def test_old_warnings_can_be_shown_again(opened, client):
    async with opened(client, "W", "d", "z", "up") as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        shown = text_of(pilot.app)
    assert "All warnings" in shown
    assert "Toner usually goes" in shown
    assert "You dismissed this warning." in shown


async def test_a_screen_without_warnings_says_that_there_are_none(opened, client):
    client.open_alerts = []
    async with opened(client, "W") as pilot:
        assert "No open warnings." in text_of(pilot.app)


async def test_without_a_browser_the_screen_says_how_to_pair_one(opened):
    async with opened(MemoryClient(empty=True), "W") as pilot:
        assert "Press p to pair one." in text_of(pilot.app)


async def test_a_failed_dismissal_is_reported_with_the_next_key(opened, client):
    async with opened(client, "W") as pilot:
        client.fail_with = Conflict("This warning was dismissed already.")
        await pilot.press("d")
        await settle(pilot)
        told = said(pilot.app)
    assert "This warning was dismissed already." in told
    assert "Press r to see the current state." in told


async def test_a_mostly_overridden_rule_can_be_softened(opened, client):
    client.alert_stats = [COUNTS]
    async with opened(client, "W") as pilot:
        assert (
            written(pilot.app, "#alert-proposal") == "You mostly ignore 'an item similar to one just bought'. Press e to make it quieter."
        )
        assert "You mostly ignore" in text_of(pilot.app)
        await pilot.press("e")
        await pilot.pause(0.3)
        await settle(pilot)
        shown, told = text_of(pilot.app), said(pilot.app)
    assert client.rule_list[-1].body == {"type": "soften", "code": ["DUP_SIMILAR"]}
    assert "Press e to make it quieter" not in shown
    assert "To undo it press u." in told


async def test_amazons_own_page_and_the_purchase_are_shown_with_a_warning(opened, client):
    url = "https://www.amazon.com/your-orders/order-details?orderID=112-1-1"
    link = Link("order", "Open the order", url)
    client.open_alerts = [replace(ALERTS[0], links=(link,), order="112-1-1", afterwards=True)]
    async with opened(client, "W") as pilot:
        shown = written(pilot.app, "#alert-facts")
        facts = pilot.app.screen.query_one("#alert-facts").content
    assert "Open the order (www.amazon.com)" in shown
    assert "112-1-1, found afterwards" in shown
    assert next(span.style.link for span in facts.spans if getattr(span.style, "link", None)) == url


async def test_why_is_on_a_small_screen_whatever_address_helps(opened, client):
    link = Link("switch", "Switch account", f"https://www.amazon.com/ap/signin?openid.return_to={'https%3A%2F%2Fwww.amazon.com%2F' * 12}")
    client.open_alerts = [replace(alert, links=(link, link)) for alert in ALERTS]
    async with opened(client, "W", size=(80, 24)) as pilot:
        assert "Toner cartridge, black" in text_of(pilot.app).partition("Why")[2]


@pytest.mark.parametrize("key", ["enter", "o"])
async def test_a_key_shows_the_order_of_a_warning(opened, client, key):
    first, second = (client.views[place].order.number for place in (40, 41))
    client.open_alerts = [replace(alert, order=number) for alert, number in zip(ALERTS, (first, second), strict=False)]
    async with opened(client, "W", "down", key) as pilot:
        await pilot.pause(0.3)
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == second


async def test_enter_explains_a_warning_without_an_order(opened, client):
    client.open_alerts = [replace(alert, order=None) for alert in ALERTS]
    async with opened(client, "W", "enter") as pilot:
        await settle(pilot)
        assert "Is it bought twice?" in text_of(pilot.app)


async def test_looking_back_lists_earlier_purchases_and_opens_the_order(opened, client):
    number = client.views[40].order.number
    text = "'Toner' went to Personal; toner usually goes to Ortiz Design."
    client.past = [Misplaced(account="per", number=number, placed_on=date(2026, 5, 4), code="X", text=text, suggest="Ortiz Design")]
    async with opened(client, "W", "b") as pilot:
        shown = text_of(pilot.app)
        assert "Mon 4 May" in shown
        assert "better on Ortiz Design" in shown
        await pilot.press("enter")
        await pilot.pause(0.3)
        await settle(pilot)
        assert pilot.app.screen.query_one("#filter").value == number


@pytest.mark.parametrize("ending", ["found", "refused"])
async def test_looking_back_can_be_left_before_it_has_ended(opened, client, monkeypatch, ending):
    asked, done, failures = asyncio.Event(), asyncio.Event(), []
    show_found = RetrospectiveDialog.show_found

    async def look_back():
        asked.set()
        await done.wait()
        if ending == "refused":
            raise LedgerBusy("Another program writes.")
        return LookBack(checked=300)

    def noted(dialog, looked):
        try:
            show_found(dialog, looked)
        except NoMatches as error:
            failures.append(error)

    client.look_back = look_back
    monkeypatch.setattr(RetrospectiveDialog, "show_found", noted)
    async with opened(client, "W") as pilot:
        await pilot.press("b")
        await asked.wait()
        await pilot.press("escape")
        done.set()
        await settle(pilot)
        assert ("Another program writes." in said(pilot.app)) is (ending == "refused")
    assert failures == []


async def test_looking_back_without_findings_says_so(opened, client):
    async with opened(client, "W", "b") as pilot:
        assert "300 earlier purchases were checked" in text_of(pilot.app)
        assert "none looks misplaced" in text_of(pilot.app)
        assert said(pilot.app) == ""


async def test_a_key_that_is_held_down_but_not_possible_is_refused_once(opened, client):
    client.alert_stats = []
    async with opened(client, "W") as pilot:
        await pilot.press(*"eeeee")
        await pilot.pause(0.3)
        assert said(pilot.app).count("'Make quieter' is not possible here now.") == 1
