"""A ledger of a million rows: memory of its import and of its books, start of a server, and sums against bare SQL."""

import time

import pytest

from assistant.bootstrap import build
from assistant.domain.filters import Filter
from assistant.settings import Settings
from assistant.storage.sqlite import sqlite_module
from tests.bench.test_import import most_memory
from tests.bench.test_visits import free_port, running

IMPORT_MEGABYTES, BOOKS_MEGABYTES, READY_SECONDS = 220, 200, 2
BARE = """
SELECT o.account_id, substr(e."on", 1, 7), e.currency,
       sum(CASE WHEN e.kind = 'refund' THEN 0 ELSE e.gross END), sum(CASE WHEN e.kind = 'refund' THEN e.gross ELSE 0 END)
FROM entries AS e JOIN orders AS o ON o.id = e.order_id WHERE e.kind <> 'top_up' GROUP BY 1, 2, 3
"""


def fastest(action, times=3):
    """Return the shortest of several runs in seconds, and the last result."""
    seconds, result = [], None
    for _ in range(times):
        started = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_a_million_rows_of_one_file_import_in_little_memory(million, capsys):
    with capsys.disabled():
        print(f"\nimport of 1,000,000 rows: {million.megabytes} MB in the largest process (at most {IMPORT_MEGABYTES})")
    assert million.megabytes <= IMPORT_MEGABYTES


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_a_server_of_a_million_rows_is_ready_in_two_seconds(million, capsys):
    seconds = []
    for _ in range(3):
        port, started = free_port(), time.perf_counter()
        with running(port, "-m", "assistant", "--home", str(million.home), "--port", str(port), "serve"):
            seconds.append(time.perf_counter() - started)
    with capsys.disabled():
        print(f"\nserver of 1,000,000 rows: ready in {min(seconds):.1f} s (at most {READY_SECONDS})")
    assert min(seconds) <= READY_SECONDS


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_expenses_of_a_million_entries_take_at_most_three_times_the_bare_sql(million, capsys):
    bare = sqlite_module().connect(million.home / "ledger.sqlite")
    services = build(Settings(home=million.home, port=0))
    least, sums = fastest(lambda: bare.execute(BARE).fetchall())
    ours, expenses = fastest(lambda: services.ledger.expenses(Filter()))
    (entries,) = bare.execute("SELECT count(*) FROM entries").fetchone()
    services.close()
    bare.close()
    assert sorted((month, spent) for _, month, _, spent, _ in sums) == sorted((row.month, row.spent.minor) for row in expenses.items)
    with capsys.disabled():
        print(f"\nexpenses of {entries:,} entries: {ours:.2f} s, bare SQL {least:.2f} s, ratio {ours / least:.2f} (at most 3)")
    assert ours <= 3 * least


@pytest.mark.bench
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_the_books_of_a_million_entries_are_printed_in_little_memory(million, capsys, form):
    started = time.perf_counter()
    megabytes = most_memory(["--home", million.home, "books", *form])
    seconds = time.perf_counter() - started
    with capsys.disabled():
        print(f"\nbooks {' '.join(form)} of 1,000,000 entries: {megabytes} MB (at most {BOOKS_MEGABYTES}), {seconds:.0f} s")
    assert megabytes <= BOOKS_MEGABYTES
