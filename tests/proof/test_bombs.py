"""S5: files and pages that were made to be slow or huge take at most ten seconds and 256 MB each, and do not affect others."""

import io
import json
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.importers.sandbox import limits, parent
from assistant.importers.sandbox.limits import ReadingLimits
from assistant.importers.sandbox.parent import read_each
from tests.importers.export_files import retail_row, write_export
from tests.proof.conftest import Scale

MOST_SECONDS, MOST_MEMORY = 10.0, 256 << 20


def zip_of(names: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()


def nested_mhtml(depth: int) -> bytes:
    inner = b"Content-Type: text/html\r\n\r\n<html></html>"
    for level in range(depth):
        mark = b"mark%d" % level
        head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="%s"\r\n\r\n' % mark
        inner = head + b"--%s\r\n%s\r\n--%s--\r\n" % (mark, inner, mark)
    return b"From: <Saved by Blink>\r\n" + inner


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.zip": lambda: zip_of({"Retail.OrderHistory.csv": b"0" * (90 << 20)}),
    "inside.zip": lambda: zip_of({"inner.zip": zip_of({"a.csv": b"x" * 1_000_000})}),
    "many.zip": lambda: zip_of({f"{number}.csv": b"" for number in range(5000)}),
    "attributes.html": lambda: b"<div " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">",
    "more attributes.html": lambda: b"<div " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">",
    "more attributes": lambda: b"\n<div " + b" ".join(b"a%d=1" % number for number in range(400_000)) + b">",
    "nested.html": lambda: b"<div>" * 200_000,
    "unclosed.html": lambda: b"<b><i><a href=x>" * 60_000,
    "deep.json": lambda: b"[" * 200_000,
    "nested.mhtml": lambda: nested_mhtml(2500),
    "columns.csv": lambda: b",".join(b"c%d" % number for number in range(300_000)) + b"\n" + b"1," * 300_000,
    "quotes.csv": lambda: b'Order ID,Website\n"' + b'""' * 2_000_000,
    "entities.xml": lambda: (
        b'<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx">'
        + b"".join(b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10 if number else b"&a;" * 10) for number in range(12))
        + b"]><a>&a11;</a>"
    ),
    "headers.eml": lambda: b"From: a@amazon.com\nTo: b\nSubject: x\nDate: 1\n" + b"Received: " + b"x;" * 400_000 + b"\n\n",
}
SHORT = ("more attributes.html", "many.zip", "inside.zip", "deep.json", "nested.html", "headers.eml")
"""The files of the short form."""


def measured(files: list[Path]) -> list[tuple[str, float, int]]:
    """Read files in a new process; return for each its problem and seconds, and the memory of the largest child in bytes."""
    found = []
    for file in files:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        for arriving in read_each([file]):
            code = next((problem.code for problem in arriving.extraction.problems), "")
            for _ in arriving.chunks:
                pass
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((code, min(used, time.monotonic() - started), after.ru_maxrss << 10))
    return found


@pytest.fixture
def folder(tmp_path: Path, scale: Scale) -> Path:
    for name, made in BOMBS.items():
        if scale.full or name in SHORT:
            (tmp_path / name).write_bytes(made())
    return tmp_path


@pytest.mark.process
def test_every_hostile_file_ends_in_time_and_the_good_one_beside_it_comes_in(folder: Path, scale: Scale) -> None:
    good = write_export(folder / "good.csv", [retail_row()])
    bombs = sorted(file for file in folder.iterdir() if file != good)
    # In a new process, so that the largest child is one of these.
    code = "import sys, json; from pathlib import Path; from tests.proof.test_bombs import measured"
    code += "; print(json.dumps(measured([Path(name) for name in sys.argv[1:]])))"
    command = [sys.executable, "-c", code, *map(str, bombs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    figures = dict(zip([bomb.name for bomb in bombs], json.loads(done.stdout), strict=True))
    for name, (problem, seconds, memory) in figures.items():
        scale.report(f"S5 {name}: {seconds:.1f} s, largest child so far {memory >> 20} MB, {problem or 'read'}")
    assert {name: seconds for name, (_, seconds, _) in figures.items() if seconds > MOST_SECONDS} == {}
    assert max(memory for _, _, memory in figures.values()) <= MOST_MEMORY
    arrived = [sum(len(chunk) for chunk in arriving.chunks) for arriving in read_each([bombs[0], good])]
    assert arrived[-1] == 1


@pytest.mark.process
def test_the_harness_notices_a_missing_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file is stopped with a limit below what it needs, and takes longer than that without one."""
    slow = tmp_path / "attributes.html"
    slow.write_bytes(b"<div " + b" ".join(b"a%d=1" % number for number in range(22_000)) + b">")
    ((_, needed, _),) = measured([slow])
    monkeypatch.setattr(limits, "_START", needed / 4)
    monkeypatch.setattr(parent, "limits_for", lambda _: ReadingLimits(seconds=0, memory=0))
    ((stopped, used, _),) = measured([slow])
    assert (stopped, used < needed) == ("too-much", True)
