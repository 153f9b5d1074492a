"""The books over HTTP: questions, splits, claims between two accounts, and orders that a second account brings."""

import base64

import pytest

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from assistant.domain.books.claims import ClaimState
from assistant.domain.errors import KnownElsewhere, NotFound
from assistant.wire.books import SplitBody
from tests.server.conftest import Caller
from tui.widgets.books.expense_table import filter_behind, lines

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
FIRST, SECOND = "113-0000001-0000001", "113-0000002-0000002"


def rows(*numbers: str) -> bytes:
    return (HEAD + "".join(f"{number},2026-03-02,USD,9.00,9.00,B00000000{number[9]},1,Toner,Closed\n" for number in numbers)).encode()


@pytest.fixture
def household(services: Services) -> Services:
    """A business and a personal account; the personal one has two orders."""
    for label, purpose in (("Ortiz Design", "business"), ("Kim", "personal")):
        services.accounts.add(label, purpose)
    services.imports.take_bytes("Retail.OrderHistory.1.csv", rows(FIRST, SECOND), account="kim")
    return services


@pytest.mark.usefixtures("household")
def test_a_split_becomes_a_claim_that_is_settled_once(call: Caller, token: str) -> None:
    view = call("PUT", f"/orders/kim/{FIRST}/split", {"parts": ["business=60%"], "item": 1}, token=token)
    assert [(share["purpose"], share["amount"]) for share in view.json["entries"][0]["shares"]] == [
        ("business", "5.40"),
        ("personal", "3.60"),
    ]
    call("PUT", f"/orders/kim/{SECOND}/split", {"parts": ["business=2.00"]}, token=token)
    claims = {claim["order_id"]: claim for claim in call("GET", "/claims", token=token).json["items"]}
    assert {number: (claim["from"], claim["to"], claim["amount"]) for number, claim in claims.items()} == {
        FIRST: ("ortiz-design", "kim", "5.40"),
        SECOND: ("ortiz-design", "kim", "2.00"),
    }
    paid = call("POST", "/claims/settle", {"ids": [claims[FIRST]["id"]]}, token=token)
    assert [claim["amount"] for claim in paid.json["items"]] == ["5.40"]
    assert call("POST", "/claims/settle", {"ids": [claims[FIRST]["id"]]}, token=token).status == 404
    states = {claim["order_id"]: claim["state"] for claim in call("GET", "/claims", token=token).json["items"]}
    assert states == {FIRST: "settled", SECOND: "open"}
    assert call("GET", "/claims/report", token=token).body.startswith(b"%PDF-")


@pytest.mark.usefixtures("household")
def test_an_impossible_split_is_one_sentence_and_changes_nothing(call: Caller, token: str) -> None:
    for body, status, text in (
        ({"parts": ["bus=60%"]}, 404, "Did you mean business?"),
        ({"parts": ["business=160%"]}, 422, "at most 100"),
        ({"parts": ["business=60%"], "item": 3}, 404, "no item 3"),
        ({"parts": ["business"]}, 422, "not a share"),
    ):
        answer = call("PUT", f"/orders/kim/{FIRST}/split", body, token=token)
        assert (answer.status, text in answer.json["detail"]) == (status, True), answer.json
    assert call("GET", "/claims", token=token).json["items"] == []


async def test_the_client_reads_questions_purposes_and_claims_as_stored(household: Services, port: int, token: str) -> None:
    async with AssistantClient(port, token) as client:
        await client.split("kim", FIRST, SplitBody(("gifts=1.00",), item=1, new_purpose=True))
        assert "gifts" in await client.words("purpose")
        (claim,) = await client.claims()
        assert (claim.owes, claim.paid, claim.amount.decimal, claim.state) == ("gifts", "kim", "1.00", ClaimState.OPEN)
        household.imports.take_bytes("Retail.OrderHistory.2.csv", rows(SECOND), account="ortiz-design")
        (asked,) = await client.questions()
        assert (asked.code, asked.number, asked.amount and asked.amount.decimal) == ("same_order_twice", SECOND, "9.00")
        assert (await client.settle([claim.id]))[0].id == claim.id
        assert (await client.claim_report()).startswith(b"%PDF-")
        view = await client.order("kim", FIRST)
    assert sum(entry.parts.gross for entry in view.entries) == 900


