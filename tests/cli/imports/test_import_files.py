"""`shopper import`: progress, and what remains after Ctrl-C."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.domain.errors import LedgerBusy, LedgerUnusable
from assistant.services.warnings.retrospective import Retrospective
from tests.importers.export_files import invented_rows, write_export

PROC = Path("/proc")


@pytest.fixture
def started(home):
    def start(*arguments, **streams):
        command = [sys.executable, "-m", "assistant", "--home", str(home), "import", *map(str, arguments)]
        return subprocess.Popen(command, start_new_session=True, **streams)

    # If the tests run in the background, Ctrl-C is ignored, and processes that they start would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield start
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def large(tmp_path):
    return write_export(tmp_path / "large.zip", invented_rows(10_000))


def members_of(group):
    """Return the processes of a group, from /proc if it exists: a minimal Debian has no pgrep."""
    if not PROC.is_dir():
        return subprocess.run(["pgrep", "-g", str(group)], capture_output=True, text=True, check=False).stdout.split()
    found = []
    for process in PROC.glob("[0-9]*/stat"):
        # A listed process may have ended since.
        with suppress(OSError):
            if int(process.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2]) == group:
                found.append(process.parent.name)
    return found


def test_orders_that_another_account_has_are_said_to_be_kept_and_counted_once(shopper, export):
    for name in ("Personal", "Business", "Club"):
        shopper("accounts", "add", name)
    assert "counted once" not in shopper("import", export, "--account", "personal").out
    assert "counted once" not in shopper("import", export, "--account", "business", "--dry-run").out
    told = shopper("import", export, "--account", "business").out
    assert "What business and personal both have is kept under both and counted once: 'shopper questions' lists it." in told
    assert "shopper accounts merge business --into personal." in told
    assert shopper("import", export, "--account", "club").out.count("counted once") == 2
    assert shopper("questions").out.count("counts on the other one") == 4


def test_progress_is_printed_as_lines_without_a_terminal(started, large):
    with started(large, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        out, err = running.communicate(timeout=100)
    assert err.decode().startswith("Reading large.zip ...\n")
    assert json.loads(out)["items"][0]["new"] > 2000


def test_a_terminal_shows_a_progress_bar_and_standard_output_stays_clean(started, large, tmp_path):
    leader, follower = pty.openpty()
    with (tmp_path / "out.json").open("wb") as out, started(large, "--json", stdout=out, stderr=follower) as running:
        os.close(follower)
        shown = b"".join(iter(lambda: _screen(leader), b""))
        assert running.wait(60) == 0
    os.close(leader)
    assert b"Reading large.zip" in shown
    assert b"Storing large.zip" in shown
    assert json.loads((tmp_path / "out.json").read_bytes())["total"] == 1


def _screen(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:
        # The other side has been closed.
        return b""


def test_a_cancelled_import_leaves_nothing_behind(started, large, home):
    with started(large, "--account", "Me", "--new-account", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr.readline() == b"Reading large.zip ...\n"
        while not (home / "ledger.sqlite-wal").exists() or len(members_of(running.pid)) < 2:
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err.decode().splitlines()[-1]) == (3, b"", "Cancelled. Nothing was imported.")
    # The process that reads may need a moment longer.
    end = time.monotonic() + 10
    while members_of(running.pid):
        assert time.monotonic() < end
        time.sleep(0.05)
    with sqlite3.connect(home / "ledger.sqlite") as ledger:
        queries = ("SELECT count(*) FROM orders", "SELECT count(*) FROM accounts", "SELECT count(*) FROM documents")
        assert [ledger.execute(query).fetchone() for query in queries] == [(0,)] * 3
    ledger.close()


def test_files_imported_before_cancelling_are_kept_and_reported(started, large, home, tmp_path):
    small = write_export(tmp_path / "small.zip", invented_rows(3))
    with started(small, large, "--account", "Me", "--new-account", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while not _documents(home):
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 1
    assert err.decode().splitlines()[-1] == "Cancelled. 1 document was already imported and stays; the rest was not imported."
    assert _documents(home) == 1


def _documents(home):
    try:
        with sqlite3.connect(f"file:{home / 'ledger.sqlite'}?mode=ro", uri=True) as ledger:
            return ledger.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_what_was_imported_is_shown_even_if_the_disk_is_full_afterwards(shopper, tmp_path, monkeypatch):
    def full(_: Retrospective) -> int:
        raise LedgerUnusable("The disk is full: the last change was not saved.")

    files = [write_export(tmp_path / name, rows) for name, rows in (("one.zip", invented_rows(1)), ("two.zip", invented_rows(5)))]
    monkeypatch.setattr(Retrospective, "catch_up", full)
    done = shopper("import", *files, "--account", "me", "--new-account")
    assert done.code == 3
    assert "one.zip: brought 1 new" in done.out
    assert "two.zip: brought 1 new" in done.out
    assert "the last change was not saved" in done.err
    monkeypatch.undo()
    assert shopper("orders", "--json").json["total"] == 2


def test_what_follows_an_import_waits_for_another_import_too(shopper, tmp_path, monkeypatch):
    tried = []

    def busy(_: Retrospective) -> int:
        tried.append(1)
        if len(tried) < 3:
            raise LedgerBusy("Another program is writing.")
        return 0

    monkeypatch.setattr(Retrospective, "catch_up", busy)
    done = shopper("import", write_export(tmp_path / "one.zip", invented_rows(1)), "--account", "me", "--new-account")
    assert (done.code, len(tried)) == (0, 3), done.err


def test_a_file_of_one_of_two_accounts_needs_the_flag_that_names_it(shopper, tmp_path):
    file = write_export(tmp_path / "one.zip", invented_rows(3))
    shopper("accounts", "add", "Anna")
    shopper("accounts", "add", "Ben")
    refused = shopper("import", file)
    assert refused.code == 2
    assert "'one.zip' does not name its account. Choose one: Anna, Ben. Add --account and one of these names." in refused.err
    assert shopper("import", file, "--account", "Ben").code == 0
