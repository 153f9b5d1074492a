"""After a crash: a log is never mixed with another file, and a damaged ledger can be read but not written."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.bootstrap import Services, build
from assistant.domain.errors import LedgerUnusable
from assistant.services.doctor import examine
from assistant.settings import Settings
from assistant.storage.backups import back_up, prove, restore
from assistant.storage.recovery import has_foreign_log
from assistant.storage.sqlite import sqlite_module


class Crash:
    """A ledger, and the files that a killed process would leave."""

    def __init__(self, home: Path) -> None:
        self.home, self.file = home, home / "ledger.sqlite"
        self.log = home / "ledger.sqlite-wal"
        self._services: Services | None = None

    def open(self) -> Services:
        self._services = build(Settings(home=self.home, port=0))
        return self._services

    def add(self, *labels: str) -> None:
        services = self._services or self.open()
        for label in labels:
            services.accounts.add(label, "personal")

    def close(self) -> None:
        if self._services is not None:
            self._services.close()
            self._services = None

    def kill(self) -> None:
        """Close, then put file and log back as they were before."""
        kept = [(path, path.read_bytes()) for path in (self.file, self.log)]
        self.close()
        for path, content in kept:
            path.write_bytes(content)

    def labels(self) -> list[str]:
        services = self.open()
        found = [account.label for account in services.accounts.all()]
        self.close()
        return found


@pytest.fixture
def crash(home: Path, new_home: Path) -> Crash:
    shutil.copytree(new_home, home)
    return Crash(home)


def older_copy(crash: Crash, tmp_path: Path) -> Path:
    """Return a copy made by hand while Shopper was closed."""
    crash.add("One", "Two")
    crash.close()
    shutil.copy(crash.file, tmp_path / "copy")
    crash.add("Three")
    crash.close()
    crash.add("Four")
    return tmp_path / "copy"


def copy_of_the_same_run(crash: Crash, tmp_path: Path) -> Path:
    """Return a copy made by hand, after which the log was started again."""
    services = crash.open()
    crash.add("One")
    services.database.settle()
    shutil.copy(crash.file, tmp_path / "copy")
    for label in ("Two", "Three"):
        crash.add(label)
        services.database.settle()
    crash.add("Four")
    return tmp_path / "copy"


def backup(crash: Crash, tmp_path: Path) -> Path:
    crash.add("One")
    return back_up(crash.file, tmp_path / "copy").file


def newer_copy(crash: Crash, tmp_path: Path) -> Path:
    """Return a later copy of the ledger, to be put under an older log."""
    crash.add("One")
    old = crash.log.read_bytes()
    crash.add("Two")
    crash.close()
    shutil.copy(crash.file, tmp_path / "copy")
    crash.open()
    crash.add("Three")
    crash.log.write_bytes(old)
    return tmp_path / "copy"


def the_copy_that_was_restored(crash: Crash, tmp_path: Path) -> Path:
    crash.add("One")
    copy = back_up(crash.file, tmp_path / "copy").file
    crash.add("Two")
    crash.close()
    restore(copy, crash.file, tmp_path / "kept" / "replaced.sqlite")
    crash.add("Three")
    return copy


def another_ledger(crash: Crash, tmp_path: Path) -> Path:
    other = Crash(tmp_path / "other")
    other.add("Strange", "Stranger", "Strangest")
    other.close()
    crash.add("One", "Two", "Three")
    return other.file


def empty_file(crash: Crash, tmp_path: Path) -> Path:
    crash.add("One")
    crash.close()
    crash.add("Two")
    (tmp_path / "copy").touch()
    return tmp_path / "copy"


@pytest.mark.parametrize(
    "other", [older_copy, copy_of_the_same_run, backup, the_copy_that_was_restored, newer_copy, another_ledger, empty_file]
)
def test_a_file_beside_the_log_of_another_ledger_is_refused(crash: Crash, tmp_path: Path, other: Callable[[Crash, Path], Path]) -> None:
    copy = other(crash, tmp_path)
    crash.kill()
    shutil.copy(copy, crash.file)
    before = crash.file.read_bytes(), crash.log.read_bytes()
    with pytest.raises(LedgerUnusable, match=r"was replaced .* shopper restore"):
        crash.open()
    assert (crash.file.read_bytes(), crash.log.read_bytes()) == before


def test_after_a_kill_everything_is_there(crash: Crash) -> None:
    crash.add("One", "Two")
    crash.kill()
    assert crash.labels() == ["One", "Two"]
    services = crash.open()
    crash.add("Three")
    services.database.settle()
    crash.add("Four")
    crash.kill()
    assert crash.labels() == ["One", "Two", "Three", "Four"]


def test_a_restored_copy_of_a_killed_ledger_can_be_used(crash: Crash, tmp_path: Path) -> None:
    copy = backup(crash, tmp_path)
    crash.add("Two")
    crash.kill()
    restore(copy, crash.file, crash.home / "backups" / "replaced-1.sqlite")
    assert crash.labels() == ["One"]
    crash.add("Three")
    crash.kill()
    assert crash.labels() == ["One", "Three"]


def index_that_lost_an_entry(crash: Crash) -> None:
    """Make a table and its index disagree: damage that reading does not notice."""
    sqlite = sqlite_module()
    connection = sqlite.connect(crash.file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_accounts_1'")
    connection.execute("PRAGMA writable_schema=OFF")
    connection.commit()
    connection.close()


def test_a_ledger_found_damaged_after_a_crash_can_be_read_but_not_written(crash: Crash) -> None:
    crash.open().backups.daily()
    crash.add("One")
    crash.close()
    index_that_lost_an_entry(crash)
    crash._services = None
    sqlite = sqlite_module()
    with sqlite.connect(crash.file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE accounts SET label = 'Won'")
        connection.commit()
        kept = crash.log.read_bytes()
    connection.close()
    crash.log.write_bytes(kept)
    services = crash.open()
    (copy,) = (crash.home / "backups").iterdir()
    assert [account.label for account in services.accounts.all()] == ["Won"]
    with pytest.raises(LedgerUnusable, match=rf"damaged.*shopper restore '{re.escape(str(copy))}'"):
        services.accounts.add("Two", "personal")
    crash.close()


def test_a_damaged_page_is_named_with_the_newest_good_backup(crash: Crash) -> None:
    services = crash.open()
    services.backups.daily()
    crash.add(*(f"Account {number}" for number in range(40)))
    crash.close()
    (good,) = (crash.home / "backups").iterdir()
    (crash.home / "backups" / "ledger-20991231-000000+0000.sqlite").write_bytes(b"damaged too")
    content = bytearray(crash.file.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    crash.file.write_bytes(bytes(content))
    with pytest.raises(LedgerUnusable, match=rf"damaged.*shopper restore '{re.escape(str(good))}'"):
        crash.labels()


def copied_over(copy: Path, ledger: Path) -> None:
    shutil.copyfile(copy, ledger)


def moved_over(copy: Path, ledger: Path) -> None:
    copy.replace(ledger)


def deleted(_copy: Path, ledger: Path) -> None:
    ledger.unlink()


def emptied(_copy: Path, ledger: Path) -> None:
    ledger.write_bytes(b"")


REPLACED = """
import json, sys
from pathlib import Path
from assistant.bootstrap import build
from assistant.domain.errors import LedgerUnusable
from assistant.domain.events import EventKind
from assistant.settings import Settings
from tests.storage import test_recovery

