"""The process that reads untrusted files. Its parent limits its time; it limits its own memory."""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import process_time

from assistant.importers.files.gc_pause import collecting_later
from assistant.importers.reading import DocumentPart, parts_of, read_path
from assistant.importers.sandbox.parent import MOST_SECONDS, WHOLE
from assistant.importers.sandbox.protocol import Label, send_extraction, send_label

MOST_MEMORY = 4 << 30


def main(arguments: Sequence[str]) -> None:
    """Read the paths in order and write their content to standard output.

    The arguments: how to read, how many documents of the first path are done, the address of the page or "", the paths.
    """
    how, done, url, *paths = arguments
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answer:
        for place, path in enumerate(map(Path, paths)):
            _limit()
            for part in islice(_documents(how, path, url or None), 0 if place else int(done), None):
                send_label(answer, Label(part.name, part.page))
                _limit()
                with collecting_later():
                    send_extraction(answer, part.read())
            send_label(answer, None)


def _documents(how: str, path: Path, url: str | None) -> Iterator[DocumentPart]:
    if how == WHOLE:
        yield DocumentPart(path.name, lambda: read_path(path, url))
    else:
        yield from parts_of(path, url)


def _limit() -> None:
    """Limit memory, and processor time from now on."""
    try:
        import resource  # noqa: PLC0415  # not on every platform
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, int(process_time()) + MOST_SECONDS)):
        try:
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
        except (ValueError, OSError):
            # macOS refuses RLIMIT_AS; the parent's wall clock still limits this process.
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
