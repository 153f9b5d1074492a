"""Finds the version of a ledger's schema without loading the migrations, because every command needs it."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"


def newest_version() -> str:
    """Return the number of the newest known migration."""
    return max(file.stem[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def version_of(engine: Engine) -> str | None:
    """Return the number of a ledger's last migration, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_foreign(engine: Engine) -> bool:
    """Return whether a database has tables but is not a ledger."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        return bool(names) and not {"alembic_version", "accounts"} <= names
