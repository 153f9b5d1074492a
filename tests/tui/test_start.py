import subprocess
import sys

import pytest

HEAVY = ("aiohttp", "sqlmodel", "sqlalchemy", "pydantic", "assistant.client", "assistant.bootstrap")
BARE = """
import time
started = time.perf_counter()
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("x")
    def on_mount(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        print(time.perf_counter() - started)
        self.exit()
Bare().run(headless=True)
"""
OURS = """
import time
started = time.perf_counter()
from tui.app import ShopperApp
async def connect():
    print(time.perf_counter() - started)
    app.exit()
    raise OSError
app = ShopperApp(connect)
app.run(headless=True)
"""


def test_importing_the_app_loads_neither_server_nor_database_libraries():
    code = f"import sys, tui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.bench
def test_first_paint_takes_at_most_twice_as_long_as_a_bare_app():
    bare, ours = ([_seconds(code) for _ in range(7)] for code in (BARE, OURS))
    ratio = sorted(ours)[3] / sorted(bare)[3]
    print(f"first paint: {sorted(ours)[3]:.3f} s, bare {sorted(bare)[3]:.3f} s, ratio {ratio:.2f}")  # what the bench is for
    assert ratio <= 2


def _seconds(code: str) -> float:
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(said.stdout.split()[0])
