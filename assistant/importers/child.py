"""The process that reads files from strangers; its parent (sandbox.py) bounds its time, it bounds itself in memory."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from assistant.importers.collecting import collecting_later
from assistant.importers.parcel import send
from assistant.importers.reading import read_path
from assistant.importers.sandbox import MOST_SECONDS

MOST_MEMORY = 4 << 30


def main(arguments: Sequence[str]) -> None:
    """Read the paths one after the other and write each extraction to standard output."""
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
