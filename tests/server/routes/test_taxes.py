"""Tax years and receipts over HTTP: entries of a line, packs as files, cancelling, and purposes."""

import io
import zipfile

import pytest

from assistant.domain.errors import Conflict
from assistant.domain.taxes.forms import FormRef
from tests.server.conftest import Caller

ROWS = (
    "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
    "113-1234567-1234567,2025-03-02T10:00:00Z,USD,10.00,10.00,B000000001,1,Toner,Closed\n"
    "113-1234567-7654321,2025-04-02T10:00:00Z,USD,25.00,25.00,B000000002,1,Handbook,Closed\n"
)


@pytest.fixture
def year(services, tmp_path):
    """Two orders with a category each, and a receipt of the first."""
    services.accounts.add("Studio", "business", key="studio")
    services.imports.take_bytes("Retail.OrderHistory.1.csv", ROWS.encode(), account="studio")
    for number, word in (("113-1234567-1234567", "office"), ("113-1234567-7654321", "books")):
        services.ledger.set_item("studio", number, 0, category=word)
    (tmp_path / "invoice.txt").write_text("Invoice")
    services.receipts.add("studio", "113-1234567-1234567", [tmp_path / "invoice.txt"])
    return services


@pytest.mark.usefixtures("year")
def test_a_line_leads_to_exactly_its_entries(call: Caller, token: str):
    lines = {line["line"]: line for line in call("GET", "/tax/schedule-c/2025", token=token).json["lines"]}
    assert {number: line["amount"] for number, line in lines.items()} == {"18": "10.00", "27b": "25.00"}
    for line in lines.values():
        entries = call("GET", f"/tax/schedule-c/2025/lines/{line['key']}", token=token).json["items"]
        assert [(entry["id"], entry["gross"]) for entry in entries] == [(line["entries"][0], line["amount"])]
    assert call("GET", "/tax/schedule-c/2025/lines/99", token=token).status == 404


@pytest.mark.usefixtures("year")
def test_a_pack_gets_a_number_and_is_reproduced_byte_for_byte(call: Caller, token: str):
    first = call("POST", "/tax/schedule-c/2025/exports", {"kind": "zip", "reason": "for Kim"}, token=token)
    assert (first.status, "schedule-c-2025-1.zip" in first.headers["content-disposition"]) == (200, True)
    assert "pack.pdf" in zipfile.ZipFile(io.BytesIO(first.body)).namelist()
    second = call("POST", "/tax/schedule-c/2025/exports", {"kind": "pdf"}, token=token)
    assert second.body.startswith(b"%PDF-")
    assert call("GET", "/tax/schedule-c/2025/exports/1", token=token).body == first.body
    assert call("GET", "/tax/schedule-c/2025/exports/2?kind=pdf", token=token).body == second.body
    for path, status in (("3", 404), ("x", 422), ("1?kind=doc", 422)):
        assert call("GET", f"/tax/schedule-c/2025/exports/{path}", token=token).status == status


@pytest.mark.usefixtures("year")
def test_a_pack_without_one_of_its_receipts_is_refused_and_uses_no_number(call: Caller, token: str, tmp_path):
    (tmp_path / "invoice.txt").unlink()
    refused = call("POST", "/tax/schedule-c/2025/exports", {}, token=token)
    assert (refused.status, "invoice.txt" in refused.json["detail"]) == (409, True)
    assert call("GET", "/tax/schedule-c/2025", token=token).json["export"] is None


@pytest.mark.usefixtures("year")
def test_two_packs_at_once_never_share_a_number(services):
    form = FormRef.of("schedule-c")

    def meanwhile(done, _total):
        if not done:
            services.tax_packs.export(form, "2025", io.BytesIO())

    with pytest.raises(Conflict, match="meanwhile"):
        services.tax_packs.export(form, "2025", io.BytesIO(), progress=meanwhile)
    assert services.taxes.show(form, "2025").export == 1


@pytest.mark.usefixtures("year")
def test_a_purpose_and_a_receipt_are_added_and_removed(call: Caller, token: str):
    def missing():
        return [each["missing"] for each in call("GET", "/tax/schedule-c/2025/worklist", token=token).json["items"]]

    before = missing()
    assert call("POST", "/receipts/purposes", {"scope": "category", "value": "books", "text": "courses"}, token=token).status == 204
    assert sum("business_purpose" in each for each in missing()) == sum("business_purpose" in each for each in before) - 1
    (receipt,) = call("GET", "/receipts", token=token).json["items"]
    assert call("DELETE", f"/receipts/{receipt['order_id']}/{receipt['sha256']}", token=token).status == 204
    assert call("GET", "/receipts", token=token).json["total"] == 0
