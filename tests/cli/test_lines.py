"""`shopper tui --plain`: commands line by line, tables as sentences."""

import io
import sys

from assistant.cli import console, lines
from assistant.cli.app import run
from assistant.settings import Settings


def test_numbers_and_commands_are_run_until_quit_and_tables_are_sentences(shopper, export, home, monkeypatch, capfdbinary):
    assert shopper("import", export, "--account", "biz", "--new-account").code == 0
    monkeypatch.setattr(console, "_SENTENCES", [])
    for name in ("SHOPPER_HOME", "SHOPPER_PORT"):
        monkeypatch.setenv(name, "")
    typed = "help\n2 account:biz date:2025\naccounts list\n99\norders 'toner\ntui\nquit\norders\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert lines.read_lines(Settings(home=home, port=0), run) == 0
    out, err = (stream.decode() for stream in capfdbinary.readouterr())
    assert "2. Orders: orders" in out
    assert "1. account biz, date 2025-" in out
    assert "There is no number 99." in err
    assert "A quotation mark is not closed." in err
    assert "This is the line mode already." in err
