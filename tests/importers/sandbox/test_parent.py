"""Files are read in a child process: with the same result as without one, and a hostile file does not affect the others."""

import subprocess
import sys

from assistant.importers.reading import read_path
from assistant.importers.sandbox import parent
from assistant.importers.sandbox.limits import ReadingLimits
from assistant.importers.sandbox.parent import read_all, read_each
from tests.importers.export_files import csv_bytes, invented_rows, retail_row, write_export, write_files
from tests.importers.mail_files import mbox, story

SHORT = ReadingLimits(seconds=0, memory=1 << 30)


def test_the_worker_gives_the_same_as_reading_in_this_process(tmp_path):
    files = [write_export(tmp_path / "orders.csv", invented_rows(9000)), tmp_path / "nowhere.csv", tmp_path]
    assert read_all(files) == [read_path(file) for file in files]


def test_no_paths_give_no_extractions():
    assert read_all([]) == []


def test_a_file_that_takes_too_long_is_skipped_and_the_others_are_read(tmp_path, monkeypatch):
    good = write_export(tmp_path / "orders.csv", [retail_row()])
    endless = tmp_path / "endless.csv"
    real = subprocess.Popen

    def slow(command, **options):
        reading = "import sys, time; from assistant.importers.sandbox import worker as s; real = s.read_path"
        waiting = "s.read_path = lambda path, url: time.sleep(99) if path.stem == 'endless' else real(path, url); s.main(sys.argv[1:])"
        return real([sys.executable, "-c", f"{reading}; {waiting}", *command[3:]], **options)

    monkeypatch.setattr(parent, "limits_for", lambda _: SHORT)
    monkeypatch.setattr(parent.subprocess, "Popen", slow)
    first, second, third = read_all([good, endless, good])
    assert first == third == read_path(good)
    assert (second.source.name, [problem.code for problem in second.problems]) == ("endless.csv", ["too-much"])


def test_a_file_that_kills_the_worker_halfway_is_skipped_and_the_others_are_read(tmp_path, monkeypatch):
    good, large = write_export(tmp_path / "good.csv", [retail_row()]), write_export(tmp_path / "large.csv", invented_rows(9000))
    real = subprocess.Popen

    def dying(command, **options):
        sending = "import io, os, sys; from assistant.importers.sandbox import worker as s; real = s.send_extraction"
        half = "lambda out, found: (real(out, found) if len(found.orders) < 9 else (real(b := io.BytesIO(), found),"
        half += " out.write(b.getvalue()[: len(b.getvalue()) // 2]), out.flush(), os._exit(1)))"
        return real([sys.executable, "-c", f"{sending}; s.send_extraction = {half}; s.main(sys.argv[1:])", *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", dying)
    first, second, third = read_all([good, large, good])
    assert first == third == read_path(good)
    assert (second.orders, [problem.code for problem in second.problems]) == ((), ["too-much"])


def test_memory_is_limited_and_no_traceback_is_shown(tmp_path, monkeypatch, capfd):
    large = write_export(tmp_path / "orders.csv", invented_rows(2000))
    real = subprocess.Popen

    def small(command, **options):
        limited = "import sys; from assistant.importers.sandbox import worker as s; from assistant.importers.sandbox.limits"
        limited += " import ReadingLimits; s.limits_for = lambda _: ReadingLimits(30, 1 << 20); s.main(sys.argv[1:])"
        return real([sys.executable, "-c", limited, *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", small)
    (found,) = read_all([large])
    assert [problem.code for problem in found.problems] == ["too-much"]
    assert capfd.readouterr() == ("", "")


def test_a_page_that_kills_the_worker_is_skipped_and_the_rest_of_its_folder_is_read(tmp_path, monkeypatch):
    pages = {f"{name}.html": f"<html>{name}</html>".encode() for name in ("first", "hostile", "last")}
    folder = write_files(tmp_path / "pages", pages | {"orders.csv": csv_bytes([retail_row()])})
    real = subprocess.Popen

    def dying(command, **options):
        reading = "import os, sys; from assistant.importers.sandbox import worker as s; from assistant.importers import reading as r"
        ending = "real = r._page; r._page = lambda name, content, url: os._exit(1) if b'hostile' in content else real(name, content, url)"
        return real([sys.executable, "-c", f"{reading}; {ending}; s.main(sys.argv[1:])", *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", dying)
    found = [(each.extraction, sum(map(len, each.chunks))) for each in read_each([folder, folder / "last.html"])]
    assert [(extraction.source.name, count) for extraction, count in found] == [
        ("pages", 1),
        ("first.html", 0),
        ("hostile.html", 0),
        ("last.html", 0),
        ("last.html", 0),
    ]
    assert [problem.code for problem in found[2][0].problems] == ["too-much"]


def test_a_large_mailbox_keeps_the_parts_before_and_after_one_that_kills_the_worker(tmp_path, monkeypatch):
    mailbox = tmp_path / "Inbox"
    mailbox.write_bytes(mbox(*(story(f"302-000000{number}-0000001")[0] for number in range(3))))
    real = subprocess.Popen

    def dying(command, **options):
        reading = "import os, sys; from assistant.importers.sandbox import worker as s; from assistant.importers import reading as r"
        ending = "r.MAILBOX_PART_BYTES = 1; real = r._mailbox_part; from dataclasses import replace"
        ending += "; dies = lambda part: replace(part, read=lambda: os._exit(1)) if part.number == 2 else part"
        ending += "; r._mailbox_part = lambda *given: dies(real(*given)); s.main(sys.argv[1:])"
        return real([sys.executable, "-c", f"{reading}; {ending}", *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", dying)
    arrived = [
        (arriving.number, sum(map(len, arriving.chunks)), "too-much" in [problem.code for problem in arriving.extraction.problems])
        for arriving in read_each([mailbox])
    ]
    assert arrived == [(1, 1, False), (0, 0, True), (3, 1, False)]
