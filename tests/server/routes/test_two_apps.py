"""Two apps over one server, and two processes on one ledger, that change one order at the same moment.

Nothing is lost or counted twice; the second one gets a sentence that says what happened.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from assistant.domain.errors import OrderChanged
from assistant.domain.filters import Filter
from assistant.domain.order_view import OrderView
from assistant.wire.books import SplitBody

pytestmark = pytest.mark.dated

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
ONE, OTHER = "113-0000001-0000001", "113-0000002-0000002"
ROWS = (
    f"{ONE},2026-03-02,USD,60.00,60.00,B000000001,1,Toner,Closed\n{ONE},2026-03-02,USD,40.00,40.00,B000000002,1,Paper,Closed\n"
    f"{OTHER},2026-03-03,USD,9.00,9.00,B000000003,1,Pens,Closed\n"
)


@pytest.fixture
def household(services: Services) -> Services:
    for key, purpose in (("biz", "business"), ("kim", "personal")):
        services.accounts.add(key, purpose, key=key)
    services.imports.take_bytes("Retail.OrderHistory.1.csv", (HEAD + ROWS).encode(), account="kim")
    return services


@pytest.fixture
async def apps(household: Services, port: int) -> AsyncIterator[tuple[AssistantClient, AssistantClient]]:
    """Two apps, each with its own name and connection."""
    first, second = (household.pairing.mint(name) for name in ("Kim's app", "Robin's app"))
    async with AssistantClient(port, first) as here, AssistantClient(port, second) as there:
        yield here, there


def adds_up(services: Services, cost: int = 10_900) -> None:
    entries = list(services.books.each(Filter()))
    assert sum(entry.parts.gross for entry in entries) == cost
    assert all(sum(share.gross for share in entry.shares) == entry.parts.gross for entry in entries)
    assert sum(row.net.minor for row in services.ledger.expenses(Filter()).items) == cost


def steps_about_the_order(services: Services) -> list[str]:
    return [step.what for step in services.journal.steps().items if ONE in step.what]


async def test_the_second_app_is_told_who_changed_the_order_and_repeats_its_change_on_what_is_there_now(
    household: Services, apps: tuple[AssistantClient, AssistantClient]
) -> None:
    here, there = apps
    mine, theirs = await here.order("kim", ONE), await there.order("kim", ONE)
    assert mine.version == theirs.version
    await here.set_item("kim", ONE, 0, purpose="business", seen=mine.version)
    with pytest.raises(OrderChanged) as refused:
        await there.correct("kim", ONE, {"item2.price": "45.00", "total": "105.00"}, seen=theirs.version)
    assert f"The order {ONE} was changed since you opened it by Kim's app: Labelled item 1" in str(refused.value)
    assert "Nothing of yours was stored" in str(refused.value)
    adds_up(household)
    again = await there.order("kim", ONE)
    assert again.purposes == ("business", "personal")
    done = await there.correct("kim", ONE, {"total": "105.00"}, seen=again.version)
    assert (done.purposes, done.cost and done.cost.minor) == (("business", "personal"), 10_500)
    adds_up(household, 11_400)


CHANGES: dict[str, Callable[[AssistantClient, OrderView], Coroutine[Any, Any, OrderView]]] = {
    "a label": lambda app, view: app.set_item("kim", ONE, 0, category="office", seen=view.version),
    "a split": lambda app, view: app.split("kim", ONE, SplitBody(("business=60%",), item=1, seen=view.version)),
    "a correction": lambda app, view: app.correct("kim", ONE, {"recipient": "Robin Example"}, seen=view.version),
}


@pytest.mark.parametrize(("first", "second"), [("a split", "a split"), ("a label", "a split"), ("a correction", "a label")])
async def test_of_two_changes_at_the_same_moment_one_is_stored_and_one_is_refused(
    household: Services, apps: tuple[AssistantClient, AssistantClient], first: str, second: str
) -> None:
    seen = await asyncio.gather(*(app.order("kim", ONE) for app in apps))
    results = await asyncio.gather(
        *(CHANGES[name](app, view) for name, app, view in zip((first, second), apps, seen, strict=True)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["OrderChanged", "OrderView"]
    assert len(steps_about_the_order(household)) == 1
    adds_up(household)


async def test_changes_of_different_orders_at_the_same_moment_are_both_stored(
    household: Services, apps: tuple[AssistantClient, AssistantClient]
) -> None:
    here, there = apps
    mine, theirs = await asyncio.gather(here.order("kim", ONE), there.order("kim", OTHER))
    await asyncio.gather(
        here.split("kim", ONE, SplitBody(("business=60%",), item=1, seen=mine.version)),
        there.split("kim", OTHER, SplitBody(("business=1.00",), seen=theirs.version)),
    )
    assert {claim.number: claim.amount.minor for claim in household.claims.all()} == {ONE: 3600, OTHER: 100}
    adds_up(household)


async def test_a_change_of_the_books_sends_an_event_to_the_other_app(
    household: Services, apps: tuple[AssistantClient, AssistantClient]
) -> None:
    here, there = apps
    before = household.outbox.latest()
    await here.split("kim", ONE, SplitBody(("business=60%",), item=1))
    async for event in there.events(before):
        assert event.kind == "books-changed"
        break


@pytest.mark.process
async def test_two_commands_and_an_app_change_one_order_at_once_and_every_step_can_be_undone(
    household: Services, apps: tuple[AssistantClient, AssistantClient], tmp_path: Path
) -> None:
    environment = {**os.environ, "SHOPPER_HOME": str(tmp_path / "home")}
    commands = (["split", ONE, "--item", "1", "business=60%"], ["order", ONE, "--set", "recipient=Robin Example"])
    running = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", "assistant", *command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for command in commands
    ]
    await apps[0].set_item("kim", ONE, 1, purpose="family")
    ended = await asyncio.gather(*(process.communicate() for process in running))
    assert [process.returncode for process in running] == [0, 0], ended
    view = await apps[1].order("kim", ONE)
    assert (view.order.recipient.name, view.purposes[1]) == ("Robin Example", "family")
    shares = {(share.purpose, share.gross) for entry in view.entries for share in entry.shares}
    assert shares == {("business", 3600), ("personal", 2400), ("family", 4000)}
    adds_up(household)
    assert len(steps_about_the_order(household)) == 3
    for _ in range(3):
        household.journal.undo()
    plain = await apps[1].order("kim", ONE)
    assert {share.purpose for entry in plain.entries for share in entry.shares} == {"personal"}
    assert plain.order.recipient.name is None
    adds_up(household)
