"""The flags that choose a part of the ledger: the same for every list and export."""

from dataclasses import replace
from typing import Annotated

import typer

from assistant.domain.days import written_day
from assistant.domain.filters import Filter, parse_filter, period

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[FILTER]...", help='account:biz cat:office date:2025-Q1 status:delivered >50 "desk lamp"')
]
AccountFlag = Annotated[list[str] | None, typer.Option("--account", help="Only this account (key or name); may be repeated.")]
PurposeFlag = Annotated[
    str | None, typer.Option("--purpose", help="Only this purpose: business, personal, household, family, or your own word.")
]
YearFlag = Annotated[str | None, typer.Option("--year", help="A year, month or quarter: 2025, 2025-03, 2025-Q1.")]
FromFlag = Annotated[str | None, typer.Option("--from", help="First day, like 2025-04-06.")]
ToFlag = Annotated[str | None, typer.Option("--to", help="Last day, like 2026-04-05.")]
LimitFlag = Annotated[int, typer.Option("--limit", min=1, max=500, help="Maximum number of entries.")]
CursorFlag = Annotated[str | None, typer.Option("--cursor", help="Continue after the previous page: its 'next'.")]
InFlag = Annotated[
    str | None,
    typer.Option("--in", metavar="CURRENCY", help="Convert to one currency, with each rate and its day."),
]
JsonFlag = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="CSV on standard output.")]


def _quoted(word: str) -> str:
    """Return one argument as one term: the shell has taken its quotation marks."""
    if " " not in word:
        return word
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and key.isalpha() and not value.startswith(" ") else f'"{word}"'


def chosen(
    words: list[str] | None,
    account: list[str] | None = None,
    purpose: str | None = None,
    year: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
) -> Filter:
    """Return the filter of these flags and words. Raises InvalidInput."""
    found = parse_filter(" ".join(map(_quoted, words or ())))
    if year is not None:
        first, last = period(year)
        found = replace(found, since=first, until=last)
    if since is not None or until is not None:
        found = replace(found, since=written_day(since) or found.since, until=written_day(until) or found.until)
    return replace(found, accounts=(*found.accounts, *(account or ())), purpose=purpose or found.purpose)
