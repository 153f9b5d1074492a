"""The OpenAPI document is valid and complete, and real answers match it."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from sqlalchemy import update

from assistant.bootstrap import Services
from assistant.server.app import create_app
from assistant.server.keys import DOCUMENT
from assistant.server.routes import ROUTES
from assistant.server.routing import PREFIX
from assistant.storage.tables import ItemRow, OrderRow
from tests.server.conftest import ORIGIN, Caller

CHECKOUT = {
    "html": '<div id="checkout-main"><div class="lineitem-container"><span class="lineitem-title-text">Pens</span></div></div>',
    "scripts": ["window.fwcimData = { customerId: 'A1STRANGER0009' };"],
    "nav": "",
}


@pytest.fixture
def document(call: Caller, token: str) -> dict[str, Any]:
    return call("GET", "/openapi.json", token=token).json


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"] == "3.1.0"


async def test_the_document_has_exactly_the_routes_of_the_application(services: Services) -> None:
    app = create_app(services, 8377)
    served = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource and route.method != "*"}
    document = json.loads(app[DOCUMENT])
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert served == told
    assert document["servers"] == [{"url": "http://127.0.0.1:8377"}]


def test_every_reference_resolves_and_every_route_names_its_answer(document: dict[str, Any]) -> None:
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            done = [status for status in operation["responses"] if status.startswith("2")]
            assert len(done) == 1, (method, path)
            assert "default" in operation["responses"]


def closed(schema: Any) -> Any:
    """Return a schema that forbids keys which it does not name."""
    if isinstance(schema, list):
        return [closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(entry) for name, entry in schema.items()}
    return {"additionalProperties": False, **found} if found.get("type") == "object" and "properties" in found else found


def test_real_answers_match_the_document_exactly(  # noqa: PLR0915, PLR0917  # every route once; fixtures
    call: Caller,
    services: Services,
    document: dict[str, Any],
    token: str,
    a_visit: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    components, seen = closed(document["components"]), set()

    def send(method: str, path: str, body: Any = None, *, template: str | None = None, owner: str = token) -> Any:
        answer = call(method, path, body, token=owner, headers=[("Origin", ORIGIN)] if path == "/pair" else None)
        operation = document["paths"][PREFIX + (template or path).partition("?")[0]][method.lower()]
        promised = operation["responses"][str(answer.status)]["content"]["application/json"]["schema"]
        OAS31Validator({**promised, "components": components}).validate(answer.json)
        seen.add((method, template or path.partition("?")[0]))
        return answer.json

    send("GET", "/health")
    send("GET", "/hello?n=x")
    browser = send("POST", "/pair", {"code": send("POST", "/pairing")["code"], "name": "Firefox"})["token"]
    send("GET", "/clients")
    send("POST", "/accounts", {"label": "Ortiz Design", "purpose": "business"})
    send("PATCH", "/accounts/ortiz-design", {"letters": "OD"}, template="/accounts/{key}")
    send("POST", "/accounts/ortiz-design/link", {"customer_id": "A1B2C3D4E5F6G7"}, template="/accounts/{key}/link")
    send("POST", "/accounts", {"label": "Household", "purpose": "household"})
    send(
        "POST",
        "/accounts/ortiz-design/compare",
        {"other": "household", "told": {"ortiz-design": {"name": "Robin", "addresses": ["home/78704"], "open_alerts": 0}}},
        template="/accounts/{key}/compare",
    )
    rows = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
    rows += "113-1234567-1234567,2026-03-02T10:00:00Z,USD,10.00,10.00,B000000001,1,Toner,Closed\n"
    imported = services.imports.take_bytes("Retail.OrderHistory.1.csv", rows.encode(), account="ortiz-design")
    assert imported.new == 1, imported
    with services.database.writing() as work:
        work.session.execute(update(ItemRow).values(return_by=str(services.today)))
        work.commit()
    send("POST", "/visits", a_visit, owner=browser)
    send("POST", "/decisions", {"visit": a_visit["id"], "reason": "X", "choice": "continue"}, owner=browser)
    for path in (
        "/accounts",
        "/identities",
        "/overview",
        "/orders",
        "/orders?rows=1",
        "/expenses",
        "/books",
        "/questions",
        "/purposes",
        "/persons",
        "/categories",
        "/claims",
        "/statements",
        "/statements/charges",
        "/coverage",
        "/alerts?open=0",
        "/alerts/stats",
        "/alerts/past",
        "/imports",
        "/reminders?days=400",
        "/deliveries?year=2026",
    ):
        assert send("GET", path)["total"] == len(send("GET", path)["items"])
    assert send("POST", "/summary", {"account": "ortiz-design"}, owner=browser)["orders"][0]["title"] == "Toner"
    assert len(send("POST", "/summary/search", {"words": "toner"}, owner=browser)["orders"]) == 1
    assert len(send("POST", "/summary/notices", {}, owner=browser)["notices"]) == 1
    send("GET", "/orders/ortiz-design/113-1234567-1234567", template="/orders/{account}/{number}")
    with services.database.writing() as work:
        work.session.execute(update(OrderRow).values(quarantine=[{"where": "items", "code": "missing", "text": "No item."}]))
        work.commit()
    assert send("GET", "/imports")["items"][0]["held"][0]["order_id"] == "113-1234567-1234567"
    confirm = send("POST", "/orders/ortiz-design/113-1234567-1234567/confirm", template="/orders/{account}/{number}/confirm")
    assert confirm["quarantine"] == []
    send(
        "PATCH",
        "/orders/ortiz-design/113-1234567-1234567",
        {"corrections": {"total": "12.00", "tax": None}},
        template="/orders/{account}/{number}",
    )
    line = "/orders/{account}/{number}/items/{line}"
    send("PATCH", "/orders/ortiz-design/113-1234567-1234567/items/0", {"category": "office"}, template=line)
    one = "/orders/ortiz-design/113-1234567-1234567"
    send("PUT", f"{one}/split", {"parts": ["household=25%"], "item": 1}, template="/orders/{account}/{number}/split")
    (claim,) = send("GET", "/claims")["items"]
    assert send("GET", "/claims/months")["items"][0]["claims"] == [claim["id"]]
    assert send("POST", "/claims/settle", {"ids": [claim["id"]]})["items"][0]["order_id"] == claim["order_id"]
    send("POST", "/categories", {"word": "ink", "under": "office"})
    send("PUT", "/categories/ink", {"under": None}, template="/categories/{word}")
    send("POST", "/purposes", {"word": "workshop"})
    send("POST", "/persons", {"word": "Robin"})
    assert send("POST", "/labels?q=toner&preview=1", {"category": "ink"})["items"][0]["after"] == {"category": "ink"}
    bank = base64.b64encode(
        b"Date,Amount,Description,Currency\n2026-03-03,-10.00,AMZN Mktp US,USD\n2026-03-31,-7.00,AMZN Digital,USD\n"
    ).decode()
    taken = send("POST", "/statements", {"name": "march.csv", "content_base64": bank, "card": "visa/1234"})
    assert (taken["lines"], taken["unmatched"]) == (2, 2)
    first, second = send("GET", "/statements/lines?card=visa/1234&month=2026-03")["items"]
    for open_line in (first, second):
        send("POST", "/statements/match", {"line": open_line["id"], "entries": []})
    assert send("POST", "/statements/match", {"line": first["id"], "entries": None})["state"] == "unmatched"
    send("POST", "/statements/close", {})
    send("POST", "/rules", {"type": "route", "match": {"words": ["toner"]}, "to": "ortiz-design"})
    assert send("POST", "/reread", {})["total"] >= 0
    send("GET", "/rules")
    send("POST", "/rules", {"type": "budget", "account": "ortiz-design", "year": "900", "currency": "USD", "carry": "2025-01"})
    assert send("GET", "/expenses/category", template="/expenses/{by}")["total"]
    assert send("GET", "/budgets?month=2026-03")["items"][0]["spent"]["amount"] != "0.00"
    send("PUT", "/rules/1", {"type": "route", "match": {"words": ["toner", "ink"]}, "to": "ortiz-design"}, template="/rules/{id}")
    send("POST", "/rules/preview?instead_of=1", {"type": "route", "match": {"words": ["toner"]}, "to": "ortiz-design"})
    send("GET", "/habits")
    trial = {"kind": "membership", "what": "audible", "account": "ortiz-design", "until": "2026-12-03", "details": {"plan": "trial"}}
    noted = send("POST", "/terms", trial)
    send("PATCH", f"/terms/{noted['id']}", {"until": None, "details": {"auto_renew": False}}, template="/terms/{id}")
    assert send("GET", "/terms?kind=membership")["total"] == 1
    year, in_year = "/tax/sa103f/2025-26", "/tax/{form}/{year}"
    assert {form["form"] for form in send("GET", "/tax")["items"]} >= {"schedule-c", "euer"}
    send("PUT", year, {"accounts": ["ortiz-design"], "settings": {"vat": "none"}}, template=in_year)
    send("PUT", "/tax/sa103f/categories/office", {"line": "30", "why": "toner"}, template="/tax/{form}/categories/{category}")
    assert send("GET", year, template=in_year)["lines"][0]["line"] == "30"
    assert send("GET", f"{year}/lines/otherExpenses", template=f"{in_year}/lines/{{key}}")["total"] == 1
    assert send("GET", "/tax/returns")["items"][0]["accounts"] == ["ortiz-design"]
    for listed in ("questions", "worklist"):
        assert send("GET", f"{year}/{listed}", template=f"{in_year}/{listed}")["total"]
    assert send("GET", f"{year}/exports", template=f"{in_year}/exports")["items"] == []
    assert send("POST", f"{year}/lock", {"reason": "filed"}, template=f"{in_year}/lock")["status"] == "locked"
    send("POST", f"{year}/unlock", {"reason": "amended"}, template=f"{in_year}/unlock")
    (tmp_path / "invoice.txt").write_text("Invoice")
    order = {"account": "ortiz-design", "order_id": "113-1234567-1234567"}
    send("POST", "/receipts", {**order, "paths": [str(tmp_path / "invoice.txt")]})
    assert send("GET", "/receipts")["items"][0]["state"] == "there"
    assert send("POST", "/receipts/collected", {"paths": [str(tmp_path / "invoice.txt")]})["left"][0]["name"] == "invoice.txt"
    assert send("POST", "/receipts/printed", {"orders": []})["attached"] == []
    assert send("GET", "/receipts/missing")["orders"] == 1
    newest = send("GET", "/history")["items"][0]
    assert send("POST", f"/history/{newest['id']}/undo", template="/history/{id}/undo")["undoes"] == newest["id"]
    services.running_imports.begin("zip-1")
    assert send("GET", "/imports/running/zip-1", template="/imports/running/{id}")["stored"] == 0
    send("GET", "/exports")
    bought = {**a_visit, "id": "5f1f1c1e-3c0a-4a58-9a0c-0d3e2c9b7a11", "url": "https://www.amazon.com/checkout/p/p-1/spc", "page": CHECKOUT}
    assert send("POST", "/visits", bought, owner=browser)["verdict"]["reasons"][0]["links"]
    send("POST", "/identities/name", {"customer_id": "A1STRANGER0009", "label": "Guest"}, owner=browser)
    warning, *_ = send("GET", "/alerts")["items"]
    assert send("GET", f"/alerts/{warning['id']}/explanation?redact=1", template="/alerts/{id}/explanation")["items"][0]["trials"]
    assert send("GET", "/alerts/stats")["items"][0]["raised"] == 1
    send("POST", f"/alerts/{warning['id']}/dismiss", {}, template="/alerts/{id}/dismiss")
    # A browser that ends at once has passed the page to a running window.
    program = tmp_path / "firefox"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("sys.platform", "linux")
    assert send("POST", "/windows", {"account": "ortiz-design"})["key"] == "ortiz-design"
    assert send("GET", "/windows")["items"][0]["running"] is False
    send("POST", "/documents", {"name": "x.txt", "content_base64": "eA=="})
    dropped = services.home / "drop"
    dropped.mkdir(exist_ok=True)
    (dropped / "orders.csv").write_text(rows.replace("113-", "114-"), encoding="utf-8")
    services.drop_folder.look()
    services.drop_folder.look()
    assert send("GET", "/imports/drop")["waiting"][0]["name"] == "orders.csv"
    assert send("POST", "/imports/drop", {"name": "orders.csv", "account": "ortiz-design"})["new"] == 1
    assert {(route.method, route.path) for route in ROUTES if route.answer} == seen


def test_problems_match_the_document(call: Caller, document: dict[str, Any], token: str) -> None:
    schema = {"$ref": "#/components/schemas/ProblemDocument", "components": document["components"]}
    for answer in (call("GET", "/nothing"), call("GET", "/accounts"), call("GET", "/orders?limit=0", token=token), call("OPTIONS", "/")):
        assert answer.headers["content-type"] == "application/problem+json"
        OAS31Validator(schema).validate(answer.json)
        assert answer.json["status"] == answer.status


def test_a_route_without_a_token_says_so(document: dict[str, Any]) -> None:
    for route in ROUTES:
        operation = document["paths"][PREFIX + route.path][route.method.lower()]
        assert operation["security"] == ([{"token": [route.scope.value]}] if route.scope else [])
