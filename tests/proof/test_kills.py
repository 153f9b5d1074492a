"""R1: killing the program at any moment loses nothing acknowledged and leaves no incomplete document."""

import random
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import text

from tests.proof.conftest import Scale
from tests.proof.writers import LONGEST_WAIT, ORDERS, acknowledged, import_documents, serve, services_on, started


def stored(home: Path) -> Counter[int]:
    """Check the file, and return how many orders of each document the ledger contains."""
    services = services_on(home)
    with services.database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        numbers = list(session.scalars(text("SELECT number FROM orders")))
        assert session.scalar(text("SELECT count(*) FROM entries")) == len(numbers) == len(set(numbers))
    services.close()
    return Counter(int(number.split("-")[1]) for number in numbers)


def kill_imports(home: Path, kills: int, *, too_early: bool = False) -> tuple[int, int]:
    """Kill an import again and again; return how many documents were acknowledged and how many of them are missing."""
    seed, known = random.Random(8377), 0
    lost: set[int] = set()
    said: set[int] = set()
    for _ in range(kills):
        with started(import_documents, home, known, too_early=too_early) as (process, pipe):
            assert pipe.recv() == "ready"
            if seed.random() < 0.8:
                # Not always during the first document, which takes longest.
                said.add(pipe.recv())
            time.sleep(seed.uniform(0.0, LONGEST_WAIT))
            process.kill()
            process.join()
            said |= {number for number in acknowledged(pipe) if isinstance(number, int)}
        found = stored(home)
        assert set(found.values()) <= {ORDERS}
        lost |= said - set(found)
        known = max([*found, *said, known - 1], default=-1) + 1
    return len(said), len(lost)


def test_a_killed_import_loses_nothing_acknowledged_and_leaves_no_incomplete_document(home: Path, scale: Scale) -> None:
    said, lost = kill_imports(home, scale(6, 500))
    scale.report(f"R1 import: {scale(6, 500)} kills, {said} documents acknowledged, {lost} lost")
    assert said > 0
    assert lost == 0


def test_the_harness_notices_an_acknowledgement_before_the_commit(home: Path) -> None:
    assert kill_imports(home, 4, too_early=True)[1] > 0


async def test_a_killed_server_loses_no_order_page_that_it_answered(home: Path, scale: Scale) -> None:
    seed, kills = random.Random(15), scale(2, 500)
    services = services_on(home)
    services.accounts.add("Me", "personal")
    services.accounts.link("me", "A1CUSTOMER0001")
    token = services.pairing.redeem(services.pairing.open_code().code, "proof", None).token
    services.close()
    said: set[str] = set()
    for round_ in range(kills):
        with started(serve, home) as (process, pipe):
            port = pipe.recv()
            async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
                until = time.monotonic() + seed.uniform(0.05, 0.4)
                number = 0
                while time.monotonic() < until:
                    visit = order_page(round_ * 10_000 + number)
                    async with session.post(f"http://127.0.0.1:{port}/api/v1/visits", json=visit) as answer:
                        assert answer.status == 200, await answer.text()
                        said.add(visit["id"])
                    number += 1
            process.kill()
            process.join()
    services = services_on(home)
    services.visits.write_down()
    with services.database.reading() as session:
        visits, orders = (session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("visits", "orders"))  # noqa: S608  # constants
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    services.close()
    scale.report(f"R1 server: {kills} kills, {len(said)} order pages acknowledged, {len(said) - orders} lost")
    assert visits >= len(said) > 0
    assert orders == visits


def order_page(number: int) -> dict[str, object]:
    order = f"112-{number:07d}-0000001"
    html = (
        f'<div class="order-card"><span>Order placed</span> <span>March 2, 2025</span><span>Total</span> <span>$19.49</span>'
        f'<span>Order #</span> <span dir="ltr">{order}</span></div>'
    )
    return {
        "id": str(uuid4()),
        "at": "2025-03-03T10:00:00Z" if number < 0 else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "url": "https://www.amazon.com/your-orders/orders",
        "tab": 1,
        "store": "default",
        "page": {"html": html, "scripts": ["fwcimData = { customerId: 'A1CUSTOMER0001' }"], "nav": ""},
    }


pytestmark = pytest.mark.process
