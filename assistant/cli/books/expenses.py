"""`shopper expenses`: what each account spent, by purpose, month and currency."""

from collections.abc import Sequence

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text
from assistant.cli.filter_flags import AccountFlag, CsvFlag, FromFlag, JsonFlag, PurposeFlag, ToFlag, Words, YearFlag, chosen
from assistant.cli.open_services import services_of

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
    gaps = {f"{row.account} {row.month}": "; ".join(row.gaps) for row in page.items if row.gaps}
    rows = [
        (row.account, row.purpose, row.month, row.currency, str(row.orders), row.spent.decimal, row.refunded.decimal) for row in page.items
    ]
    if as_json:
        from assistant.wire.books import ExpenseJson
        from assistant.wire.shape import PageJson

        print_json(PageJson.of(page, ExpenseJson))
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        print_table(
            _HEADER,
            [(*row[:2], _marked(row[2], entry.gaps), *row[3:]) for row, entry in zip(rows, page.items, strict=True)],
            right=(4, 5, 6),
        )
        for month, why in gaps.items():
            print_text(f"… {month}: {why}")
    else:
        print_text("No expenses yet. Import Amazon's export with 'shopper import FILE'.")


def _marked(month: str, gaps: Sequence[str]) -> str:
    """Mark a month that may be incomplete."""
    return f"{month} …" if gaps else month
