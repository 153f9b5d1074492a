"""Requests to the local server: the token on each, answers as data, failures as the server's own DomainErrors."""

import asyncio
import importlib
import io
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.domain.errors import Conflict, DomainError, InvalidInput, NotAuthorised, NotFound, ServerAway
from assistant.domain.events import Event
from assistant.wire.events import event_from_json

if TYPE_CHECKING:
    import aiohttp

_STREAMED = 1 << 20
"""Bytes from which a body is streamed."""
_ANSWER, _SILENCE = 30.0, 40.0
"""Seconds to wait: for an answer, for the next heartbeat (they come every 15 s)."""
_PATIENT_TRIES = 4
_BY_STATUS: Mapping[int, type[DomainError]] = {401: NotAuthorised, 403: NotAuthorised, 404: NotFound, 409: Conflict, 422: InvalidInput}


class Http:
    """Requests with the token, answers as data, failures as DomainErrors."""

    def __init__(self, port: int, token: str) -> None:
        """Call the server on this port. Nothing is opened before the first call."""
        self._base = f"http://127.0.0.1:{port}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections."""
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
        data = io.BytesIO(body) if body is not None and len(body) > _STREAMED else body
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
