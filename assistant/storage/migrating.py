"""Run numbered migrations (Alembic) in one transaction, after a backup of the ledger."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from assistant.domain.clock import system_clock
from assistant.domain.errors import LedgerUnusable
from assistant.domain.languages.translating import translated
from assistant.storage.backups import BEFORE, automatic_file, back_up, thin_out
from assistant.storage.private_files import FOLDER
from assistant.storage.schema import MIGRATIONS, version_of


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
            translated(
                "The ledger was written by a newer Shopper (schema {found}, this one knows {newest}). "
                "Update Shopper, or choose another ledger with --home.",
                found=found,
                newest=newest,
            )
        )
    if file is not None and found is not None:
        _back_up(file)
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


def _back_up(file: Path) -> None:
    """Keep a checked copy of the ledger from before the migration. Raises LedgerUnusable; then nothing is migrated."""
    folder = file.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    now = system_clock()
    target = automatic_file(folder, now, BEFORE)
    # Another process may have made the same copy in this second.
    if not target.exists():
        back_up(file, target)
    thin_out(folder, now)
