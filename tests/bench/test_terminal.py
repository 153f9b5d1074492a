"""First paint of the terminal app against a bare Textual app, both from the first line; keys and filters until they are drawn."""

import os
import select
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.conftest import MILLION, Million

TIMER = """
import time, sys, os
STARTED = time.process_time()
def stop_at_first_paint(cls):
    painted = cls._display if hasattr(cls, '_display') else None
    def display(self, screen, renderable):
        painted(self, screen, renderable)
        if renderable is not None and not getattr(self, '_seen', False):
            self._seen = True
            open(os.environ['FIRST_PAINT'], 'w').write(str(time.process_time() - STARTED))
            os._exit(0)
    cls._display = display
"""
BARE = (
    TIMER
    + """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    def compose(self):
        yield Header()
        yield Static("hello")
        yield Footer()
stop_at_first_paint(Bare)
Bare().run()
"""
)
OURS = (
    TIMER
    + """
import tui.app
stop_at_first_paint(tui.app.ShopperApp)
os.environ.update(SHOPPER_HOME=sys.argv[1], SHOPPER_PORT="0")
sys.argv = ["shopper"]
from assistant.__main__ import main
main()
"""
)


MOST = 1.45
"""Times the first paint of a bare app."""
ROUNDS = 9


def first_paint(mark: Path, program: str, *arguments: str) -> float:
    """Return the seconds of processor time from the first line of a program to its first frame. Other programs do not change them."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "34", "FIRST_PAINT": str(mark)}
    leader, follower = os.openpty()
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        timeout=60,
        check=False,
    )
    os.close(leader)
    os.close(follower)
    return float(mark.read_text())


@pytest.mark.bench
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("rows", [0, MILLION])
def test_the_first_paint_of_the_app_against_a_bare_app(rows, tmp_path, request, capsys):
    home = request.getfixturevalue("million").home if rows else tmp_path / "home"
    mark = tmp_path / "mark"
    both = [(first_paint(mark, BARE), first_paint(mark, OURS, str(home))) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(times) for times in zip(*both, strict=True))
    with capsys.disabled():
        print(f"\nfirst paint with {rows} entries: {ours:.2f} s, bare Textual app {bare:.2f} s, ratio {ours / bare:.2f} (at most {MOST})")
    assert ours <= MOST * bare


_AT_MOST_BUSY = 6.0
"""Seconds after which a screen has loaded."""


class Terminal:
    """The app in a terminal of its own, 120 by 34."""

    def __init__(self, home: Path) -> None:
        self._leader, follower = os.openpty()
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLUMNS": "120",
            "LINES": "34",
            "SHOPPER_WELCOME": "no",
            "SHOPPER_LAST_SCREEN": "overview",
        }
        command = [sys.executable, "-m", "assistant", "--home", str(home), "--port", "0"]
        self._app = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
        os.close(follower)

    def read(self, seconds: float) -> bytes:
        """Return what is drawn next, b"" if nothing is within so many seconds."""
        ready, _, _ = select.select([self._leader], [], [], seconds)
        return os.read(self._leader, 1 << 16) if ready else b""

    def wait_until_quiet(self) -> None:
        """Read until nothing is drawn for a while, or only the blinking cursor of a line, which is drawn for ever."""
        until = time.perf_counter() + _AT_MOST_BUSY
        while time.perf_counter() < until and self.read(1.5):
            pass

    def seconds_until(self, keys: bytes, text: bytes = b"") -> float:
        """Return the time from pressing keys until something, or a text, is drawn."""
        started, seen = time.perf_counter(), b""
        os.write(self._leader, keys)
        while True:
            drawn = self.read(10)
            seen += drawn
            if not drawn or text in seen:
                assert drawn, f"{text!r} was not drawn"
                return time.perf_counter() - started

    @property
    def megabytes(self) -> int:
        """The most memory that the app and its server, one process, needed so far."""
        status = Path(f"/proc/{self._app.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    def close(self) -> None:
        """End the app."""
        self._app.terminate()
        self._app.wait(20)
        os.close(self._leader)


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_how_soon_a_key_and_a_filter_are_drawn_with_a_million_entries(million: Million, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(million.home)
    try:
        terminal.seconds_until(b"", b"server ok")
        terminal.wait_until_quiet()
        terminal.seconds_until(b"O", b"orders")
        terminal.wait_until_quiet()
        keys = []
        for key in b"jk" * 20:
            keys.append(terminal.seconds_until(bytes([key])))
            while terminal.read(0.05):
                pass
        os.write(terminal._leader, b"/")
        terminal.wait_until_quiet()
        filtered = []
        for word in (b">20", b" <90", b" -toner"):
            filtered.append(terminal.seconds_until(word, b"found"))
            terminal.wait_until_quiet()
        megabytes = terminal.megabytes
    finally:
        terminal.close()
    key, found = statistics.median(keys), statistics.median(filtered)
    with capsys.disabled():
        print(f"\na key is drawn in {key * 1000:.0f} ms (at most 50)")
        print(f"a filter finds in {found * 1000:.0f} ms (at most 100, 10 of them a pause)")
        print(f"app and server: {megabytes} MB (at most 200)")
    assert key <= 0.05
    assert found <= 0.1
    assert megabytes <= 200
