"""Sends requests with the token, decodes the answers, and raises failures as DomainErrors.

aiohttp is loaded with the first request, in a thread, so that the screen is painted first.
"""

import asyncio
import hashlib
import hmac
import importlib
import io
import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from msgspec import DecodeError

from assistant.domain.errors import Conflict, DomainError, InvalidInput, NotAuthorised, NotFound, ServerAway, ServerBusy, YearLocked
from assistant.domain.events import Event
from assistant.domain.filters import Page
from assistant.domain.languages.language import current_language
from assistant.domain.languages.translating import to_translate, translated
from assistant.wire.events import EventJson
from assistant.wire.shape import JsonEntry, PageJson, decode, encode

if TYPE_CHECKING:
    import aiohttp

AskReason = Callable[[str], Awaitable[str]]
"""Asks a person for a reason, given what is locked; returns "" if there is none."""
REASON = "X-Shopper-Reason"
"""The header with the reason for a change, percent-encoded UTF-8."""
D = TypeVar("D")
T = TypeVar("T")

AS_JSON = 1 << 20
"""Bytes up to which a file is sent as JSON; larger ones are streamed."""
LONG = 330.0
"""Seconds to wait for an import or export."""
_ANSWER, _SILENCE = 30.0, 40.0
"""Seconds to wait: for an answer, for the next heartbeat (they come every 15 s)."""
_LONGEST_PROOF = 4096
_ANOTHER = to_translate("Another program answers on this port. Stop it, or choose another port with --port.")
_PATIENT_TRIES = 4
_BY_STATUS: Mapping[int, type[DomainError]] = {
    401: NotAuthorised,
    403: NotAuthorised,
    404: NotFound,
    409: Conflict,
    422: InvalidInput,
    429: ServerBusy,
    503: ServerBusy,
}


class Http:
    """Requests with the token; failures are DomainErrors."""

    def __init__(self, port: int, token: str, proof_key: str | None) -> None:
        self.port = port
        self._base = f"http://127.0.0.1:{port}/api/v1"
        self._token = {"Authorization": f"Bearer {token}"}
        self._proof_key = proof_key
        self.ask_reason: AskReason | None = None
        self._proven = proof_key is None
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def json(
        self,
        kind: type[T],
        method: str,
        path: str,
        given: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        seconds: float = _ANSWER,
    ) -> T:
        """Send a value as JSON, and return the JSON answer as a value of the given kind."""
        body = None if given is None else encode(given)
        headers = {} if body is None else {"Content-Type": "application/json"}
        return answered(kind, await self.call(method, path, body=body, headers=headers, query=query, seconds=seconds))

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
        """Return the bytes of the answer; a rate-limited request is repeated after the pause that the server asks for."""
        given = dict(headers or {})
        try:
            return await self._answer(method, path, body=body, headers=given, query=query, seconds=seconds)
        except YearLocked as locked:
            # A change of a locked tax year is sent again once a person gave the reason.
            reason = await self.ask_reason(str(locked)) if self.ask_reason is not None else ""
            if not reason:
                raise
            given[REASON] = quote(reason)
        return await self._answer(method, path, body=body, headers=given, query=query, seconds=seconds)

    async def _answer(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None,
        headers: Mapping[str, str],
        query: Mapping[str, Any] | None,
        seconds: float,
    ) -> bytes:
        for tries_left in reversed(range(_PATIENT_TRIES)):
            async with self._request(method, path, body=body, headers=headers, query=query, seconds=seconds) as answer:
                raw = await answer.read()
                if answer.status < 400:  # noqa: PLR2004  # HTTP: from here on failures
                    return raw
                if answer.status != 429:  # noqa: PLR2004  # HTTP: too many requests
                    raise _failure(answer.status, raw)
                pause = float(answer.headers.get("Retry-After", "1"))
            if tries_left:
                await asyncio.sleep(min(pause, 5.0))
        raise ServerBusy(translated("The Shopper server runs, but is too busy. Try again in a few seconds."))

    async def events(self, after: int) -> AsyncGenerator[Event, None]:
        """Yield the events of one connection. Raises ServerAway when it breaks."""
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
        if not self._proven:
            await self._prove(session)
        async with self._sent(
            session,
            method,
            path,
            body=body,
            headers={**self._token, "Accept-Language": current_language(), **(headers or {})},
            query=query,
            seconds=seconds,
        ) as answer:
            yield answer

    @asynccontextmanager
    async def _sent(
        self,
        session: "aiohttp.ClientSession",
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        seconds: float | None,
    ) -> AsyncIterator["aiohttp.ClientResponse"]:
        import aiohttp  # noqa: PLC0415  # loaded by `_open`, in a thread
        from yarl import URL  # noqa: PLC0415  # comes with aiohttp

        given = {name: value for name, value in (query or {}).items() if value not in (None, "")}
        url = URL(f"{self._base}{path}{'?' if given else ''}{urlencode(given)}", encoded=True)
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=5, sock_read=_SILENCE if seconds is None else None)
        data = io.BytesIO(body) if body is not None and len(body) > AS_JSON else body
        try:
            async with session.request(method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False) as answer:
                yield answer
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Another program may take the port before the next request.
            self._proven = self._proof_key is None
            raise ServerAway(translated("The Shopper server does not answer. Start it with 'shopper serve', or check --port.")) from error

    async def _prove(self, session: "aiohttp.ClientSession") -> None:
        """Ask the server for its proof before sending the token. Raises ServerAway if another program answers."""
        nonce = secrets.token_urlsafe(24)
        async with self._sent(session, "GET", "/hello", query={"n": nonce}, seconds=_ANSWER) as answer:
            raw = await answer.content.read(_LONGEST_PROOF)
        expected = hmac.new((self._proof_key or "").encode(), nonce.encode(), hashlib.sha256).hexdigest()
        try:
            given = str(json.loads(raw)["proof"])
        except (ValueError, KeyError, TypeError):
            given = ""
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise ServerAway(translated(_ANOTHER))
        self._proven = True

    async def _open(self) -> "aiohttp.ClientSession":
        async with self._opening:
            if self._session is None:
                aiohttp = await asyncio.to_thread(importlib.import_module, "aiohttp")
                # Shorter than the server's own limit, so that no request is sent on a connection that is being closed.
                connector = aiohttp.TCPConnector(limit=8, keepalive_timeout=15, force_close=False)
                self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
            return self._session


