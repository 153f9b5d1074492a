"""Writes files completely or not at all; "-" is standard output."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.cli.console import OutputGone, silence_output
from assistant.domain.errors import InvalidInput, NotWritten
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

_DRAFT_NAME = 50
_ON_THE_WAY = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})
"""Errors that stop a file halfway: the disk is at fault, not the name."""


@contextmanager
def _stream(output: Path) -> Iterator[IO[bytes]]:
    """Yield a temporary file that replaces the target once complete, so that a full disk or a bad filter leaves no partial file.

    Links are kept, and devices and pipes are written to directly, never replaced.
    """
    import tempfile

    if output.exists() and not output.is_file() and not output.is_dir():
        # A pipe has no real path, so its link must not be resolved.
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
    """Yield a stream for an output file, "-" for standard output.

    Raises InvalidInput for a place that nothing can be written to, NotWritten if writing fails on the way: then there is no file;
    OutputGone if the reader of standard output (head, less) closed it.
    """
    try:
        if str(output) == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with _stream(output) as stream:
            yield stream
    except OSError as error:
        if str(output) == "-" and isinstance(error, BrokenPipeError):
            silence_output()
            raise OutputGone(None) from error
        name = translated("Standard output") if str(output) == "-" else output
        said = translated("{file} cannot be written: {reason}. Choose another place with -o.", file=name, reason=reason_of(error))
        raise (NotWritten(said) if error.errno in _ON_THE_WAY else InvalidInput(said)) from error
