"""The process that reads untrusted files. It limits its own time and memory; its parent kills it if that fails."""

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from assistant.importers.files.gc_pause import collecting_later
from assistant.importers.reading import DocumentPart, parts_of, read_path
from assistant.importers.sandbox.limits import limit_memory, limit_time, limits_for, size_of
from assistant.importers.sandbox.parent import WHOLE
from assistant.importers.sandbox.protocol import Label, send_extraction, send_label, send_pieces


def main(arguments: Sequence[str]) -> None:
    """Read the paths in order and write their content to standard output.

    The arguments: how to read, how many documents of the first path are done, the address of the page or "", the paths.
    """
    how, done, url, *paths = arguments
    memory = 0
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answer:
        for place, path in enumerate(map(Path, paths)):
            limits = limits_for(size_of(path))
            # Memory of an earlier large file is not released completely, so the limit never falls.
            memory = max(memory, limits.memory)
            limit_memory(memory)
            limit_time(limits.seconds)
            for part in islice(_documents(how, path, url or None), 0 if place else int(done), None):
                send_label(answer, Label(part.name, part.page, part.number))
                limit_time(limits.seconds)
                with collecting_later():
                    if part.pieces is None:
                        send_extraction(answer, part.read())
                    else:
                        send_pieces(answer, part.pieces)
            send_label(answer, None)


def _documents(how: str, path: Path, url: str | None) -> Iterator[DocumentPart]:
    if how == WHOLE:
        yield DocumentPart(path.name, lambda: read_path(path, url))
    else:
        yield from parts_of(path, url)


if __name__ == "__main__":
    main(sys.argv[1:])
