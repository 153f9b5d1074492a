"""Statements used by every visit: compiled once and run by the driver, because SQLAlchemy's layers cost more than the query.

Measured in pairs with the visits of `tests/bench/test_visits.py`, against the same statements through SQLAlchemy's Core: a visit takes
14.4 instead of 15.7 ms of processor time, its p99 is 123 instead of 150 ms on a busy machine.
"""

import json
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, BindParameter, Boolean, ColumnElement, Connection, literal_column
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors
from sqlmodel import Session


def at_most(rows: int) -> ColumnElement[int]:
    """Return a limit that is written into the statement. SQLite compiles a statement again at each run if its limit is a parameter."""
    return literal_column(str(rows))


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement as one driver wants it: `order` of positional parameters, `usual` values, names in each list."""

    sql: str
    order: tuple[str, ...] | None
    usual: Mapping[str, Any]
    lists: Mapping[str, list[str]]


class Prepared:
    """One statement over plain tables. Its named parameters are given as keywords; a list fills an expanding one."""

    def __init__(self, statement: Any) -> None:
        """Take a select, or an insert whose JSON values are given as text."""
        self._statement = statement
        self._texts: dict[tuple[Any, ...], _Text] = {}
        columns = list(getattr(statement, "selected_columns", ()))
        self._lists = _expanding(statement)
        self._row = _row_of([column.name for column in columns])
        self._decoders = [(place, decoder) for place, column in enumerate(columns) if (decoder := _decoder(column.type))]

    def rows(self, session: Session, **values: Any) -> list[Any]:
        """Return all rows, each a named tuple of its columns."""
        found = self._run(session, values).fetchall()
        return list(map(self._decoded, found) if self._decoders else map(self._row._make, found))

    def first(self, session: Session, **values: Any) -> Any:
        """Return the first row, None where there is none."""
        return next(iter(self.rows(session, **values)), None)

    def run(self, session: Session, **values: Any) -> None:
        """Run a statement that returns no rows."""
        self._run(session, values)

    def _decoded(self, row: Any) -> Any:
        values = list(row)
        for place, decoder in self._decoders:
            if values[place] is not None:
                values[place] = decoder(values[place])
        return self._row._make(values)

    def _run(self, session: Session, values: dict[str, Any]) -> Any:
        connection = session.connection()
        text = self._text(connection, values)
        given = {**text.usual, **values}
        for name, names in text.lists.items():
            given.update(zip(names, values[name], strict=True))
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text.sql, given if text.order is None else [given[name] for name in text.order])
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(text.sql, None, error, connection.dialect.loaded_dbapi.Error, dialect=connection.dialect) from error
        return cursor

    def _text(self, connection: Connection, values: Mapping[str, Any]) -> _Text:
        key = (connection.dialect.name, *[len(values[name]) for name in self._lists])
        text = self._texts.get(key)
        if text is None:
            compiled = self._statement.compile(dialect=connection.dialect)
            state = compiled.construct_expanded_state(values)
            order = tuple(state.positiontup) if state.positiontup is not None else None
            text = _Text(state.statement, order, dict(state.parameters), dict(state.parameter_expansion))
            self._texts[key] = text
        return text


def _expanding(statement: Any) -> list[str]:
    """Return the names of the parameters that lists are given for."""
    parts = visitors.iterate(statement)
    return sorted({part.key for part in parts if isinstance(part, BindParameter) and part.expanding and part.required})


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names, rename=True)  # noqa: PYI024  # the names are known at run time only


def _decoder(kind: Any) -> Callable[[Any], Any] | None:
    if isinstance(kind, JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return bool if isinstance(kind, Boolean) else None
