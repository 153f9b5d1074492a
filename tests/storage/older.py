"""Ledgers of earlier versions."""

from sqlalchemy import text

from assistant.storage.engine import Database
from assistant.storage.migrating import _run, script


def ledger_of(revision: str, url: str, *statements: str) -> Database:
    """Return a ledger with the schema of a revision, after running these statements."""
    database = Database(url)
    with database.writing() as work:
        connection = work.session.connection()
        _run(script(), connection, revision)
        for statement in statements:
            connection.execute(text(statement))
        # `work.commit` needs today's schema.
        work.session.commit()
    return database
