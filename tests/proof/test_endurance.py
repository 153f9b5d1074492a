"""R11, P2: restarting a server under load loses no visit, and a server that runs for a long time does not grow."""

import asyncio
import os
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from assistant.services.visits.answer import Visits
from tests.proof.conftest import Scale
from tests.proof.test_kills import order_page
from tests.proof.writers import serve, services_on, started

TRIES = 600
AT_ONCE = 2
"""How many browsers send their visits at the same time."""
MOST_GROWTH = 0.10
"""Of the memory of a server that runs for hours, as a share."""
_WARM = 10_000
"""After this many visits word lists and categories are loaded and the caches of all the ledger's connections are full."""


def leaking(pipe: Connection, home: Path) -> None:
    """Serve with the planted bug: every visit stays in memory."""
    real, kept = Visits.answer, []

    def answer(visits: Visits, *arguments: object) -> object:
        kept.append(os.urandom(1 << 20))
        return real(visits, *arguments)  # type: ignore[arg-type]  # the planted bug

    Visits.answer = answer  # type: ignore[method-assign,assignment]  # the planted bug
    serve(pipe, home)


def paired(home: Path) -> str:
    services = services_on(home)
    services.accounts.add("Me", "personal")
    services.accounts.link("me", "A1CUSTOMER0001")
    token = services.pairing.redeem(services.pairing.open_code().code, "proof", None).token
    services.close()
    return token


async def answered_after_tries(session: aiohttp.ClientSession, port: list[int], *, tries: int) -> bool:
    """Send one visit like the extension: repeat it until it is answered."""
    visit = order_page(int(uuid4()) % 10**7)
    for _ in range(tries):
        with suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(f"http://127.0.0.1:{port[0]}/api/v1/visits", json=visit) as answer:
                if answer.status == 200:
                    return True
        await asyncio.sleep(0.05)
    return False


async def restarted_under_load(home: Path, restarts: int, *, tries: int = TRIES) -> tuple[int, int, float]:
    """Restart a server while visits come in; return the number of visits, how many were never answered, and the slowest start (seconds)."""
    token, results, slowest = paired(home), [], 0.0
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        port = [0]
        for _ in range(restarts + 1):
            begun = time.monotonic()
            with started(serve, home) as (process, pipe):
                port[0] = await asyncio.to_thread(pipe.recv)
                slowest = max(slowest, time.monotonic() - begun)
                waiting = [asyncio.create_task(answered_after_tries(session, port, tries=tries)) for _ in range(6)]
                await asyncio.sleep(0.1)
                late = [asyncio.create_task(answered_after_tries(session, port, tries=tries)) for _ in range(6)]
                if len(results) < restarts * 12:
                    process.terminate()
                    await asyncio.to_thread(process.join)
                    results += [*waiting, *late]
                else:
                    found = [await task for task in (*results, *waiting, *late)]
    return len(found), found.count(False), slowest


async def test_a_restart_loses_no_visit_for_good(home: Path, scale: Scale) -> None:
    visits, never, slowest = await restarted_under_load(home, scale(1, 50))
    scale.report(f"R11: {scale(1, 50)} restarts, {visits} visits, {never} never answered, slowest start {slowest:.1f} s")
    assert never == 0


async def test_the_harness_notices_a_client_that_does_not_try_again(home: Path) -> None:
    for attempt in range(4):
        if (await restarted_under_load(home / str(attempt), 1, tries=1))[1] > 0:
            return
    pytest.fail("Every visit was answered at the first try.")


async def grown(home: Path, visits: int, warm: int, *, leak: bool = False) -> tuple[float, int, int]:
    """Return by which share the memory of a server grew after its first visits, the largest log in bytes, and how many files it opened."""
    token = paired(home)
    with started(leaking if leak else serve, home) as (process, pipe):
        port = [pipe.recv()]
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
            before = log = files = 0
            for number in range(0, visits, AT_ONCE):
                assert all(await asyncio.gather(*(answered_after_tries(session, port, tries=5) for _ in range(AT_ONCE))))
                if number == warm:
                    before, files = _memory(process.pid), _files(process.pid)
                log = max(log, (home / "ledger.sqlite-wal").stat().st_size)
            return _memory(process.pid) / before - 1, log, _files(process.pid) - files


def _memory(process: int | None) -> int:
    """Return the resident memory of a process in KiB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _files(process: int | None) -> int:
    """Return how many files a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


async def test_memory_and_log_do_not_grow_with_the_visits(home: Path, scale: Scale) -> None:
    visits, warm = scale(120, 100_000), scale(60, _WARM)
    share, log, files = await grown(home, visits, warm)
    scale.report(f"P2: {visits} visits, memory {share * 100:+.1f} % after the first {warm}, log at most {log >> 20} MB, {files:+} files")
    # Some caches are still loading in the short form.
    assert share <= (MOST_GROWTH if scale.full else 0.15)
    assert log <= 64 << 20
    # Threads and connections of the ledger are opened when they are first needed.
    assert files <= 12


async def test_the_harness_notices_a_leak(home: Path) -> None:
    assert (await grown(home, 110, 50, leak=True))[0] > 0.15
