"""Imports over HTTP: previews, progress, cancelling, and filters saved by name."""

import base64
import threading
from urllib.parse import quote

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from assistant.domain.documents import ImportProgress, counted_once
from assistant.domain.filters import Filter
from assistant.settings.user_settings import save_setting
from tests.server.conftest import Caller

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
FIRST, SECOND = "113-0000001-0000001", "113-0000002-0000002"


def rows(*numbers: str) -> bytes:
    return (HEAD + "".join(f"{number},2026-03-02,USD,9.00,9.00,B00000000{number[9]},1,Toner,Closed\n" for number in numbers)).encode()


async def test_a_preview_counts_orders_and_stores_nothing(services: Services, port: int, token: str) -> None:
    for label in ("Kim", "Robin"):
        services.accounts.add(label)
    services.imports.take_bytes("a.csv", rows(FIRST), account="robin")
    async with AssistantClient(port, token) as client:
        seen = await client.upload("b.csv", rows(FIRST, SECOND), "kim", dry_run=True, store_known=True)
        assert (seen.new, seen.known_elsewhere) == (2, (("robin", FIRST),))
        assert services.ledger.orders(Filter()).total == 1
        stored = await client.upload("b.csv", rows(FIRST, SECOND), "kim", store_known=True)
        assert stored.new == 2


async def test_previews_of_files_that_overlap_count_each_order_once(services: Services, port: int, token: str) -> None:
    services.accounts.add("Kim")
    third = "113-0000003-0000003"
    files = {"a.csv": rows(FIRST, SECOND), "b.csv": rows(SECOND, third)}
    async with AssistantClient(port, token) as client:
        seen = [await client.upload(name, content, "kim", dry_run=True) for name, content in files.items()]
        assert [(each.new, each.same) for each in seen] == [(2, 0), (2, 0)]
        assert counted_once(seen) == (3, 0, 0)
        stored = [await client.upload(name, content, "kim") for name, content in files.items()]
    assert sum(each.new for each in stored) == 3
    assert all(not each.numbers for each in stored)


def test_an_import_reports_progress_and_is_rolled_back_when_cancelled(services: Services, call: Caller, token: str, monkeypatch) -> None:
    services.accounts.add("Kim")
    storing, cancelled = threading.Event(), threading.Event()
    note = services.running_imports.note

    def slow(import_id: str, progress: ImportProgress) -> None:
        note(import_id, progress)
        storing.set()
        assert cancelled.wait(20)
        note(import_id, progress)

    monkeypatch.setattr(services.running_imports, "note", slow)
    answers = []
    body = {"name": "b.csv", "content_base64": _text(rows(FIRST)), "account": "kim", "import_id": "one"}
    sending = threading.Thread(target=lambda: answers.append(call("POST", "/documents", body, token=token)))
    sending.start()
    assert storing.wait(20)
    assert call("GET", "/imports/running/one", token=token).json["name"] == "b.csv"
    assert call("DELETE", "/imports/running/one", token=token).status == 204
    cancelled.set()
    sending.join(20)
    assert (answers[0].status, answers[0].code) == (409, "import/cancelled")
    assert services.ledger.orders(Filter()).total == 0
    assert call("GET", "/imports/running/one", token=token).status == 404


def test_a_saved_filter_is_used_by_name(services: Services, call: Caller, token: str) -> None:
    for label in ("Kim", "Robin"):
        services.accounts.add(label)
    services.imports.take_bytes("a.csv", rows(FIRST), account="robin")
    services.imports.take_bytes("b.csv", rows(SECOND), account="kim")
    save_setting(services.home, "filters.mine", "account:kim")
    found = call("GET", f"/orders?q={quote('@mine')}", token=token).json
    assert [entry["order_id"] for entry in found["items"]] == [SECOND]
    assert call("GET", f"/orders?q={quote('@min')}", token=token).status == 422


def test_a_document_that_could_not_be_read_is_put_away_and_a_refusal_names_its_field(services: Services, call: Caller, token: str) -> None:
    services.accounts.add("Kim")
    for name in ("notes.txt", "photo.png"):
        services.imports.take_bytes(name, b"milk, bread", account="kim")
    first, second = (entry["id"] for entry in call("GET", "/imports", token=token).json["items"])
    assert call("DELETE", f"/imports/{first}", token=token).status == 204
    assert [entry["id"] for entry in call("GET", "/imports", token=token).json["items"]] == [second]
    for unknown in (first, 99, "x"):
        assert call("DELETE", f"/imports/{unknown}", token=token).status == 404
    refused = call("POST", "/rules", {"type": "budget", "account": "kim", "currency": "US", "month": "5"}, token=token)
    assert (refused.status, refused.json["field"]) == (422, "currency")
    assert "field" not in call("DELETE", "/imports/99", token=token).json


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_documents_that_are_put_away_together_come_back_with_one_undo(services: Services, call: Caller, token: str) -> None:
    for label in ("Kim", "Robin"):
        services.accounts.add(label)
    failed = [services.imports.take_bytes(f"{at}.html", b"<html>nothing of Amazon</html>", account=at).id for at in ("kim", "robin")]
    assert [entry.state for entry in services.imports.imports().items] == ["failed", "failed"]
    assert call("DELETE", f"/imports/{failed[0]},99", token=token).status == 404
    assert len(services.imports.imports().items) == 2
    assert call("DELETE", f"/imports/{failed[0]},{failed[1]}", token=token).status == 204
    assert services.imports.imports().items == ()
    services.journal.undo()
    assert sorted(entry.id for entry in services.imports.imports().items) == sorted(failed)
