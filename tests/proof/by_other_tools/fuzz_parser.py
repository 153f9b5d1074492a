"""Let atheris change the content of one kind of file until a reader fails: `fuzz_parser.py KIND [--broken] [libFuzzer options] SEEDS`."""

import sys
from contextlib import suppress
from functools import partial

import atheris

with atheris.instrument_imports(include=["assistant"]):
    from assistant.domain.errors import DomainError
    from assistant.domain.filter_language import parse_filter
    from assistant.importers import reading
    from assistant.importers.statements.read_statement import ColumnProfile
    from assistant.importers.statements.statement_files import read_statement


def filter_line(content: bytes) -> None:
    """Read bytes as a filter. A mistake in it is a DomainError."""
    parse_filter(content.decode("utf-8", "replace"))


def statement(content: bytes) -> None:
    """Read bytes as a card statement."""
    read_statement("card.ofx", content, ColumnProfile(currency="EUR"), {})


def main(kind: str, *options: str) -> None:
    """Fuzz one kind: "filter", "statement", or the name of a file that importers know."""
    read = {"filter": filter_line, "statement": statement}.get(kind, partial(reading.read_bytes, kind))
    broken = "--broken" in options

    def one(content: bytes) -> None:
        # The planted bug: a reader that fails on a byte which any fuzzer finds.
        if broken and b"\x80" in content:
            raise OverflowError("a byte that nobody expected")
        with suppress(DomainError):
            read(content)

    atheris.Setup([sys.argv[0], *(option for option in options if option != "--broken")], one)
    atheris.Fuzz()


main(*sys.argv[1:])
