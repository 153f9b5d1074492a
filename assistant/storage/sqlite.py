"""Chooses the SQLite library."""

import sqlite3
from types import ModuleType

SAFE_SQLITE = (3, 51, 3)
"""First SQLite without the WAL-reset race between processes (sqlite.org/wal.html#walresetbug)."""


def sqlite_module() -> ModuleType:
    """Return the SQLite to use: the bundled one where it has a wheel, else Python's own."""
    try:
        import pysqlite3  # noqa: PLC0415  # not to be had on every platform
    except ImportError:
        return sqlite3
    return pysqlite3  # type: ignore[no-any-return]  # the package has no types