@pytest.mark.usefixtures("household")
async def test_orders_that_another_account_has_are_refused_until_the_user_insists(port: int, token: str) -> None:
    async with AssistantClient(port, token) as client:
        with pytest.raises(KnownElsewhere, match=f"1 of its orders is already known under kim: {SECOND}"):
            await client.upload("Retail.OrderHistory.2.csv", rows(SECOND, "113-0000003-0000003"), "ortiz-design")
        assert (await client.orders("account:ortiz-design")).total == 0
        assert (
            await client.upload("Retail.OrderHistory.2.csv", rows(SECOND, "113-0000003-0000003"), "ortiz-design", store_known=True)
        ).new == 2
        assert sum(row.net.minor for row in (await client.expenses()).items) == 2700


async def test_an_unknown_account_is_registered_only_on_request(
    household: Services, port: int, token: str, browser: str, call: Caller
) -> None:
    number = "113-0000004-0000004"
    async with AssistantClient(port, token) as client:
        with pytest.raises(NotFound, match="no account 'Bizz'"):
            await client.upload("Retail.OrderHistory.3.csv", rows(number), "Bizz")
        assert len(household.accounts.all()) == 2
        assert (await client.upload("Retail.OrderHistory.3.csv", rows(number), "Bizz", new_account=True)).account == "bizz"
    body = {"name": "a.csv", "content_base64": base64.b64encode(rows(number)).decode(), "account": "Other", "new_account": True}
    assert call("POST", "/documents", body, token=browser).status in (403, 404)
    assert [account.key for account in household.accounts.all()] == ["ortiz-design", "kim", "bizz"]


async def test_every_figure_of_the_expenses_leads_to_exactly_its_entries(household: Services, port: int, token: str) -> None:
    head = HEAD.replace("Order Status", "Order Status,Website")
    rows_of_two_years = "".join(
        f"113-000000{place}-0000009,{year}-12-31,{unit},9.00,9.00,B00000000{place},1,Toner,Closed,{site}\n"
        for place, (year, unit, site) in enumerate(((2025, "USD", "Amazon.com"), (2026, "EUR", "Amazon.de"), (2025, "EUR", "Amazon.de")))
    )
    household.imports.take_bytes("Retail.OrderHistory.5.csv", (head + rows_of_two_years).encode(), account="ortiz-design")
    reload = HEAD + "113-0000007-0000007,2025-05-05,USD,50.00,50.00,B0RELOAD,1,Amazon Gift Card Balance Reload,Closed\n"
    household.imports.take_bytes("Retail.OrderHistory.6.csv", reload.encode(), account="kim")
    refunds = "Order ID,Refund Amount,Currency,Refund Date\n" + f"{FIRST},2.00,USD,2026-04-01\n{FIRST},1.00,USD,2026-04-01\n"
    household.imports.take_bytes("Refund Details.csv", refunds.encode(), account="kim")
    async with AssistantClient(port, token) as client:
        await client.split("kim", FIRST, SplitBody(("my shop=60%",), item=1, new_purpose=True))
        table = lines((await client.expenses()).items, ["EUR", "USD"])
        for line in table:
            for month, figure in line.months.items():
                entries = (await client.books(filter_behind(line, "", month))).items
                assert entries, (line, month)
                shares = [entry.share_for(line.purpose) if line.purpose else entry.parts.gross for entry in entries]
                assert sum(shares) == figure.minor, (line, month)
    assert {line.kind for line in table} == {"spent", "refunded", "total"}
    assert any(line.purpose == "my shop" for line in table)


@pytest.mark.usefixtures("household")
def test_kinds_of_entries_are_a_filter_of_books_and_expenses_only(call: Caller, token: str) -> None:
    assert call("GET", "/books?q=kind:purchase", token=token).json["total"] == 2
    assert call("GET", "/books?q=kind:refund", token=token).json["total"] == 0
    assert call("GET", "/orders?q=kind:refund", token=token).status == 422
    assert call("GET", "/books?q=kind:gift", token=token).status == 422
