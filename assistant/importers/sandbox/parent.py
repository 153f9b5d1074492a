"""Reads untrusted files in a child process, and kills it if it takes too much time or memory."""

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

from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Order
from assistant.importers.sandbox.limits import limits_for, size_of
from assistant.importers.sandbox.protocol import BrokenMessage, receive_extraction, receive_label

_PIPE = 1 << 20
"""Bytes that fit into the pipe: enough for a chunk, so that neither side waits for every write of the other."""
WHOLE, PARTS = "whole", "parts"
"""How the worker reads: each path as one document, or each document in a path separately."""


class Stopped(Exception):
    """Reading a path exceeded a limit and was stopped; `extraction` says so."""

    def __init__(self, extraction: Extraction) -> None:
        """Keep the extraction that replaces the one read so far."""
        super().__init__(extraction.problems[0].text)
        self.extraction = extraction


@dataclass(frozen=True, slots=True)
class Arriving:
    """A document of `path` while it arrives: `extraction` without its orders, their `count`, and the orders in chunks.

    Take the chunks before you ask for the next document; they raise Stopped. `page` is the content of a saved page, `number` counts
    the parts of a mailbox from 1.
    """

    path: Path
    extraction: Extraction
    count: int = 0
    chunks: Iterator[list[Order]] = field(default_factory=lambda: iter(()))
    page: bytes | None = None
    number: int = 0


def read_all(paths: Sequence[Path], url: str | None = None) -> list[Extraction]:
    """Return one extraction per path, in order. A hostile file only affects itself."""
    found: list[Extraction] = []
    for arriving in _arrivals(WHOLE, paths, url):
        try:
            found.append(replace(arriving.extraction, orders=tuple(chain.from_iterable(arriving.chunks))))
        except Stopped as stopped:
            found.append(stopped.extraction)
    return found


def read_each(paths: Sequence[Path], url: str | None = None) -> Generator[Arriving, None, None]:
    """Yield each document of each path as soon as it is read; its orders arrive while the worker still packs the rest."""
    return _arrivals(PARTS, paths, url)


@dataclass(slots=True)
class _Progress:
    """How many paths are done, and how many documents of the next path."""

    paths: int = 0
    parts: int = 0

    def next_path(self) -> None:
        self.paths, self.parts = self.paths + 1, 0


class _WorkerLost(Exception):
    """The worker ended in the middle of a document's orders, which their reader already knows."""


def _arrivals(how: str, paths: Sequence[Path], url: str | None) -> Generator[Arriving, None, None]:
    progress = _Progress()
    while progress.paths < len(paths):
        with closing(_from_worker(how, paths, url, progress)) as arrivals:
            yield from arrivals


def _from_worker(how: str, paths: Sequence[Path], url: str | None, progress: _Progress) -> Generator[Arriving, None, None]:
    """Yield documents until all paths are read, or until one kills the worker: that one comes last."""
    waiting = paths[progress.paths :]
    command = [sys.executable, "-m", "assistant.importers.sandbox.worker", how, str(progress.parts), url or "", *map(str, waiting)]
    # The program is our own interpreter and module; the paths are arguments, and no shell reads them.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=_PIPE) as child:  # noqa: S603
        try:
            for path in waiting:
                yield from _from_path(child, path, progress)
        except Stopped as stopped:
            yield Arriving(path, stopped.extraction)
        except _WorkerLost:
            return
        finally:
            child.kill()
            # On Ctrl+C `Popen` itself waits for a quarter of a second only.
            child.wait()


def _from_path(child: subprocess.Popen[bytes], path: Path, progress: _Progress) -> Iterator[Arriving]:
    """Yield the documents of one path. Raises Stopped for one that ended the worker, _WorkerLost if its orders did."""
    seconds = limits_for(size_of(path)).wait
    while True:
        patience = _Patience(child, seconds)
        label = None
        try:
            with patience:
                label = receive_label(_pipe(child))
                if label is None:
                    progress.next_path()
                    return
                progress.parts += 1
                received = receive_extraction(_pipe(child))
        except BrokenMessage as error:
            if label is None:
                # No document was named yet, so the path itself is the cause.
                progress.next_path()
            raise Stopped(_gave_up(label.name if label else path.name)) from error
        if received is None:
            continue
        extraction, count, chunks = received
        yield Arriving(path, extraction, count, _watched(chunks, patience, label.name), label.page, label.number)
        if patience.broken:
            raise _WorkerLost


def _pipe(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise BrokenMessage("The worker has no output.")
    return child.stdout


class _Patience:
    """The time that the parent waits for one document in all; after that it kills the worker."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._child = child
        self._left = seconds
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
        except BrokenMessage as error:
            raise Stopped(_gave_up(name)) from error
        if chunk is None:
            return
        yield chunk


def _gave_up(name: str) -> Extraction:
    text = sentence_of("Reading took far longer, or far more memory, than a file of this size needs, so it was not imported.")
    return Extraction(source=Source(name=name), problems=(Problem(where=name, code="too-much", said=text),))
