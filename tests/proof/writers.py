"""Processes that write to a ledger and report over a pipe what was acknowledged, so that tests can kill them at any moment.

They are forked from a process that has already loaded the program, so a thousand of them cost little.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant.bootstrap import Services, build
from assistant.domain.errors import LedgerUnusable
from assistant.importers.reading import read_bytes
from assistant.server.limits import Limits
from assistant.server.run import run
from assistant.services.imports.import_files import _Taking
from assistant.services.imports.store_document import Arrival
from assistant.settings import Settings
from assistant.storage.engine import Database
from assistant.storage.migrating import _run, script
from assistant.storage.schema import version_of
from assistant.storage.unit_of_work import UnitOfWork

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.proof.writers"])
HEADER = (
    "Website,Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Shipping Charge,Total Discounts,Total Owed,Quantity,Order Status,"
    "Product Name,ASIN"
)
LIMITS = Limits(client_rate=10_000, client_burst=10_000, stranger_rate=10_000, stranger_burst=10_000, settle=0.2, idle=0.01)
ORDERS = 12
"""Orders of one document."""
LONGEST_WAIT = 0.12
"""After an acknowledgement, a test kills the program within this many seconds."""


@contextmanager
def started(target: Callable[..., None], *arguments: Any, **named: Any) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Run a function of this module in a new process; its first argument is the pipe for its acknowledgements."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=target, args=(theirs, *arguments), kwargs=named, daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def acknowledged(pipe: Connection) -> list[Any]:
    """Return everything that a process acknowledged before it was killed."""
    said = []
    with suppress(EOFError, OSError):
        while True:
            said.append(pipe.recv())
    return said


def services_on(home: Path) -> Services:
    return build(Settings(home=home, port=0))


def document(number: int) -> bytes:
    """Return an export with orders that no other document has."""
    rows = [
        f"Amazon.com,112-{number:07d}-{place:07d},2025-03-{place % 28 + 1:02d}T10:00:00Z,USD,20.00,1.60,0,0,21.60,1,Closed,Hose,B0INVENT01"
        for place in range(ORDERS)
    ]
    return "\n".join([HEADER, *rows, ""]).encode()


def take(services: Services, number: int) -> None:
    """Import a document, read in this process."""
    content = document(number)
    arrival = Arrival(extraction=read_bytes("Order History.csv", content), digest=f"{number:064d}", name="Order History.csv")
    services.imports._take(arrival, _Taking(account="me", new_account=True, dry_run=False, keep_failed=True, allow=lambda _: True))


def import_documents(pipe: Connection, home: Path, first: int, *, too_early: bool) -> None:
    """Import one document after the other. `too_early` is the planted bug: acknowledge before the commit."""
    services = services_on(home)
    if too_early:
        commit = UnitOfWork.commit
        said = iter(range(first, first + 10_000))

        def acknowledge_first(work: UnitOfWork, **options: bool) -> None:
            pipe.send(next(said))
            time.sleep(LONGEST_WAIT * 2)
            commit(work, **options)

        UnitOfWork.commit = acknowledge_first  # type: ignore[method-assign]  # the planted bug
    pipe.send("ready")
    for number in range(first, first + 10_000):
        take(services, number)
        if not too_early:
            pipe.send(number)


def serve(pipe: Connection, home: Path) -> None:
    """Serve until killed; report the port."""
    services = services_on(home)
    run(services, 0, pipe.send, LIMITS)


def count_up(pipe: Connection, home: Path, times: int, *, plain_begin: bool) -> None:
    """Raise one number in the ledger this many times, reading it first each time; report how long the slowest percent took.

    `plain_begin` is the planted bug: a transaction that takes the write lock only with its first change.
    """
    services = services_on(home)
    if plain_begin:
        services.database._writer = services.database._engine.execution_options(writing=False)
    took = []
    for _ in range(times):
        started_at = time.perf_counter()
        try:
            with services.database.writing() as work:
                number = work.session.scalar(text("SELECT n FROM proof"))
                work.session.execute(text("UPDATE proof SET n = :n"), {"n": number + 1})
                work.commit()
        except LedgerUnusable:
            pipe.send("refused")
        took.append(time.perf_counter() - started_at)
    pipe.send(sorted(took)[int(len(took) * 0.99)])


def add_pairs(pipe: Connection, home: Path) -> None:
    """Write two numbers per transaction until killed; report each one after its commit."""
    services = services_on(home)
    for number in count(1):
        with services.database.writing() as work:
            for _ in range(2):
                work.session.execute(text("INSERT INTO proof (n) VALUES (:n)"), {"n": number})
            work.commit()
        pipe.send(number)


def migrate(pipe: Connection, file: Path, *, in_steps: bool) -> None:
    """Migrate a ledger. `in_steps` is the planted bug: a transaction for each migration."""
    database = Database(f"sqlite:///{file}")
    pipe.send("ready")
    if in_steps:
        known = version_of(database._engine) or ""
        for revision in sorted(revision.revision for revision in script().walk_revisions() if revision.revision > known):
            with database._writer.connect() as connection, connection.begin():
                _run(script(), connection, revision)
    else:
        database.upgrade()
