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
from assistant.domain.orders import Order
from assistant.importers.parcel import receive

MOST_SECONDS = 120
# Room for a chunk: neither side waits for the other's every line.
_PIPE = 1 << 20


class Stopped(Exception):
    """Reading a path took too much and was ended; `extraction` says so."""

    def __init__(self, extraction: Extraction) -> None:
        """Take what is said of the path instead."""
        super().__init__(extraction.problems[0].text)
        self.extraction = extraction


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a path says, while it comes in: `extraction` without its orders, how many these are, and they, in chunks.

    The chunks are to be taken before the next path is asked for; they raise Stopped.
    """

    extraction: Extraction
    count: int = 0
    chunks: Iterator[list[Order]] = field(default_factory=lambda: iter(()))


def read_all(paths: Sequence[Path], url: str | None = None) -> list[Extraction]:
    """Return one extraction per path, in order. A hostile file costs that file alone."""
    found: list[Extraction] = []
    for arriving in read_each(paths, url):
        try:
            found.append(replace(arriving.extraction, orders=tuple(chain.from_iterable(arriving.chunks))))
        except Stopped as stopped:
            found.append(stopped.extraction)
    return found


def read_each(paths: Sequence[Path], url: str | None = None) -> Generator[Arriving, None, None]:
    """Yield what each path says as soon as it is read; its orders come in while the child still packs the rest."""
    done = 0
    while done < len(paths):
        with closing(_from_child(paths[done:], url)) as arrivals:
            for arriving in arrivals:
                done += 1
                yield arriving


def _from_child(paths: Sequence[Path], url: str | None) -> Generator[Arriving, None, None]:
    """Yield what the paths say until all are read, or until one ends the child: that one is yielded last."""
    command = [sys.executable, "-m", "assistant.importers.child", url or "", *map(str, paths)]
    # The program is our own interpreter and module; the paths are arguments, never a shell's words.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=_PIPE) as child:  # noqa: S603
        try:
            for path in paths:
                patience = _Patience(child)
                with patience:
                    extraction, count, chunks = receive(_pipe(child))
                yield Arriving(extraction, count, _watched(chunks, patience, path))
                if patience.broken:
                    return
        except (EOFError, pickle.UnpicklingError):
            yield Arriving(_given_up(path))
        finally:
            child.kill()


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


def _watched(chunks: Iterator[list[Order]], patience: _Patience, path: Path) -> Iterator[list[Order]]:
    while True:
        try:
            with patience:
                chunk = next(chunks, None)
        except (EOFError, pickle.UnpicklingError) as error:
            raise Stopped(_given_up(path)) from error
        if chunk is None:
            return
        yield chunk


def _given_up(path: Path) -> Extraction:
    text = f"Reading took more than {MOST_SECONDS} seconds or too much memory and was stopped. The file was not imported."
    return Extraction(source=Source(name=path.name), problems=(Problem(where=path.name, code="too-much", text=text),))
