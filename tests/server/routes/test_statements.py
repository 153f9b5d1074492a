"""Card statements over HTTP, with two cards and two months: import, match, decide, close."""

import base64
from collections.abc import AsyncIterator

import pytest

from assistant.bootstrap import Services
from assistant.client import AssistantClient
from assistant.domain.books.statements.card_charges import LineState
from assistant.domain.books.statements.months import MonthState
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.wire.statements import StatementBody
from tests.server.conftest import Caller

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status,Ship Date,Payment Instrument Type\n"
BANK = "Date,Amount,Description,Currency\n"


def bought(number: int, day: str, amount: str, card: str) -> str:
    number_ = f"113-000000{number}-0000001"
    return f"{number_},{day}T09:00:00Z,USD,{amount},{amount},B00000000{number},1,Toner,Closed,{day}T18:00:00Z,Visa - {card}\n"


@pytest.fixture
def household(services: Services) -> Services:
    """Two accounts, each with its own card; two orders of the business are alike."""
    rows = {
        "biz": [bought(1, "2026-02-10", "20.00", "1111"), bought(2, "2026-02-12", "9.00", "1111"), bought(3, "2026-02-12", "9.00", "1111")],
        "kim": [bought(4, "2026-02-11", "30.00", "2222")],
    }
    for key, purpose in (("biz", "business"), ("kim", "personal")):
        services.accounts.add(key, purpose, key=key)
        services.imports.take_bytes("Retail.OrderHistory.1.csv", (HEAD + "".join(rows[key])).encode(), account=key)
    return services


@pytest.fixture
async def client(port: int, token: str) -> AsyncIterator[AssistantClient]:
    async with AssistantClient(port, token) as found:
        yield found


def bank(*lines: tuple[str, str, str]) -> bytes:
    return (BANK + "".join(f"{day},{amount},{text},USD\n" for day, amount, text in lines)).encode()


FEBRUARY = bank(
    ("2026-02-11", "-20.00", "AMZN Mktp US*A"),
    ("2026-02-13", "-9.00", "AMZN Mktp US*B"),
    ("2026-02-13", "-9.00", "AMZN Mktp US*C"),
    ("2026-02-28", "-5.00", "Amazon Prime*D"),
    ("2026-03-02", "-70.00", "GROCER"),
)


