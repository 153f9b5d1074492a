"""`shopper export`: business expenses as files for a bookkeeper or a tax form."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.choosing import AccountFlag, FromFlag, ToFlag, YearFlag, chosen
from assistant.cli.console import print_table, print_text, say
from assistant.cli.opening import services_of
from assistant.domain.errors import InvalidInput


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
        # Written beside the target and moved there whole: a full disk or a bad filter leaves no half file behind.
        try:
            handle, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}-")
        except OSError as error:
            raise InvalidInput(f"{output} cannot be written: {error.strerror}. Choose another place with -o.") from error
        try:
            with os.fdopen(handle, "wb") as stream:
                written = services.exports.write(name, found, stream)
            Path(draft).replace(output)
        except BaseException as error:
            Path(draft).unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise InvalidInput(f"{output} cannot be written: {error.strerror}. Choose another place with -o.") from error
            raise
    print_text(f"{output}: {written.entries} entries.")
    if written.held:
        say(f"{written.held} orders are in quarantine and were left out. 'shopper imports' says why and what to do.")
    if written.incomplete:
        say(f"{written.incomplete} of them lack something (seller, category, ...). The workbook lists them under 'Open questions'.")
