"""Inserts many rows with the driver's own `executemany`, which does not prepare every row separately."""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from assistant.storage.orders.rows import Row


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    statement = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    written = {name: process for name in rows[0] if (process := columns[name].type.dialect_impl(dialect).bind_processor(dialect))}
    ready = [row | {name: process(row[name]) for name, process in written.items()} for row in rows] if written else rows
    # Drivers take values by position or by name.
    values = list(map(itemgetter(*statement.positiontup), ready)) if statement.positiontup else list(ready)
    connection.exec_driver_sql(str(statement), values)