class Calls:
    """The calls of one resource."""

    def __init__(self, api: Http) -> None:
        """Use these requests."""
        self._api = api

    async def _one(self, shape: type[JsonEntry[D]], method: str, path: str, given: Any = None, **options: Any) -> D:
        answer: JsonEntry[D] = await self._api.json(shape, method, path, given, **options)
        return answer.to_domain()

    async def _page(self, shape: type[JsonEntry[D]], path: str, **options: Any) -> Page[D]:
        kind: type[PageJson[JsonEntry[D]]] = PageJson[shape]  # type: ignore[valid-type]  # the shape is known at run time only
        page = await self._api.json(kind, "GET", path, **options)
        return Page(items=tuple(entry.to_domain() for entry in page.items), next=page.next, total=page.total)

    async def _list(self, shape: type[JsonEntry[D]], path: str, **options: Any) -> list[D]:
        return list((await self._page(shape, path, **options)).items)


def part(text: str) -> str:
    """Return a text as one part of a path."""
    return quote(text, safe="")


def answered(kind: type[T], raw: bytes) -> T:
    """Return an answer as a value of that kind. Raises ServerAway when something else answers on the port."""
    try:
        return decode(raw, kind)
    except DecodeError as error:
        raise ServerAway(translated(_ANOTHER)) from error


def _event(line: bytes) -> Event | None:
    """Return the event of a line, or None for a kind that only a newer server knows."""
    try:
        return decode(line, EventJson).to_domain()
    except DecodeError:
        return None


def _failure(status: int, raw: bytes) -> DomainError:
    try:
        document = json.loads(raw)
        code, detail, field = str(document["code"]), str(document["detail"]), str(document.get("field", ""))
    except (ValueError, KeyError, TypeError):
        return ServerAway(translated(_ANOTHER))
    error = DomainError.by_code.get(code, _BY_STATUS.get(status, DomainError))(detail)
    error.field = field
    return error
