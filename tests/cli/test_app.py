"""The list of commands, and the modules that a short command loads: most of its time is start-up."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.app import app

README = Path(__file__).parents[2] / "README.md"
HEAVY = ("alembic", "assistant.amazon.reading", "assistant.importers.reading", "assistant.rules", "aiohttp", "textual", "openpyxl")
LOADED = "import sys; from assistant.cli.app import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize("command", [["accounts", "list"], ["alerts", "list"], ["imports"], ["terms", "list"]])
def test_a_short_command_loads_no_readers_rules_or_migrations(home, shopper, command):
    shopper("accounts", "add", "Me")
    start = [sys.executable, "-c", LOADED, "--home", home, *command]
    loaded = subprocess.run(start, capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(loaded.stderr.split())


def test_the_table_in_the_readme_names_every_command():
    rows = re.findall(r"^\| (`shopper.*?) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`(?:shopper )?([a-z]+)", row)}
    commands = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    assert commands - named == {"demo"}  # it is shown under "Install"


def test_the_app_alone_begins_with_an_account_and_a_command_takes_it_after_its_name(shopper, monkeypatch):
    begun = []
    monkeypatch.setattr("assistant.cli.terminal.open_app", lambda _, *, account: begun.append(account) or 0)
    for name in ("biz", "My Personal"):
        assert shopper("--account", name).code == 0
    assert begun == ["biz", "My Personal"]
    refused = shopper("--account", "biz", "orders")
    assert (refused.code, "shopper orders --account NAME" in refused.err) == (2, True)
