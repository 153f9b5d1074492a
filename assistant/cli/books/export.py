"""`shopper export`: business expenses as files for a bookkeeper or a tax form."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.books.output import whole_file
from assistant.cli.console import print_text, say
from assistant.cli.filter_flags import PeriodFlags, Words, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.days import Split
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated, translated_count

if TYPE_CHECKING:
    from assistant.bootstrap import Services
    from assistant.domain.filters import Filter
    from assistant.exports import ExportFormat

_CALENDAR = "reminders"
"""This format is written from reminders, not from the books."""


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
    split: Annotated[
        Split | None, typer.Option("--split", help="One file per period, named after it: for programs that take few rows, and for DATEV.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
    formats: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
) -> None:
    """Write the expenses of a period, adding up to what was charged. Exit 1 if something is missing or left out, 3 if nothing matches."""
    with services_of(context) as services:
        if formats:
            _print_formats(services.exports.formats())
            return
        if name is None:
            raise InvalidInput(translated("Give a format and a file: shopper export accountant-csv --year 2025 -o business-2025.csv"))
        form = services.exports.format(name)
        found = flags.chosen(words, purpose)
        if output is None:
            raise InvalidInput(translated("Name the file to write: -o {file}", file=f"FILE{form.suffix}"))
        if name == _CALENDAR:
            _write_calendar(services, found, output, force=force)
            return
        parts = [(output, found)] if split is None else _parts(services, found, output, split)
        # Before the work, and again after it: the file may have been made meanwhile.
        _check_new([file for file, _ in parts], force=force)
        with ExitStack() as files:
            # All files or none: each draft takes its name only when every one is complete.
            streams = [(files.enter_context(whole_file(file)), part) for file, part in parts]
            written = [services.exports.write(name, part, stream, byte_order_mark=mark) for stream, part in streams]
            for stream, _ in streams:
                stream.flush()
            _check_new([file for file, _ in parts], force=force)
    if str(output) != "-":
        for (file, _), done in zip(parts, written, strict=True):
            print_text(translated_count("{file}: {count} entry.", "{file}: {count} entries.", done.entries, file=file))
    _say_what_is_open([said for each in written for said in each.left_out], sum(each.incomplete for each in written))


def _parts(services: "Services", found: "Filter", output: Path, split: Split) -> list[tuple[Path, "Filter"]]:
    if str(output) == "-":
        raise InvalidInput(translated("Standard output takes one file. Name a file with -o, or leave --split out."))
    return [(output.with_name(f"{output.stem}-{name}{output.suffix}"), part) for name, part in services.exports.periods(found, split)]


def _say_what_is_open(left_out: Sequence[str], incomplete: int) -> None:
    for said in dict.fromkeys(left_out):
        say(said)
    if incomplete:
        say(
            translated_count(
                "{count} of them is incomplete (no description or no category). The workbook lists it under 'Open questions'.",
                "{count} of them are incomplete (no description or no category). The workbook lists them under 'Open questions'.",
                incomplete,
            )
        )
    if left_out or incomplete:
        raise typer.Exit(1)


def _check_new(files: Sequence[Path], *, force: bool) -> None:
    """Raise InvalidInput for a file that exists and has content, unless it may be replaced."""
    old = next((file for file in files if file.is_file() and file.stat().st_size), None)
    if old is not None and str(old) != "-" and not force:
        raise InvalidInput(translated("{file} exists. Choose another name, or replace it with --force.", file=old))


def _write_calendar(services: "Services", found: "Filter", output: Path, *, force: bool) -> None:
    _check_new([output], force=force)
    with whole_file(output) as stream:
        count = services.reminders.write_calendar(services.today, found, stream)
        _check_new([output], force=force)
    if str(output) != "-":
        print_text(translated_count("{file}: {count} date.", "{file}: {count} dates.", count, file=output))


def _print_formats(formats: "Sequence[ExportFormat]") -> None:
    for entry in formats:
        print_text(f"{entry.name} ({entry.suffix}): {translated(entry.description)}")
        print_text(f"    {translated('for: {audience}', audience=translated(entry.audience))}")
        print_text(f"    {translated('keeps: {kept}', kept=translated(entry.keeps))}")
        print_text(f"    {translated('cannot carry: {lost}', lost=translated(entry.loses))}")
