"""The event stream: immediate, resumable by id, with heartbeats."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services, build
from assistant.server.limits import Limits
from assistant.settings import Settings
from tests.server.conftest import ROOMY, Caller


class Listener:
    """Reads one event stream line by line."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer

    def event(self) -> dict[str, Any]:
        """Wait for the next event; its `id:` and `event:` lines must agree with its data."""
        said: dict[str, str] = {}
        while "data" not in said:
            name, _, value = self.line().partition(": ")
            said[name] = value
        data = json.loads(said["data"])
        assert (said["id"], said["event"]) == (str(data["id"]), data["kind"])
        return data

    def line(self) -> str:
        raw = self.answer.readline()
        assert raw, "the stream ended"
        return raw.decode().rstrip("\n")


@contextmanager
def listening(port: int, token: str, query: str = "", headers: dict[str, str] | None = None) -> Iterator[Listener]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/api/v1/events{query}", headers={"Authorization": f"Bearer {token}", **(headers or {})})
    answer = connection.getresponse()
    try:
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        yield Listener(answer)
    finally:
        connection.close()


@pytest.fixture
def limits() -> Limits:
    return replace(ROOMY, heartbeat=0.3, streams=2)


def test_earlier_events_are_sent_from_the_last_id_on(port: int, services: Services, token: str) -> None:
    for name in ("One", "Two", "Three"):
        services.accounts.add(name)
    with listening(port, token, "?after=1") as stream:
        assert [stream.event()["data"]["account"] for _ in range(2)] == ["two", "three"]
    with listening(port, token, headers={"Last-Event-ID": "2"}) as stream:
        assert stream.event()["id"] == 3


def test_without_an_id_only_new_events_are_sent(port: int, services: Services, token: str) -> None:
    services.accounts.add("Before")
    with listening(port, token) as stream:
        assert stream.line().startswith("retry:")
        services.accounts.add("After")
        assert stream.event()["data"] == {"account": "after"}


def test_events_of_this_server_are_sent_at_once(call: Caller, port: int, token: str) -> None:
    with listening(port, token, "?after=0") as stream:
        stream.line()
        time.sleep(0.3)
        started = time.monotonic()
        call("POST", "/accounts", {"label": "Biz"}, token=token)
        assert stream.event()["kind"] == "account-changed"
        assert time.monotonic() - started < 0.2


@pytest.mark.dated
def test_events_of_another_process_are_sent_soon(port: int, token: str, tmp_path: Path, ledger_url: str) -> None:
    with listening(port, token, "?after=0") as stream:
        stream.line()
        other = build(Settings(home=tmp_path / "home", database=ledger_url))
        other.accounts.add("Elsewhere")
        assert stream.event()["data"] == {"account": "elsewhere"}
        other.close()


def test_a_quiet_stream_sends_heartbeats(port: int, token: str) -> None:
    with listening(port, token) as stream:
        stream.line()
        stream.line()
        started = time.monotonic()
        assert stream.line().startswith(":")
        stream.line()
        assert stream.line().startswith(":")
        assert 0.25 < time.monotonic() - started < 2


def test_more_than_one_batch_of_events_arrives_in_order(port: int, services: Services, token: str) -> None:
    with services.database.writing() as work:
        from assistant.domain.events import EventKind  # noqa: PLC0415  # used by this one test

        for number in range(1200):
            work.tell(EventKind.ALERT_CHANGED, alert=number)
        work.commit()
    with listening(port, token, "?after=0") as stream:
        assert [stream.event()["data"]["alert"] for _ in range(1200)] == list(range(1200))


def test_a_listener_ahead_of_the_ledger_gets_new_events(port: int, services: Services, token: str) -> None:
    with listening(port, token, "?after=999999") as stream:
        stream.line()
        services.accounts.add("Biz")
        assert stream.event()["id"] == 1


def test_a_stream_ends_when_its_client_is_revoked(call: Caller, port: int, services: Services, token: str, browser: str) -> None:
    paired = next(client for client in services.pairing.clients() if client.origin)
    with listening(port, browser, f"?after={services.outbox.latest()}") as stream:
        stream.line()
        call("DELETE", f"/clients/{paired.id}", token=token)
        assert b"client-revoked" not in stream.answer.read()


def test_a_client_has_a_limited_number_of_streams(call: Caller, port: int, token: str, browser: str) -> None:
    with listening(port, token) as first, listening(port, token) as second:
        first.line()
        second.line()
        answer = call("GET", "/events", token=token)
        assert (answer.status, answer.code) == (429, "rate/streams")
        with listening(port, browser):
            pass


@pytest.mark.parametrize("query", ["?after=-1", "?after=x", "?after=1.5", f"?after={'9' * 30}"])
def test_an_invalid_id_is_refused(call: Caller, token: str, query: str) -> None:
    assert call("GET", f"/events{query}", token=token).status == 422
