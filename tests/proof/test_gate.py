"""S1, S3, S6: requests of strangers are refused before they are used, never make the server fail, and hold up nobody else."""

import http.client
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.server import connection, gate, handlers
from assistant.server.connection import Room
from assistant.server.routes import ROUTES
from assistant.server.routing import PREFIX, Call, Route
from assistant.server.threaded_server import Server
from tests.proof.conftest import Scale
from tests.proof.writers import LIMITS

HOSTS = ("evil.test", "evil.test:{port}", "127.0.0.1:1", "[::1]:{port}", "0.0.0.0:{port}", "127.0.0.1.nip.io:{port}", "localhost.:{port}")
ORIGINS = ("null", "https://www.amazon.com", "http://127.0.0.1:{port}", "https://evil.test", "chrome-extension://other")
BODIES = (b"{}", b"[]", b"null", b"1e999", b'{"a":' * 500, b"\xff\xfe", b"", b'{"id": "\\ud83d"}', b"NaN", b'"' + b"x" * 70_000 + b'"')
WORDS = ("", "0", "-1", "9" * 25, "x", "%00", "%ff", "2026-02-30", "*", "%27%3b", "a" * 300)


class Caller:
    """Send exactly what a test gives."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.putrequest(method, PREFIX + path, skip_host=True, skip_accept_encoding=True)
            for name, value in ({"Host": f"127.0.0.1:{self.port}"} | headers).items():
                asked.putheader(name, value)
            if body is not None:
                asked.putheader("Content-Length", str(len(body)))
            asked.endheaders(body)
            return asked.getresponse().status
        finally:
            asked.close()


@pytest.fixture
def call(services: Services) -> Iterator[Caller]:
    with Server(services, 0, LIMITS) as server:
        yield Caller(server.port)


def strangers_let_in(call: Caller, token: str) -> list[str]:
    """Return which requests of strangers were answered with data."""
    right = {"Authorization": f"Bearer {token}"}
    tried = [("GET", "/accounts", right | {"Host": host.format(port=call.port)}) for host in HOSTS]
    tried += [("GET", "/accounts", right | {"Origin": origin.format(port=call.port)}) for origin in ORIGINS]
    tried += [("GET", "/accounts", right | {"Sec-Fetch-Site": site}) for site in ("cross-site", "same-site")]
    wrong = ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}"})
    guarded = [route for route in ROUTES if route.scope is not None]
    tried += [(route.method, route.path.replace("{", "").replace("}", ""), sent) for route in guarded for sent in wrong]
    return [f"{method} {path} {sent}" for method, path, sent in tried if call(method, path, sent) < 400]


def test_no_stranger_is_let_in_on_any_route(call: Caller, services: Services, scale: Scale) -> None:
    token = services.pairing.mint("proof")
    assert call("GET", "/accounts", {"Authorization": f"Bearer {token}"}) == 200
    assert strangers_let_in(call, token) == []
    scale.report(f"S1 (HTTP): {len(ROUTES)} routes, {len(HOSTS)} hosts, {len(ORIGINS)} origins: 0 strangers let in")


def test_the_harness_notices_a_gate_without_the_check_of_hosts(call: Caller, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_check_host", lambda _: None)
    assert any("evil.test" in request for request in strangers_let_in(call, services.pairing.mint("proof")))


def failures(call: Caller, token: str, requests: int) -> list[str]:
    """Send random requests to every route; return which ones made the server fail."""
    seed, found = random.Random(3), []
    # Revoking its own client would end the test.
    routes = [route for route in ROUTES if (route.method, route.path) != ("DELETE", "/clients/{id}") and route.path != "/events"]
    for number in range(requests):
        route = routes[number % len(routes)]
        path = route.path
        while "{" in path:
            name = path[path.index("{") : path.index("}") + 1]
            path = path.replace(name, seed.choice(("0", "-1", "x", "9" * 30, "%00", "..%2f", "%e2%80%ae")))
        known = [parameter.name for parameter in route.query] or ["limit"]
        query = "&".join(f"{seed.choice(known)}={seed.choice(WORDS)}" for _ in range(2))
        body = None if route.body is None else seed.choice((*BODIES, json.dumps(_near(route.body, seed)).encode()))
        sent = {"Authorization": f"Bearer {token}", **({"Content-Type": "application/json"} if body is not None else {})}
        status = call(route.method, f"{path}?{query}", sent, body)
        if status >= 500 and status != 503:
            found.append(f"{route.method} {path}?{query} {status}")
    return found


def _near(shape: type, seed: random.Random) -> dict[str, Any]:
    """Return an object with the fields of a shape and values that are mostly wrong."""
    values: tuple[Any, ...] = (None, 0, -1, 2**70, "", "x", "2026-01-01", [], {}, True, 1.5, ["x"], {"x": 1}, "\x00", "9" * 50)
    return {name: seed.choice(values) for name in getattr(shape, "__struct_fields__", ()) if seed.random() < 0.8}


def test_no_request_makes_the_server_fail(call: Caller, services: Services, scale: Scale) -> None:
    requests = scale(120, 20_000)
    assert failures(call, services.pairing.mint("proof"), requests) == []
    scale.report(f"S3: {requests} random requests to {len(ROUTES)} routes: 0 failures of the server")


def test_the_harness_notices_a_route_that_fails(call: Caller, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    real = handlers._encoded

    def broken(route: Route, asked: Call) -> bytes | None:
        if route.path == "/terms":
            raise KeyError(route.path)
        return real(route, asked)

    monkeypatch.setattr(handlers, "_encoded", broken)
    assert failures(call, services.pairing.mint("proof"), len(ROUTES)) != []


def others_wait(call: Caller, token: str, connections: int, seconds: float) -> tuple[float, int]:
    """Flood the server with half-open connections; return the slowest percent of another client in seconds, and its errors."""
    stop, begun = threading.Event(), threading.Event()

    def half_open() -> None:
        with ExitStack() as stack:
            for place in range(connections):
                with suppress(OSError):
                    stack.enter_context(socket.create_connection(("127.0.0.1", call.port), 2)).sendall(b"GET /api")
                if place == connections // 2:
                    begun.set()
            stop.wait(60)

    flood = threading.Thread(target=half_open)
    flood.start()
    begun.wait(30)
    took, errors, until = [], 0, time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        try:
            errors += call("GET", "/accounts", {"Authorization": f"Bearer {token}"}) != 200
        except (OSError, http.client.HTTPException):
            errors += 1
        took.append(time.monotonic() - started)
        time.sleep(0.005)
    stop.set()
    flood.join()
    return sorted(took)[int(len(took) * 0.99)], errors


def test_half_open_connections_lock_nobody_out(call: Caller, services: Services, scale: Scale) -> None:
    slowest, errors = others_wait(call, services.pairing.mint("proof"), 300, float(scale(1, 20)))
    scale.report(f"S6: 300 half-open connections: p99 of another client {slowest * 1000:.0f} ms, {errors} errors")
    assert errors == 0


def test_the_harness_notices_a_server_that_keeps_silent_connections(
    call: Caller, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(room: Room, made: connection.Connection) -> bool:
        if len(room._inside) >= room.limits.connections:
            return False
        room._inside[made] = None
        return True

    monkeypatch.setattr(Room, "enter", full)
    assert others_wait(call, services.pairing.mint("proof"), 200, 0.5)[1] > 0
