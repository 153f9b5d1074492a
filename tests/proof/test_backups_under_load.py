"""R6: every backup made while others write is a committed state and can be restored."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from assistant.domain.errors import LedgerUnusable
from assistant.storage.backups import back_up, restore
from assistant.storage.sqlite import sqlite_module
from tests.proof.conftest import Scale
from tests.proof.writers import add_pairs, services_on, started


def pairs_in(file: Path) -> int:
    """Return how many transactions a copy contains, -1 if it is not a committed state."""
    try:
        with closing(sqlite_module().connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return -1
            numbers = [number for (number,) in connection.execute("SELECT n FROM proof ORDER BY rowid")]
    except sqlite_module().DatabaseError:
        return -1
    whole = [number for number in range(1, len(numbers) // 2 + 1) for _ in range(2)]
    return len(numbers) // 2 if numbers == whole else -1


def unsound_copies(home: Path, copies: int, copy: Callable[[Path, Path], object]) -> int:
    """Copy a ledger while a process writes to it; return how many copies are damaged or lack acknowledged data."""
    services = services_on(home)
    with services.database.writing() as work:
        work.session.execute(text("CREATE TABLE proof (n INTEGER NOT NULL)"))
        work.commit()
    services.close()
    bad, said = 0, 0
    with started(add_pairs, home) as (_, pipe):
        for number in range(copies):
            said = pipe.recv()
            while pipe.poll():
                said = pipe.recv()
            target = home.parent / f"copy-{number}.sqlite"
            try:
                copy(home / "ledger.sqlite", target)
            except LedgerUnusable:
                bad += 1
                continue
            bad += pairs_in(target) < said
    return bad


def test_every_backup_under_load_is_a_committed_state_and_is_restored(home: Path, scale: Scale) -> None:
    copies = scale(10, 100)
    bad = unsound_copies(home, copies, back_up)
    scale.report(f"R6: {copies} backups while another process writes, {bad} unsound")
    assert bad == 0
    last = home.parent / f"copy-{copies - 1}.sqlite"
    assert pairs_in(last) > 0
    restore(last, home / "ledger.sqlite", home / "backups" / "replaced.sqlite")
    assert pairs_in(home / "ledger.sqlite") == pairs_in(last)


def test_the_harness_notices_copies_of_the_file_alone(home: Path) -> None:
    assert unsound_copies(home, 5, shutil.copyfile) > 0
