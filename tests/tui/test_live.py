"""The app over the real server: new data appears without a key press."""

import pytest

from assistant.bootstrap import build
from assistant.client import AssistantClient
from assistant.domain.pairing import BROWSER_SCOPES
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.tui.household import TODAY
from tests.tui.looking import settle, text_of
from tui.app import ShopperApp
from tui.widgets.row_list import RowList

pytestmark = pytest.mark.dated

ROW = {
    "Website": "Amazon.com",
    "Order ID": "112-7654321-7654321",
    "Order Date": "2026-11-20T10:00:00Z",
    "Currency": "USD",
    "Unit Price": "20.00",
    "Unit Price Tax": "1.60",
    "Shipping Charge": "0",
    "Total Discounts": "0",
    "Total Owed": "21.60",
    "Quantity": "1",
    "Order Status": "Closed",
    "Product Name": "Garden hose, 15 m",
    "ASIN": "B0INVENT01",
}
EXPORT = "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (ROW, ROW.values())) + "\n"


@pytest.fixture
def services(home):
    """The real services with the real time: pairing codes and events are compared with it."""
    found = build(Settings(home=home, port=0))
    yield found
    found.close()


@pytest.fixture
def app(services):
    with Server(services, 0) as server:

        async def connect() -> AssistantClient:
            return AssistantClient(server.port, services.pairing.mint("terminal app"))

        yield ShopperApp(connect, today=lambda: TODAY)


async def _until(pilot, text: str) -> str:
    for _ in range(150):
        await pilot.pause(0.05)
        shown = text_of(pilot.app)
        if text in shown:
            return shown
    raise AssertionError(f"'{text}' did not appear in:\n{text_of(pilot.app)}")


async def test_an_import_by_another_client_appears_in_the_open_list(app, services):
    async with app.run_test(size=(120, 34)) as pilot:
        await _until(pilot, "server ok")
        await pilot.press("O")
        await _until(pilot, "No orders yet.")
        services.imports.take_bytes("Order History.csv", EXPORT.encode(), account="Me", new_account=True)
        shown = await _until(pilot, "Garden hose, 15 m")
        assert "$21.60" in shown
        await pilot.press("enter")
        await _until(pilot, "Order History.csv")


async def test_an_account_is_registered_edited_and_shown_in_the_register(app, services):
    async with app.run_test(size=(120, 34)) as pilot:
        await _until(pilot, "server ok")
        await pilot.press("A", "a", *"Ortiz Design", "tab", *"business", "enter")
        await _until(pilot, "◆")
        account = services.accounts.all()[0]
        assert (account.label, account.purpose) == ("Ortiz Design", "business")
        while pilot.app.screen.query_one(RowList).chosen is None:
            await settle(pilot)
        await pilot.press("e", *" Ltd", "enter")
        await _until(pilot, "Ortiz Design Ltd")


async def test_a_file_is_imported_over_http(app, services, tmp_path):
    services.accounts.add("Personal")
    (tmp_path / "Order History.csv").write_text(EXPORT, encoding="utf-8")
    async with app.run_test(size=(120, 34)) as pilot:
        await _until(pilot, "server ok")
        await pilot.press("i")
        pilot.app.screen.query_one("#path").value = str(tmp_path / "Order History.csv")
        await settle(pilot)
        await pilot.press("enter")
        await _until(pilot, "1 new, 0 changed, 0 known orders for Personal.")
        assert services.imports.imports().total == 0
        await pilot.press("enter", "I")
        await _until(pilot, "Order History.csv  1 new")


async def test_a_code_shown_in_the_app_pairs_a_browser_which_then_appears(app, services):
    async with app.run_test(size=(120, 34)) as pilot:
        await _until(pilot, "server ok")
        await pilot.press("p")
        await _until(pilot, "left")
        code = pilot.app.screen._code.code
        grant = services.pairing.redeem(code, "Firefox", "moz-extension://3f2b6c1e-invented")
        await _until(pilot, "Firefox is paired.")
        assert set(grant.scopes) == set(BROWSER_SCOPES)
        await pilot.press("escape")
        await _until(pilot, "1 browser paired")


async def test_a_search_refused_by_the_server_is_reported_at_the_search_line(app):
    async with app.run_test(size=(120, 34)) as pilot:
        await _until(pilot, "server ok")
        await pilot.press("O", "slash", *">x")
        await _until(pilot, "needs a number")
