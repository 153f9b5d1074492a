"""Categories, purposes and persons over HTTP: closed lists with an explicit way to add a word, and labels for all items of a filter."""

import pytest

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from assistant.domain.errors import Conflict, NotFound
from assistant.wire.labels import LabelBody
from tests.server.conftest import Caller

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
FIRST, SECOND = "113-0000001-0000001", "113-0000002-0000002"
ROWS = HEAD + f"{FIRST},2026-03-02,USD,9.00,9.00,B000000001,1,Toner,Closed\n{SECOND},2026-03-04,USD,4.00,4.00,B000000002,1,Tape,Closed\n"


@pytest.fixture
def household(services: Services) -> Services:
    """Two accounts; the personal one has two orders."""
    services.accounts.add("Ortiz Design", "business")
    services.accounts.add("Kim", "personal")
    services.imports.take_bytes("Retail.OrderHistory.1.csv", ROWS.encode(), account="kim")
    return services


@pytest.mark.usefixtures("household")
async def test_words_of_every_kind_are_added_moved_removed_and_undone(port: int, token: str) -> None:
    async with AssistantClient(port, token) as client:
        for kind, word in (("category", "ink"), ("purpose", "workshop"), ("person", "Robin")):
            before = await client.words(kind)
            await client.add_word(kind, word)
            assert set(await client.words(kind)) == {*before, word}
            with pytest.raises(Conflict, match=f"There is a {kind} '{word}' already"):
                await client.add_word(kind, word)
        await client.add_word("category", "pigments", under="ink")
        moved = await client.move_category("ink", "office")
        assert (moved.under, moved.own) == ("office", True)
        with pytest.raises(Conflict, match="is 'ink' or below it"):
            await client.move_category("ink", "pigments")
        with pytest.raises(Conflict, match="Other categories are under 'ink'"):
            await client.remove_word("category", "ink")
        await client.remove_word("category", "pigments")
        await client.remove_word("purpose", "workshop")
        assert "workshop" not in await client.words("purpose")
        newest = (await client.history()).items[0]
        assert newest.what == "Removed the purpose 'workshop'"
        await client.undo(newest.id)
        assert "workshop" in await client.words("purpose")


@pytest.mark.usefixtures("household")
async def test_a_filters_items_are_labelled_in_one_step_after_a_preview(port: int, token: str) -> None:
    async with AssistantClient(port, token) as client:
        labels = LabelBody(category="office", person="Robin", new=True)
        changes = await client.label_items("account:kim", labels, preview=True)
        assert [change.number for change in changes] == [SECOND, FIRST]
        assert "Robin" not in await client.words("person")
        assert await client.label_items("toner", labels) == changes[1:]
        assert await client.label_items("toner", labels) == []
        with pytest.raises(NotFound, match="Did you mean business"):
            await client.label_items("toner", LabelBody(purpose="bus"))
        await client.undo((await client.history()).items[0].id)
        assert await client.label_items("account:kim", labels, preview=True) == changes


@pytest.mark.usefixtures("household")
def test_a_wrong_word_is_one_sentence_with_what_is_near(call: Caller, token: str) -> None:
    for method, path, body, status, text in (
        ("POST", "/labels?q=toner", {}, 422, "Say what the items are"),
        ("POST", "/labels?q=toner", {"category": "offic"}, 404, "Did you mean office?"),
        ("POST", "/categories", {"word": "ink", "under": "offic"}, 404, "Did you mean office?"),
        ("DELETE", "/persons/Nobody", None, 404, "There is no person 'Nobody'"),
        ("DELETE", "/purposes/business", None, 409, "not one that you added"),
        ("POST", "/purposes", {"word": "60%"}, 422, "cannot be a purpose"),
        ("POST", "/claims/settle", {}, 422, "or a month"),
        ("POST", "/claims/settle", {"month": "2026-07"}, 404, "no open claim of '2026-07'"),
    ):
        answer = call(method, path, body, token=token)
        assert (answer.status, text in answer.json["detail"]) == (status, True), answer.json


@pytest.mark.usefixtures("household")
@pytest.mark.parametrize("path", ["orders", "books", "expenses", "exports/accountant-csv"])
@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ("purpose=bus", 404, "There is no purpose 'bus'. Did you mean business?"),
        ("q=purpose:persnal", 404, "Did you mean personal?"),
        ("q=person:Kimm", 404, "There is no person 'Kimm'"),
        ("q=cat:offic", 404, "Did you mean office?"),
        ("currency=ZZZ", 422, "'ZZZ' is not a currency"),
        ("q=cur:USE", 422, "Did you mean USD"),
        ("purpose=personal", 200, ""),
        ("currency=USD&purpose=personal", 200, ""),
    ],
)
def test_a_filter_with_an_unknown_word_is_refused_instead_of_finding_nothing(  # noqa: PLR0917  # fixtures and cases
    call: Caller, token: str, path: str, query: str, status: int, text: str
) -> None:
    answer = call("GET", f"/{path}?{query}", token=token)
    assert answer.status == status, answer.body
    assert status == 200 or text in answer.json["detail"]


@pytest.mark.usefixtures("household")
async def test_a_month_of_claims_is_settled_over_http(port: int, token: str, household: Services) -> None:
    household.ledger.set_item("kim", FIRST, 0, purpose="business")
    household.ledger.set_item("kim", SECOND, 0, purpose="business")
    async with AssistantClient(port, token) as client:
        (month,) = await client.claim_months()
        assert (month.month, month.owes, month.paid, month.amount.decimal) == ("2026-03", "ortiz-design", "kim", "13.00")
        assert len(await client.settle_month("2026-03")) == 2
        assert await client.claim_months() == []
