"""Opens the ledger: SQLite, safe for several processes, or PostgreSQL by URL."""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from errno import EACCES
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError
from sqlmodel import Session

from assistant.domain.clock import Clock, system_clock
from assistant.domain.errors import InvalidInput, LedgerBusy, LedgerUnusable
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.locations import make_private

# Tables refer to each other, so import all of them before opening a ledger.
from assistant.storage import (
    products,  # noqa: F401
    tables,  # noqa: F401
)
from assistant.storage.backups import newest_good_backup
from assistant.storage.books import tables as book_tables  # noqa: F401
from assistant.storage.imports import pages  # noqa: F401
from assistant.storage.pairing import tables as client_tables  # noqa: F401
from assistant.storage.private_files import tighten
from assistant.storage.recovery import FileWatch, count_commit, faults_after_crash, mark_as_own, refuse_foreign_log
from assistant.storage.schema import is_foreign, newest_version, version_of
from assistant.storage.server_database import engine_of, is_server
from assistant.storage.sqlite import sqlite_module
from assistant.storage.taxes import tables as tax_tables  # noqa: F401
from assistant.storage.unit_of_work import UnitOfWork
from assistant.storage.warnings import situations  # noqa: F401
from assistant.wire.shape import encode

_PATIENCE, _HASTE = 5000, 50
"""Milliseconds to wait for another writer; and where somebody waits for an answer that can be written later."""


class _LedgerSession(Session):
    """A session that looks up its connection once per transaction, not at every statement."""

    _own: Connection | None = None

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        if self._own is None or not self._own.in_transaction():
            self._own = super().connection(*args, **kwargs)
        return self._own


class _ReadingSession(Session):
    """A session with its own connection, used directly by statements that return no objects."""

    def __init__(self, connection: Connection, **kwargs: Any) -> None:
        connection.begin()
        super().__init__(connection, **kwargs)
        self._own = connection

    def connection(self, *_args: Any, **_kwargs: Any) -> Connection:
        return self._own

    def close(self) -> None:
        # Most answers load no objects, and the connection is closed by the block that opened it.
        if self.in_transaction():
            super().close()


_BAD_URL = to_translate("The database URL cannot be used. Write sqlite:///FILE, or postgresql://USER@HOST/NAME.")


