"""Reading an export of 100,000 rows, against `csv.reader` over the same file in the same run."""

import csv
import time

import pytest

from assistant.importers.reading import read_path
from assistant.importers.sandbox.parent import read_all
from tests.importers.export_files import invented_rows, write_export

ROWS = 100_000


def fastest(action, times=3):
    """Return the shortest of several runs in seconds, and the last result."""
    seconds, result = [], None
    for _ in range(times):
        started = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


def rows_of(file):
    with file.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))


@pytest.mark.bench
@pytest.mark.timeout(300)
@pytest.mark.parametrize("layout", ["old", "current"])
def test_a_hundred_thousand_rows_are_read_within_a_small_multiple_of_csv_reader(tmp_path, capsys, layout):
    file = write_export(tmp_path / "orders.csv", invented_rows(ROWS), layout)
    least, rows = fastest(lambda: rows_of(file))
    here, found = fastest(lambda: read_path(file))
    apart, (sent,) = fastest(lambda: read_all([file]))
    assert len(rows) == ROWS + 1
    assert sum(len(order.items) for order in found.orders) == ROWS
    assert len(sent.orders) == len(found.orders)
    with capsys.disabled():
        print(f"\n{ROWS} rows, {layout}: csv.reader {least:.2f} s, read_path {here:.2f} s ({here / least:.1f} x), ", end="")
        print(f"read_all {apart:.2f} s ({apart / least:.1f} x)")
    assert here < 10 * least
    assert apart < 15 * least
