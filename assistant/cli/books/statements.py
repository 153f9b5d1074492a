"""`shopper statements`: card and bank statements against charges and refunds."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.console import print_json, print_table, print_text, say, shown_amount, shown_day, typed, with_undo
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.books.statements.card_charges import CardCharge, MatchedLine
    from assistant.domain.books.statements.months import StatementMonth
    from assistant.domain.books.statements.statement_lines import StatementImport
    from assistant.importers.statements.read_statement import ColumnProfile
    from assistant.services.books.statements import Statements

app = typer.Typer(help="Card and bank statements against charges and refunds.", invoke_without_command=True)
_PARTS = "date, amount, debit, credit, text, reference, card, currency, original, original-currency"


@app.callback()
def statements(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List the months of every card. Exit 1 if something changed in a closed month."""
    if context.invoked_subcommand is not None:
        return
    with services_of(context) as services:
        found = services.statements.months()
    changed = [month for month in found if month.changes]
    if as_json:
        from assistant.wire.statements import StatementMonthJson

        print_json([StatementMonthJson.of(month) for month in found])
    elif found:
        rows = [
            (
                month.card,
                month.month,
                shown_word(month.state.value),
                str(month.lines),
                str(month.lines - month.matched),
                str(month.missing),
                ", ".join(map(shown_amount, month.amounts)),
            )
            for month in found
        ]
        print_table(("card", "month", "state", "lines", "open", "missing", "sum"), rows, right=(3, 4, 5, 6))
        for month in found:
            if month.waits_for:
                print_text(_about(month, translated("{month} of {card} is open: {reason}"), " ".join(month.waits_for)))
        for month in changed:
            for change in month.changes:
                print_text(_about(month, translated("! {month} of {card} changed since it was closed: {reason}"), change))
    else:
        print_text(translated("No statements. Import one with 'shopper statements import FILE --card visa/1234'."))
    raise typer.Exit(1 if changed else 0)


def _about(month: "StatementMonth", text: str, reason: str) -> str:
    return text.format(month=month.month, card=month.card, reason=reason)


