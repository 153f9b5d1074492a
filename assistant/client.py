"""AssistantClient: the local server over HTTP, for the terminal app and other programs of the same user.

aiohttp is loaded with the first call, in a thread, so that a screen can be painted before.
"""

import asyncio
import base64
import importlib
import io
import json
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlencode

from assistant.domain.accounts import Account, AccountChange, Identity
from assistant.domain.errors import Conflict, DomainError, InvalidInput, NotAuthorised, NotFound, ServerAway
from assistant.domain.events import Event
from assistant.domain.pairing import Client, PairingCode
from assistant.domain.views import AccountOverview, Alert, ExpenseRow, Heeding, ImportResult, OrderRow, OrderView, Page
from assistant.wire import views
from assistant.wire.accounts import account_from_json, change_json, identity_from_json
from assistant.wire.events import event_from_json
from assistant.wire.pairing import client_from_json, code_from_json

if TYPE_CHECKING:
    import aiohttp

_AS_JSON = 1 << 20
"""Bytes up to which a file travels as JSON; larger ones are streamed."""
_ANSWER, _UPLOAD, _SILENCE = 30.0, 330.0, 40.0
"""Seconds to wait: for an answer, for an import or export, for the next heartbeat (they come every 15 s)."""
_PATIENT_TRIES = 4
_FIRST_PAUSE, _LAST_PAUSE = 0.3, 10.0
_BY_STATUS: Mapping[int, type[DomainError]] = {401: NotAuthorised, 403: NotAuthorised, 404: NotFound, 409: Conflict, 422: InvalidInput}


