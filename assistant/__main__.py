"""`python -m assistant` and the command `shopper`."""

import gc
import os
import sys
import threading
from contextlib import suppress

_COMPLETION = "_SHOPPER_COMPLETE"
"""Set by shells that ask for completions; they start the program without arguments."""
_NEW_OBJECTS = 100_000
"""New objects between two runs of the garbage collector. Loading makes half of them, none are garbage, and a run takes 20 ms."""
_INTERRUPTED = 130
"""The exit code that shells expect of a command stopped with Ctrl+C."""

_PATIENCE = 0.3
"""Seconds that the threads of a stopped server may take to end."""


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code (`cli/README.md`)."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    left = [thread for thread in threading.enumerate() if thread.name.startswith("shopper-")]
    for thread in left:
        thread.join(_PATIENCE / len(left))
    if any(thread.is_alive() for thread in left):
        # Threads of a stopped server that still read or write: nobody waits for them, and what they have not stored is rolled back.
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    # Else the interpreter looks through all objects once more, which takes the app a second.
    gc.freeze()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """Run a command, or the app if none is named: its first frame need not wait for the commands to load."""
    # Imported here, because `python -m assistant.importers.sandbox.worker` must not load the command line.
    if not arguments and _COMPLETION not in os.environ:
        from assistant.cli.terminal import run_app  # noqa: PLC0415  # see above

        return run_app()
    from assistant.cli.app import run  # noqa: PLC0415  # see above

    return run(arguments)


if __name__ == "__main__":
    main()
