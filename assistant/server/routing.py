"""The definition of a route: one entry of the table behind the server, the gate and the OpenAPI document."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from aiohttp import web

from assistant.bootstrap import Services
from assistant.domain.languages.language import DEFAULT
from assistant.domain.pairing import Client, Scope
from assistant.server.limits import SMALL_BODY
from assistant.server.threads import Lane

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that passed the gate. `client` is None on routes without a token; `body` has the type that the route names.

    `language` is that of the sentences in the answer; `prepared` is what the route's `beforehand` returned.
    """

    services: Services
    client: Client | None
    port: int
    origin: str | None
    path: Mapping[str, str]
    query: Mapping[str, Any]
    accounts: tuple[str, ...]
    body: Any
    language: str = DEFAULT
    prepared: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A query parameter, for the OpenAPI document."""

    name: str
    about: str
    schema: Mapping[str, Any]


Run = Callable[[Call], Any]
"""Runs in a thread and returns a shape; None becomes the status 204."""
Stream = Callable[[web.Request, Call], Awaitable[web.StreamResponse | None]]
"""Writes the response itself; None leaves it to `run`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """One route. Give `run`, `stream` or both.

    `scope` None: no token is needed. `body` is the shape of the body, None: the route takes none. The shape of the answer is
    what `run` returns; a route that only streams names its `media`. `beforehand` returns work that could take seconds, or None: it is
    done in threads of its own before `run`. `afterwards` runs shortly after the answer, for work that
    nobody should wait for. `patience`: seconds that an answer may take, None for no limit. `uploads`: also takes a raw stream, with
    full scope.
    """

    method: str
    path: str
    about: str
    scope: Scope | None
    run: Run | None = None
    beforehand: Callable[[Call], Callable[[], Any] | None] | None = None
    afterwards: Callable[[Services], None] | None = None
    stream: Stream | None = None
    media: str = ""
    body: type | None = None
    largest: int = SMALL_BODY
    query: tuple[Parameter, ...] = ()
    status: int = 200
    patience: float | None = 10.0
    long: bool = False
    uploads: bool = False

    @property
    def answer(self) -> Any:
        """The type of the answer, or None."""
        returned = get_type_hints(self.run)["return"] if self.run else None
        return None if returned is type(None) else returned

    @property
    def lane(self) -> Lane:
        """The threads that `run` runs in."""
        if self.long:
            return Lane.LONG
        return Lane.READ if self.method == "GET" else Lane.WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The gate's findings about a request that it passed; `token` is "" on routes that need none."""

    route: Route
    client: Client | None
    origin: str | None
    token: str


class Paths:
    """The methods of each path, to refuse others."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Index the paths of a table of routes."""
        methods: dict[str, list[str]] = {}
        for route in routes:
            methods.setdefault(PREFIX + route.path, []).append(route.method)
        self._known = [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) + r"\Z"), sorted(found)) for path, found in methods.items()
        ]

    def methods(self, path: str) -> list[str]:
        """Return the methods of a path, an empty list for an unknown path."""
        return next((methods for pattern, methods in self._known if pattern.match(path)), [])