class AssistantClient:
    """The server on 127.0.0.1, as calls. Errors are the server's own DomainErrors; no server is ServerAway."""

    def __init__(self, port: int, token: str) -> None:
        """Talk to the server on this port. Nothing is opened before the first call."""
        self._api = _Http(port, token)

    async def __aenter__(self) -> Self:
        """Use as `async with`."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._api.close()

    async def health(self) -> dict[str, str]:
        """Return {"status": "ok", "version": ...}."""
        return dict(await self._api.json("GET", "/health"))

    async def accounts(self) -> list[Account]:
        """Return all accounts."""
        return await self._list("/accounts", account_from_json)

    async def overview(self) -> list[AccountOverview]:
        """Return every account with its month, year and open warnings."""
        return await self._list("/overview", views.overview_from_json)

    async def add_account(self, label: str, purpose: str, key: str | None = None, change: AccountChange | None = None) -> Account:
        """Register an account. Raises InvalidInput, Conflict."""
        given = change_json(change or AccountChange()) | {"label": label, "purpose": purpose} | ({"key": key} if key else {})
        return account_from_json(await self._api.json("POST", "/accounts", given))

    async def edit_account(self, key: str, change: AccountChange) -> Account:
        """Change an account. Raises NotFound, InvalidInput, Conflict."""
        return account_from_json(await self._api.json("PATCH", f"/accounts/{_part(key)}", change_json(change)))

    async def link(self, key: str, customer_id: str) -> Account:
        """Say that a customer id is an account's. Raises NotFound, InvalidInput, Conflict."""
        return account_from_json(await self._api.json("POST", f"/accounts/{_part(key)}/link", {"customer_id": customer_id}))

    async def identities(self) -> list[Identity]:
        """Return the customer ids that browsers have shown."""
        return await self._list("/identities", identity_from_json)

    async def orders(self, text: str = "", offset: int = 0, limit: int = 100) -> Page[OrderRow]:
        """Return order lines, newest first; `text` is the filter language. Raises InvalidInput."""
        data = await self._api.json("GET", "/orders", query={"q": text, "offset": offset, "limit": limit, "rows": 1})
        return views.page_from_json(data, views.row_from_json)

    async def order(self, account: str, number: str) -> OrderView:
        """Return one order with everything known. Raises NotFound."""
        return views.view_from_json(await self._api.json("GET", f"/orders/{_part(account)}/{_part(number)}"))

    async def set_item(self, account: str, number: str, line: int, category: str | None = None, purpose: str | None = None) -> OrderView:
        """Give a line of an order a category or a purpose; "" takes it away. Raises NotFound."""
        words = {"category": category, "purpose": purpose}
        given = {name: word for name, word in words.items() if word is not None}
        return views.view_from_json(await self._api.json("PATCH", f"/orders/{_part(account)}/{_part(number)}/items/{line}", given))

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency. Raises InvalidInput."""
        return views.page_from_json(await self._api.json("GET", "/expenses", query={"q": text}), views.expense_from_json)

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100) -> Page[Alert]:  # noqa: FBT001, FBT002  # the seam's signature
        """Return warnings, newest first."""
        query = {"open": int(open_only), "cursor": cursor, "limit": limit}
        return views.page_from_json(await self._api.json("GET", "/alerts", query=query), views.alert_from_json)

    async def dismiss(self, alert_id: int) -> Alert:
        """Put a warning away. Raises NotFound."""
        return views.alert_from_json(await self._api.json("POST", f"/alerts/{alert_id}/dismiss"))

    async def heedings(self) -> list[Heeding]:
        """Return per rule what became of its warnings."""
        return await self._list("/alerts/stats", views.heeding_from_json)

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first."""
        return views.page_from_json(
            await self._api.json("GET", "/imports", query={"cursor": cursor, "limit": limit}), views.import_from_json
        )

    async def upload(self, name: str, content: bytes, account: str | None = None) -> ImportResult:
        """Import a file. Raises InvalidInput when nobody can say whose orders it holds."""
        if len(content) <= _AS_JSON:
            given = {"name": name, "content_base64": base64.b64encode(content).decode()} | ({"account": account} if account else {})
            return views.import_from_json(await self._api.json("POST", "/documents", given, seconds=_UPLOAD))
        headers = {"Content-Type": "application/octet-stream", "X-Shopper-Name": quote(name), "X-Shopper-Account": quote(account or "")}
        raw = await self._api.call("POST", "/documents", body=content, headers=headers, seconds=_UPLOAD)
        return views.import_from_json(json.loads(raw))

    async def open_pairing(self) -> PairingCode:
        """Open a pairing code, good once and for two minutes."""
        return code_from_json(await self._api.json("POST", "/pairing"))

    async def clients(self) -> list[Client]:
        """Return who is paired."""
        return await self._list("/clients", client_from_json)

    async def revoke(self, client_id: str) -> None:
        """Take a client's access back. Raises NotFound."""
        await self._api.call("DELETE", f"/clients/{_part(client_id)}")

    async def rules(self) -> list[dict[str, Any]]:
        """Return the user's own rules."""
        return await self._list("/rules", dict)

    async def add_rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        """Keep a rule; return it with its id. Raises InvalidInput, NotFound."""
        return dict(await self._api.json("POST", "/rules", rule))

    async def remove_rule(self, rule_id: int) -> None:
        """Forget a rule. Raises NotFound."""
        await self._api.call("DELETE", f"/rules/{rule_id}")

    async def export(self, format_name: str, text: str = "") -> bytes:
        """Return an export of what the filter language means. Raises NotFound for a format that does not exist."""
        return await self._api.call("GET", f"/exports/{_part(format_name)}", query={"q": text}, seconds=_UPLOAD)

    async def events(self, after: int) -> AsyncIterator[Event]:
        """Yield what becomes true after an event id, for ever; a lost server is waited for. Raises NotAuthorised."""
        pause = _FIRST_PAUSE
        while True:
            try:
                async with aclosing(self._api.events(after)) as stream:
                    async for event in stream:
                        after, pause = max(after, event.id), _FIRST_PAUSE
                        yield event
            except NotAuthorised:
                raise
            except DomainError:
                pause = min(pause * 2, _LAST_PAUSE)
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311  # spreads reconnections, no secret

    async def _list(self, path: str, entry: Callable[[Mapping[str, Any]], Any]) -> list[Any]:
        data = await self._api.json("GET", path)
        return [entry(item) for item in data["items"]]


