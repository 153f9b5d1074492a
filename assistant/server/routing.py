"""What a route is: one entry of a table that the server, the gate and the OpenAPI document are all made of."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from assistant.bootstrap import Services
from assistant.domain.pairing import Client, Scope
from assistant.server.limits import SMALL_BODY
from assistant.server.threads import Lane

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that passed the gate. `client` is None on routes without a token; `body` is what the route's model read."""

    services: Services
    client: Client | None
    port: int
    origin: str | None
    path: Mapping[str, str]
    query: Mapping[str, Any]
    accounts: tuple[str, ...]
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter, for the OpenAPI document."""

    name: str
    about: str
    schema: Mapping[str, Any]


Run = Callable[[Call], Any]
"""Runs in a thread and returns what becomes JSON; None becomes 204."""
Stream = Callable[[web.Request, Call], Awaitable[web.StreamResponse | None]]
"""Answers by itself; None leaves the answer to `run`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """One route. Give `run`, `stream` or both.

    `afterwards` runs a moment after the answer: what nobody should wait for.
    `scope` None: no token is needed. `body` None: none is taken. `answer` names a schema of `answers.py`.
    `patience`: seconds that an answer may take, None for no limit. `uploads`: also takes a raw stream, with full scope.
    """

    method: str
    path: str
    about: str
    scope: Scope | None
    answer: str | None
    run: Run | None = None
    afterwards: Callable[[Services], None] | None = None
    stream: Stream | None = None
    body: type[BaseModel] | None = None
    largest: int = SMALL_BODY
    query: tuple[Parameter, ...] = ()
    status: int = 200
    patience: float | None = 10.0
    long: bool = False
    uploads: bool = False

    @property
    def lane(self) -> Lane:
        """The threads that `run` runs in."""
        if self.long:
            return Lane.LONG
        return Lane.READ if self.method == "GET" else Lane.WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What the gate found out about a request that may go on; `token` is "" on routes that need none."""

    route: Route
    client: Client | None
    origin: str | None
    token: str


class Paths:
    """Which methods a path knows, for refusing one that it does not."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Remember the paths of a table of routes."""
        methods: dict[str, list[str]] = {}
        for route in routes:
            methods.setdefault(PREFIX + route.path, []).append(route.method)
        self._known = [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + r"\Z"), sorted(found)) for path, found in methods.items()
        ]

    def methods(self, path: str) -> list[str]:
        """Return the methods of a path; none: there is no such path."""
        return next((methods for pattern, methods in self._known if pattern.match(path)), [])
