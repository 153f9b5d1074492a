"""R2: a power cut loses nothing acknowledged. The same harness loses commits if SQLite does not wait for the disk."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from assistant.storage.migrating import script
from assistant.storage.sqlite import sqlite_module
from tests.proof.conftest import Scale
from tests.proof.power_cut import Disk, acknowledged_states, record, replayed

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None and "CI" not in os.environ, reason="strace is not installed (Debian's package 'strace')"
)
COMMITS = """
import sys
from assistant.domain.events import EventKind
from assistant.storage import engine
from assistant.storage.engine import Database
if sys.argv[3] == "hasty":
    set_up = engine._set_up_connection
    def hasty(connection, record):
        set_up(connection, record)
        connection.execute("PRAGMA synchronous=NORMAL")
    engine._set_up_connection = hasty
ledger = Database(f"sqlite:///{sys.argv[1]}")
ledger.upgrade()
for number in range(int(sys.argv[2])):
    with ledger.writing() as work:
        work.tell(EventKind.ACCOUNT_CHANGED, account=str(number))
        work.commit()
    sys.stderr.write(f"ACK {number} \\n")
    sys.stderr.flush()
"""


def lost_after_power_cuts(home: Path, commits: int, how: str) -> tuple[int, int]:
    """Cut the power after each acknowledgement; return how often, and how often something was lost or damaged."""
    home.mkdir()
    recording = home.with_suffix(".calls")
    record([sys.executable, "-c", COMMITS, str(home / "ledger.sqlite"), str(commits), how], recording)
    cuts = lost = 0
    for number, disk in acknowledged_states(recording, home):
        found = home.with_suffix(".found")
        shutil.rmtree(found, ignore_errors=True)
        found.mkdir()
        disk.write_out(found)
        cuts, lost = cuts + 1, lost + (commits_in(found / "ledger.sqlite") < number + 1)
    return cuts, lost


def commits_in(file: Path) -> int:
    """Return how many events a file contains, -1 for a damaged file."""
    connection = sqlite_module().connect(file)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return -1
        return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])
    except sqlite_module().DatabaseError:
        return -1
    finally:
        connection.close()


def test_a_power_cut_loses_no_acknowledged_commit(home: Path, scale: Scale) -> None:
    cuts, lost = lost_after_power_cuts(home, scale(25, 1000), "careful")
    scale.report(f"R2: {cuts} power cuts after an acknowledgement, {lost} lost something")
    assert (cuts, lost) == (scale(25, 1000), 0)


def test_the_harness_notices_commits_that_do_not_wait_for_the_disk(home: Path) -> None:
    cuts, lost = lost_after_power_cuts(home, 10, "hasty")
    assert cuts == 10
    assert lost > 5


@pytest.mark.parametrize("revision", ["0007"])
def test_a_power_cut_during_a_migration_leaves_the_old_or_the_new_ledger(tmp_path: Path, revision: str) -> None:
    home, found = tmp_path / "home", tmp_path / "found"
    for folder in (home, found):
        folder.mkdir()
    connection = sqlite_module().connect(home / "ledger.sqlite")
    connection.executescript((Path(__file__).parents[1] / "storage" / "ledgers" / f"schema_{revision}.sql").read_text(encoding="utf-8"))
    connection.close()
    before = (home / "ledger.sqlite").read_bytes()
    code = "import sys; from assistant.storage.engine import Database; l = Database(f'sqlite:///{sys.argv[1]}'); l.upgrade(); l.close()"
    recording = tmp_path / "calls"
    record([sys.executable, "-c", code, str(home / "ledger.sqlite")], recording)
    newest = script().get_current_head()
    states = versions_at_each_sync(recording, home, before, found)
    assert {*states} <= {revision, newest}
    assert states[0] == revision
    assert states[-1] == newest


def versions_at_each_sync(recording: Path, home: Path, before: bytes, found: Path) -> list[str]:
    """Return the schema that a machine finds if the power is cut, for each sync."""
    disk = Disk(str(home))
    ledger = str(home / "ledger.sqlite")
    disk.live[ledger], disk.durable[ledger] = bytearray(before), before
    versions = []
    for name, _ in replayed(recording, disk):
        if name in ("fsync", "fdatasync"):
            shutil.rmtree(found)
            found.mkdir()
            disk.write_out(found)
            connection = sqlite_module().connect(found / "ledger.sqlite")
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            versions.append(str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]))
            connection.close()
    return versions