def refusal(attempt):
    try:
        attempt()
    except LedgerUnusable as error:
        return str(error)

for home, copy, how in json.loads(sys.argv[1]):
    services = build(Settings(home=Path(home), port=0))
    services.accounts.add("Five", "personal")
    if "settled" in home:
        services.database.settle()
    with services.database.writing() as work:
        work.tell(EventKind.ACCOUNT_CHANGED)
        getattr(test_recovery, how)(Path(copy), Path(home) / "ledger.sqlite")
        said = [refusal(work.commit)]
    said += map(refusal, (services.accounts.all, lambda: services.accounts.add("Four", "personal"), services.database.settle))
    services.close()
    print(json.dumps(said))
"""
"""Replaces ledgers while they are open and within a transaction; prints what each attempt to use them says."""


def test_a_ledger_that_is_replaced_while_it_is_open_is_not_used_any_more(tmp_path: Path, new_home: Path) -> None:
    cases = []
    for made, how in product((older_copy, backup, another_ledger), (copied_over, moved_over, deleted, emptied)):
        folder = tmp_path / f"{made.__name__}-{how.__name__}{'' if made is backup else '-settled'}"
        crash = Crash(Path(shutil.copytree(new_home, folder / "home")))
        copy = made(crash, folder)
        crash.close()
        cases.append((crash, copy, copy.read_bytes(), how))
    given = json.dumps([[str(crash.home), str(copy), how.__name__] for crash, copy, _, how in cases])
    done = subprocess.run([sys.executable, "-c", REPLACED, given], capture_output=True, text=True, check=True, timeout=60)
    for (crash, _, content, how), line in zip(cases, done.stdout.splitlines(), strict=True):
        said = json.loads(line)
        assert set(said) == {said[0]}, crash.home
        assert re.search(r"was moved or replaced while .* shopper restore", said[0])
        # Neither the process nor its end wrote into the other file.
        if how in (copied_over, moved_over):
            assert crash.file.read_bytes() == content
        with pytest.raises(LedgerUnusable, match="shopper restore"):
            crash.open()


BEGIN_TO_SETTLE = """
import sys
log = open(sys.argv[1] + "-wal", "rb").read()
size = int.from_bytes(log[8:12], "big")
frames = [log[at : at + 24 + size] for at in range(32, len(log), 24 + size)]
newest = [frame[24:] for frame in frames if frame[:4] == bytes([0, 0, 0, 1])][-1]
with open(sys.argv[1], "r+b") as ledger:
    before = ledger.read(size)
    ledger.seek(0)
    ledger.write(newest)
    pages_before, pages = (int.from_bytes(page[28:32], "big") for page in (before, newest))
    print(pages > pages_before)
