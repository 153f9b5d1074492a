"""A command loads only what it needs: most of the time of a short command is start-up."""

import subprocess
import sys

import pytest

HEAVY = ("alembic", "assistant.amazon.reading", "assistant.importers.reading", "assistant.rules", "aiohttp", "textual", "openpyxl")
LOADED = "import sys; from assistant.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize("command", [["accounts", "list"], ["alerts", "list"], ["imports"], ["terms", "list"]])
def test_a_short_command_loads_no_readers_rules_or_migrations(home, shopper, command):
    shopper("accounts", "add", "Me")
    start = [sys.executable, "-c", LOADED, "--home", home, *command]
    loaded = subprocess.run(start, capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(loaded.stderr.split())
