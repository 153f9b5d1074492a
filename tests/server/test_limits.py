"""Rate limits, connection limits and timeouts: a client that is too fast or too slow does not affect the others."""

import socket
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest

from assistant.server.limits import Bucket, Limits
from tests.server.conftest import ROOMY, Caller


@pytest.fixture
def limits(request: pytest.FixtureRequest) -> Limits:
    return getattr(request, "param", ROOMY)


@pytest.mark.parametrize("limits", [replace(ROOMY, client_rate=5, client_burst=8)], indirect=True)
def test_a_client_with_too_many_requests_is_slowed_down_and_others_are_not(call: Caller, token: str, browser: str) -> None:
    answers = [call("GET", "/accounts", token=token) for _ in range(12)]
    assert [answer.status for answer in answers[:8]] == [200] * 8
    assert answers[-1].code == "rate/too-many"
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert call("GET", "/accounts", token=browser).status == 200


@pytest.mark.parametrize("limits", [replace(ROOMY, stranger_rate=2, stranger_burst=4)], indirect=True)
def test_requests_without_a_valid_token_share_one_limit_and_do_not_slow_down_clients(call: Caller, token: str) -> None:
    answers = [call("GET", "/accounts", token="x" * 43).status for _ in range(8)]
    assert answers[:4] == [401] * 4
    assert 429 in answers
    assert call("GET", "/accounts", token="y" * 43).status == 429
    assert call("GET", "/accounts", token=token).status == 200


@pytest.mark.parametrize("limits", [replace(ROOMY, stranger_rate=2, stranger_burst=4)], indirect=True)
def test_too_many_requests_on_one_open_route_do_not_affect_the_others(call: Caller) -> None:
    pairing = [call("POST", "/pair", {"code": "12345678"}).status for _ in range(8)]
    assert (pairing[0], pairing[-1]) == (403, 429)
    assert [call("GET", f"/hello?n={nonce}").status for nonce in "ab"] == [200, 200]
    assert call("GET", "/health").status == 200
    assert 429 in [call("GET", "/hello?n=x").status for _ in range(8)]
    assert call("GET", "/health").status == 200


@pytest.mark.parametrize("limits", [replace(ROOMY, stranger_rate=5, stranger_burst=10)], indirect=True)
def test_guessing_codes_is_slow(call: Caller) -> None:
    started = time.monotonic()
    tried = sum(call("POST", "/pair", {"code": f"{number:08d}"}).status == 403 for number in range(60))
    assert tried <= 11 + 5 * (time.monotonic() - started)


@pytest.mark.parametrize("limits", [replace(ROOMY, connections=8)], indirect=True)
def test_silent_connections_make_room_for_active_ones(call: Caller, token: str) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(socket.create_connection(("127.0.0.1", call.port), 5)).sendall(b"GET /api")
        for _ in range(10):
            assert call("GET", "/accounts", token=token).status == 200


@pytest.mark.parametrize("limits", [replace(ROOMY, connections=4)], indirect=True)
def test_idle_connections_make_room_for_active_ones(call: Caller, token: str) -> None:
    ask = f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{call.port}\r\n\r\n".encode()
    with ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(("127.0.0.1", call.port), 5)) for _ in range(4)]
        for connection in idle:
            connection.sendall(ask)
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        time.sleep(0.3)
        assert [call("GET", "/accounts", token=token).status for _ in range(5)] == [200] * 5
        # The connection that was idle longest is closed, the newest one is still open.
        assert idle[0].recv(10) == b""
        idle[-1].sendall(ask)
        assert idle[-1].recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("limits", [replace(ROOMY, connections=4)], indirect=True)
def test_one_connection_too_many_gets_an_error(call: Caller, token: str) -> None:
    ask = f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{call.port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    with ExitStack() as stack:
        for _ in range(4):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", call.port), 5))
            connection.sendall(ask)
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        answer = call("GET", "/accounts", token=token)
        assert answer.status == 429
        assert answer.headers["x-content-type-options"] == "nosniff"
    time.sleep(0.1)
    assert call("GET", "/accounts", token=token).status == 200


@pytest.mark.parametrize("limits", [replace(ROOMY, headers=0.3)], indirect=True)
@pytest.mark.parametrize("begun", [b"", b"G", b"GET /api/v1/health HTTP/1.1\r\nHost: 127"])
def test_missing_headers_end_the_connection(call: Caller, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", call.port), 5) as connection:
        connection.sendall(begun)
        started = time.monotonic()
        assert connection.recv(1000) == b""
        assert 0.2 < time.monotonic() - started < 3


@pytest.mark.parametrize("limits", [replace(ROOMY, headers=0.3)], indirect=True)
def test_the_header_timeout_restarts_for_every_request_of_a_connection(call: Caller) -> None:
    ask = f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{call.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", call.port), 5) as connection:
        for _ in range(3):
            connection.sendall(ask)
            assert connection.recv(2000).startswith(b"HTTP/1.1 200")
            time.sleep(0.4)
        connection.sendall(ask[:20])
        assert connection.recv(1000) == b""


@pytest.mark.parametrize("limits", [replace(ROOMY, body=0.3)], indirect=True)
def test_a_missing_body_times_out(call: Caller, token: str) -> None:
    head = (
        f"POST /api/v1/rules HTTP/1.1\r\nHost: 127.0.0.1:{call.port}\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with socket.create_connection(("127.0.0.1", call.port), 5) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(2000)
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"body/slow" in answer


@pytest.mark.parametrize("limits", [replace(ROOMY, keep_alive=0.4)], indirect=True)
def test_an_idle_connection_is_closed(call: Caller) -> None:
    with socket.create_connection(("127.0.0.1", call.port), 5) as connection:
        connection.sendall(f"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:{call.port}\r\n\r\n".encode())
        assert connection.recv(2000).startswith(b"HTTP/1.1 200")
        assert connection.recv(2000) == b""


def test_a_bucket_fills_again() -> None:
    bucket = Bucket(100, 2)
    assert [bucket.take(), bucket.take()] == [0.0, 0.0]
    assert 0 < bucket.take() <= 0.01
    time.sleep(0.03)
    assert bucket.take() == 0.0
