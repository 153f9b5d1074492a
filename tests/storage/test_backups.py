"""A backup is a checked copy; restoring never mixes two ledgers and never loses the existing one."""

import pytest

from assistant.bootstrap import build
from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.settings import Settings
from assistant.storage.backups import back_up, best_first, prove, restore
from assistant.storage.engine import Database
from assistant.storage.sqlite import sqlite_module


@pytest.fixture
def ledger(services, ledger_url):
    if ledger_url:
        pytest.skip("a backup of PostgreSQL is made with its own tools")
    services.accounts.add("Personal", "personal")
    return services.database.file


def labels(home) -> list[str]:
    again = build(Settings(home=home, port=0))
    found = [account.label for account in again.accounts.all()]
    again.close()
    return found


def test_a_backup_of_an_open_ledger_holds_its_last_commit(services, ledger, tmp_path):
    first = back_up(ledger, tmp_path / "one.sqlite")
    services.accounts.add("Business", "business")
    second = back_up(ledger, tmp_path / "two.sqlite")
    assert (first.orders, first.version) == (0, second.version)
    assert first.digest != second.digest
    proven = prove(tmp_path / "two.sqlite")
    assert (proven, proven.digest) == (second, second.digest)
    assert (tmp_path / "one.sqlite").stat().st_mode & 0o077 == 0
    with pytest.raises(InvalidInput, match="already exists"):
        back_up(ledger, tmp_path / "one.sqlite")


def test_an_older_backup_replaces_the_ledger_and_its_log(services, ledger, tmp_path, home):
    back_up(ledger, tmp_path / "old.sqlite")
    services.accounts.add("Business", "business")
    # A crash leaves the log beside the file.
    log = ledger.with_name("ledger.sqlite-wal")
    unclean = log.read_bytes()
    services.close()
    log.write_bytes(unclean)
    restore(tmp_path / "old.sqlite", ledger, home / "backups" / "replaced-1.sqlite")
    assert labels(home) == ["Personal"]
    assert prove(ledger).orders == 0
    assert (home / "backups" / "replaced-1.sqlite-wal").read_bytes() == unclean


def test_a_ledger_in_use_is_not_replaced(ledger, tmp_path, home, monkeypatch):
    monkeypatch.setattr("assistant.storage.backups._LAST_MOMENTS", 0.1)
    back_up(ledger, tmp_path / "old.sqlite")
    before = ledger.read_bytes()
    with pytest.raises(LedgerUnusable, match="Stop it first"):
        restore(tmp_path / "old.sqlite", ledger, home / "backups" / "replaced-1.sqlite")
    assert ledger.read_bytes() == before
    assert not (home / "backups").exists()


def _empty(file) -> None:
    file.write_bytes(b"")


def _foreign(file) -> None:
    connection = sqlite_module().connect(file)
    connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()


def _newer(file) -> None:
    connection = sqlite_module().connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def _damaged(file) -> None:
    content = bytearray(file.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 100] = b"\xff" * 100
    file.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("spoil", "why"), [(_empty, "empty"), (_foreign, "not a ledger"), (_newer, "newer Shopper"), (_damaged, "damaged|cannot be read")]
)
def test_a_damaged_backup_is_refused_and_nothing_changes(services, ledger, tmp_path, spoil, why):
    copy, home = tmp_path / "copy.sqlite", ledger.parent
    if spoil in (_newer, _damaged):
        back_up(ledger, copy)
    spoil(copy)
    services.close()
    before = ledger.read_bytes()
    with pytest.raises(LedgerUnusable, match=why):
        restore(copy, ledger, home / "backups" / "replaced-1.sqlite")
    assert ledger.read_bytes() == before
    assert labels(home) == ["Personal"]


def test_a_database_of_another_program_is_not_adopted(tmp_path):
    file = tmp_path / "ledger.sqlite"
    _foreign(file)
    before = file.read_bytes()
    database = Database(f"sqlite:///{file}")
    with pytest.raises(LedgerUnusable, match="another program"):
        database.upgrade()
    database.close()
    connection = sqlite_module().connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    connection.close()
    assert len(before) == file.stat().st_size


def test_a_linked_ledger_file_is_refused_and_its_target_left_alone(tmp_path):
    target = tmp_path / "other.sqlite"
    target.write_bytes(b"")
    target.chmod(0o644)
    (tmp_path / "ledger.sqlite").symlink_to(target)
    with pytest.raises(LedgerUnusable, match="is a link"):
        Database(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    assert target.stat().st_mode & 0o777 == 0o644


def test_an_empty_ledger_beside_its_backups_is_not_started(services, ledger, home):
    services.backups.daily()
    services.close()
    for log in ("-wal", "-shm"):
        ledger.with_name(f"ledger.sqlite{log}").unlink(missing_ok=True)
    ledger.write_bytes(b"")
    with pytest.raises(LedgerUnusable, match="shopper restore"):
        build(Settings(home=home, port=0))


@pytest.mark.usefixtures("ledger")
def test_automatic_backups_keep_three_days_and_four_weeks(services, clock, home):
    for _ in range(60):
        services.backups.daily()
        assert services.backups.daily() is None
        clock.forward(days=1)
    kept = sorted(file.name for file in (home / "backups").iterdir())
    assert 4 <= len(kept) <= 7
    days = [name[7:15] for name in kept]
    assert days[-3:] == ["20270121", "20270122", "20270123"]
    assert days[0] <= "20270103"


@pytest.mark.usefixtures("ledger")
def test_a_clock_that_was_wrong_for_days_stops_no_backup(services, clock, home):
    services.backups.daily()
    clock.forward(days=400)
    for _ in range(4):
        services.backups.daily()
        clock.forward(days=1)
    clock.forward(days=-403)
    for _ in range(3):
        made = services.backups.daily()
        assert made is not None
        assert made.file.exists()
        assert best_first(home / "backups", clock())[0][1] == made.file
        assert services.backups.daily() is None
        clock.forward(days=1)
    assert len(list((home / "backups").iterdir())) <= 10
