"""`shopper expenses`: what each account spent, by purpose, month and currency."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text, say, shown_amount, shown_day
from assistant.cli.filter_flags import CsvFlag, FilterFlags, InFlag, JsonFlag, own_currency, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.domain.books.conversion import ConvertedExpense
    from assistant.domain.books.ledger_entry import ExpenseRow
    from assistant.domain.filters import Filter

ByFlag = Annotated[
    str | None, typer.Option("--by", metavar="WHAT", help="Sum by account, purpose, category, seller, card, person or day, and month.")
]
CompareFlag = Annotated[bool, typer.Option("--compare", help="Beside the same days a year earlier, without months.")]
_HEADER = ("account", "purpose", "month", "currency", "orders", "spent", "refunded")


@with_flags
def expenses(
    context: typer.Context,
    flags: FilterFlags,
    currency: InFlag = None,
    by: ByFlag = None,
    compare: CompareFlag = False,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """Sum spending by account, purpose, month and currency; currencies are only added together if you name one with --in."""
    if by is not None or compare:
        from assistant.cli.books.pivot import print_pivot

        if currency is not None:
            raise InvalidInput(translated("--in cannot be used together with --by or --compare."))
        print_pivot(context, flags.filter, by or "account", compare=compare, form="json" if as_json else "csv" if as_csv else "text")
        return
    if currency is not None:
        found = flags.filter
        raise typer.Exit(_in_one_currency(context, found, currency, as_json=as_json, as_csv=as_csv))
    with services_of(context) as services:
        page = services.ledger.expenses(flags.filter)
    rows = [_cells(row) for row in page.items]
    if as_json:
        from assistant.wire.books import ExpenseJson
        from assistant.wire.shape import PageJson

        print_json(PageJson.of(page, ExpenseJson))
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        _print_rows(_main_first(page.items, own_currency(context)))
    else:
        print_text(translated("No expenses yet. Import Amazon's export with 'shopper import FILE'."))


def _main_first(rows: "Sequence[ExpenseRow]", preferred: str) -> "list[ExpenseRow]":
    """Return rows with the main currency first in each month."""
    from assistant.domain.books.ledger_entry import orders_by_currency
    from assistant.domain.money import main_first

    ranked = main_first(orders_by_currency(rows), preferred)
    found = sorted(rows, key=lambda row: (ranked.index(row.currency), row.account, row.purpose))
    return sorted(found, key=lambda row: row.month, reverse=True)


def _cells(row: "ExpenseRow") -> tuple[str, ...]:
    return row.account, row.purpose, row.month, row.currency, str(row.orders), row.spent.decimal, row.refunded.decimal


def _print_rows(rows: "Sequence[ExpenseRow]") -> None:
    lines: list[tuple[str, ...]] = [
        (cells[0], shown_purpose(cells[1]), _marked(cells[2], row.gaps), *_numbers(cells[3:])) for row in rows for cells in [_cells(row)]
    ]
    print_table(("account", "purpose", "month", "currency", "orders", "spent", "refunded"), [*lines, *_sums(rows)], right=(4, 5, 6))
    gaps = {f"{row.account} {row.month}": "; ".join(row.gaps) for row in rows if row.gaps}
    for month, why in gaps.items():
        print_text(f"… {month}: {why}")


def _sums(rows: "Sequence[ExpenseRow]") -> "Iterator[tuple[str, ...]]":
    """Yield what each account spent in each currency, if it has several rows. Orders are not added: one may have two purposes."""
    groups: dict[tuple[str, str], list[ExpenseRow]] = {}
    for row in rows:
        groups.setdefault((row.account, row.currency), []).append(row)
    for (account, currency), found in groups.items():
        if len(found) > 1:
            spent = sum((row.spent for row in found), Money(0, currency))
            refunded = sum((row.refunded for row in found), Money(0, currency))
            yield account, "", translated("together"), currency, "", decimal_text(spent.decimal), decimal_text(refunded.decimal)


def _in_one_currency(context: typer.Context, found: "Filter", currency: str, *, as_json: bool, as_csv: bool) -> int:
    """Print the sums in one currency; 1 if there is no rate for something, which then is in no sum."""
    with services_of(context) as services:
        sums, without = services.one_currency.expenses(found, currency)
    rows = [
        (row.account, row.purpose, row.month, row.spent.currency, str(row.orders), row.spent.decimal, row.refunded.decimal) for row in sums
    ]
    if as_json:
        from assistant.wire.books import ConvertedExpenseJson

        print_json({"items": [ConvertedExpenseJson.of(row) for row in sums], "next": None, "total": len(sums)})
    elif as_csv:
        print_csv((*_HEADER, "rates"), [(*row, _rates(entry)) for row, entry in zip(rows, sums, strict=True)])
    else:
        cells = [(row[0], shown_purpose(row[1]), row[2], *_numbers(row[3:]), _rates(entry)) for row, entry in zip(rows, sums, strict=True)]
        print_table(("account", "purpose", "month", "currency", "orders", "spent", "refunded", "rates"), cells, right=(4, 5, 6))
    for entry in without:
        say(
            translated(
                "No rate is known for {amount} of {day} ({order}); no sum contains it.",
                amount=shown_amount(entry.gross),
                day=shown_day(entry.on),
                order=entry.order.number,
            )
        )
    return 1 if without else 0


def _numbers(cells: Sequence[str]) -> list[str]:
    """Return currency, orders, spent and refunded as the language writes them."""
    currency, orders, *amounts = cells
    return [currency, orders, *map(decimal_text, amounts)]


def _rates(row: "ConvertedExpense") -> str:
    """Return the rates of a sum: the only one of a currency with its day, of several the first and the last day."""
    told = []
    for unit, rates in row.rates.items():
        days = sorted(rate.day for rate in rates)
        last = rates[-1]
        told.append(
            f"1 {unit} = {decimal_text(f'{last.rate:.4f}')} ({shown_day(last.day)}, {last.source.partition(':')[0]})"
            if len(rates) == 1
            else translated(
                "{currency}: {count} rates of {first} to {last}",
                currency=unit,
                count=len(rates),
                first=shown_day(days[0]),
                last=shown_day(days[-1]),
            )
        )
    return "; ".join(told)


def _marked(month: str, gaps: Sequence[str]) -> str:
    """Mark a month that may be incomplete."""
    return f"{month} …" if gaps else month
