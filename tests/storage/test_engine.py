"""The ledger file: safe settings, whole transactions, numbered migrations."""

import multiprocessing
import stat

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.domain.events import EventKind
from assistant.storage.engine import Database
from assistant.storage.migrating import script
from assistant.storage.sqlite import SAFE_SQLITE, sqlite_module
from assistant.storage.tables import OutboxRow
from assistant.storage.taxes import order_pages  # noqa: F401  # a table that no other one refers to

FIRST_RELEASE = """
INSERT INTO accounts (id, key, label, purpose, owner, home, colour, symbol, letters, business, status, marketplaces, addresses, cards,
    created_at) VALUES (1, 'per', 'P', 'personal', 'me', 'home', 'blue', 'o', 'PER', 0, 'ok', '[]', '[]', '[]', '2026-01-01');
INSERT INTO documents (id, digest, name, kind, media_type, account_id, received_at, state, new, changed, same, problems)
    VALUES (1, 'x', 'x.zip', 'privacy_zip', '', 1, '2026-01-01T00:00:00+00:00', 'read', 2, 0, 0, '[]');
INSERT INTO orders (id, account_id, number, kind, status, cancelled, placed_on, refunded, title, item_count, amounts, sources, conflicts,
    search) VALUES (1, 1, '1', 'retail', 'placed', 0, '2025-01-05', 0, '', 0, '{}', '{}', '[]', ''),
    (2, 1, '2', 'retail', 'placed', 0, '2025-02-05', 0, '', 0, '{}', '{}', '[]', '');
INSERT INTO sightings (order_id, document_id, payload) VALUES (1, 1, '{}'), (2, 1, '{}')
"""
"""An export in a ledger of the first schema."""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'folder' / 'ledger.sqlite'}"


@pytest.fixture
def database(url):
    found = Database(url)
    found.upgrade()
    yield found
    found.close()


def test_the_bundled_sqlite_has_no_wal_race():
    assert sqlite_module().sqlite_version_info >= SAFE_SQLITE


def test_the_file_is_configured_to_lose_nothing(database):
    with database.reading() as session:
        pragmas = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.file.parent.stat().st_mode) == 0o700


def test_the_folder_of_a_new_ledger_is_made_private_and_an_existing_one_keeps_its_rights(tmp_path):
    ours, shared = tmp_path / "ours", tmp_path / "shared"
    for folder in (ours, shared):
        folder.mkdir()
        folder.chmod(0o755)
    (shared / "notes.txt").touch()
    for folder in (ours, shared):
        Database(f"sqlite:///{folder / 'ledger.sqlite'}").close()
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (ours, shared)] == [0o700, 0o755]


def test_checkpointing_moves_the_log_into_the_file_and_keeps_every_row(database):
    with database.writing() as work:
        for number in range(200):
            work.tell(EventKind.ACCOUNT_CHANGED, account=f"a{number}")
        work.commit()
    before = database.file.stat().st_size
    database.settle()
    assert database.file.stat().st_size > before
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 200


def test_uncommitted_work_is_discarded(database):
    with database.writing() as work:
        work.tell(EventKind.ACCOUNT_CHANGED, account="x")
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 0


def test_the_schema_matches_the_tables(database):
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_twice_changes_nothing(database, url):
    again = Database(url)
    again.upgrade()
    again.close()
    assert not (database.file.parent / "backups").exists()


def _write(url: str, times: int) -> None:
    database = Database(url)
    for number in range(times):
        with database.writing() as work:
            # Read, then write: with a plain BEGIN two writers would collide here.
            known = work.session.scalar(text("SELECT count(*) FROM outbox"))
            work.session.add(OutboxRow(kind="account-changed", at=f"{number}-{known}", data={}))
            work.commit()
    database.close()


def test_several_processes_write_without_losing_or_refusing_each_other(database, url):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(url, 50)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 150


def test_a_damaged_file_is_named_and_left_alone(tmp_path):
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    before = file.read_bytes()
    with pytest.raises(LedgerUnusable, match=r"ledger\.sqlite"):
        Database(f"sqlite:///{file}").upgrade()
    assert file.read_bytes() == before


def test_a_linked_data_folder_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(LedgerUnusable, match="is a link"):
        Database(f"sqlite:///{tmp_path / 'link' / 'ledger.sqlite'}")


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "oracle+nothing://x"])
def test_a_url_of_another_database_is_refused_in_one_sentence(url):
    with pytest.raises(InvalidInput, match="sqlite:///FILE"):
        Database(url)


def test_a_ledger_held_by_another_program_is_reported(url, database):
    other = sqlite_module().connect(database.file)
    other.execute("BEGIN IMMEDIATE")
    impatient = Database(url)
    with pytest.raises(LedgerUnusable, match="Another program is writing"), impatient.writing() as work:
        work.session.execute(text("SELECT 1"))
    other.close()
    impatient.close()


def test_migrating_an_older_ledger_adds_the_days_that_its_exports_cover(url):
    older = Database(url)
    with older._engine.connect() as connection, connection.begin():  # the schema of the first release, with an export in it
        context = EnvironmentContext(Config(), script())
        with context:
            context.configure(connection=connection, fn=lambda revision, _: script()._upgrade_revs("0001", revision), render_as_batch=True)
            context.run_migrations()
        for statement in FIRST_RELEASE.strip().split(";\n"):
            connection.execute(text(statement))
    older.upgrade()
    with older.reading() as session:
        assert session.execute(text("SELECT first_day, last_day FROM documents")).all() == [("2025-01-05", "2025-02-05")]
        assert session.scalars(text("SELECT quarantine FROM orders")).all() == [None, None]
    older.close()