class _Http:
    """Requests with the token, answers as data, failures as DomainErrors."""

    def __init__(self, port: int, token: str) -> None:
        self._base = f"http://127.0.0.1:{port}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def json(
        self,
        method: str,
        path: str,
        given: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        seconds: float = _ANSWER,
    ) -> Any:
        """Send JSON and return the JSON that comes back."""
        body = None if given is None else json.dumps(given).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        return json.loads(await self.call(method, path, body=body, headers=headers, query=query, seconds=seconds))

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        seconds: float = _ANSWER,
    ) -> bytes:
        """Return the bytes that come back; too many requests are sent again after the pause that the server asks for."""
        for tries_left in reversed(range(_PATIENT_TRIES)):
            async with self._request(method, path, body=body, headers=headers, query=query, seconds=seconds) as answer:
                raw = await answer.read()
                if answer.status < 400:  # noqa: PLR2004  # HTTP: from here on failures
                    return raw
                if answer.status != 429 or not tries_left:  # noqa: PLR2004  # HTTP: too many requests
                    raise _failure(answer.status, raw)
                pause = float(answer.headers.get("Retry-After", "1"))
            await asyncio.sleep(min(pause, 5.0))
        raise ServerAway("The assistant's server is too busy. Try again in a moment.")

    async def events(self, after: int) -> AsyncGenerator[Event, None]:
        """Yield the events of one connection. Raises ServerAway when it ends badly."""
        async with self._request("GET", "/events", query={"after": after}, seconds=None) as answer:
            if answer.status != 200:  # noqa: PLR2004  # HTTP: done
                raise _failure(answer.status, await answer.read())
            async for line in answer.content:
                if line.startswith(b"data:"):
                    event = _event(line[5:])
                    if event is not None:
                        yield event

    @asynccontextmanager
    async def _request(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        seconds: float | None,
    ) -> AsyncIterator["aiohttp.ClientResponse"]:
        session = await self._open()
        import aiohttp  # noqa: PLC0415  # loaded by `_open`, in a thread
        from yarl import URL  # noqa: PLC0415  # comes with aiohttp

        given = {name: value for name, value in (query or {}).items() if value not in (None, "")}
        url = URL(f"{self._base}{path}{'?' if given else ''}{urlencode(given)}", encoded=True)
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=5, sock_read=_SILENCE if seconds is None else None)
        data = io.BytesIO(body) if body is not None and len(body) > _AS_JSON else body
        try:
            async with session.request(method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False) as answer:
                yield answer
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ServerAway("The assistant's server does not answer. Start it with 'shopper serve', or look at --port.") from error

    async def _open(self) -> "aiohttp.ClientSession":
        async with self._opening:
            if self._session is None:
                aiohttp = await asyncio.to_thread(importlib.import_module, "aiohttp")
                # Shorter than the server keeps an idle connection, so that no request meets one that is just being closed.
                connector = aiohttp.TCPConnector(limit=8, keepalive_timeout=15, force_close=False)
                self._session = aiohttp.ClientSession(connector=connector, headers=self._headers, cookie_jar=aiohttp.DummyCookieJar())
            return self._session


def _part(text: str) -> str:
    return quote(text, safe="")


def _event(line: bytes) -> Event | None:
    """Return the event of a line; None for a kind that a newer server tells."""
    try:
        return event_from_json(json.loads(line))
    except (ValueError, KeyError):
        return None


def _failure(status: int, raw: bytes) -> DomainError:
    try:
        document = json.loads(raw)
        code, detail = str(document["code"]), str(document["detail"])
    except (ValueError, KeyError, TypeError):
        return ServerAway("Another program answers on this port. Stop it, or choose another port with --port.")
    return DomainError.by_code.get(code, _BY_STATUS.get(status, DomainError))(detail)
