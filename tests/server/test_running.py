"""One server per data folder: a second one finds the first, and an ended one blocks nobody."""

import asyncio
import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.cli.terminal import _Session
from assistant.domain.errors import ServerAway
from assistant.server.running import RunningServer, ServerLock, find_server, pass_of
from assistant.settings import Settings

pytestmark = pytest.mark.dated

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def without_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home, port=0)


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start `shopper` with a command on this test's folder; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, ready: bool = True) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "assistant", "--home", str(home), "--port", "0", *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        if ready:
            assert process.stderr is not None
            assert "Shopper answers at" in process.stderr.readline()
        return process

    yield run
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def accounts_seen_by(session: _Session) -> int:
    async def ask() -> int:
        client = await session.connect()
        try:
            return len(await client.accounts())
        finally:
            await client.close()

    return asyncio.run(ask())


def test_a_second_serve_prints_the_address_of_the_first_and_ends(start: Start, settings: Settings) -> None:
    first = start("serve")
    second = start("serve", ready=False)
    out, err = second.communicate(timeout=60)
    running = find_server(settings)
    assert running is not None
    assert (second.returncode, out) == (0, "")
    assert f"process {first.pid}" in err
    assert running.address in err
    assert running.pid == first.pid
    assert accounts_seen_by(_Session(settings)) == 0


def test_the_app_uses_the_server_of_another_app_and_starts_its_own_when_that_one_ends(settings: Settings) -> None:
    first, second = _Session(settings), _Session(settings)
    assert accounts_seen_by(first) == 0
    before = find_server(settings)
    assert accounts_seen_by(second) == 0
    assert second._own is None
    first.close()
    assert find_server(settings) is None
    assert pass_of(settings) is None
    assert accounts_seen_by(second) == 0
    after = find_server(settings)
    assert second._own is not None
    assert before is not None
    assert after is not None
    assert after.port == second._own[0]
    second.close()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_an_ended_server_does_not_block_the_next_one_and_its_token_is_new(start: Start, settings: Settings, end: signal.Signals) -> None:
    first = start("serve")
    old = pass_of(settings)
    first.send_signal(end)
    first.wait(timeout=60)
    assert find_server(settings) is None
    start("serve")
    new = pass_of(settings)
    assert old is not None
    assert new is not None
    assert new.token != old.token
    assert accounts_seen_by(_Session(settings)) == 0


def test_tokens_end_with_their_process(home: Path, settings: Settings) -> None:
    from assistant.bootstrap import build  # noqa: PLC0415  # only here

    for _ in range(2):
        session = _Session(settings)
        accounts_seen_by(session)
        session.close()
    services = build(settings)
    assert services.pairing.clients() == []
    services.close()
    assert not (home / "terminal.token").exists()


def test_the_record_is_private_and_is_removed_at_the_end(home: Path, settings: Settings) -> None:
    session = _Session(settings)
    accounts_seen_by(session)
    record = home / "server.json"
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    left = pass_of(settings)
    assert left is not None
    assert left.token not in record.read_text()
    session.close()
    assert not record.exists()


def test_two_folders_have_two_servers(tmp_path: Path) -> None:
    sessions = [_Session(Settings(home=tmp_path / name, port=0)) for name in ("one", "two")]
    for session in sessions:
        accounts_seen_by(session)
    ports = {found.port for name in ("one", "two") if (found := find_server(Settings(home=tmp_path / name)))}
    assert len(ports) == 2
    for session in sessions:
        session.close()


def test_a_record_left_by_a_crash_is_ignored(home: Path, settings: Settings) -> None:
    home.mkdir()
    (home / "server.json").write_text('{"pid": 1, "port": 9, "started": "2020", "ledger": "x"}')
    assert find_server(settings) is None
    (home / "server.lock").touch()
    assert find_server(settings) is None


def test_a_server_of_another_ledger_on_the_folder_is_not_used(home: Path, settings: Settings, tmp_path: Path) -> None:
    session = _Session(settings)
    accounts_seen_by(session)
    with pytest.raises(ServerAway, match="another ledger"):
        find_server(Settings(home=home, database=f"sqlite:///{tmp_path / 'other.sqlite'}"))
    session.close()


def test_a_program_that_starts_beside_a_starting_server_waits_for_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.server.running._START", 0.2)
    with ServerLock(settings) as lock:
        assert lock.take()
        started = time.monotonic()
        with pytest.raises(ServerAway, match="does not get ready"):
            find_server(settings)
        assert time.monotonic() - started >= 0.2


def test_many_starting_at_once_leave_one_server(start: Start, settings: Settings) -> None:
    processes = [start("serve", ready=False) for _ in range(3)]
    deadline = time.monotonic() + 90
    while sum(process.poll() is None for process in processes) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    alive = [process.pid for process in processes if process.poll() is None]
    running = find_server(settings)
    assert running is not None
    assert alive == [running.pid]
    assert {process.returncode for process in processes if process.poll() is not None} == {0}


def test_a_port_held_by_the_server_of_another_folder_is_named_so(start: Start, settings: Settings, tmp_path: Path) -> None:
    start("serve")
    running = find_server(settings)
    assert isinstance(running, RunningServer)
    command = [sys.executable, "-m", "assistant", "--home", str(tmp_path / "other"), "--port", str(running.port), "serve"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert done.returncode == 3
    assert "a Shopper server of another data folder" in done.stderr
