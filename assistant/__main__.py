"""`python -m assistant` and the command `shopper`."""

import sys


def main() -> None:
    """Run the command line; every failure becomes one sentence and an exit code (contract, section 1)."""
    from assistant.cli.app import run  # noqa: PLC0415  # `python -m assistant.importers.child` must not load the command line

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
