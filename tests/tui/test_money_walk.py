"""The first day with money, key by key over the real server: a wrong import and its undo, a split, a claim, a statement.

With `--screenshots FOLDER` each step leaves a picture.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.widgets import Input

from assistant.bootstrap import Services, build
from assistant.client import AssistantClient
from assistant.domain.filters import Filter
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.tui.looking import settle, text_of
from tui.app import ShopperApp
from tui.widgets.picker import Picker

pytestmark = pytest.mark.dated

TODAY = date(2026, 4, 3)
HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Ship Date,Payment Instrument Type\n"
PRIVATE = HEAD + (
    "112-0000001-0000001,2026-03-02,USD,129.90,129.90,B000000001,1,Monitor,Closed,2026-03-03T18:00:00Z,Visa - 1234\n"
    "112-0000001-0000001,2026-03-02,USD,20.00,20.00,B000000002,1,Novel,Closed,2026-03-03T18:00:00Z,Visa - 1234\n"
    "112-0000002-0000001,2026-03-05,USD,9.00,9.00,B000000003,1,Toy car,Closed,2026-03-06T18:00:00Z,Visa - 1234\n"
)
STUDIO = HEAD + (
    "112-0000007-0000001,2026-03-10,USD,40.00,40.00,B000000004,1,Toner,Closed,2026-03-11T18:00:00Z,Amex - 5678\n"
    "112-0000008-0000001,2026-03-12,USD,15.00,15.00,B000000005,1,Paper,Closed,2026-03-12T18:00:00Z,Amex - 5678\n"
)
BANK = (
    "Date,Amount,Description,Currency\n2026-03-03,-149.90,AMZN Mktp US,USD\n2026-03-06,-9.00,AMZN Mktp US,USD\n"
    "2026-03-20,-7.77,AMZN Digital,USD\n2026-04-02,-3.00,CAFE,USD\n"
)


class Walk:
    """Presses keys, waits for what must appear, and keeps a picture of each step."""

    def __init__(self, pilot, pictures: Path, name: str) -> None:
        self.pilot, self._pictures, self._name, self._number = pilot, pictures, name, 0

    async def sees(self, *texts: str) -> str:
        """Wait until the terminal shows these texts, and take the picture."""
        for _ in range(200):
            await self.pilot.pause(0.05)
            shown = text_of(self.pilot.app)
            if all(text in shown for text in texts):
                self._number += 1
                self.pilot.app.save_screenshot(f"{self._name}-{self._number:02d}.svg", path=str(self._pictures))
                return shown
        raise AssertionError(f"{texts} did not all appear in:\n{text_of(self.pilot.app)}")

    async def presses(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settle(self.pilot)

    async def imports(self, file: Path, account: str) -> None:
        """Choose file and account in the dialog, look at what it brings, and import it."""
        await self.presses("i")
        self.pilot.app.screen.query_one("#path", Input).value = str(file)
        self.pilot.app.screen.query_one("#whose", Picker).choose(account)
        await self.presses("enter")
        await self.sees("new, 0 changed, 0 known orders for")
        await self.presses("enter")


@pytest.fixture
def services(home: Path, new_home: Path):
    shutil.copytree(new_home, home)
    found = build(Settings(home=home, port=0), clock=lambda: datetime(2026, 4, 3, 12, tzinfo=UTC))
    found.accounts.add("Kim", "personal", key="kim")
    found.accounts.add("Ortiz Design", "business", key="biz")
    yield found
    found.close()


def spent(services: Services) -> dict[tuple[str, str], str]:
    return {(row.account, row.purpose): row.net.decimal for row in services.ledger.expenses(Filter()).items}


async def imports_wrongly_and_again(walk: Walk, services: Services, folder: Path) -> None:
    """The studio's file goes to the private account, is taken back, and goes to the studio."""
    await walk.imports(folder / "Retail.OrderHistory.1.csv", "kim")
    await walk.presses("O")
    await walk.sees("2 orders", "Toy car")
    await walk.imports(folder / "Retail.OrderHistory.2.csv", "kim")
    await walk.sees("4 orders", "Toner")
    assert spent(services) == {("kim", "personal"): "213.90"}
    await walk.presses("Y")
    await walk.sees("'Retail.OrderHistory.2.csv'", "u Undo")
    await walk.presses("u")
    await walk.sees("Undo this?", "Retail.OrderHistory.2.csv")
    await walk.presses("y")
    await walk.sees("Undid:", "undone")
    assert spent(services) == {("kim", "personal"): "158.90"}
    await walk.imports(folder / "Retail.OrderHistory.2.csv", "biz")
    await walk.presses("O")
    await walk.sees("4 orders")
    assert spent(services) == {("kim", "personal"): "158.90", ("biz", "business"): "55.00"}


async def splits_and_settles(walk: Walk) -> None:
    """Most of the private monitor is for the studio, which pays for it."""
    await walk.presses("G", "enter")
    await walk.sees("Monitor", "Novel")
    await walk.presses("s")
    walk.pilot.app.screen.query_one("#field-shares", Input).value = "business=60%"
    await walk.sees("business=60%")
    await walk.presses("enter")
    await walk.sees("business 60%", "personal 40%")
    await walk.presses("escape", "C")
    await walk.sees("Ortiz Design owes Kim $77.94", "Claims: 1 open")
    await walk.presses("m")
    await walk.sees("Settle which month?", "2026-03")
    await walk.presses("enter")
    await walk.sees("Settle this claim?", "It can be undone.")
    await walk.presses("y")
    await walk.sees("No account owes another anything.", "settled")


async def compares_a_statement(walk: Walk, folder: Path) -> None:
    """The bank's view of the card: two lines have their charges, one does not."""
    await walk.presses("S", "a")
    walk.pilot.app.screen.query_one("#field-path", Input).value = str(folder / "march.csv")
    walk.pilot.app.screen.query_one("#field-card", Input).value = "visa/1234"
    await walk.sees("Import a statement")
    await walk.presses("enter")
    await walk.sees("2 matched", "Nothing is stored")
    await walk.presses("enter")
    await walk.sees("2 of 3 lines done", "7.77")
    await walk.presses("Q")
    await walk.sees("7.77", "visa/1234")
    await walk.presses("B")
    await walk.sees("Toner")
    await walk.presses("Y")
    await walk.sees("'march.csv'", "Settled")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)], ids=["80x24", "160x50"])
async def test_a_wrong_import_is_undone_and_a_split_becomes_a_claim_that_a_statement_shows(services, size, tmp_path, screenshots):
    for name, text in (("Retail.OrderHistory.1.csv", PRIVATE), ("Retail.OrderHistory.2.csv", STUDIO), ("march.csv", BANK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Server(services, 0) as server:

        async def connect() -> AssistantClient:
            return AssistantClient(server.port, services.pairing.mint("terminal app"))

        app = ShopperApp(connect, today=lambda: TODAY)
        async with app.run_test(size=size) as pilot:
            walk = Walk(pilot, screenshots, f"app-money-{size[0]}x{size[1]}")
            await walk.sees("server ok")
            await imports_wrongly_and_again(walk, services, tmp_path)
            await splits_and_settles(walk)
            await compares_a_statement(walk, tmp_path)
            await walk.presses("H")
            for _ in range(3):
                await walk.presses("u")
                await walk.sees("Undo this?")
                await walk.presses("y")
            await walk.presses("Y")
            await walk.sees("Undid:", "Split item 1")
    assert spent(services) == {("kim", "personal"): "158.90", ("biz", "business"): "55.00"}
    assert services.claims.all() == []
    assert services.statements.statements() == []
