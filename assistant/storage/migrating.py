"""Run numbered migrations (Alembic) in one transaction, after a backup of the ledger."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from assistant.domain.errors import LedgerUnusable
from assistant.storage.schema import MIGRATIONS, version_of
from assistant.storage.sqlite import sqlite_module


def script() -> ScriptDirectory:
    """Return the known migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def upgrade(engine: Engine, file: Path | None) -> None:
    """Migrate the schema to the newest version. `file` is backed up first if it has an older one.

    Raises LedgerUnusable when the ledger was written by a newer program.
    """
    scripts = script()
    newest = scripts.get_current_head()
    found = version_of(engine)
    if found is not None and found not in {revision.revision for revision in scripts.walk_revisions()}:
        raise LedgerUnusable(
            f"The ledger was written by a newer Shopper (schema {found}, this one knows {newest}). "
            "Update Shopper, or choose another ledger with --home."
        )
    if file is not None and found is not None:
        _back_up(file, found)
    with engine.execution_options(writing=True).connect() as connection, connection.begin():
        # Another process may have migrated while this one waited for the write lock.
        if MigrationContext.configure(connection).get_current_revision() == found:
            _run(scripts, connection, newest or "head")


def _run(scripts: ScriptDirectory, connection: Connection, to: str) -> None:
    def steps(revision: str, _context: MigrationContext) -> list[Any]:
        return list(scripts._upgrade_revs(to, revision))  # noqa: SLF001  # as Alembic's own command.upgrade does

    with EnvironmentContext(Config(), scripts) as environment:
        environment.configure(connection=connection, target_metadata=SQLModel.metadata, fn=steps, render_as_batch=True)
        environment.run_migrations()


def _back_up(file: Path, revision: str) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    target = file.with_name(f"{file.stem}-before-{revision}-{stamp}.backup.sqlite")
    target.touch(0o600)
    sqlite = sqlite_module()
    source, copy = sqlite.connect(file), sqlite.connect(target)
    source.backup(copy)
    copy.close()
    source.close()
