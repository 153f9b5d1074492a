"""First paint of the terminal app against a bare Textual app, both from the start of the interpreter; also with 100,000 orders."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.bootstrap import build
from assistant.settings import Settings
from tests.bench.test_import import export

TIMER = """
import time, sys, os
STARTED = time.perf_counter()
def stop_at_first_paint(cls):
    painted = cls._display if hasattr(cls, '_display') else None
    def display(self, screen, renderable):
        painted(self, screen, renderable)
        if renderable is not None and not getattr(self, '_seen', False):
            self._seen = True
            open(os.environ['FIRST_PAINT'], 'w').write(str(time.perf_counter() - STARTED))
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
from pathlib import Path
from assistant.settings import Settings
from assistant.cli import terminal
import tui.app
stop_at_first_paint(tui.app.ShopperApp)
terminal.open_app(Settings(home=Path(sys.argv[1]), port=0))
"""
)


def first_paint(mark: Path, program: str, *arguments: str) -> float:
    times = []
    for _ in range(7):
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
        times.append(float(mark.read_text()))
    return statistics.median(times)


@pytest.mark.bench
@pytest.mark.timeout(300)
@pytest.mark.parametrize("rows", [0, 100_000])
def test_the_app_paints_within_twice_the_time_of_a_bare_app(rows, tmp_path: Path, capsys):
    services = build(Settings(home=tmp_path / "home", port=0))
    if rows:
        export(tmp_path / "export.zip", rows)
        services.imports.take_paths([tmp_path / "export.zip"], account="Me", new_account=True)
    services.close()
    bare, ours = first_paint(tmp_path / "mark", BARE), first_paint(tmp_path / "mark", OURS, str(tmp_path / "home"))
    with capsys.disabled():
        print(f"\nfirst paint with {rows} export rows: {ours:.2f} s, bare Textual app {bare:.2f} s, ratio {ours / bare:.2f} (at most 2)")
    assert ours <= 2 * bare
