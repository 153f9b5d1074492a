"""AssistantClient: the local server over HTTP, for the terminal app and other programs of the same user.

aiohttp is loaded with the first call, in a thread, so that a screen can be painted before.
"""

import asyncio
import base64
import json
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from assistant.client.http import Http
from assistant.domain.accounts import Account, AccountChange, Identity
from assistant.domain.coverage import CoveredMonth
from assistant.domain.errors import DomainError, NotAuthorised
from assistant.domain.events import Event
from assistant.domain.pairing import Client, PairingCode
from assistant.domain.views import AccountOverview, Alert, ExpenseRow, ImportResult, OrderRow, OrderView, Page
from assistant.wire.accounts import account_from_json, change_json, identity_from_json
from assistant.wire.imports import import_from_json, month_from_json
from assistant.wire.pairing import client_from_json, code_from_json
from assistant.wire.views import (
    alert_from_json,
    expense_from_json,
    overview_from_json,
    page_from_json,
    row_from_json,
    view_from_json,
)

_AS_JSON = 1 << 20
"""Bytes up to which a file travels as JSON; larger ones are streamed."""
_UPLOAD = 330.0
"""Seconds to wait for an import or export."""
_FIRST_PAUSE, _LAST_PAUSE = 0.3, 10.0


class AssistantClient:
    """The server on 127.0.0.1, as calls. Errors are the server's own DomainErrors; no server is ServerAway."""

    def __init__(self, port: int, token: str) -> None:
        """Talk to the server on this port. Nothing is opened before the first call."""
        self._api = Http(port, token)

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
        return await self._list("/overview", overview_from_json)

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
        return page_from_json(data, row_from_json)

    async def order(self, account: str, number: str) -> OrderView:
        """Return one order with everything known. Raises NotFound."""
        return view_from_json(await self._api.json("GET", f"/orders/{_part(account)}/{_part(number)}"))

    async def set_item(self, account: str, number: str, line: int, category: str | None = None, purpose: str | None = None) -> OrderView:
        """Give a line of an order a category or a purpose; "" takes it away. Raises NotFound."""
        words = {"category": category, "purpose": purpose}
        given = {name: word for name, word in words.items() if word is not None}
        return view_from_json(await self._api.json("PATCH", f"/orders/{_part(account)}/{_part(number)}/items/{line}", given))

    async def confirm(self, account: str, number: str) -> OrderView:
        """Say that an order in quarantine is right as it stands. Raises NotFound, Conflict."""
        return view_from_json(await self._api.json("POST", f"/orders/{_part(account)}/{_part(number)}/confirm"))

    async def coverage(self, text: str = "") -> Page[CoveredMonth]:
        """Return how much of each month is known, the newest first. Raises InvalidInput, NotFound."""
        return page_from_json(await self._api.json("GET", "/coverage", query={"q": text}), month_from_json)

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency. Raises InvalidInput."""
        return page_from_json(await self._api.json("GET", "/expenses", query={"q": text}), expense_from_json)

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100) -> Page[Alert]:  # noqa: FBT001, FBT002  # the seam's signature
        """Return warnings, newest first."""
        query = {"open": int(open_only), "cursor": cursor, "limit": limit}
        return page_from_json(await self._api.json("GET", "/alerts", query=query), alert_from_json)

    async def dismiss(self, alert_id: int) -> Alert:
        """Put a warning away. Raises NotFound."""
        return alert_from_json(await self._api.json("POST", f"/alerts/{alert_id}/dismiss"))

    async def imports(self, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first."""
        return page_from_json(await self._api.json("GET", "/imports", query={"cursor": cursor, "limit": limit}), import_from_json)

    async def upload(self, name: str, content: bytes, account: str | None = None) -> ImportResult:
        """Import a file. Raises InvalidInput when nobody can say whose orders it holds."""
        if len(content) <= _AS_JSON:
            given = {"name": name, "content_base64": base64.b64encode(content).decode()} | ({"account": account} if account else {})
            return import_from_json(await self._api.json("POST", "/documents", given, seconds=_UPLOAD))
        headers = {"Content-Type": "application/octet-stream", "X-Shopper-Name": quote(name), "X-Shopper-Account": quote(account or "")}
        raw = await self._api.call("POST", "/documents", body=content, headers=headers, seconds=_UPLOAD)
        return import_from_json(json.loads(raw))

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


def _part(text: str) -> str:
    return quote(text, safe="")