class Database:
    """An open ledger. `url` is sqlite:///FILE or postgresql://USER@HOST/NAME."""

    def __init__(self, url: str, clock: Clock = system_clock, zone: str = "", machine: str = "") -> None:
        """Prepare the connection pool. Raises InvalidInput for a URL that cannot be used, LedgerUnusable for a bad folder.

        `machine` tells the machines apart that share a server database; "" for a file, which is on one machine.
        """
        self.url = url
        self.zone = zone
        self.machine = machine
        self.before_commit: Callable[[UnitOfWork], None] | None = None
        self._clock = clock
        self._faults: list[str] = []
        self._engine = _engine(url)
        self._connections: set[Any] = set()
        if self.file is not None:
            event.listen(self._engine, "connect", lambda connection, _: self._connections.add(connection))
            event.listen(self._engine, "close", lambda connection, _: self._connections.discard(connection))
        self._watch = FileWatch(self.file) if self.file is not None else None
        if self._watch is not None:
            _watch_file(self._engine, self._watch)
        self._writer = self._engine.execution_options(writing=True, patience=_PATIENCE)
        self._hasty = self._engine.execution_options(writing=True, patience=_HASTE)

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None for a server database."""
        parsed = self._engine.url
        return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None

    def url_for(self, role: str, password: str) -> str:
        """Return the URL with which another role reaches this server database."""
        found = self._engine.url.set(drivername="postgresql", username=role, password=password)
        return found.render_as_string(hide_password=False)

    def upgrade(self) -> None:
        """Create or migrate the schema, after a backup. A ledger that was not closed properly is checked first. Raises LedgerUnusable."""
        if self.file is not None:
            refuse_foreign_log(self.file)
            with _explained(self.url):
                self._faults = faults_after_crash(self.file)
        with _explained(self.url):
            if version_of(self._engine) != newest_version():
                if is_foreign(self._engine):
                    raise LedgerUnusable(
                        translated(
                            "{file} belongs to another program. Choose another one with --database.",
                            file=self.file or translated("The database"),
                        )
                    )
                from assistant.storage.migrating import upgrade  # noqa: PLC0415  # takes longer to load than most commands to run

                self._refuse_damaged()
                upgrade(self._engine, self.file)

    def _refuse_damaged(self) -> None:
        if self._faults and self.file is not None:
            raise LedgerUnusable(
                translated("{damage} Until then it can only be read. ({fault})", damage=_damaged(self.file), fault=self._faults[0][:120])
            )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a read-only session with a consistent snapshot."""
        with _explained(self.url), self._engine.connect() as connection, _ReadingSession(connection, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self, *, hasty: bool = False) -> Iterator[UnitOfWork]:
        """Yield a unit of work that holds the write lock from its first statement; without `commit()` nothing changes.

        Raises LedgerBusy when another program holds the lock for five seconds (`hasty`: for a moment), and LedgerUnusable, also for a
        damaged ledger: it can only be read.
        """
        self._refuse_damaged()
        with _explained(self.url), _LedgerSession(self._hasty if hasty else self._writer, expire_on_commit=False) as session:
            yield UnitOfWork(session, self._clock, self.before_commit)

    def describe(self) -> str:
        """Return the state of a server database in a sentence. Raises LedgerUnusable when it cannot be reached."""
        with self.reading() as session:
            server = session.connection().exec_driver_sql("SHOW server_version").scalar()
            encrypted = session.connection().exec_driver_sql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").scalar()
        version = version_of(self._engine)
        schema = translated("schema {version}", version=version)
        if version != newest_version():
            schema = translated("schema {version}, migrated when it is next opened", version=version)
        how = translated("encrypted") if encrypted else translated("on this machine")
        text = to_translate("PostgreSQL {server} at {address} ({how}), {schema}.")
        return translated(text, server=server, address=_place(self.url), how=how, schema=schema)

    @contextmanager
    def owning(self) -> Iterator[Connection]:
        """Yield a connection that holds the write lock, for statements that only the owner of a server database may run; commit it."""
        with _explained(self.url), self._writer.connect() as connection:
            yield connection

    def settle(self) -> None:
        """Move recent writes from the log into the file, except those being read; writers do not wait."""
        if self._watch is None:
            return
        with _explained(self.url), closing(self._engine.raw_connection()) as connection:
            self._watch.check(connection.driver_connection)
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def interrupt(self) -> None:
        """End the statements that other threads run in the file now; they fail, and what they write is rolled back."""
        for connection in tuple(self._connections):
            with suppress(Exception):  # it may have been closed meanwhile
                connection.interrupt()

    def close(self) -> None:
        """Close all connections, unless the file was replaced: closing would move the log of the old file into the new one."""
        if self._watch is not None and self._watch.replaced:
            # They stay open until the process ends; that closes the files without running SQLite code.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._engine))
            return
        self._engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if is_server(parsed):
            return _explaining_values(engine_of(parsed))
        if parsed.get_backend_name() != "sqlite":
            raise InvalidInput(translated(_BAD_URL))
    except (ArgumentError, NoSuchModuleError) as error:
        raise InvalidInput(translated(_BAD_URL)) from error
    except ModuleNotFoundError as error:
        said = translated(
            "PostgreSQL needs psycopg. In your checkout of Shopper: "
            "uv tool install '.[postgresql]' (or: pipx install --force '.[postgresql]')"
        )
        raise InvalidInput(said) from error
    if parsed.database:
        _private_file(Path(parsed.database))
    arguments = {"timeout": 5.0, "check_same_thread": False}
    # Prefer the last used connection: its pages and statements are cached.
    engine = create_engine(url, module=sqlite_module(), pool_use_lifo=True, connect_args=arguments, json_serializer=_json_text)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _count)
    return _explaining_values(engine)


def _watch_file(engine: Engine, watch: FileWatch) -> None:
    """Check before each transaction, and before each commit, that the ledger's file is still the same."""

    def check(connection: Connection) -> None:
        watch.check(connection.connection.driver_connection)

    event.listen(engine, "begin", check, insert=True)
    event.listen(engine, "commit", check, insert=True)


def _json_text(value: Any) -> str:
    """Return a value of a JSON column as text; the usual encoder takes five times as long, and every order has four."""
    return encode(value).decode()


def _explaining_values(engine: Engine) -> Engine:
    event.listen(engine, "handle_error", _explain_value)
    return engine


def _explain_value(context: ExceptionContext) -> None:
    """Return a sentence about a value that the database cannot store."""
    error = context.original_exception
    if isinstance(error, OverflowError) or type(error).__name__ == "NumericValueOutOfRange":
        raise InvalidInput(translated("A number is too large for the ledger. Check your input.")) from error
    if isinstance(error, UnicodeEncodeError):
        raise InvalidInput(translated("A text contains bytes that are not UTF-8. Save it as UTF-8 and try again.")) from error


