"""R5: a migration that is killed leaves the old ledger or the new one, and the next start finishes it without losing a row."""

import random
import time
from pathlib import Path

import pytest

from assistant.storage.engine import Database
from assistant.storage.migrating import script
from assistant.storage.sqlite import sqlite_module
from tests.proof.conftest import Scale
from tests.proof.writers import migrate, started
from tests.storage.older import ledger_of

LEDGERS = sorted((Path(__file__).parents[1] / "storage" / "ledgers").glob("schema_*.sql"))
REVISIONS = sorted(revision.revision for revision in script().walk_revisions())


def version_in(file: Path) -> str:
    connection = sqlite_module().connect(file)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def kept_in(file: Path) -> list[object]:
    connection = sqlite_module().connect(file)
    try:
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("accounts", "orders", "items", "sightings")]  # noqa: S608  # constants
    finally:
        connection.close()


def wait_for_a_step(file: Path, old: str) -> None:
    """Wait until a migration has been committed."""
    deadline = time.monotonic() + 20
    connection = sqlite_module().connect(file)
    while connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] == old and time.monotonic() < deadline:
        time.sleep(0.001)
    connection.close()


def versions_after_kills(folder: Path, dump: Path, kills: int, *, in_steps: bool = False) -> set[str]:
    """Kill migrations of a ledger at random moments; return the schemas that they left."""
    seed, left = random.Random(5), set()
    for number in range(kills):
        file = folder / str(number) / "ledger.sqlite"
        file.parent.mkdir(parents=True)
        connection = sqlite_module().connect(file)
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.close()
        rows = kept_in(file)
        with started(migrate, file, in_steps=in_steps) as (process, pipe):
            assert pipe.recv() == "ready"
            if in_steps:
                wait_for_a_step(file, dump.stem.removeprefix("schema_"))
            else:
                time.sleep(seed.uniform(0.0, 0.6))
            process.kill()
            process.join()
        left.add(version_in(file))
        ledger = Database(f"sqlite:///{file}")
        if not in_steps:
            ledger.upgrade()
            assert (version_in(file), kept_in(file)) == (REVISIONS[-1], rows)
        ledger.close()
    return left


@pytest.mark.parametrize("dump", LEDGERS, ids=lambda path: path.stem)
def test_a_killed_migration_leaves_the_old_or_the_new_ledger(tmp_path: Path, dump: Path, scale: Scale) -> None:
    kills, old = scale(5, 100), dump.stem.removeprefix("schema_")
    left = versions_after_kills(tmp_path, dump, kills)
    scale.report(f"R5: {kills} kills while migrating from {old}, left {sorted(left)}")
    assert left <= {old, REVISIONS[-1]}


def test_the_harness_notices_a_transaction_for_each_migration(tmp_path: Path) -> None:
    left = versions_after_kills(tmp_path, LEDGERS[0], 4, in_steps=True)
    assert left - {LEDGERS[0].stem.removeprefix("schema_"), REVISIONS[-1]}


def test_every_schema_so_far_becomes_the_newest(tmp_path: Path) -> None:
    for revision in REVISIONS[:-1]:
        url = f"sqlite:///{tmp_path / revision / 'ledger.sqlite'}"
        (tmp_path / revision).mkdir()
        ledger_of(revision, url).close()
        again = Database(url)
        again.upgrade()
        again.close()
        assert version_in(tmp_path / revision / "ledger.sqlite") == REVISIONS[-1]
