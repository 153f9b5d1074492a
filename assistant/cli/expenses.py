"""`shopper expenses`: what each account spent, by purpose, month and currency."""

import typer

from assistant.cli.choosing import AccountFlag, CsvFlag, FromFlag, JsonFlag, PurposeFlag, ToFlag, Words, YearFlag, chosen
from assistant.cli.console import print_csv, print_json, print_table, print_text
from assistant.cli.opening import services_of

_HEADER = ("account", "purpose", "month", "currency", "orders", "spent", "refunded")


def expenses(
    context: typer.Context,
    words: Words = None,
    account: AccountFlag = None,
    purpose: PurposeFlag = None,
    year: YearFlag = None,
    since: FromFlag = None,
    until: ToFlag = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Sum spending by account, purpose, month and currency; currencies are never added together."""
    with services_of(context) as services:
        page = services.ledger.expenses(chosen(words, account, purpose, year, since=since, until=until))
    rows = [
        (row.account, row.purpose, row.month, row.currency, str(row.orders), row.spent.decimal, row.refunded.decimal) for row in page.items
    ]
    if as_json:
        items = [{**dict(zip(_HEADER, row, strict=True)), "orders": entry.orders} for row, entry in zip(rows, page.items, strict=True)]
        print_json({"items": items, "next": page.next, "total": page.total})
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        print_table(_HEADER, rows, right=(4, 5, 6))
    else:
        print_text("Nothing spent yet, as far as this ledger knows. Import Amazon's export with 'shopper import FILE'.")
