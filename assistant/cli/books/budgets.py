"""`shopper budgets`: what was planned, spent and is likely to be spent."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text
from assistant.cli.filter_flags import CsvFlag, JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.domain.books.budgets import Budget

_HEADER = ("rule", "about", "period", "currency", "planned", "carried", "spent", "left", "forecast")


def budgets(
    context: typer.Context,
    month: Annotated[str | None, typer.Option("--month", help="A month like 2026-11; default: this one.")] = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List budgets: planned, carried over, spent, left, and the forecast. 'shopper rules add budget' makes one."""
    from assistant.domain.filters import period

    with services_of(context) as services:
        today = services.today
        day = today if month in (None, f"{today:%Y-%m}") else period(month or "")[0]
        found = services.budgets.all(day, today)
    rows = [_row(budget) for budget in found]
    if as_json:
        from assistant.wire.spending import BudgetJson

        print_json({"items": [BudgetJson.of(budget) for budget in found], "next": None, "total": len(found)})
    elif as_csv:
        print_csv(_HEADER, rows)
    elif rows:
        print_table(
            ("rule", "about", "period", "currency", "planned", "budget|carried", "spent", "left", "forecast", ""),
            [_cells(budget) for budget in found],
            right=(4, 5, 6, 7, 8),
        )
    else:
        print_text(translated("No budgets. Make one: shopper rules add budget account=NAME month=600 currency=USD"))


def _row(budget: "Budget") -> tuple[str, ...]:
    amounts = (budget.planned, budget.carried, budget.spent, budget.left, budget.forecast)
    about = ", ".join((*budget.accounts, *budget.purposes, *budget.categories))
    return str(budget.rule), about, budget.period, budget.planned.currency, *(amount.decimal for amount in amounts)


def _cells(budget: "Budget") -> tuple[str, ...]:
    row = _row(budget)
    about = (*budget.accounts, *map(shown_purpose, budget.purposes), *map(shown_category, budget.categories))
    return row[0], ", ".join(about), *row[2:4], *map(decimal_text, row[4:]), _mark(budget)


def _mark(budget: "Budget") -> str:
    if budget.problem:
        return budget.problem
    return translated("over") if budget.over else translated("likely over") if budget.likely_over else ""
