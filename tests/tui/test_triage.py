"""What needs the user, one after the other."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.domain.books.entries import QuestionCode
from assistant.domain.books.ledger_entry import EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.domain.documents import Held
from tests.tui.books import ENTRIES, QUESTIONS
from tests.tui.household import ALERTS
from tests.tui.looking import app_over, settle, shows, text_of
from tests.tui.memory_client import MemoryClient
from tui.dialogs.triage import TriageDialog
from tui.messages import GoTo, OrdersChanged
from tui.triage import Task, TaskKey, read_tasks


def asked(view, text, **fields):
    """Return a question about what the first item of an order is for."""
    title = view.order.items[0].title if view.order.items else None
    known = {"number": view.order.number, "account": view.account, "title": title, "asin": None, "on": date(2026, 11, 20)}
    return replace(QUESTIONS[0], code=QuestionCode.UNKNOWN_PURPOSE, text=text, **(known | fields))


def with_order(client, place, **changes):
    """Change an order of the household and return it as it is now."""
    view = client.views[place]
    order = replace(view.order, **changes)
    client.views[place] = replace(view, order=order, purposes=("business",) * len(order.items), categories=(None,) * len(order.items))
    return client.views[place]


async def test_what_needs_the_user_is_settled_one_after_the_other_with_one_key_each(opened, client):
    client.seen, client.arrived = [], []
    first = client.views[4]
    client.open_questions = [asked(first, "The purpose 'bizness' does not exist.")]
    async with opened(client, "n") as pilot:
        assert await shows(pilot, "Warning, 1 of 3")
        await pilot.press("d")
        assert await shows(pilot, "Warning, 1 of 2")
        await pilot.press("n")
        assert await shows(pilot, "'bizness' does not exist")
        await pilot.press("1")
        assert await shows(pilot, "2 settled, 1 left for later")
        await pilot.press("backspace", "o")
        await settle(pilot)
        assert pilot.app.current_mode == "warnings"
    assert ("dismiss", str(ALERTS[0].id)) in client.calls
    assert ("set_item", first.account, first.order.number, "0", "None", "business", "None", "False") in client.calls


async def test_the_inbox_counts_what_is_new_and_what_needs_the_user(opened, client):
    async with opened(client, size=(140, 40)) as pilot:
        assert "Inbox: 118 new, 6 need you, press n" in text_of(pilot.app)


async def test_with_nothing_to_do_the_dialog_says_so(opened):
    async with opened(MemoryClient(empty=True), "n") as pilot:
        assert await shows(pilot, "Nothing needs you.")


async def test_the_inbox_counts_as_many_tasks_as_the_dialog_shows(opened, client):
    failed, held = client.arrived[0], Held(account="biz", number="112-0000001-0000007", reasons=())
    client.arrived = [replace(failed, id=30 + number) for number in range(12)] + [replace(client.arrived[1], held=(held, held))]
    async with opened(client, size=(140, 40)) as pilot:
        assert await shows(pilot, "7 need you, press n")
        await pilot.press("n")
        assert await shows(pilot, "Warning, 1 of 7")


async def test_documents_that_could_not_be_read_are_one_task_and_put_away_with_one_key(opened, client):
    client.open_alerts, client.seen = [], []
    failed = client.arrived[0]
    client.arrived = [replace(failed, id=30 + number, name=f"{number}.png") for number in range(2)]
    async with opened(client, "n") as pilot:
        assert await shows(pilot, "2 documents could not be read.")
        assert await shows(pilot, "0.png, 1.png")
        await pilot.press("d")
        assert await shows(pilot, "Put away. To reverse this press u.")
    assert [call for call in client.calls if call[0] == "remove_imports"] == [("remove_imports", "30", "31")]


async def test_a_purpose_is_set_only_for_the_one_item_that_is_asked_about_in_the_version_that_was_read(opened, client):
    client.open_alerts, client.seen, client.arrived, given = [], [], [], []
    item = client.views[4].order.items[0]
    view = with_order(client, 4, items=(replace(item, title="Envelopes", asin=None), replace(item, asin=None)))
    client.views[4] = replace(view, version="v7")
    client.open_questions = [asked(view, "Say what this is for.", title=item.title)]
    whole = client.set_item

    async def set_item(*place, **labels):
        given.append((*place, labels))
        return await whole(*place, **labels)

    client.set_item = set_item
    async with opened(client, "n") as pilot:
        assert await shows(pilot, "Question, 1 of 1")
        await pilot.press("2")
        assert await shows(pilot, "1 settled, 0 left for later")
    assert given == [("biz", view.order.number, 1, {"purpose": "personal", "seen": "v7"})]


@pytest.mark.parametrize("case", ["equal titles", "equal products", "no title", "no items", "no such item", "split"])
async def test_a_purpose_is_never_guessed_for_several_items_a_split_or_an_order_without_items(opened, client, case):
    client.open_alerts, client.seen, client.arrived = [], [], []
    item = replace(client.views[4].order.items[0], asin="B0INVENTED1")
    other = replace(item, title="Envelopes", asin="B0INVENTED2")
    items, about = {
        "equal titles": ((replace(item, asin=None),) * 2, {}),
        "equal products": ((item, replace(item, title="Another name")), {"asin": item.asin}),
        "no title": ((replace(item, title=None, asin=None), other), {"title": None}),
        "no items": ((), {"title": item.title}),
        "no such item": ((item, other), {"title": "Stapler"}),
        "split": ((other, item), {"title": item.title}),
    }[case]
    view = with_order(client, 4, items=items)
    if case == "split":
        shares = tuple(PurposeShare(purpose=word, share=Decimal("0.5"), gross=50) for word in ("business", "personal"))
        mine = EntryItem(asin=item.asin, title=item.title, nth=1, quantity=1, place=1)
        client.entries = [ENTRIES[0]._replace(order=EntryOrder(number=view.order.number), item=mine, shares=shares)]
    client.open_questions = [asked(view, "Say what this is for.", **about)]
    async with opened(client, "n", size=(120, 40)) as pilot:
        assert await shows(pilot, "Question, 1 of 1")
        await pilot.press("1")
        assert await shows(pilot, "This needs a look at the order: press o.")
        assert "Question, 1 of 1" in text_of(pilot.app)
        await pilot.press("o")
        await settle(pilot)
        assert pilot.app.current_mode == "orders"
    assert not [call for call in client.calls if call[0] == "set_item"]


async def test_a_task_that_is_settled_while_another_one_is_shown_does_not_move_the_list_and_is_settled_once(opened, client):
    gates, runs = {name: asyncio.Event() for name in ("Ada", "Ben")}, []

    def task(name):
        async def run():
            runs.append(name)
            await gates[name].wait()
            return f"{name} is done."

        return Task(kind="Warning", text=f"About {name}", choices=(TaskKey("d", "looked at", run),), place=GoTo("warnings"))

    gates["Cleo"] = asyncio.Event()
    async with opened(client) as pilot:
        await pilot.app.push_screen(TriageDialog([task(name) for name in ("Ada", "Ben", "Cleo")]))
        await pilot.press("d", "d", "n")
        assert await shows(pilot, "About Ben")
        await pilot.press("d")
        gates["Ada"].set()
        assert await shows(pilot, "Ada is done.")
        assert "Warning, 1 of 2" in text_of(pilot.app)
        assert "About Ben" in text_of(pilot.app)
        gates["Ben"].set()
        assert await shows(pilot, "About Cleo")
        await pilot.press("n")
        assert await shows(pilot, "2 settled, 1 left for later")
    assert runs == ["Ada", "Ben"]


async def test_many_changes_count_what_needs_the_user_once_at_a_time_and_show_the_last_count(opened, client):
    running, most, whole = 0, 0, client.questions
    gate = asyncio.Event()
    gate.set()

    async def questions(text=""):
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            await gate.wait()
            return await whole(text)
        finally:
            running -= 1

    client.questions = questions
    async with opened(client, size=(140, 40)) as pilot:
        assert await shows(pilot, "6 need you")
        gate.clear()
        for _ in range(3):
            client.calls.clear()
            pilot.app.store.announce(OrdersChanged)
            while not any(call[0] == "rules" for call in client.calls):  # the panels do not wait for the count
                await pilot.pause(0.02)
        client.open_alerts = client.open_alerts[:1]
        gate.set()
        assert await shows(pilot, "5 need you")
    assert most == 1


async def test_the_questions_of_a_large_ledger_are_asked_year_by_year_until_there_are_enough(client, monkeypatch):
    asked = []

    async def questions(text: str = "") -> list:
        asked.append(text)
        return QUESTIONS[:1] * 60

    monkeypatch.setattr("tui.triage._LARGE", 0)
    monkeypatch.setattr(client, "questions", questions)
    app = app_over(client)
    async with app.run_test() as pilot:
        await settle(pilot)
        asked.clear()
        tasks = await read_tasks(app.store)
    assert asked == ["date:2026", "date:2025"]
    assert sum(task.kind == "Question" for task in tasks) == 100
