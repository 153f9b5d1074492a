"""`shopper reminders`: upcoming dates, as printed on orders and other pages."""

from typing import Annotated

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text, shown_day
from assistant.cli.filter_flags import CsvFlag, FilterFlags, JsonFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated_count

_HEADER = ("due", "account", "order_id", "what", "title")


@with_flags
def reminders(
    context: typer.Context,
    flags: FilterFlags,
    days: Annotated[int, typer.Option("--days", min=0, max=400, help="Days to look ahead.")] = 14,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List return windows, trials, renewals, payments and deliveries that are due soon, as printed by Amazon."""
    wanted = flags.filter
    with services_of(context) as services:
        found = services.reminders.due(services.today, days, wanted)
    rows = [(str(entry.due), entry.account, entry.number, entry.what, entry.title) for entry in found]
    if as_json:
        print_json({"items": [dict(zip(_HEADER, row, strict=True)) for row in rows], "next": None, "total": len(rows)})
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        cells = [(shown_day(entry.due), entry.account, entry.number, entry.what, entry.title) for entry in found]
        print_table(("due", "account", "order", "what", "title"), cells)
    else:
        print_text(
            translated_count(
                "Nothing is due in the next {count} day, based on pages seen so far.",
                "Nothing is due in the next {count} days, based on pages seen so far.",
                days,
            )
        )
