"""Reading files from strangers in a process of its own, killed when it takes too much time or memory."""

import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import IO

from assistant.domain.documents import Extraction, Problem, Source
from assistant.domain.orders.order import Order
from assistant.importers.sandbox.protocol import announced, receive

MOST_SECONDS = 120
# Room for a chunk: neither side waits for the other's every line.
_PIPE = 1 << 20
WHOLE, PARTS = "whole", "parts"
"""How a child reads: each path as one, or each document in it."""


class Stopped(Exception):
    """Reading a path took too much and was ended; `extraction` says so."""

    def __init__(self, extraction: Extraction) -> None:
        """Take what is said of the path instead."""
        super().__init__(extraction.problems[0].text)
        self.extraction = extraction


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a document of `path` says, while it comes in: `extraction` without its orders, how many these are, and they, in chunks.

    The chunks are to be taken before the next document is asked for; they raise Stopped. `page` is the content of a saved page.
    """

    path: Path
    extraction: Extraction
    count: int = 0
    chunks: Iterator[list[Order]] = field(default_factory=lambda: iter(()))
    page: bytes | None = None


def read_all(paths: Sequence[Path], url: str | None = None) -> list[Extraction]:
    """Return one extraction per path, in order. A hostile file costs that file alone."""
    found: list[Extraction] = []
    for arriving in _arrivals(WHOLE, paths, url):
        try:
            found.append(replace(arriving.extraction, orders=tuple(chain.from_iterable(arriving.chunks))))
        except Stopped as stopped:
            found.append(stopped.extraction)
    return found


def read_each(paths: Sequence[Path], url: str | None = None) -> Generator[Arriving, None, None]:
    """Yield what each document of each path says as soon as it is read; its orders come in while the child still packs the rest."""
    return _arrivals(PARTS, paths, url)


@dataclass(slots=True)
class _Course:
    """How far reading has come: paths that are done, and documents of the next one that are."""

    paths: int = 0
    parts: int = 0

    def next_path(self) -> None:
        self.paths, self.parts = self.paths + 1, 0


def _arrivals(how: str, paths: Sequence[Path], url: str | None) -> Generator[Arriving, None, None]:
    course = _Course()
    while course.paths < len(paths):
        with closing(_from_child(how, paths, url, course)) as arrivals:
            yield from arrivals


def _from_child(how: str, paths: Sequence[Path], url: str | None, course: _Course) -> Generator[Arriving, None, None]:
    """Yield what the paths say until all are read, or until a document ends the child: that one is yielded last."""
    waiting = paths[course.paths :]
    command = [sys.executable, "-m", "assistant.importers.sandbox.worker", how, str(course.parts), url or "", *map(str, waiting)]
    # The program is our own interpreter and module; the paths are arguments, never a shell's words.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=_PIPE) as child:  # noqa: S603
        try:
            for path in waiting:
                yield from _from_path(child, path, course)
        except Stopped as stopped:
            yield Arriving(path, stopped.extraction)
        except _Broken:
            return
        finally:
            child.kill()
            # On Ctrl+C `Popen` itself waits for no more than a quarter of a second.
            child.wait()


def _from_path(child: subprocess.Popen[bytes], path: Path, course: _Course) -> Iterator[Arriving]:
    """Yield the documents of one path. Raises Stopped for one that ended the child, _Broken where its orders did."""
    while True:
        patience = _Patience(child)
        label = None
        try:
            with patience:
                label = announced(_pipe(child))
                if label is None:
                    course.next_path()
                    return
                course.parts += 1
                received = receive(_pipe(child))
        except (EOFError, pickle.UnpicklingError) as error:
            if label is None:
                # Whoever ends the child before naming a document is the path itself.
                course.next_path()
            raise Stopped(_given_up(label.name if label else path.name)) from error
        if received is None:
            continue
        extraction, count, chunks = received
        yield Arriving(path, extraction, count, _watched(chunks, patience, label.name), label.page)
        if patience.broken:
            raise _Broken


class _Broken(Exception):
    """The child ended amid the orders of a document, which was told already."""


def _pipe(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise EOFError
    return child.stdout


class _Patience:
    """How long the child may keep its parent waiting for one path, all in all; then it is killed."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._left = float(MOST_SECONDS)
        self.broken = False

    def __enter__(self) -> None:
        self._since = monotonic()
        self._timer = Timer(self._left, self._child.kill)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.cancel()
        self._left = max(0.0, self._left - (monotonic() - self._since))
        self.broken = kind is not None


def _watched(chunks: Iterator[list[Order]], patience: _Patience, name: str) -> Iterator[list[Order]]:
    while True:
        try:
            with patience:
                chunk = next(chunks, None)
        except (EOFError, pickle.UnpicklingError) as error:
            raise Stopped(_given_up(name)) from error
        if chunk is None:
            return
        yield chunk


def _given_up(name: str) -> Extraction:
    text = f"Reading took more than {MOST_SECONDS} seconds or too much memory and was stopped. The file was not imported."
    return Extraction(source=Source(name=name), problems=(Problem(where=name, code="too-much", text=text),))
