"""`shopper reminders`: dates that matter soon, read from the orders, never computed."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from assistant.cli.choosing import CsvFlag, JsonFlag
from assistant.cli.console import print_csv, print_json, print_table, print_text
from assistant.cli.opening import services_of

_HEADER = ("due", "account", "order_id", "what", "title")


def reminders(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", min=0, max=400, help="How far to look ahead.")] = 14,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List return windows that end soon, as Amazon printed them on the order."""
    with services_of(context) as services:
        found = services.ledger.returns_due(datetime.now(UTC).date(), days)
    rows = [(str(entry.due), entry.account, entry.number, "last day to return", entry.title) for entry in found]
    if as_json:
        print_json({"items": [dict(zip(_HEADER, row, strict=True)) for row in rows], "next": None, "total": len(rows)})
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        print_table(_HEADER, rows)
    else:
        print_text(f"Nothing is due within {days} days, as far as the pages that Shopper has seen say.")
