"""Inserts many rows with the driver's own `executemany`, which does not prepare every row separately."""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import func, insert, select, text
from sqlmodel import Session, SQLModel

from assistant.storage.orders.rows import Row


def insert_numbered(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> list[int]:
    """Insert rows without an id and return the ids that they get, in their order. The session must hold the write lock.

    SQLite returns ids only row by row, which takes several times as long as choosing them here.
    """
    connection, name = session.connection(), str(table.__tablename__)
    if connection.dialect.name == "postgresql":
        numbers = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        ids = list(connection.scalars(numbers, {"name": name, "count": len(rows)}))
    else:
        last = connection.scalar(select(func.max(SQLModel.metadata.tables[name].c.id))) or 0
        ids = list(range(last + 1, last + 1 + len(rows)))
    insert_rows(session, table, [row | {"id": number} for row, number in zip(rows, ids, strict=True)])
    return ids


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
