"""`POST /visits` on a ledger of 100,000 lines, against a bare aiohttp JSON answer on the same machine."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web
from assistant.server.background import Server

from assistant.bootstrap import build
from assistant.domain.accounts import AccountChange
from assistant.settings import Settings
from tests.bench.test_import import export

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
CALLS = 300


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


async def bare_server() -> tuple[web.AppRunner, int]:
    async def answer(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response({"visit": "x", "verdict": {"verdict": "allow", "reasons": []}})

    app = web.Application()
    app.router.add_post("/visits", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, runner.addresses[0][1]


async def slowest_percent(url: str, headers: dict[str, str]) -> float:
    times = []
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(CALLS):
            body = visit()
            started = time.perf_counter()
            async with session.post(url, json=body) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            times.append(time.perf_counter() - started)
            # One page after the other, as people open them; the rate limit is another test's business.
            await asyncio.sleep(0.015)
    return sorted(times)[int(CALLS * 0.99)]


@pytest.mark.bench
@pytest.mark.timeout(300)
async def test_a_visit_is_answered_in_five_times_a_bare_answer(tmp_path: Path, capsys):
    export(tmp_path / "export.zip")
    services = build(Settings(home=tmp_path / "home", port=0))
    services.accounts.add("Me", "personal", change=AccountChange(addresses=("home/97205",)))
    services.accounts.link("me", "A1CUSTOMER0001")
    services.ingest.take_paths([tmp_path / "export.zip"], account="me")
    grant = services.pairing.redeem(services.pairing.open_code().code, "bench", ORIGIN)
    headers = {"Authorization": f"Bearer {grant.token}", "Origin": ORIGIN}
    with Server(services, 0) as server:
        ours = await slowest_percent(f"http://127.0.0.1:{server.port}/api/v1/visits", headers)
    runner, port = await bare_server()
    least = await slowest_percent(f"http://127.0.0.1:{port}/visits", {})
    await runner.cleanup()
    with capsys.disabled():
        print(f"\nvisit p99 {ours * 1000:.1f} ms, bare answer p99 {least * 1000:.1f} ms, ratio {ours / least:.1f} (at most 5)")
    assert ours <= 5 * least
