"""`POST /visits` on a ledger of 100,000 lines, against a bare aiohttp JSON answer on the same machine."""

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from assistant.bootstrap import build
from assistant.domain.accounts.account import AccountChange
from assistant.settings import Settings
from tests.bench.test_import import export

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
CALLS = 600
MOST = (7, 6)
"""How many times as long as a bare answer p50 and p99 may be. p99 was meant to be 4.5: it is the seventh slowest of 600 answers, 1.1 to
1.5 ms for a bare one and 6 to 8 ms for ours on the same quiet machine, so two runs of the same code give 2.9 and 6.
"""


def visit() -> dict:
    lines = "".join(
        f'<div class="lineitem-container"><span class="lineitem-title-text">Thing number {number}</span>'
        f'<span data-testid="Item_asin_{number}">B0{number:08d}</span></div>'
        for number in range(5)
    )
    total = '<span data-shimmer-target="ordertotals-amount">$97.42</span>'
    html = f'<div><div id="deliver-to-address-text">12 Fern Street 97205</div>{lines}{total}</div>'
    return {
        "id": str(uuid4()),
        "at": datetime.now(UTC).isoformat(),
        "url": "https://www.amazon.com/checkout/p/p-1/spc",
        "tab": 1,
        "store": "default",
        "page": {"html": html, "scripts": ["fwcimData = { customerId: 'A1CUSTOMER0001' }"], "nav": ""},
    }


BARE = """
from aiohttp import web
import sys
async def answer(request):
    await request.json()
    return web.json_response({"visit": "x", "verdict": {"verdict": "allow", "reasons": []}})
app = web.Application()
app.router.add_post("/api/v1/visits", answer)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
"""


@contextmanager
def running(port: int, *command: str) -> Iterator[str]:
    """A server in a separate process, as for a browser."""
    server = subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api/v1/visits"
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


async def percentiles(*servers: str, headers: dict[str, str]) -> list[tuple[float, float]]:
    """Return p50 and p99 of each server in seconds. Requests alternate, so that other load on the machine affects all of them."""
    times: dict[str, list[float]] = {server: [] for server in servers}
    async with aiohttp.ClientSession(headers=headers) as session:
        for number, server in product(range(CALLS + 20), servers):
            body = visit()
            started = time.perf_counter()
            async with session.post(server, json=body) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            if number >= 20:
                times[server].append(time.perf_counter() - started)
            # One page after the other, as people open them; other tests cover the rate limit.
            await asyncio.sleep(0.02)
    return [(sorted(taken)[CALLS // 2], sorted(taken)[int(CALLS * 0.99)]) for taken in times.values()]


@pytest.mark.bench
@pytest.mark.timeout(300)
async def test_a_visit_is_answered_within_a_few_times_a_bare_answer(tmp_path: Path, capsys):
    export(tmp_path / "export.zip")
    services = build(Settings(home=tmp_path / "home", port=0))
    services.accounts.add("Me", "personal", change=AccountChange(addresses=("home/97205",)))
    services.accounts.link("me", "A1CUSTOMER0001")
    services.imports.take_paths([tmp_path / "export.zip"], account="me")
    grant = services.pairing.redeem(services.pairing.open_code().code, "bench", ORIGIN)
    services.close()
    headers = {"Authorization": f"Bearer {grant.token}", "Origin": ORIGIN}
    port, bare = free_port(), free_port()
    serve = ("-m", "assistant", "--home", str(tmp_path / "home"), "--port", str(port), "serve")
    with running(port, *serve) as assistant, running(bare, "-c", BARE, str(bare)) as floor:
        ours, least = await percentiles(assistant, floor, headers=headers)
    ratios = [our / bare_one for our, bare_one in zip(ours, least, strict=True)]
    with capsys.disabled():
        for name, our, ratio, most in zip(("p50", "p99"), ours, ratios, MOST, strict=True):
            print(f"\nvisit {name} {our * 1000:.1f} ms, {ratio:.1f} bare answers (at most {most})")
    assert all(ratio <= most for ratio, most in zip(ratios, MOST, strict=True))
