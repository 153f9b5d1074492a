"""A verdict on a cart of 60 lines with 200 rules, against ledgers of up to 1,000,000 lines: engine time, and how history is gathered."""

import gc
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from assistant.domain.judging.situation import History
from assistant.rules import judge
from assistant.rules.described.fields import Fields
from assistant.rules.described.reading import read_event, read_situation
from assistant.rules.matching.vocabulary import prepare
from assistant.storage.engine import Database
from assistant.storage.orders.history import orders_of
from assistant.storage.tables import AccountRow, ItemRow, OrderRow
from tests.rules.situations import BIZ, PER

KINDS = ("lamp", "printer paper", "toner", "desk", "chair", "coffee", "cup", "dog food", "toy", "tire", "helmet", "drill", "hammer")
RULES = [
    {"id": n, "type": "route", "match": {"words": [f"{KINDS[n % 13]} {n}"], "category": ["office"]}, "to": ("per", "biz")[n % 2]}
    for n in range(200)
]
TIMES = 305
MOST_SECONDS = 0.015
ACCOUNTS = {1: "per", 2: "biz"}
TODAY = date(2026, 11, 23)


def filled(file: Path, lines: int) -> Database:
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    plain = {"label": "A", "purpose": "", "owner": "", "home": "", "colour": "", "symbol": "", "created_at": ""}
    accounts = [AccountRow(id=number, key=f"a{number}", letters=str(number), **plain) for number in (1, 2)]
    with database.writing() as work:
        work.session.add_all(accounts)
        work.session.flush()
        for first in range(1, lines, 10_000):
            numbers = range(first, first + 10_000)
            work.session.execute(insert(OrderRow), [bought(n, lines) for n in numbers])
            work.session.execute(insert(ItemRow), [line(n, lines) for n in numbers])
        # Commit the plain session: these orders have no books, so deriving entries would only take time.
        work.session.commit()
    return database


def bought(number: int, lines: int) -> dict:
    day = str(TODAY - timedelta(days=number * 3650 // lines))
    order = {"id": number, "account_id": number % 2 + 1, "number": str(number), "kind": "retail", "status": "delivered", "placed_on": day}
    return {**order, "amounts": {}, "sources": {}, "conflicts": []}


def line(number: int, lines: int) -> dict:
    return {
        "order_id": number, "line": 1, "asin": f"B{number % (lines // 5)}", "title": f"Desk lamp {number}", "quantity": 1,
        "currency": "USD", "unit_price": 4000,
    }  # fmt: skip


def plans(database: Database) -> list[str]:
    """Return the query plan of the history of one cart."""
    with database.reading() as session:
        driver = session.connection().connection.driver_connection
        asked: list[str] = []
        driver.set_trace_callback(asked.append)
        orders_of(session, {"B1", "B2"}, ACCOUNTS, TODAY)
        driver.set_trace_callback(None)
        return [row[-1] for statement in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_the_engine_takes_the_same_time_for_any_ledger_size(tmp_path: Path, capsys):
    measured = {}
    for lines in (10_000, 100_000, 1_000_000):
        database = filled(tmp_path / f"{lines}.db", lines)
        steps = plans(database)
        assert len(steps) >= 4
        assert not [step for step in steps if step.startswith("SCAN ")]
        measured[lines] = engine_time(database, lines)
        database.close()
    with capsys.disabled():
        print("\n" + ", ".join(f"{lines:,} lines: p99 {taken * 1000:.1f} ms" for lines, taken in measured.items()))
    assert measured[1_000_000] <= 3 * measured[10_000]
    assert measured[1_000_000] <= MOST_SECONDS


def engine_time(database: Database, lines: int) -> float:
    """Return the slowest percent of 300 verdicts in seconds of processor time, after a warm-up."""
    times = []
    prepare({"amazon.com"})
    common = read_situation({"accounts": [PER, BIZ], "rules": RULES, "event": {}})
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    for turn in range(TIMES):
        items = [
            {
                "asin": f"B{(turn * 60 + n) % (lines // 5)}",
                "title": f"{KINDS[n % 13]} {n} for {turn}",
                "category": "office",
                "qty": 1,
                "price": 40,
            }
            for n in range(60)
        ]
        with database.reading() as session:
            history = orders_of(session, {item["asin"] for item in items}, ACCOUNTS, TODAY)
        cart = {"at": "2026-11-23T10:00", "page": "cart", "account": "per", "items": items, "currency": "USD", "site": "amazon.com"}
        started = time.process_time()
        judge(replace(common, history=History(orders=tuple(history)), event=read_event(Fields(cart))))
        times.append(time.process_time() - started)
    return sorted(times[5:])[int((TIMES - 5) * 0.99)]
