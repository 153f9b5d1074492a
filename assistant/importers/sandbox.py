"""Reading files from strangers in a process of its own, killed when it takes too much time or memory."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from time import process_time

from assistant.domain.documents import Extraction, Problem, Source
from assistant.importers.collecting import collecting_later
from assistant.importers.parcel import receive, send
from assistant.importers.reading import read_path

MOST_SECONDS = 120
MOST_MEMORY = 4 << 30
# Room for a chunk: neither side waits for the other's every line.
_PIPE = 1 << 20


def read_all(paths: Sequence[Path], url: str | None = None) -> list[Extraction]:
    """Return one extraction per path, in order. A hostile file costs that file alone."""
    found: list[Extraction] = []
    while len(found) < len(paths):
        found += _from_child(paths[len(found) :], url)
        if len(found) < len(paths):
            found.append(_given_up(paths[len(found)]))
    return found


def _from_child(paths: Sequence[Path], url: str | None) -> Iterator[Extraction]:
    """Yield extractions until all paths are read, or until one ends the child."""
    command = [sys.executable, "-m", "assistant.importers.sandbox", url or "", *map(str, paths)]
    # The program is our own interpreter and module; the paths are arguments, never a shell's words.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=_PIPE) as child:  # noqa: S603
        if child.stdout is None:
            return
        try:
            for _ in paths:
                watch = Timer(MOST_SECONDS, child.kill)
                watch.daemon = True
                watch.start()
                try:
                    yield receive(child.stdout)
                finally:
                    watch.cancel()
        except (EOFError, pickle.UnpicklingError):
            return
        finally:
            child.kill()


def _given_up(path: Path) -> Extraction:
    text = f"Reading took more than {MOST_SECONDS} seconds or too much memory and was stopped. The file was not imported."
    return Extraction(source=Source(name=path.name), problems=(Problem(where=path.name, code="too-much", text=text),))


def main(arguments: Sequence[str]) -> None:
    """Be the child: read the paths one after the other and write each extraction to standard output."""
    url, paths = arguments[0] or None, [Path(argument) for argument in arguments[1:]]
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answer:
        for path in paths:
            _limit()
            with collecting_later():
                send(answer, read_path(path, url))


def _limit() -> None:
    """Bound memory, and the processor time from here on."""
    try:
        import resource  # noqa: PLC0415  # not on every platform
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, int(process_time()) + MOST_SECONDS)):
        try:
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
        except (ValueError, OSError):
            # macOS refuses RLIMIT_AS; the wall clock still bounds the child.
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
