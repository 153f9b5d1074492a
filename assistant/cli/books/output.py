"""Files that commands write: whole or not at all, and standard output as "-"."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.domain.errors import InvalidInput

_DRAFT_NAME = 50


@contextmanager
def _stream(output: Path) -> Iterator[IO[bytes]]:
    """Give a stream beside the file, moved to its place once all is written: a full disk or a bad filter leaves no half file behind.

    A link stays one, and what is no file (a device, a pipe) is written to as it is, never replaced.
    """
    if output.exists() and not output.is_file() and not output.is_dir():
        # A pipe has no path of its own: what its link names must not be resolved.
        with output.open("wb") as stream:
            yield stream
        return
    target = output.resolve()
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_DRAFT_NAME]}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


@contextmanager
def whole_file(output: Path) -> Iterator[IO[bytes]]:
    """Give a stream for a file that a command writes, "-" for standard output. Raises InvalidInput where it cannot be written."""
    try:
        if str(output) == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with _stream(output) as stream:
            yield stream
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}. Choose another place with -o.") from error
