"""What needs the user, one after the other."""

from dataclasses import replace
from datetime import date

from assistant.domain.books.entries import QuestionCode
from tests.tui.household import ALERTS
from tests.tui.looking import settle, shows, text_of
from tests.tui.memory_client import MemoryClient


async def test_what_needs_the_user_is_settled_one_after_the_other_with_one_key_each(opened, client):
    client.seen, client.arrived = [], []
    first = client.views[1]
    asked = replace(
        client.open_questions[0],
        code=QuestionCode.UNKNOWN_PURPOSE,
        number=first.order.number,
        account=first.account,
        title=first.order.items[0].title,
        asin=None,
        text="The purpose 'bizness' does not exist.",
        on=date(2026, 11, 20),
    )
    client.open_questions = [asked]
    async with opened(client, "n") as pilot:
        assert await shows(pilot, "Warning, 1 of 3")
        await pilot.press("d")
        assert await shows(pilot, "Warning, 1 of 2")
        await pilot.press("n")
        assert await shows(pilot, "'bizness' does not exist")
        await pilot.press("1")
        assert await shows(pilot, "2 settled, 1 left for later")
        await pilot.press("b", "o")
        await settle(pilot)
        assert pilot.app.current_mode == "warnings"
    assert ("dismiss", str(ALERTS[0].id)) in client.calls
    assert ("set_item", first.account, first.order.number, "0", "None", "business", "None", "False") in client.calls


async def test_the_inbox_counts_what_is_new_and_what_needs_the_user(opened, client):
    async with opened(client, size=(140, 40)) as pilot:
        assert "Inbox: 118 new, 4 need you, press n" in text_of(pilot.app)


async def test_with_nothing_to_do_the_dialog_says_so(opened):
    async with opened(MemoryClient(empty=True), "n") as pilot:
        assert await shows(pilot, "Nothing needs you.")
