"""`python -m assistant` and the command `shopper`."""

import sys

_INTERRUPTED = 130
"""What a shell expects of a command that Ctrl+C ended."""


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code (contract, section 1)."""
    try:
        from assistant.cli.app import run  # noqa: PLC0415  # `python -m assistant.importers.sandbox.worker` must not load the command line

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
