"""Starting, stopping, a taken port, unexpected failures, and the log."""

import base64
import contextlib
import json
import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import text

from assistant.bootstrap import Services
from assistant.domain.errors import DomainError, InvalidInput, LedgerUnusable, ServerAway
from assistant.domain.pairing import LocalPass
from assistant.server.connection import LoopbackSite
from assistant.server.errors import status_of
from assistant.server.limits import Limits
from assistant.server.threaded_server import Server
from assistant.services.imports import import_files
from assistant.storage.unit_of_work import Session, UnitOfWork
from tests.server.conftest import ORIGIN, Caller

pytestmark = pytest.mark.dated


def test_a_taken_port_is_one_clear_sentence(services: Services) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServerAway, match=rf"Port {port} .*--port") as told:
            Server(services, port).start()
        assert "\n" not in str(told.value)


def test_a_stopped_server_frees_its_port_and_can_start_again(services: Services) -> None:
    server = Server(services, 0)
    port = server.start()
    server.stop()
    server.stop()
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", port), 1)
    with Server(services, port) as again:
        assert again.port == port


def test_a_server_stops_quickly_despite_a_listener(services: Services) -> None:
    server = Server(services, 0)
    token = services.pairing.mint("test")
    with socket.create_connection(("127.0.0.1", server.start()), 5) as connection:
        ask = f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {token}\r\n\r\n"
        connection.sendall(ask.encode())
        assert connection.recv(2000).startswith(b"HTTP/1.1 200")
        started = time.monotonic()
        server.stop()
        assert time.monotonic() - started < 2


def test_a_server_stops_in_time_during_a_long_read_and_a_long_import_and_its_ledger_is_whole(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.accounts.add("Kim")
    began = {"read": threading.Event(), "import": threading.Event()}

    def count_for_ever(session: Session, what: str) -> None:
        began[what].set()
        session.execute(text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")).all()

    def read(*_: object, **__: object) -> None:
        with services.database.reading() as session:
            count_for_ever(session, "read")

    def store(work: UnitOfWork, *_: object, **__: object) -> None:
        work.session.execute(text("UPDATE accounts SET label = 'Robin'"))
        count_for_ever(work.session, "import")

    monkeypatch.setattr(services.accounts, "all", read)
    monkeypatch.setattr(import_files, "take", store)
    server = Server(services, 0, Limits(leave=0.3))
    token = services.pairing.mint("test")
    port = server.start()
    body = json.dumps({"name": "a.csv", "content_base64": base64.b64encode(b"Order ID\n").decode(), "account": "kim"})
    asked = []
    for request, content in (("GET /api/v1/accounts", ""), ("POST /api/v1/documents", body)):
        connection = socket.create_connection(("127.0.0.1", port), 5)
        head = f"{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n{content}".encode())
        asked.append(connection)
    assert all(event.wait(20) for event in began.values())
    started = time.monotonic()
    server.stop()
    services.close()
    assert time.monotonic() - started < 2
    for connection in asked:
        connection.close()
    monkeypatch.undo()
    assert [account.label for account in services.accounts.all()] == ["Kim"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "::", "example.org"])  # noqa: S104  # these are what is refused
async def test_it_listens_only_on_this_machine(host: str) -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    with pytest.raises(InvalidInput, match="this machine only"):
        LoopbackSite(runner, 0, Limits(), host)
    await runner.cleanup()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serve_prints_its_address_and_stops_cleanly(tmp_path: Path, told: signal.Signals) -> None:
    home = tmp_path / "home"
    environment = {name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
    command = [sys.executable, "-m", "assistant", "--home", str(home), "--port", "0", "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            port = int(line.split("127.0.0.1:")[1].split("/")[0])
            file = home / "terminal.token"
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            left = LocalPass.of(file.read_text().strip())
            assert left is not None
            assert Caller(port)("GET", "/accounts", token=left.token).status == 200
            process.send_signal(told)
            out, err = process.communicate(timeout=20)
            assert (process.returncode, out, err) == (0, "", "")
            assert not file.exists()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()


def test_serve_on_a_taken_port_fails_with_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "assistant", "--home", str(tmp_path / "home"), "--port", port, "serve"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert port in done.stderr
    assert "--port" in done.stderr


def test_every_domain_error_has_a_status() -> None:
    import assistant.importers.statements.read_statement  # noqa: PLC0415  # declares an error of its own
    import assistant.services.taxes.locks  # noqa: PLC0415, F401  # as does this

    assert {code for code, kind in DomainError.by_code.items() if status_of(kind) == 500} == set()


def break_accounts(services: Services, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_self: object) -> Any:
        raise error

    monkeypatch.setattr(type(services.accounts), "all", fail)


def test_an_unexpected_failure_is_a_problem_and_its_text_stays_out_of_the_log(
    call: Caller, services: Services, token: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_accounts(services, monkeypatch, RuntimeError("order 113-1234567-1234567 of someone@example.org"))
    with caplog.at_level(logging.DEBUG):
        for _ in range(5):
            answer = call("GET", "/accounts", token=token)
            assert (answer.status, answer.code) == (500, "server/failed")
            assert "113-" not in answer.body.decode()
    ours = [record for record in caplog.records if record.name == "assistant.server"]
    assert len(ours) == 1
    assert "RuntimeError" in ours[0].getMessage()
    assert "113-" not in caplog.text
    assert "example.org" not in caplog.text


def test_a_busy_ledger_asks_to_retry(call: Caller, services: Services, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    break_accounts(services, monkeypatch, LedgerUnusable("Another program is writing. Try again in a moment."))
    answer = call("GET", "/accounts", token=token)
    assert (answer.status, answer.code, answer.headers["retry-after"]) == (503, "ledger/unusable", "2")


def test_neither_tokens_nor_codes_nor_page_text_reach_the_log(
    call: Caller, services: Services, token: str, a_visit: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = services.pairing.open_code().code
        grant = call("POST", "/pair", {"code": code, "name": "Firefox"}, headers=[("Origin", ORIGIN)]).json
        a_visit["page"]["html"] = "<p>canary-of-a-page someone@example.org</p>"
        call("POST", "/visits", a_visit, token=grant["token"])
        call("POST", "/visits", {"id": grant["token"]}, token=grant["token"])
        call("GET", f"/accounts?token={token}", token="wrong" * 8)
        call.exactly("GET", f"/{token}", [("Host", "evil.test")])
        with socket.create_connection(("127.0.0.1", call.port), 5) as connection:
            connection.sendall(f"GET /\x01{token} HTTP/1.1\r\n\r\n".encode())
            assert connection.recv(2000).startswith(b"HTTP/1.")
    for secret in (code, code.replace("-", ""), grant["token"], grant["proof_key"], token, "canary-of-a-page", "example.org"):
        assert secret not in caplog.text


def test_slow_work_is_answered_in_time(call: Caller, services: Services, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.server.routes as routes  # noqa: PLC0415, PLR0402  # the table that this test shortens the patience of

    route = next(route for route in routes.ROUTES if (route.method, route.path) == ("GET", "/accounts"))
    before = route.patience
    object.__setattr__(route, "patience", 0.2)
    all_accounts: Callable[[Any], Any] = type(services.accounts).all

    def slowly(self: object) -> Any:
        time.sleep(0.6)
        return all_accounts(self)

    monkeypatch.setattr(type(services.accounts), "all", slowly)
    try:
        answer = call("GET", "/accounts", token=token)
        assert (answer.status, answer.code) == (503, "server/slow")
    finally:
        object.__setattr__(route, "patience", before)
