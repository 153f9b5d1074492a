"""`shopper export`: business expenses as files for a bookkeeper or a tax form."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.books.output import whole_file
from assistant.cli.console import print_text, say
from assistant.cli.filter_flags import PeriodFlags, Words, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.bootstrap import Services
    from assistant.domain.filters import Filter
    from assistant.exports import ExportFormat

_CALENDAR = "reminders"
"""The format that is written from reminders, not from the books."""


@with_flags
def export(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="FORMAT", help="As --list shows it, like accountant-csv.")] = None,
    words: Words = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write; - is standard output.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="What the items are for; default: business.")] = None,
    *,
    flags: PeriodFlags,
    mark: Annotated[bool, typer.Option("--bom", help="Start text with a byte order mark, for Excel on Windows.")] = False,
    formats: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
) -> None:
    """Write the expenses of a period, adding up to what was charged. Exit 1 if something is missing or was left out."""
    with services_of(context) as services:
        if formats:
            _print_formats(services.exports.formats())
            return
        if name is None or output is None:
            raise InvalidInput("Give a format and a file: shopper export accountant-csv --year 2025 -o business-2025.csv")
        found = flags.chosen(words, purpose)
        if name == _CALENDAR:
            _write_calendar(services, found, output)
            return
        with whole_file(output) as stream:
            written = services.exports.write(name, found, stream, byte_order_mark=mark)
    if str(output) != "-":
        print_text(f"{output}: {written.entries} entries.")
    if written.held:
        say(f"{written.held} orders are in quarantine and were left out. 'shopper imports' says why and what to do.")
    if written.incomplete:
        say(f"{written.incomplete} of them are incomplete (no description or no category). The workbook lists them under 'Open questions'.")
    if written.held or written.incomplete:
        raise typer.Exit(1)


def _write_calendar(services: "Services", found: "Filter", output: Path) -> None:
    with whole_file(output) as stream:
        count = services.reminders.write_calendar(services.today, found, stream)
    if str(output) != "-":
        print_text(f"{output}: {count} dates.")


def _print_formats(formats: "Sequence[ExportFormat]") -> None:
    for entry in formats:
        print_text(f"{entry.name} ({entry.suffix}): {entry.description}")
        print_text(f"    for: {entry.audience}")
        print_text(f"    keeps: {entry.keeps}")
        print_text(f"    cannot carry: {entry.loses}")
