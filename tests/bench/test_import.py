"""Importing an export of 100,000 rows, against reading it with `csv` and writing the same rows with `executemany`."""

import csv
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta

import pytest

from assistant.bootstrap import build
from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.domain.filters import Filter
from assistant.settings import Settings
from assistant.storage.sqlite import sqlite_module

ROWS = 100_000
MOST_MEMORY, SHARE = 200, 2.2
"""Megabytes, and how many times as long as `csv` and `executemany` an import may take."""
# A new process, so that the memory of this one is not counted: the memory of its largest child or grandchild.
LARGEST = "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
LARGEST += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024); sys.exit(done.returncode)"
CHILDREN = ("items", "shipments", "payments", "refunds", "sightings", "entries", "entry_shares", "doubts")


def export(file, rows=ROWS, seed=1):
    """Write an export; another seed gives other orders."""
    chance = random.Random(seed)
    products = [
        CatalogueProduct(f"B0{number:08d}", f"Thing number {number}, blue, pack of {number % 9}", 500 + number, "home", 1)
        for number in range(20_000)
    ]
    purchases, count = [], 0
    while count < rows:
        lines = tuple(
            ExportLine(product=chance.choice(products), quantity=1, price=1999, tax=160) for _ in range(chance.choice((1, 2, 3, 4, 5)))
        )
        purchases.append(
            ExportOrder(
                number=f"112-{len(purchases):07d}-{chance.randrange(10**7):07d}",
                on=date(2015, 1, 1) + timedelta(days=chance.randrange(4000)),
                lines=lines,
                site="Amazon.com",
                currency="USD",
                payment="Visa - 1111",
                address="12 Fern Street Portland",
            )
        )
        count += len(lines)
    write_export(file, purchases, old=True)


def most_memory(command):
    """Run a command and return the memory of its largest process in megabytes."""
    whole = [sys.executable, "-c", LARGEST, sys.executable, "-m", "assistant", *map(str, command)]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def worked():
    """Return the processor time of this process and its ended children in seconds; other programs on the machine hardly change it."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def floor(file, source, target):
    """Read the CSV with `csv` and copy every row of the order tables with `executemany`: the least work of an import."""
    schema = [row[0] for row in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")]
    content = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in ("accounts", "documents", "orders", *CHILDREN)}  # noqa: S608
    for statement in schema:
        target.execute(statement)
    started = worked()
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
    target.execute("BEGIN IMMEDIATE")
    for name, rows in content.items():
        if rows:
            target.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608
    target.execute("COMMIT")
    return worked() - started


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_a_hundred_thousand_rows_import_in_about_twice_the_processor_time_of_csv_and_executemany(tmp_path, capsys):
    file = tmp_path / "export.zip"
    export(file)
    services = build(Settings(home=tmp_path / "home", port=0))
    started, since = worked(), time.perf_counter()
    (result,) = services.imports.take_paths([file], account="Me", new_account=True)
    ours, seconds = worked() - started, time.perf_counter() - since
    assert result.new == services.ledger.orders(Filter(), limit=1).total > 30_000
    services.close()
    sqlite = sqlite_module()
    source = sqlite.connect(tmp_path / "home" / "ledger.sqlite")
    target = sqlite.connect(tmp_path / "floor.sqlite")
    target.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        target.execute(f"PRAGMA {pragma}")
    least = floor(file, source, target)
    source.close()
    target.close()
    with capsys.disabled():
        print(f"\nimport of {ROWS} rows: {ours:.2f} s of processor time in {seconds:.1f} s, csv + executemany {least:.2f} s, ", end="")
        print(f"ratio {ours / least:.2f} (at most {SHARE})")
    assert ours <= SHARE * least


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_a_hundred_thousand_rows_import_in_little_memory(tmp_path, capsys):
    export(tmp_path / "export.zip")
    megabytes = most_memory(["--home", tmp_path / "home", "import", tmp_path / "export.zip", "--account", "Me", "--new-account"])
    with capsys.disabled():
        print(f"\nimport of {ROWS} rows: {megabytes} MB in the larger of both processes (at most {MOST_MEMORY})")
    assert megabytes <= MOST_MEMORY
