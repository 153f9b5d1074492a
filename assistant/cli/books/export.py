"""`shopper export`: business expenses as files for a bookkeeper or a tax form."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from assistant.cli.console import print_table, print_text, say
from assistant.cli.filter_flags import AccountFlag, FromFlag, ToFlag, YearFlag, chosen
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput

_DRAFT_NAME = 50


@contextmanager
def _whole(output: Path) -> Iterator[IO[bytes]]:
    """Give a stream beside the file, moved to its place once all is written: a full disk or a bad filter leaves no half file behind.

    A link stays one, and what is no file (a device, a pipe) is written to as it is, never replaced.
    """
    target = output.resolve()
    if target.exists() and not target.is_file() and not target.is_dir():
        with target.open("wb") as stream:
            yield stream
        return
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_DRAFT_NAME]}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def export(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="FORMAT", help="accountant-csv, xlsx; --list names them all.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    account: AccountFlag = None,
    purpose: Annotated[str, typer.Option("--purpose", help="What the items are for.")] = "business",
    year: YearFlag = None,
    since: FromFlag = None,
    until: ToFlag = None,
    formats: Annotated[bool, typer.Option("--list", help="Name the formats.")] = False,
) -> None:
    """Write the expenses of a period, one entry per item, adding up to what was charged."""
    with services_of(context) as services:
        if formats:
            print_table(
                ("format", "file", "what it is"), [(entry.name, entry.suffix, entry.description) for entry in services.exports.formats()]
            )
            return
        if name is None or output is None:
            raise InvalidInput("Say the format and the file: shopper export accountant-csv --year 2025 -o business-2025.csv")
        found = chosen(None, account, purpose, year, since=since, until=until)
        try:
            with _whole(output) as stream:
                written = services.exports.write(name, found, stream)
        except OSError as error:
            raise InvalidInput(f"{output} cannot be written: {error.strerror}. Choose another place with -o.") from error
    print_text(f"{output}: {written.entries} entries.")
    if written.held:
        say(f"{written.held} orders are in quarantine and were left out. 'shopper imports' says why and what to do.")
    if written.incomplete:
        say(f"{written.incomplete} of them lack something (seller, category, ...). The workbook lists them under 'Open questions'.")
