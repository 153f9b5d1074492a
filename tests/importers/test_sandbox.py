"""Reading in a process of its own: the same answer as without, and a hostile file costs itself alone."""

import io
import os
import pickle
import subprocess
import sys

import pytest

from assistant.domain.documents import SourceKind
from assistant.importers.reading import read_path
from assistant.importers.sandbox import parent, protocol
from assistant.importers.sandbox.parent import read_all, read_each
from tests.importers.export_files import csv_bytes, invented_rows, retail_row, write_export, write_files


def test_the_child_says_what_reading_here_says(tmp_path):
    files = [write_export(tmp_path / "orders.csv", invented_rows(9000)), tmp_path / "nowhere.csv", tmp_path]
    assert read_all(files) == [read_path(file) for file in files]


def test_no_paths_give_no_answers():
    assert read_all([]) == []


def test_a_file_that_takes_too_long_costs_itself_alone(tmp_path, monkeypatch):
    good = write_export(tmp_path / "orders.csv", [retail_row()])
    endless = tmp_path / "endless.csv"
    real = subprocess.Popen

    def slow(command, **options):
        reading = "import sys, time; from assistant.importers import child as s; real = s.read_path"
        waiting = "s.read_path = lambda path, url: time.sleep(99) if path.stem == 'endless' else real(path, url); s.main(sys.argv[1:])"
        return real([sys.executable, "-c", f"{reading}; {waiting}", *command[3:]], **options)

    monkeypatch.setattr(parent, "MOST_SECONDS", 3)
    monkeypatch.setattr(parent.subprocess, "Popen", slow)
    first, second, third = read_all([good, endless, good])
    assert first == third == read_path(good)
    assert (second.source.name, [problem.code for problem in second.problems]) == ("endless.csv", ["too-much"])


def test_a_file_that_stops_amid_its_orders_costs_itself_alone(tmp_path, monkeypatch):
    good, large = write_export(tmp_path / "good.csv", [retail_row()]), write_export(tmp_path / "large.csv", invented_rows(9000))
    real = subprocess.Popen

    def dying(command, **options):
        sending = "import io, os, sys; from assistant.importers import child as s; real = s.send"
        half = "lambda out, found: (real(out, found) if len(found.orders) < 9 else (real(b := io.BytesIO(), found),"
        half += " out.write(b.getvalue()[: len(b.getvalue()) // 2]), out.flush(), os._exit(1)))"
        return real([sys.executable, "-c", f"{sending}; s.send = {half}; s.main(sys.argv[1:])", *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", dying)
    first, second, third = read_all([good, large, good])
    assert first == third == read_path(good)
    assert (second.orders, [problem.code for problem in second.problems]) == ((), ["too-much"])


def test_memory_is_bounded_and_no_traceback_is_shown(tmp_path, monkeypatch, capfd):
    large = write_export(tmp_path / "orders.csv", invented_rows(2000))
    real = subprocess.Popen

    def small(command, **options):
        limited = "import sys; from assistant.importers import child as s; s.MOST_MEMORY = 1 << 20; s.main(sys.argv[1:])"
        return real([sys.executable, "-c", limited, *command[3:]], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", small)
    (found,) = read_all([large])
    assert [problem.code for problem in found.problems] == ["too-much"]
    assert capfd.readouterr() == ("", "")


def unpacked(content):
    extraction, count, chunks = protocol.receive(io.BytesIO(content))
    return extraction, count, list(chunks)


class Planted:
    """What a child that was taken over might send."""

    def __reduce__(self):
        return os.mkdir, ("planted",)


def test_members_of_enums_travel_by_value_however_this_python_packs_them(tmp_path, monkeypatch):
    read, stream = read_path(write_export(tmp_path / "orders.csv", [retail_row()])), io.BytesIO()
    # What Python 3.11.2 does by itself.
    monkeypatch.setattr(SourceKind, "__reduce_ex__", lambda member, _protocol: (getattr, (SourceKind, member.name)))
    protocol.send(stream, read)
    stream.seek(0)
    extraction, count, _ = protocol.receive(stream)
    assert (extraction.source.kind, count) == (read.source.kind, 1)


def test_the_parent_runs_nothing_that_a_child_sends(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pickle.UnpicklingError, match="does not belong in a parcel"):
        unpacked(pickle.dumps(Planted()))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps(7), pickle.dumps([]), b"\x80\x05\x8e" + b"\xff" * 8, b"\x80\x05h\x09."])
def test_what_is_no_parcel_is_no_extraction(content):
    with pytest.raises((EOFError, pickle.UnpicklingError)):
        unpacked(content)


def test_a_parcel_that_breaks_off_is_no_extraction(tmp_path):
    stream = io.BytesIO()
    protocol.send(stream, read_path(write_export(tmp_path / "orders.csv", invented_rows(50))))
    for cut in range(0, len(stream.getvalue()), 211):
        with pytest.raises((EOFError, pickle.UnpicklingError)):
            unpacked(stream.getvalue()[:cut])


def test_a_page_that_ends_its_reader_costs_itself_alone_in_a_folder(tmp_path, monkeypatch):
    pages = {f"{name}.html": f"<html>{name}</html>".encode() for name in ("first", "hostile", "last")}
    folder = write_files(tmp_path / "pages", pages | {"orders.csv": csv_bytes([retail_row()])})
    real = subprocess.Popen

    def dying(command, **options):
        reading = "import os, sys; from assistant.importers import child as s, reading as r; real = r._page"
        ending = "r._page = lambda name, content, url: os._exit(1) if b'hostile' in content else real(name, content, url)"
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
