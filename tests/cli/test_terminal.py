"""`shopper` in a real terminal: a signal ends the app and restores the terminal."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.server.running import find_server
from assistant.settings import Settings

LEAVES_FULL_SCREEN, STOPS_MOUSE = b"\x1b[?1049l", b"\x1b[?1000l"


class Terminal:
    """The app in a pseudo-terminal; `seen` is all its output."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._our_end, end = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
        environment |= {"TERM": "xterm-256color", "SHOPPER_HOME": str(home), "SHOPPER_PORT": "0"}
        command = [sys.executable, "-m", "assistant", *arguments]
        self.process = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=environment, start_new_session=True)
        os.close(end)
        self.seen = b""

    def read_until(self, text: bytes, seconds: float = 30.0) -> bool:
        deadline = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < deadline:
            if not select.select([self._our_end], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(self._our_end, 1 << 16)
            except OSError:
                break
            if not part:
                break
            self.seen += part
        return text in self.seen

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._our_end)


@pytest.fixture(params=[(), ("tui",)], ids=["shopper", "shopper tui"])
def terminal(home: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    opened = Terminal(home, *request.param)
    yield opened
    opened.close()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_and_its_server_and_restores_the_terminal(terminal: Terminal, home: Path, end: signal.Signals) -> None:
    assert terminal.read_until(b"server ok")
    assert find_server(Settings(home=home)) is not None
    terminal.process.send_signal(end)
    assert terminal.read_until(LEAVES_FULL_SCREEN)
    assert terminal.read_until(STOPS_MOUSE)
    assert terminal.process.wait(timeout=60) == 0
    assert find_server(Settings(home=home)) is None
    assert not (home / "terminal.token").exists()


def test_shopper_alone_completes_commands_for_a_shell() -> None:
    environment = {**os.environ, "_SHOPPER_COMPLETE": "complete_bash", "COMP_WORDS": "shopper ord", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "assistant"], env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["orders", "order"]


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [("SHOPPER_PORT", "many", "many"), ("SHOPPER_ZONE", "Mars/Base", "Mars/Base"), ("TERM", "dumb", "needs a terminal")],
)
def test_shopper_alone_refuses_a_wrong_setting_in_one_sentence(home: Path, setting: str, value: str, named: str) -> None:
    environment = {**os.environ, "SHOPPER_HOME": str(home), setting: value}
    done = subprocess.run([sys.executable, "-m", "assistant"], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
