"""A client of the local server, for the terminal app and other programs of the same user. One file per resource."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import aclosing
from types import TracebackType
from typing import Self

from assistant.client.accounts import AccountCalls
from assistant.client.alerts import AlertCalls
from assistant.client.books import BookCalls
from assistant.client.http import AskReason, Http
from assistant.client.imports import ImportCalls
from assistant.client.labels import LabelCalls
from assistant.client.orders import OrderCalls
from assistant.client.pairing import PairingCalls
from assistant.client.rules import RuleCalls
from assistant.client.statements import StatementCalls
from assistant.client.taxes import TaxCalls
from assistant.client.terms import TermCalls
from assistant.domain.errors import DomainError, NotAuthorised
from assistant.domain.events import Event

_FIRST_PAUSE, _LAST_PAUSE = 0.3, 10.0


class AssistantClient(
    AccountCalls, OrderCalls, BookCalls, LabelCalls, StatementCalls, AlertCalls, ImportCalls, PairingCalls, RuleCalls, TaxCalls, TermCalls
):
    """The server on 127.0.0.1, as calls. They raise the server's own DomainErrors, and ServerAway when there is no server."""

    def __init__(self, port: int, token: str, proof_key: str | None = None) -> None:
        """Talk to the server on this port. Nothing is opened before the first call.

        With a `proof_key` the token is only sent to a server that proves that it has that key; checked again after every failure.
        """
        super().__init__(Http(port, token, proof_key))

    @property
    def port(self) -> int:
        """The port of the server on 127.0.0.1."""
        return self._api.port

    def ask_for_reasons(self, ask: AskReason) -> None:
        """Ask for the reason, and send a call again with it, when the server refuses it because a tax year is locked."""
        self._api.ask_reason = ask

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
        return await self._api.json(dict[str, str], "GET", "/health")

    async def events(self, after: int) -> AsyncIterator[Event]:
        """Yield the events after an id without end, reconnecting when the server is away. Raises NotAuthorised."""
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