@app.command("import")
def take(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, OFX, QFX or QIF from your bank.")],
    card: Annotated[str | None, typer.Option("--card", help="The card, like visa/1234, unless the file names it.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar="PART=HEADING", help=f"A column of a CSV file; it is remembered. Parts: {_PARTS}."),
    ] = None,
    dates: Annotated[Literal["dmy", "mdy"] | None, typer.Option("--dates", help="Whether 03/04 is in April or in March.")] = None,
    charges: Annotated[
        Literal["negative", "positive"] | None, typer.Option("--charges", help="The sign of money that left the card.")
    ] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="Currency of a file that does not name one, like EUR.")] = None,
    every_line: Annotated[bool, typer.Option("--all", help="Keep lines that do not name Amazon, too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen and store nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import a statement. Overlapping and repeated statements count once. Exit 1 if lines stay open."""
    from assistant.importers.statements.read_statement import named_profile

    wanted = named_profile(columns or (), dates=dates, charges=charges, currency=currency)
    with services_of(context) as services:
        done = _import(services.statements, file, card, wanted, every_line=every_line, dry_run=dry_run)
    if as_json:
        from assistant.wire.statements import StatementImportJson

        print_json(StatementImportJson.of(done))
    else:
        for line in _import_report(done, dry_run=dry_run):
            print_text(line)
    raise typer.Exit(1 if done.tied or done.unmatched else 0)


def _import(
    found: "Statements", file: Path, card: str | None, wanted: "ColumnProfile", *, every_line: bool, dry_run: bool
) -> "StatementImport":
    """Import the file; on a terminal, ask for columns that are not known."""
    from assistant.importers.statements.read_statement import UnknownColumns, with_column

    while True:
        try:
            return found.import_file(file, card=card, wanted=wanted, every_line=every_line, dry_run=dry_run)
        except UnknownColumns as error:
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                raise
            for place, heading in enumerate(error.header, 1):
                say(f"{place:>3}  {heading}")
            answer = typed(translated("Which column is the {part}? Type its number.", part=error.missing))
            if answer.isdecimal() and 0 < int(answer) <= len(error.header):
                wanted = with_column(wanted, error.missing, error.header[int(answer) - 1])


def _import_report(done: "StatementImport", *, dry_run: bool) -> list[str]:
    if done.again:
        return [translated("{name} was imported before; nothing changed.", name=done.name)]
    facts = {"name": done.name, "card": done.card, "new": done.new, "others": done.others}
    lines = [
        translated_count(
            "{name}, {card}: {count} line about Amazon, {new} of them new.",
            "{name}, {card}: {count} lines about Amazon, {new} of them new.",
            done.lines,
            **facts,
        ),
        translated(
            "{matched} matched, {tied} undecided, {unmatched} without a charge.",
            matched=done.matched,
            tied=done.tied,
            unmatched=done.unmatched,
        ),
    ]
    if done.others:
        lines.append(translated("Not kept, because about something else: {others}.", others=done.others))
    if dry_run:
        return [*lines, translated("Nothing was stored.")]
    if done.tied or done.unmatched:
        lines.append(translated("'shopper statements unmatched' lists what is open."))
    return [*lines, translated("To reverse this: shopper undo")]


@app.command("match")
def match(
    context: typer.Context,
    line: Annotated[str | None, typer.Argument(metavar="[LINE]", help="Decide this line: its id in 'statements unmatched'.")] = None,
    entries: Annotated[
        list[str] | None, typer.Argument(metavar="[ENTRY]...", help="The entries that it pays for: ids of 'shopper books --json'.")
    ] = None,
    ignore: Annotated[bool, typer.Option("--ignore", help="The line is not a purchase.")] = False,
    back: Annotated[bool, typer.Option("--take-back", help="Undo the decision about the line.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Match all lines and close the months that are complete; or decide what one line pays for."""
    if line is None and (ignore or back):
        raise InvalidInput(translated("Name the line that this is about."))
    if line is not None and (bool(entries) + ignore + back) != 1:
        raise InvalidInput(translated("Name the entries that the line pays for, or say --ignore or --take-back."))
    with services_of(context) as services:
        if line is not None and back:
            services.statements.take_back(line)
        elif line is not None:
            services.statements.decide(line, entries or ())
        closed = services.statements.close_months()
        found = services.statements.matches()
    if as_json:
        from assistant.wire.statements import StatementLineJson

        print_json([StatementLineJson.of(entry) for entry in found.lines])
        return
    chosen = [entry for entry in found.lines if line in (None, entry.entry.id)]
    print_table(("line", "text", "amount", "state", "orders", "why"), [_matched_cells(entry) for entry in chosen], right=(2,))
    for month in closed:
        print_text(with_undo(translated("{month} of {card} is reconciled and closed.", month=month.month, card=month.card)))


def _matched_cells(entry: "MatchedLine") -> tuple[str, ...]:
    shown = (entry.match,) if entry.match else entry.candidates
    orders = translated(" or ").join(", ".join(dict.fromkeys(charge.number for charge in candidate.charges)) for candidate in shown)
    why = f"{', '.join(entry.match.reasons)} ({entry.match.score})" if entry.match else ""
    return (
        entry.entry.id,
        entry.entry.line.text[:30],
        shown_amount(entry.entry.line.amount),
        shown_word(entry.state.value),
        orders[:60],
        why,
    )


@app.command("close")
def close(
    context: typer.Context,
    card: Annotated[str, typer.Argument(metavar="CARD", help="The card, like visa/1234.")],
    month: Annotated[str, typer.Argument(metavar="MONTH", help="The month, like 2025-03.")],
) -> None:
    """Close a changed month again, in its present state."""
    with services_of(context) as services:
        services.statements.accept_changes(card, month)
    print_text(with_undo(translated("{month} of {card} is closed as it is now.", month=month, card=card)))


@app.command("unmatched")
def unmatched(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List lines that no charge fits, lines that several fit, and charges that are on no statement. Exit 1 if there are any."""
    with services_of(context) as services:
        found = services.statements.matches()
    from assistant.wire.statements import UnmatchedJson

    open_ = UnmatchedJson.of(found)
    if as_json:
        print_json(open_)
    else:
        lines = [entry for entry in found.lines if entry.state.value in {"tied", "unmatched"}]
        if lines:
            print_table(("line", "text", "amount", "state", "orders", ""), [_matched_cells(entry) for entry in lines], right=(2,))
        if found.missing:
            print_text(translated("On no statement:"))
            print_table(
                ("date", "order", "account", "amount", "card", "entry"), [_charge_row(charge) for charge in found.missing], right=(3,)
            )
        if not lines and not found.missing:
            print_text(translated("Every line has its charge, and every charge its line."))
    raise typer.Exit(1 if open_.lines or open_.charges else 0)


def _charge_row(charge: "CardCharge") -> tuple[str, ...]:
    card = f"{charge.network or translated('card')}/{charge.last4}" if charge.last4 else ""
    return shown_day(charge.on), charge.number, charge.account, shown_amount(charge.money), card, charge.entry
