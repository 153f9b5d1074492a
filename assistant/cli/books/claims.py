"""`shopper claims`: money that accounts owe each other."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.books.output import whole_file
from assistant.cli.console import print_json, print_table, print_text, shown_amount, shown_day
from assistant.cli.filter_flags import FilterText, JsonFlag, search_filter
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.money import typed_number

app = typer.Typer(help="Money that accounts owe each other for items bought on the wrong one.", invoke_without_command=True)


@app.callback()
def claims(context: typer.Context, text: FilterText = None, as_json: JsonFlag = False) -> None:
    """List open and settled claims."""
    if context.invoked_subcommand is not None:
        return
    wanted = search_filter(context, text)
    with services_of(context) as services:
        found = services.claims.all()
        if wanted is not None:
            from assistant.domain.rows.row_facts import claim_facts
            from assistant.services.row_search import search

            found = search(found, claim_facts, wanted, what="claims", accounts=services.accounts)
    if as_json:
        from assistant.wire.books import ClaimJson

        print_json([ClaimJson.of(claim) for claim in found])
        return
    rows = [
        (
            claim.id,
            shown_day(claim.opened),
            claim.number,
            claim.owes,
            claim.paid,
            shown_amount(claim.amount),
            shown_word(claim.state.value),
            (claim.title or "")[:40],
        )
        for claim in found
    ]
    if rows:
        print_table(("id", "since", "order", "owes", "to", "amount", "state", "what"), rows, right=(5,))
    else:
        print_text(translated("No claims."))


@app.command("months")
def months(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Show what accounts owe each other in all, month by month: claims both ways are set off against each other."""
    with services_of(context) as services:
        found = services.claims.months()
    if as_json:
        from assistant.wire.books import MonthlySettlementJson

        print_json([MonthlySettlementJson.of(month) for month in found])
    elif found:
        rows = [(month.month, month.owes, month.paid, shown_amount(month.amount), str(len(month.claims))) for month in found]
        print_table(("month", "owes", "to", "amount", "claims"), rows, right=(3, 4))
        print_text(translated("'shopper claims settle --month MONTH' settles all claims of a month."))
    else:
        print_text(translated("No open claims."))


@app.command("settle")
def settle(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of 'shopper claims'.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="All open claims of a month, like 2025-03.")] = None,
    amount: Annotated[str | None, typer.Option("--amount", help="A part of one claim, like 20.00; the rest stays open.")] = None,
) -> None:
    """Mark claims as paid."""
    if month is not None and amount is not None:
        raise InvalidInput(translated("An amount settles a part of one claim. Name the claim instead of the month."))
    if bool(ids) == (month is not None):
        raise InvalidInput(translated("Name the claims to settle, or a month: --month 2025-03."))
    part = typed_number(amount) if amount is not None else None
    with services_of(context) as services:
        for claim in services.claims.settle_month(month) if month is not None else services.claims.settle(ids or (), part):
            facts = {"owes": claim.owes, "amount": shown_amount(claim.amount), "paid": claim.paid}
            print_text(f"{claim.id}: {translated('{owes} paid {amount} to {paid}.', **facts)}")


@app.command("report")
def report(context: typer.Context, output: Annotated[Path, typer.Option("-o", "--output", help="The PDF to write.")]) -> None:
    """Write the open claims and the payments that settle them as PDF."""
    with services_of(context) as services, whole_file(output) as stream:
        count = services.claims.report(stream)
    print_text(translated_count("{file}: {count} open claim.", "{file}: {count} open claims.", count, file=output))
