"""A real server on a free port, and a client that controls every byte."""

import http.client
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services, build
from assistant.server.limits import Limits
from assistant.server.threaded_server import Server
from assistant.settings import Settings

ROOMY = Limits(stranger_rate=10_000, stranger_burst=10_000, client_rate=10_000, client_burst=10_000)
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


class MovableClock:
    """A clock that a test can move forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass(frozen=True)
class Answer:
    """The answer to a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return self.json["code"]


class Caller:
    """Send requests with exactly the headers that a test gives."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, headers: list[tuple[str, str]] | None = None
    ) -> Answer:
        """Send JSON the way an honest program does; `headers` come on top."""
        sent = [("Host", f"127.0.0.1:{self.port}")]
        raw = None
        if token is not None:
            sent.append(("Authorization", f"Bearer {token}"))
        if body is not None:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent += [("Content-Type", "application/json"), ("Content-Length", str(len(raw)))]
        return self.exactly(method, f"/api/v1{path}", [*sent, *(headers or [])], raw)

    def exactly(self, method: str, target: str, headers: list[tuple[str, str]], body: bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def services(tmp_path: Path, clock: MovableClock, ledger_url: str, new_home: Path) -> Iterator[Services]:
    shutil.copytree(new_home, tmp_path / "home")
    found = build(Settings(home=tmp_path / "home", port=0, database=ledger_url), clock=clock)
    yield found
    found.close()


@pytest.fixture
def limits() -> Limits:
    return ROOMY


@pytest.fixture
def port(services: Services, limits: Limits) -> Iterator[int]:
    with Server(services, 0, limits) as server:
        yield server.port


@pytest.fixture
def call(port: int) -> Caller:
    return Caller(port)


@pytest.fixture
def token(services: Services) -> str:
    """A full-scope token of a program."""
    return services.pairing.mint("test")


@pytest.fixture
def browser(services: Services) -> str:
    """A token of a paired extension, pinned to ORIGIN."""
    return services.pairing.redeem(services.pairing.open_code().code, "Chromium", ORIGIN).token


@pytest.fixture
def a_visit() -> dict[str, Any]:
    return {
        "id": "5f1f1c1e-3c0a-4a58-9a0c-0d3e2c9b7a10",
        "at": "2026-11-25T09:30:00Z",
        "url": "https://www.amazon.com/gp/cart/view.html",
        "tab": 7,
        "store": "default",
        "page": {"html": "<div></div>", "scripts": [], "nav": ""},
    }
