"""`python -m assistant` and the command `shopper`."""

import sys

_INTERRUPTED = 130
"""The exit code that shells expect of a command stopped with Ctrl+C."""


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code (`cli/README.md`)."""
    try:
        from assistant.cli.app import run  # noqa: PLC0415  # `python -m assistant.importers.sandbox.worker` must not load the command line

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