"""
"""What another process does first when it moves a log into the file: it writes the first page. In a large log, the others take a while."""


def test_a_ledger_whose_large_log_is_being_moved_into_it_is_still_the_same(crash: Crash) -> None:
    services = crash.open()
    crash.add("Personal", "Business")
    services.database.settle()
    crash.add("Household")
    with services.database.writing() as work:
        work.session.execute(text("CREATE TABLE large AS SELECT randomblob(500000) AS content"))
        work.commit()
    begun = subprocess.run([sys.executable, "-c", BEGIN_TO_SETTLE, crash.file], capture_output=True, text=True, check=True)
    assert begun.stdout.strip() == "True"
    assert len(services.accounts.all()) == 3
    crash.add("Work")
    services.database.settle()
    assert len(services.accounts.all()) == 4
    crash.close()


TAKE_ALONE = """
import sqlite3, sys
ledger = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
ledger.execute("PRAGMA locking_mode=EXCLUSIVE")
ledger.execute("BEGIN IMMEDIATE")
"""
"""What another program does that wants to be alone with a ledger. It fails while the ledger is open elsewhere."""


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX drops the locks of a process when it closes a file")
@pytest.mark.parametrize("look", ["doctor", "log", "prove", "open again"])
def test_looking_at_an_open_ledger_in_its_own_process_keeps_it_locked(crash: Crash, look: str):
    services = crash.open()
    crash.add("Personal", "Business")
    if look == "doctor":
        assert {"ledger": "ok"}.items() <= {
            one.name: one.state for one in examine(crash.home, services.database.url, services.clock())
        }.items()
    elif look == "log":
        assert not has_foreign_log(crash.file)
    elif look == "prove":
        assert prove(crash.file).orders == 0
    else:
        build(Settings(home=crash.home, port=0)).close()
    other = subprocess.run([sys.executable, "-c", TAKE_ALONE, crash.file], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
    assert [account.label for account in services.accounts.all()] == ["Personal", "Business"]
    crash.close()
