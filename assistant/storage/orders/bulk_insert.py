"""Inserts many rows with the driver's own `executemany`, which does not prepare every row separately."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlmodel import Session, SQLModel

from assistant.storage.orders.rows import Row


def insert_numbered(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> list[int]:
    """Give rows without an id one each, insert them, and return the ids. The session must hold the write lock.

    SQLite returns ids only row by row, which takes several times as long as choosing them here.
    """
    connection, name = session.connection(), str(table.__tablename__)
    if connection.dialect.name == "postgresql":
        numbers = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        ids = list(connection.scalars(numbers, {"name": name, "count": len(rows)}))
    else:
        last = connection.scalar(select(func.max(SQLModel.metadata.tables[name].c.id))) or 0
        ids = list(range(last + 1, last + 1 + len(rows)))
    for row, number in zip(rows, ids, strict=True):
        row["id"] = number
    insert_rows(session, table, rows)
    return ids


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns, and every column with a default."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    filled: dict[str, Sequence[Any]] = {}
    for name, cells in zip(rows[0], zip(*map(itemgetter(*rows[0]), rows), strict=True), strict=True):
        process = columns[name].type.dialect_impl(dialect).bind_processor(dialect)
        values = list(map(process, cells)) if process else cells
        # Half of an export's columns are empty, and SQLite's driver needs ten times as long for a None as for a number.
        if columns[name].default is not None or values[0] is not None or values.count(None) < len(values):
            filled[name] = values
    statement = insert(table).compile(dialect=dialect, column_keys=list(filled))
    # Drivers take values by position or by name.
    by_position = zip(*(filled[name] for name in statement.positiontup or filled), strict=True)
    ready: list[Any] = list(by_position) if statement.positiontup else [dict(zip(filled, row, strict=True)) for row in by_position]
    connection.exec_driver_sql(str(statement), ready)
