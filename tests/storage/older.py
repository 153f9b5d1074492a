"""Ledgers as earlier versions left them."""

from sqlalchemy import text

from assistant.storage.engine import Database
from assistant.storage.migrating import _run, script


def ledger_of(revision: str, url: str, *statements: str) -> Database:
    """A ledger with the schema of that revision, after these statements."""
    database = Database(url)
    with database.writing() as work:
        connection = work.session.connection()
        _run(script(), connection, revision)
        for statement in statements:
            connection.execute(text(statement))
        # `work.commit` needs today's schema.
        work.session.commit()
    return database
