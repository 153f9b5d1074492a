"""The history over HTTP: who did what, and undoing a step."""

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from tests.server.conftest import Caller


def test_a_step_is_listed_undone_and_redone(call: Caller, token: str, services: Services) -> None:
    for label in ("Alpha", "Beta"):
        assert call("POST", "/accounts", {"label": label, "purpose": "personal"}, token=token).status == 201
    newest, first = call("GET", "/history", token=token).json["items"]
    assert ("Beta" in newest["what"], "Alpha" in first["what"]) == (True, True)
    undone = call("POST", f"/history/{newest['id']}/undo", token=token).json
    assert undone["undoes"] == newest["id"]
    assert [account.label for account in services.accounts.all()] == ["Alpha"]
    call("POST", f"/history/{undone['id']}/undo", token=token)
    assert sorted(account.label for account in services.accounts.all()) == ["Alpha", "Beta"]


def test_a_missing_or_undone_step_is_refused(call: Caller, token: str) -> None:
    call("POST", "/accounts", {"label": "Alpha", "purpose": "personal"}, token=token)
    step = call("GET", "/history", token=token).json["items"][0]["id"]
    assert call("POST", "/history/999/undo", token=token).status == 404
    assert call("POST", "/history/x/undo", token=token).status == 404
    assert call("POST", f"/history/{step}/undo", token=token).status == 200
    assert call("POST", f"/history/{step}/undo", token=token).status == 409


def test_a_browser_reads_no_history_and_undoes_nothing(call: Caller, browser: str) -> None:
    assert call("GET", "/history", token=browser).status == 403
    assert call("POST", "/history/1/undo", token=browser).status == 403


async def test_the_client_reads_entries_and_steps_as_stored(services: Services, port: int, token: str) -> None:
    for name, number in (("Alpha", 1), ("Beta", 2)):
        key = services.accounts.add(name).key
        head = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
        row = f"113-000000{number}-000000{number},2026-03-02,USD,9.00,9.00,B00000000{number},1,Toner,Closed\n"
        services.imports.take_bytes(f"Retail.OrderHistory.{number}.csv", (head + row).encode(), account=key)
    async with AssistantClient(port, token) as client:
        entries, steps = await client.books("date:2026"), await client.history()
    assert [(entry.account, entry.gross.decimal, entry.parts.gross, entry.item.title) for entry in entries.items] == [
        ("alpha", "9.00", 900, "Toner"),
        ("beta", "9.00", 900, "Toner"),
    ]
    assert [sum(share.gross for share in entry.shares) for entry in entries.items] == [900, 900]
    assert steps.items == services.journal.steps().items