def sqlite_file(url: str) -> Path | None:
    """Return the SQLite file of a ledger's URL, None for a server database. Raises InvalidInput for a URL that cannot be used."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidInput(translated(_BAD_URL)) from error
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _private_file(file: Path) -> None:
    """Make the ledger's folder and file for their owner only, whatever existed before. Raises LedgerUnusable."""
    folder = file.parent
    try:
        if folder.is_symlink():
            raise LedgerUnusable(translated("The data folder {folder} is a link. Give the real folder with --home.", folder=folder))
        if file.is_symlink():
            raise LedgerUnusable(translated("The ledger {file} is a link. Give the folder of the real file with --home.", file=file))
        make_private(folder)
        tighten(folder, file)
        if file.exists() and not file.stat().st_size and any((folder / "backups").glob("*.sqlite")):
            raise LedgerUnusable(
                translated("The ledger {file} is empty, but there are backups of it. Restore one: shopper restore FILE", file=file)
            )
        # A ledger that exists is not opened here: if this process has it open already, closing it would drop the locks of SQLite.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        file.chmod(0o600)
        if not os.access(file, os.R_OK | os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise LedgerUnusable(
            translated(
                "The ledger {file} cannot be opened: {reason}. Choose another folder with --home.", file=file, reason=reason_of(error)
            )
        ) from error


_LONGEST_LOG = 8000
"""Pages of 4 KiB after which a commit moves the log into the file; a server does that earlier, between answers."""

_CACHE = 4_000
"""KiB of the ledger that a connection may cache. More saves nothing: a write through another connection empties the cache."""


def _set_up_connection(connection: Any, _record: Any) -> None:
    # `_begin` begins transactions; the driver would begin them late and without the write lock.
    connection.isolation_level = None
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "temp_store=MEMORY")
    for pragma in (*pragmas, f"wal_autocheckpoint={_LONGEST_LOG}", f"cache_size=-{_CACHE}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    options = connection.get_execution_options()
    writing, patience = options.get("writing", False), options.get("patience", _PATIENCE)
    # Straight to the driver, because every answer waits for it.
    driver = connection.connection.driver_connection
    if connection.info.get("patience", _PATIENCE) != patience:
        driver.execute(f"PRAGMA busy_timeout={patience}")
        connection.info["patience"] = patience
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    if writing:
        connection.info["changes"] = driver.total_changes


def _count(connection: Any) -> None:
    """Count a commit that changed something (`recovery.py`)."""
    driver = connection.connection.driver_connection
    if connection.get_execution_options().get("writing", False) and driver.total_changes != connection.info.get("changes"):
        mark_as_own(driver)
        count_commit(driver)


_DAMAGE = ("malformed", "could not decode")
"""What SQLite says of a damaged file."""


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite_module().DatabaseError) as error:
        # PostgreSQL reports a missing table as a programming error.
        gone = type(getattr(error, "orig", None)).__name__ == "UndefinedTable"
        cause = str(getattr(error, "orig", error)).lower()
        refused = "permission denied" in cause or "must be owner" in cause
        if isinstance(error, DatabaseError) and type(error).__name__ in ("IntegrityError", "ProgrammingError") and not (gone or refused):
            raise
        if "locked" in cause or "lock timeout" in cause:
            raise LedgerBusy(translated("Another program is writing to {place}. Try again in a moment.", place=_place(url))) from error
        raise LedgerUnusable(_sentence(cause, url)) from error
    except UnicodeDecodeError as error:
        # Texts are written as UTF-8 only.
        raise LedgerUnusable(_sentence("malformed", url)) from error


def _damaged(file: Path) -> str:
    copy = newest_good_backup(file)
    return translated(
        "The ledger {file} is damaged. Nothing was changed. Put a good copy in its place: shopper restore '{copy}'.",
        file=file,
        copy=copy or "FILE",
    )


def _place(url: str) -> str:
    """Return the file of a ledger, or the URL of a server database without its password."""
    return str(sqlite_file(url) or make_url(url).render_as_string())


def _sentence(cause: str, url: str) -> str:
    where, file = _place(url), sqlite_file(url)
    if file is not None and any(sign in cause for sign in _DAMAGE):
        return _damaged(file)
    for part, sentence in _SENTENCES.items():
        if part in cause:
            return translated(sentence, place=where)
    reason = cause.splitlines()[0][:160] if cause else translated("no reason given")
    return translated("The ledger {place} cannot be used: {reason}. Check the database URL or --home.", place=where, reason=reason)


_SENTENCES = {
    "connection refused": to_translate("The database {place} does not answer. Start PostgreSQL there, or check the database URL."),
    "not a database": to_translate("{place} is not a ledger. Choose another file with --database."),
    "malformed": to_translate("The ledger {place} is damaged. Nothing was changed. Restore a backup: shopper restore FILE"),
    "disk is full": to_translate("The disk is full: the last change was not saved in {place}. Free some space and try again."),
    "disk i/o error": to_translate(
        "The disk of {place} is full or fails: nothing could be read or saved just now. Free space, then run 'shopper doctor'."
    ),
    "permission denied": to_translate(
        "This person may not do that in {place}. What belongs to all is changed with the owner's database URL."
    ),
    "must be owner": to_translate("Only the owner of {place} can do that. Use the owner's database URL."),
    "readonly": to_translate("The ledger {place} cannot be written. Check the permissions of the file and its folder."),
}
"""What SQLite and PostgreSQL say, and what to say instead."""
