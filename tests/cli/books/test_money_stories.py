"""The stories about money, each in its own ledger: all outputs agree to the cent.

Outputs: `books`, `orders`, `order`, `expenses` as JSON and CSV, HTTP, the lines that the app shows, the overview, budgets, exports.
"""

import csv
import io
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from assistant.bootstrap import build
from assistant.client import AssistantClient
from assistant.domain.filters import Filter
from assistant.domain.money import Money
from assistant.server.threaded_server import Server
from assistant.services.imports.store_document import take
from assistant.services.judging.page_history import spent_this_month
from assistant.settings import Settings
from assistant.storage.accounts import register
from tests.cli.books.money_stories import STORIES, Story
from tests.conftest import own_schema
from tests.postgres import programs
from tests.services.books.test_generated_ledgers import as_csv, as_workbook, net
from tui.formatting import Pen
from tui.widgets.books.expense_table import lines
from tui.widgets.order_columns import cells
from tui.widgets.order_facts import facts


def test_there_are_twenty_two_stories():
    assert len(STORIES) == len({story.name for story in STORIES}) == 22


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
async def test_every_output_shows_the_expected_result_to_the_cent(story, home, new_home, shopper):
    shutil.copytree(new_home, home)
    today = month_end(max(date.fromisoformat(on) for on, *_ in story.entries))
    services = build(Settings(home=home, port=0), clock=lambda: datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    try:
        told(services, story)
        check_commands(shopper, story)
        check_sums(services, story, today)
        with Server(services, 0) as server:
            async with AssistantClient(server.port, services.pairing.mint("test")) as client:
                await check_client(client, story, today)
    finally:
        services.close()


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL on this machine")
@pytest.mark.timeout(400)
def test_every_story_is_the_same_in_postgresql(cluster, tmp_path):
    """One ledger for all stories: removing the accounts of one makes room for the next, and leaves nothing behind."""
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    with own_schema(cluster.url) as url:
        services = build(Settings(home=tmp_path / "home", port=0, database=url), clock=lambda: now[0])
        try:
            for story in STORIES:
                today = month_end(max(date.fromisoformat(on) for on, *_ in story.entries))
                now[0] = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
                told(services, story)
                check_ledger(services, story)
                check_sums(services, story, today)
                for key in ("biz", "per"):
                    services.account_moves.remove(key)
                assert list(services.books.each(Filter())) == [], story.name
        finally:
            services.close()


def check_ledger(services, story: Story) -> None:
    entries = list(services.books.each(Filter()))
    same_entries(story, [(str(entry.on), entry.kind.value, entry.gross.decimal, entry.shares[0].purpose) for entry in entries])
    rows = services.ledger.orders(Filter()).items
    same_costs(story, [(row.number, row.cost and row.cost.decimal, row.refunded and row.refunded.decimal) for row in rows])
    found = services.ledger.expenses(Filter()).items
    sums = {(row.month, row.purpose): (Decimal(row.spent.decimal), Decimal(row.refunded.decimal)) for row in found}
    assert sums == expected_sums(story), story.name


def month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def told(services, story: Story) -> None:
    for key, purpose in (("biz", "business"), ("per", "personal")):
        services.accounts.add(key, purpose, key=key)
    with services.database.writing() as work:
        for key, arrivals in story.told.items():
            for arrival in arrivals:
                take(work, arrival, key, work.now())
        work.commit()
    owners = {row.number: row.account for row in services.ledger.orders(Filter()).items}
    for number, purpose in story.purposes.items():
        services.ledger.set_item(owners[number], number, 0, purpose=purpose)


def expected_sums(story: Story) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Return the expected spending and refunds by month and purpose; top-ups are not expenses."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for on, kind, amount, purpose in story.entries:
        if kind != "top_up":
            sums = found.setdefault((on[:7], purpose), [Decimal(0), Decimal(0)])
            sums[kind == "refund"] += abs(Decimal(amount))
    return {key: (spent, back) for key, (spent, back) in found.items()}


def expected_net(story: Story, **only: str) -> dict[str, Decimal]:
    entries = [entry for entry in story.entries if entry[1] != "top_up"]
    if "purpose" in only:
        entries = [entry for entry in entries if entry[3] == only["purpose"]]
    if "since" in only:
        entries = [entry for entry in entries if entry[0] >= only["since"]]
    return net((story.unit, amount) for _, _, amount, _ in entries)


def same_costs(story: Story, rows) -> None:
    """Compare rows of (number, cost, refunded) with the story; None and "" mean nothing."""
    found = {number: (Decimal(cost or 0), Decimal(back or 0)) for number, cost, back in rows}
    wanted = {number: tuple(map(Decimal, cost)) if cost else (0, 0) for number, cost in story.costs.items()}
    assert found == wanted


def same_entries(story: Story, rows) -> None:
    """Compare rows of (day, kind, amount, purpose) with the story."""
    assert Counter(rows) == Counter(story.entries)


def check_commands(shopper, story: Story) -> None:
    books = shopper("books", "--json").json["items"]
    same_entries(story, [(entry["date"], entry["kind"], entry["gross"], entry["shares"][0]["purpose"]) for entry in books])
    by_order: Counter[str] = Counter()
    for entry in books:
        by_order[entry["order_id"]] += Decimal(entry["gross"])
    assert by_order == {number: Decimal(cost[0]) - Decimal(cost[1]) for number, cost in story.costs.items() if cost}
    for year in {on[:4] for on, *_ in story.entries}:
        same = [entry for entry in story.entries if entry[0].startswith(year)]
        assert len(shopper("books", "--year", year, "--json").json["items"]) == len(same)
    orders = shopper("orders", "--json").json["items"]
    same_costs(story, [(order["order_id"], order["cost"], order["refunded"]) for order in orders])
    rows = csv.DictReader(io.StringIO(shopper("orders", "--csv").out))
    same_costs(story, [(row["order_id"], row["cost"], row["refunded"]) for row in rows])
    table = shopper("orders").out
    for number, cost in story.costs.items():
        row = next(line for line in table.splitlines() if number in line)
        assert (f" {cost[0]} {story.unit} " if cost else "(") in row
        if cost:
            view = shopper("order", number, "--json").json
            assert (Decimal(view["cost"]), len(view["entries"])) == (Decimal(cost[0]), sum(entry["order_id"] == number for entry in books))
    for flag in ("--json", "--csv"):
        ran = shopper("expenses", flag)
        rows = ran.json["items"] if flag == "--json" else list(csv.DictReader(io.StringIO(ran.out)))
        sums = {(row["month"], row["purpose"]): (Decimal(row["spent"]), Decimal(row["refunded"])) for row in rows}
        assert sums == expected_sums(story)
        assert {row["currency"] for row in rows} == {story.unit}


def check_sums(services, story: Story, today: date) -> None:
    """Check that overview, budgets and exports are sums of the same entries."""
    with services.database.reading() as session:
        spent = spent_this_month(session, register.accounts_by_id(session), today)
    month = expected_net(story, since=today.replace(day=1).isoformat())
    assert net((entry.currency, str(entry.amount)) for entry in spent) == month
    overview, year = services.ledger.overview(today), expected_net(story, since=f"{today.year}-01-01")
    assert net((money.currency, money.decimal) for row in overview for money in row.month) == month
    assert net((money.currency, money.decimal) for row in overview for money in row.year) == year
    for purpose in ("business", "personal"):
        wanted = expected_net(story, purpose=purpose)
        assert net(as_csv(services, Filter(purpose=purpose))) == wanted
        assert net(as_workbook(services, Filter(purpose=purpose))) == wanted


async def check_client(client: AssistantClient, story: Story, today: date) -> None:
    """Check the answers over HTTP, and the lines that the app shows."""
    pen = Pen(today=today, accounts={account.key: account for account in await client.accounts()})
    entries = (await client.books()).items
    same_entries(story, [(str(entry.on), entry.kind.value, entry.gross.decimal, entry.shares[0].purpose) for entry in entries])
    rows = (await client.orders()).items
    same_costs(story, [(row.number, row.cost and row.cost.decimal, row.refunded and row.refunded.decimal) for row in rows])
    for row in rows:
        drawn = "".join(cell.text for cell in cells(row, 120, pen))
        cost = story.costs[row.number]
        shown = pen.amount(Money.of(cost[0], story.unit)) if cost else f"({pen.amount(row.total)})"
        assert drawn.endswith(f" {shown}")
        if cost:
            detail = facts(await client.order(row.account, row.number), pen).plain
            assert [text.split()[-1] for text in detail.splitlines() if text.startswith("Cost ")] == [shown]
    expenses = (await client.expenses()).items
    assert net((row.currency, row.net.decimal) for row in expenses) == expected_net(story)
    totals = [line for line in lines(expenses, sorted({row.currency for row in expenses})) if line.kind == "total"]
    assert net((figure.currency, figure.decimal) for line in totals for figure in line.months.values()) == expected_net(story)
    overview = await client.overview()
    assert net((money.currency, money.decimal) for row in overview for money in row.month) == expected_net(
        story, since=today.replace(day=1).isoformat()
    )
