"""AssistantClient against a real server: every call, every error as its own class, events that continue."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiohttp import web

from assistant.bootstrap import Services, build
from assistant.client import AssistantClient
from assistant.domain.accounts.account import AccountChange
from assistant.domain.accounts.linking import OwnerStatement
from assistant.domain.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAuthorised,
    NotFound,
    ServerAway,
    ServerBusy,
    TokenRevoked,
    YearLocked,
)
from assistant.domain.events import EventKind
from assistant.domain.filters import Filter
from assistant.domain.judging.verdict import Level
from assistant.domain.judging.warnings import Alert
from assistant.domain.money import Money
from assistant.domain.order_view import OrderView
from assistant.domain.pages.visit import Visit
from assistant.domain.taxes.forms import FormRef
from assistant.domain.terms import Term, TermChange, TermKind
from assistant.server.limits import Limits
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from assistant.storage.tables import AlertRow
from assistant.wire.books import EntryJson

ROOMY = Limits(stranger_rate=10_000, stranger_burst=10_000, client_rate=10_000, client_burst=10_000)
NUMBER = "113-1234567-1234567"
HISTORY = (
    "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
    f"{NUMBER},2026-03-02T10:00:00Z,USD,10.00,10.00,B000000001,1,Toner “XL”,Closed\n"
    "113-7654321-7654321,2026-11-20T10:00:00Z,USD,19.49,19.49,B000000002,1,Desk lamp,Closed\n"
).encode()


@pytest.fixture
def services(tmp_path: Path, ledger_url: str) -> Iterator[Services]:
    found = build(Settings(home=tmp_path / "home", port=0, database=ledger_url))
    yield found
    found.close()


@pytest.fixture
def port(services: Services) -> Iterator[int]:
    with Server(services, 0, ROOMY) as server:
        yield server.port


@pytest.fixture
async def client(services: Services, port: int) -> AsyncIterator[AssistantClient]:
    async with AssistantClient(port, services.pairing.mint("test")) as found:
        yield found


def as_sent(view: OrderView) -> OrderView:
    """Return an order with its entries as sent over HTTP: without fields that only the ledger needs."""
    return replace(view, entries=tuple(EntryJson.of(entry).to_domain() for entry in view.entries))


async def test_accounts_are_added_edited_linked_and_listed(client: AssistantClient, services: Services) -> None:
    assert (await client.health())["status"] == "ok"
    change = AccountChange(letters="OD", cards=("visa/1234",), marketplaces=("amazon.com", "amazon.de"))
    added = await client.add_account("Ortiz Design", "business", key="biz", change=change)
    assert (added.key, added.letters, added.cards, added.marketplaces) == ("biz", "OD", ("visa/1234",), ("amazon.com", "amazon.de"))
    edited = await client.edit_account("biz", AccountChange(label="Ortiz & Söhne", cards=()))
    assert (edited.label, edited.cards) == ("Ortiz & Söhne", ())
    linked = await client.link("biz", "A1B2C3D4E5F6G7")
    assert linked.customer_ids == ("A1B2C3D4E5F6G7",)
    assert await client.accounts() == services.accounts.all() == [linked]
    assert await client.identities() == services.accounts.identities()


async def test_orders_expenses_and_overview_match_the_ledger(client: AssistantClient, services: Services) -> None:
    await client.add_account("Biz", "business")
    result = await client.upload("Retail.OrderHistory.1.csv", HISTORY, "biz")
    assert (result.new, result.account) == (2, "biz")
    assert await client.imports() == services.imports.imports()
    assert await client.orders() == services.ledger.orders(Filter())
    page = await client.orders("toner", offset=0, limit=1)
    assert [row.number for row in page.items] == [NUMBER]
    assert (await client.orders(offset=1)).items == services.ledger.orders(Filter(), offset=1).items
    for offset, limit, least in ((0, 1, 2), (0, 5, 2), (1, 1, 2), (7, 1, 0)):
        uncounted = await client.orders(offset=offset, limit=limit, counted=False)
        assert uncounted == replace(await client.orders(offset=offset, limit=limit), total=least)
    assert await client.order("biz", NUMBER) == as_sent(services.ledger.order("biz", NUMBER))
    changed = await client.set_item("biz", NUMBER, 0, category="office", purpose="business")
    assert (changed.categories, changed.purposes) == (("office",), ("business",))
    right = await client.correct("biz", NUMBER, {"total": "19.50", "item1.quantity": "3"})
    assert (right.order.total, right.order.items[0].quantity) == (Money(1950, "USD"), 3)
    assert right == as_sent(services.ledger.order("biz", NUMBER))
    with pytest.raises(InvalidInput, match="'colour' cannot be corrected"):
        await client.correct("biz", NUMBER, {"colour": "red"})
    await client.correct("biz", NUMBER, {"total": None, "item1.quantity": None})
    assert await client.expenses() == services.ledger.expenses(Filter())
    assert await client.expenses("date:2026-03") == services.ledger.expenses(Filter(since=date(2026, 3, 1), until=date(2026, 3, 31)))
    assert await client.overview() == services.ledger.overview(services.today)


async def test_accounts_are_compared_and_earlier_purchases_listed(client: AssistantClient, services: Services) -> None:
    await client.add_account("Biz", "business")
    await client.add_account("Me", "personal")
    told = {"biz": OwnerStatement(name="Robin Example", addresses=("home/78704",), open_alerts=1)}
    assert await client.compare("biz", "me", told) == services.account_links.compare("biz", "me", told)
    with pytest.raises(InvalidInput, match="Both names mean the same account"):
        await client.compare("biz", "biz", {})
    await client.upload("Retail.OrderHistory.1.csv", HISTORY, "biz")
    assert await client.look_back() == services.retrospective.look_back()


async def test_a_file_larger_than_a_request_is_streamed(client: AssistantClient, services: Services) -> None:
    services.accounts.add("Biz")
    rows = [f"113-{number:07d}-1234567,2026-03-02T10:00:00Z,USD,1.00,1.00,B000000001,1,{'x' * 300},Closed" for number in range(7000)]
    content = "\n".join([HISTORY.decode().splitlines()[0], *rows]).encode()
    assert len(content) > 2 * 1024 * 1024
    result = await client.upload("Retail.OrderHistory.1.csv", content, None)
    assert (result.new, result.name) == (7000, "Retail.OrderHistory.1.csv")


async def test_warnings_are_listed_and_dismissed(client: AssistantClient, services: Services) -> None:
    with services.database.writing() as work:
        at = "2026-11-25T09:30:00+00:00"
        for level in ("warn", "block-confirm"):
            work.session.add(AlertRow(at=at, code="X", level=level, text="Text.", advice="Advice.", evidence=["one"], source="rule 1"))
        work.commit()
    page = await client.alerts(limit=1)
    assert (page.total, page.next) == (2, "2")
    newest = Alert(
        id=2,
        at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
        account=None,
        code="X",
        level=Level.BLOCK_CONFIRM,
        text="Text.",
        advice="Advice.",
        evidence=("one",),
        source="rule 1",
    )
    assert page.items == (newest,)
    assert (await client.alerts(cursor=page.next)).items[0].id == 1
    dismissed = await client.dismiss(2)
    assert dismissed.dismissed_at is not None
    assert replace(dismissed, dismissed_at=None) == newest
    assert [alert.id for alert in (await client.alerts()).items] == [1]
    assert len((await client.alerts(open_only=False)).items) == 2


async def test_browsers_are_paired_and_revoked(client: AssistantClient, services: Services, port: int) -> None:
    code = await client.open_pairing()
    grant = services.pairing.redeem(code.code, "Firefox", None)
    assert await client.clients() == services.pairing.clients()
    async with AssistantClient(port, grant.token) as browser:
        assert await browser.accounts() == []
        with pytest.raises(NotAuthorised):
            await browser.orders()
        await client.revoke(grant.client_id)
        with pytest.raises(TokenRevoked):
            await browser.accounts()


async def test_a_machine_without_a_screen_opens_no_window(client: AssistantClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    await client.add_account("Biz", "business")
    with pytest.raises(DomainError, match=r"screen|No browser"):
        await client.open_window("biz")


async def test_rules_are_added_listed_and_removed(client: AssistantClient) -> None:
    await client.add_account("Biz", "business")
    rule = await client.add_rule({"type": "route", "match": {"words": ["toner"]}, "to": "Biz", "strength": "hard"})
    assert (rule.body["to"], rule.text) == ("biz", "'toner' goes to Biz; hold the order")
    assert await client.rules() == [rule]
    soft = await client.edit_rule(rule.id, {**rule.body, "strength": "soft"})
    assert await client.rules() == [soft]
    preview = await client.preview_rule(soft.body, soft.id)
    assert (preview.orders, preview.examples, await client.habits()) == (0, (), [])
    await client.remove_rule(rule.id)
    assert await client.rules() == []


async def test_an_export_arrives_as_a_file(client: AssistantClient) -> None:
    await client.add_account("Biz", "business")
    await client.upload("Retail.OrderHistory.1.csv", HISTORY, "biz")
    assert NUMBER.encode() in await client.export("accountant-csv", "")
    only = await client.export("accountant-csv", "date:2026-11")
    assert NUMBER.encode() not in only
    with pytest.raises(NotFound):
        await client.export("no/such format?", "")


async def test_errors_keep_their_class(client: AssistantClient) -> None:
    await client.add_account("Biz", "business")
    with pytest.raises(Conflict):
        await client.add_account("Biz", "business", key="biz")
    with pytest.raises(InvalidInput, match="letters"):
        await client.edit_account("biz", AccountChange(letters="far too long"))
    with pytest.raises(NotFound, match="nobody"):
        await client.order("nobody", NUMBER)
    with pytest.raises(NotFound):
        await client.order("biz", "a/b?c#d %2F")
    with pytest.raises(InvalidInput):
        await client.orders("date:yesterday")


async def test_a_wrong_token_is_not_authorised(port: int) -> None:
    async with AssistantClient(port, "wrong") as stranger:
        with pytest.raises(NotAuthorised):
            await stranger.accounts()
        with pytest.raises(NotAuthorised):
            await anext(stranger.events(0))


async def test_a_missing_server_is_reported_in_one_sentence(services: Services) -> None:
    server = Server(services, 0)
    port = server.start()
    server.stop()
    async with AssistantClient(port, "token") as client:
        with pytest.raises(ServerAway, match="shopper serve"):
            await client.health()


async def test_another_program_on_the_port_is_not_our_server() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    other = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with other, AssistantClient(other.sockets[0].getsockname()[1], "token") as client:
        with pytest.raises(ServerAway, match="Another program"):
            await client.health()


async def test_a_caller_that_exceeds_the_rate_limit_waits_instead_of_failing(services: Services) -> None:
    limits = replace(ROOMY, client_rate=20, client_burst=2)
    with Server(services, 0, limits) as server:
        async with AssistantClient(server.port, services.pairing.mint("test")) as client:
            assert await asyncio.gather(*(client.accounts() for _ in range(4))) == [[]] * 4


async def test_a_server_that_runs_but_is_busy_or_fails_is_not_called_missing(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.client.http._PATIENT_TRIES", 1)
    with Server(services, 0, replace(ROOMY, client_rate=0.01, client_burst=2)) as server:
        async with AssistantClient(server.port, services.pairing.mint("test")) as client:
            monkeypatch.setattr(services.accounts, "all", lambda: 1 / 0)
            with pytest.raises(DomainError, match="went wrong inside Shopper") as failed:
                await client.accounts()
            monkeypatch.undo()
            monkeypatch.setattr("assistant.client.http._PATIENT_TRIES", 1)
            await client.accounts()
            with pytest.raises(ServerBusy, match="runs, but is too busy"):
                await client.accounts()
    assert type(failed.value) is DomainError


async def test_events_are_received_from_an_id_on(client: AssistantClient, services: Services) -> None:
    services.accounts.add("One")
    services.accounts.add("Two")
    stream = client.events(1)
    assert (await anext(stream)).data == {"account": "two"}
    services.visits.assess("c", Visit(id="v", at=datetime.now(UTC), url="https://www.amazon.com/", tab=1, store="default"))
    services.accounts.add("Three")
    event = await anext(stream)
    assert (event.id, event.kind, event.data) == (3, EventKind.ACCOUNT_CHANGED, {"account": "three"})


async def test_events_continue_after_a_server_restart(services: Services) -> None:
    token = services.pairing.mint("test")
    server = Server(services, 0)
    port = server.start()
    async with AssistantClient(port, token) as client:
        stream = client.events(0)
        services.accounts.add("One")
        assert (await anext(stream)).id == 1
        await asyncio.to_thread(server.stop)
        services.accounts.add("Two")
        with Server(services, port):
            async with asyncio.timeout(15):
                assert (await anext(stream)).id == 2


def test_the_client_loads_no_http_library_before_its_first_call() -> None:
    check = "import sys, assistant.client as c; c.AssistantClient(1, 't'); sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


async def test_the_token_goes_only_to_a_server_that_proves_itself(services: Services, port: int) -> None:
    token = services.pairing.mint("test")
    async with AssistantClient(port, token, services.pairing.proof_key) as client:
        assert await client.accounts() == []


async def test_another_program_on_the_port_never_sees_the_token(services: Services) -> None:
    heard: list[tuple[str, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        heard.append((request.path, request.headers.get("Authorization")))
        return web.json_response({"proof": "0" * 64})

    stranger = web.Application()
    stranger.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(stranger)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with AssistantClient(runner.addresses[0][1], "secret", services.pairing.proof_key) as client:
        for _ in range(2):
            with pytest.raises(ServerAway, match="Another program"):
                await client.accounts()
    await runner.cleanup()
    assert heard == [("/api/v1/hello", None)] * 2


async def test_terms_are_added_edited_listed_and_removed(client: AssistantClient) -> None:
    await client.add_account("Personal", "personal", key="per")
    trial = Term(kind=TermKind.MEMBERSHIP, what="audible", account="per", until=date(2026, 12, 3), details={"plan": "trial"})
    noted = await client.add_term(trial)
    assert (noted.what, noted.until, noted.by_hand) == ("audible", date(2026, 12, 3), True)
    change = TermChange(details={"auto_renew": False, "plan": "paid"}, cleared=frozenset({"until"}))
    changed = await client.edit_term(noted.id, change)
    assert (changed.until, changed.details) == (None, {"plan": "paid", "auto_renew": False})
    assert [term.id for term in (await client.terms(kind=TermKind.MEMBERSHIP, account="per")).items] == [noted.id]
    with pytest.raises(InvalidInput, match="trial or paid"):
        await client.add_term(Term(kind=TermKind.MEMBERSHIP, what="audible", account="per"))
    await client.remove_term(noted.id)
    assert (await client.terms()).total == 0
    with pytest.raises(NotFound):
        await client.remove_term(noted.id)


async def test_a_change_of_a_locked_year_asks_for_the_reason_and_is_sent_again_with_it(client: AssistantClient, services: Services) -> None:
    await client.add_account("Biz", "business", key="biz")
    await client.upload("Retail.OrderHistory.1.csv", HISTORY.replace(b"2026", b"2025"), "biz")
    await client.set_up_tax_year("schedule-c:design", "2025", ["biz"], {})
    for number in (NUMBER, "113-7654321-7654321"):
        await client.set_item("biz", number, 0, category="office")
    await client.lock_tax_year("schedule-c:design", "2025", "filed in April")
    (found,) = await client.tax_returns()
    assert (found.form, found.accounts, found.locked, found.reason) == ("schedule-c:design", ("biz",), True, "filed in April")
    with pytest.raises(YearLocked, match="filed in April"):
        await client.set_item("biz", NUMBER, 0, category="books")
    asked: list[str] = []
    answers = ["", "Beleg berichtigt \u2013 neu"]

    async def ask(locked: str) -> str:
        asked.append(locked)
        return answers[len(asked) - 1]

    client.ask_for_reasons(ask)
    with pytest.raises(YearLocked):
        await client.set_item("biz", NUMBER, 0, category="books")
    await client.set_item("biz", NUMBER, 0, category="books")
    assert "line 18" in asked[0]
    assert services.journal.steps(limit=1).items[0].why == "Beleg berichtigt \u2013 neu"
    assert services.taxes.show(FormRef.of("schedule-c:design"), "2025").export == 1
