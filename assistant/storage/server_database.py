"""A ledger in PostgreSQL: encryption for other machines, and one writer at a time, as with SQLite."""

import os
from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event

from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.languages.translating import translated

_DRIVER = "postgresql+psycopg"
_ACCEPTED = frozenset({"postgres", "postgresql", _DRIVER})
_ON_THIS_MACHINE = frozenset({"", "localhost", "127.0.0.1", "::1"})
_LOCK = "SELECT set_config('lock_timeout', '{}ms', true), pg_advisory_xact_lock(8377, hashtext(current_schema()))"
"""Waits for the other writers of this schema. The transaction holds it to its end, also when its process dies."""
_PATIENCE = 5000
"""Milliseconds to wait for another writer."""
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
VIEWS = "_household"
"""The schema of a household's views has the name of the ledger's, with this at its end (`household.py`)."""
_IS_HOUSEHOLD = "SELECT to_regclass('household_members') IS NOT NULL"
_IS_MEMBER = "SELECT EXISTS (SELECT 1 FROM household_members WHERE role = session_user)"
_THROUGH_VIEWS = (
    f"SELECT set_config('search_path', quote_ident(current_schema() || '{VIEWS}') || ', ' || quote_ident(current_schema()), true)"
)


def is_server(url: URL) -> bool:
    """Return whether a URL names a PostgreSQL database."""
    return url.drivername in _ACCEPTED


def engine_of(url: URL) -> Engine:
    """Return the engine of a PostgreSQL database. Raises InvalidInput for another machine without `sslmode=verify-full`.

    Connections that broke, because the server was away, are replaced when they are next used.
    """
    exposed = sorted(host for host in _hosts(url, os.environ) if host not in _ON_THIS_MACHINE and not host.startswith(("/", "@")))
    if exposed and url.query.get("sslmode") != "verify-full":
        raise InvalidInput(
            translated(
                "The database on {exposed} must be reached encrypted and its server checked: add '?sslmode=verify-full' to its URL.",
                exposed=exposed[0],
            )
        )
    timeouts = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    engine = create_engine(url.set(drivername=_DRIVER), pool_pre_ping=True, connect_args=timeouts)
    event.listen(engine, "connect", _ask_whether_member)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _explain_hidden_row)
    return engine


def _ask_whether_member(connection: Any, record: Any) -> None:
    """Note whether this role is a person of a household, who reads through views."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_HOUSEHOLD)
        if record.info.setdefault("member", cursor.fetchone()[0]):
            cursor.execute(_IS_MEMBER)
            record.info["member"] = cursor.fetchone()[0]
    connection.rollback()


def _explain_hidden_row(context: ExceptionContext) -> None:
    """Return a sentence where a row of another person, which this one does not see, has the same key."""
    member = context.connection is not None and context.connection.info.get("member")
    if member and type(context.original_exception).__name__ == "UniqueViolation":
        raise Conflict(
            translated("Somebody else in the household has that already, where you do not see it. Choose another key, letters or number.")
        ) from context.original_exception


def _hosts(url: URL, environment: Mapping[str, str]) -> list[str]:
    """Return the hosts of a URL. libpq takes a list of them, also from the query, the environment, or a file that names a service."""
    named = [url.host or "", *_texts(url, "host")]
    if not any(named):
        named.append(environment.get("PGHOST", ""))
    named += [*_texts(url, "hostaddr"), environment.get("PGHOSTADDR", "")]
    services = [*_texts(url, "service"), environment.get("PGSERVICE", "")]
    named += [translated("the service {name}", name=name) for name in services if name]
    return [host.strip().partition(":")[0] if host.count(":") == 1 else host.strip() for names in named for host in names.split(",")]


def _texts(url: URL, key: str) -> list[str]:
    given = url.query.get(key, ())
    return [given] if isinstance(given, str) else list(given)


def _begin(connection: Any) -> None:
    options = connection.get_execution_options()
    if options.get("writing", False):
        connection.exec_driver_sql(_LOCK.format(options.get("patience", _PATIENCE)))
        return
    connection.exec_driver_sql(_SNAPSHOT)
    if connection.info.get("member"):
        connection.exec_driver_sql(_THROUGH_VIEWS)
