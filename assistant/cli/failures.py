"""How a program ends: every failure becomes one sentence and an exit code."""

import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from assistant.cli.console import OutputGone, say
from assistant.domain.errors import AccountMissing, DomainError, InvalidInput
from assistant.domain.languages.language import DEFAULT, speaking
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

_OK, _INCOMPLETE, _USAGE, _FAILED = 0, 1, 2, 3


def exit_code_of(program: Callable[[], object]) -> int:
    """Run a program and return its exit code: 0 done, 1 done with problems, 2 wrong usage, 3 failed, nothing changed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Help texts contain symbols that a terminal with another encoding cannot show.
            stream.reconfigure(errors="replace")
    try:
        with speaking(DEFAULT):
            program()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else _OK
    except Exception as error:  # noqa: BLE001  # the one seam where every failure becomes a sentence
        if not (isinstance(error, OutputGone) and error.why is None):
            say(_sentence(error))
        return _code(error)
    return _OK


def _sentence(error: Exception) -> str:
    match error:
        case AccountMissing():
            return f"{translated('{error} Add --account and one of these names.', error=error)} ({error.code})"
        case DomainError():
            return f"{error} ({error.code})"
        case OutputGone():
            return translated("Not all of the output could be written: {reason}.", reason=error.why)
        case OSError():
            return translated(
                "{file} cannot be used: {reason}. Check permissions and disk.",
                file=error.filename or translated("A file"),
                reason=reason_of(error) if error.strerror else type(error).__name__,
            )
    # Unexpected errors are reported by type and place only, because their text may contain personal data.
    last = traceback.extract_tb(error.__traceback__)[-1]
    return translated(
        "Something went wrong inside Shopper. Please report this: {error} in {file}, line {line}.",
        error=type(error).__name__,
        file=Path(last.filename).name,
        line=last.lineno,
    )


def _code(error: Exception) -> int:
    match error:
        case InvalidInput():
            return _USAGE
        case OutputGone():
            return _OK if error.why is None else _INCOMPLETE
    return _FAILED
