"""`shopper coverage`: how complete each month of each account is, and why."""

import typer

from assistant.cli.console import print_json, print_table, print_text
from assistant.cli.filter_flags import JsonFlag, PeriodFlags, Words, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word


@with_flags
def coverage(context: typer.Context, words: Words = None, *, flags: PeriodFlags, as_json: JsonFlag = False) -> None:
    """Show for each month whether it is complete, partial or never seen. Exit 1 if anything is missing."""
    with services_of(context) as services:
        page = services.coverage.months(flags.chosen(words))
    if as_json:
        from assistant.wire.imports import CoveredMonthJson
        from assistant.wire.shape import PageJson

        print_json(PageJson.of(page, CoveredMonthJson))
    elif page.items:
        rows = [(row.account, row.month, shown_word(row.cover.value), str(row.orders), "; ".join(row.gaps)) for row in page.items]
        print_table(("account", "month", "known", "orders", "why"), rows, right=(3,))
    else:
        print_text(translated("There is no data for these months. Import Amazon's export with 'shopper import FILE'."))
    raise typer.Exit(1 if any(row.gaps for row in page.items) else 0)