@pytest.mark.usefixtures("household")
async def test_a_program_imports_matches_decides_and_closes(client: AssistantClient) -> None:
    seen = await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/1111", dry_run=True))
    assert await client.statement_months() == []
    done = await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/1111"))
    assert seen == done
    assert (done.lines, done.others, done.matched, done.tied, done.unmatched) == (4, 1, 1, 2, 1)
    assert (await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/1111"))).again
    (month,) = await client.statement_months()
    assert (month.card, month.month, month.state, month.matched) == ("visa/1111", "2026-02", MonthState.OPEN, 1)
    whole, first, second, prime = await client.statement_lines("visa/1111", "2026-02")
    assert [line.state for line in (whole, first, prime)] == [LineState.MATCHED, LineState.TIED, LineState.UNMATCHED]
    assert [len(line.candidates) for line in (first, second)] == [2, 2]
    decided = await client.match_line(first.entry.id, [charge.entry for charge in first.candidates[1].charges])
    assert decided.state is LineState.MATCHED
    assert (await client.match_line(prime.entry.id, [])).state is LineState.IGNORED
    assert {line.state for line in await client.statement_lines("visa/1111", "2026-02")} == {LineState.MATCHED, LineState.IGNORED}
    (closed,) = await client.close_months()
    assert (closed.month, await client.unmatched_charges()) == ("2026-02", [])
    assert (await client.match_line(prime.entry.id, None)).state is LineState.UNMATCHED
    (month,) = await client.statement_months()
    assert (month.state, month.changes) == (MonthState.CHANGED, ("The line of -5.00 USD on 2026-02-28 is open again.",))
    await client.match_line(prime.entry.id, [])
    assert [one.state for one in await client.statement_months()] == [MonthState.CLOSED]
    await client.correct("biz", "113-0000001-0000001", {"total": "21.00"})
    (month,) = await client.statement_months()
    assert (month.state, month.changes[0]) == (MonthState.CHANGED, "The line of -20.00 USD on 2026-02-11 has lost its charges.")
    assert [one.state for one in await client.close_months("visa/1111", "2026-02")] == [MonthState.CLOSED]


@pytest.mark.usefixtures("household")
async def test_a_refused_statement_or_decision_is_one_sentence_and_changes_nothing(client: AssistantClient) -> None:
    columns = b"Tag;Wert;Wer\n01.02.2026;-9,00;AMZN\n"
    with pytest.raises(InvalidInput, match="no known column for the date"):
        await client.import_statement(StatementBody("bank.csv", columns, card="visa/1111"))
    with pytest.raises(InvalidInput, match="names no column"):
        await client.import_statement(StatementBody("bank.csv", columns, card="visa/1111", columns=("day=Tag",)))
    with pytest.raises(InvalidInput, match="is no card"):
        await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="my card"))
    with pytest.raises(InvalidInput, match="charges of the card ending in 1111, not of visa/2222"):
        await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/2222"))
    assert await client.statement_months() == []
    await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/1111"))
    tied = (await client.statement_lines("visa/1111", "2026-02"))[1]
    assert tied.state is LineState.TIED
    with pytest.raises(InvalidInput, match="the entries are"):
        await client.match_line(tied.entry.id, ["1.1.0.0"])
    with pytest.raises(NotFound, match="no entry"):
        await client.match_line(tied.entry.id, ["9.9.9.9"])
    with pytest.raises(NotFound, match="no line"):
        await client.match_line("visa/1111:2026-02-13:-1.00USD:1", [])
    with pytest.raises(NotFound, match="is not closed"):
        await client.close_months("visa/1111", "2026-02")


@pytest.mark.usefixtures("household")
async def test_columns_that_were_named_once_are_remembered(client: AssistantClient) -> None:
    columns = "Tag;Wert;Wer\n11.02.2026;-20,00;AMZN Mktp\n"
    named = ("date=Tag", "amount=Wert", "text=Wer")
    first = await client.import_statement(StatementBody("a.csv", columns.encode(), card="visa/1111", columns=named, currency="USD"))
    again = await client.import_statement(StatementBody("b.csv", (columns + "13.02.2026;-9,00;AMZN Mktp\n").encode(), card="visa/1111"))
    assert (first.lines, again.lines, again.new) == (1, 2, 1)


@pytest.mark.usefixtures("household")
def test_lines_are_listed_by_card_month_and_state(call: Caller, token: str) -> None:
    content = base64.b64encode(FEBRUARY).decode()
    for card, raw in (("visa/1111", content), ("visa/2222", base64.b64encode(bank(("2026-02-12", "-30.00", "AMZN Mktp US*E"))).decode())):
        assert call("POST", "/statements", {"name": "feb.csv", "content_base64": raw, "card": card}, token=token).status == 200
    listed = {
        query: call("GET", f"/statements/lines?{query}", token=token).json["total"]
        for query in ("", "card=visa/2222", "state=tied", "card=visa/2222&state=tied", "month=2026-03", "limit=2")
    }
    assert listed == {"": 5, "card=visa/2222": 1, "state=tied": 2, "card=visa/2222&state=tied": 0, "month=2026-03": 0, "limit=2": 5}
    assert call("POST", "/statements/close", {"card": "visa/1111"}, token=token).status == 422


async def test_every_decision_sends_an_event_to_other_apps(household: Services, client: AssistantClient) -> None:
    await client.import_statement(StatementBody("feb.csv", FEBRUARY, card="visa/1111"))
    tied = (await client.statement_lines("visa/1111", "2026-02"))[1]
    await client.match_line(tied.entry.id, [])
    kinds = [event.kind for event in household.outbox.after(0)]
    assert kinds.count(EventKind.BOOKS_CHANGED) == 2
