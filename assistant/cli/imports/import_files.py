"""`shopper import`: import files, folders, zips and saved pages."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.imports.progress import shown
from assistant.cli.open_services import services_of
from assistant.domain.errors import LedgerUnusable

if TYPE_CHECKING:
    from assistant.bootstrap import Services
    from assistant.domain.documents import ImportResult

_SHOWN = 10


def take(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Export zips or folders, CSV files, mailboxes, saved pages.")
    ],
    account: Annotated[str | None, typer.Option("--account", help="Whose orders these are: key or name.")] = None,
    new_account: Annotated[bool, typer.Option("--new-account", help="Register the account if its name is new.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen and store nothing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import Amazon exports, reports, mails and saved pages. Importing the same again changes nothing."""
    asking = sys.stdin.isatty() and not as_json
    if account is not None and not new_account and asking:
        new_account = _asked_to_register(context, account)
    with shown(paths[0].name or str(paths[0])) as course:
        try:
            with services_of(context) as services:
                before = {entry.key for entry in services.accounts.all()}
                allow = _asked_to_store if asking else _named
                results = services.imports.take_paths(
                    paths,
                    account=account,
                    new_account=new_account,
                    dry_run=dry_run,
                    watch=course,
                    allow=allow,
                )
                afterwards = None if dry_run else _look_back(services, results)
                mailed = [] if dry_run else _invoices_in_mails(services, paths, results)
                fresh = [entry for entry in services.accounts.all() if entry.key not in before]
        except KeyboardInterrupt:
            raise _cancelled(0 if dry_run else course.kept) from None
    for line in mailed:
        say(line)
    for entry in fresh:
        say(f"New account '{entry.label}' ({entry.key}, {entry.purpose}). Change it with 'shopper accounts edit {entry.key}'.")
    if as_json:
        _print_json(results)
    else:
        for result in results:
            _print_result(result, dry_run=dry_run)
        if isinstance(afterwards, tuple):
            _print_misplaced(*afterwards)
    if isinstance(afterwards, LedgerUnusable):
        # The files were imported nevertheless.
        raise afterwards
    if all(result.state == "failed" for result in results):
        raise typer.Exit(3)
    raise typer.Exit(1 if any(result.problems or result.known_elsewhere or result.state != "read" for result in results) else 0)


def _look_back(services: "Services", results: "list[ImportResult]") -> tuple[int, int] | LedgerUnusable:
    """Return how many past purchases got a warning, and how many had one before; or why that could not be saved."""
    try:
        found = services.retrospective.catch_up(), len(services.retrospective.misplaced(results))
        services.categories.catch_up_newest()
    except LedgerUnusable as error:
        return error
    return found


def _invoices_in_mails(services: "Services", paths: list[Path], results: "list[ImportResult]") -> list[str]:
    """Attach the invoices that came with mails to their orders; return what to say about it."""
    if all(result.kind != "email" for result in results):
        return []
    attached, left = services.receipt_sources.collect_from_mails(paths)
    lines = [f"{attached} receipts of these mails are attached to their orders: shopper receipts list"] if attached else []
    return [*lines, *left]


def _print_json(results: "list[ImportResult]") -> None:
    from assistant.wire.imports import ImportJson, KnownOrderJson

    elsewhere = dict.fromkeys(known for result in results for known in result.known_elsewhere)
    print_json(
        {
            "items": [ImportJson.of(result) for result in results],
            "next": None,
            "total": len(results),
            "known_elsewhere": [KnownOrderJson(owner, number) for owner, number in elsewhere],
        }
    )


def _asked_to_register(context: typer.Context, name: str) -> bool:
    """Ask whether to register a new account; return the answer."""
    from assistant.domain.errors import NotFound

    with services_of(context) as services:
        try:
            services.accounts.get(name)
        except NotFound as unknown:
            return typer.confirm(f"{unknown} Register '{name}' as a new account?", err=True)
    return False


def _named(result: "ImportResult") -> bool:
    """List the orders that another account also has, before they are stored."""
    from assistant.services.imports.import_files import known_elsewhere_text

    say(known_elsewhere_text(result))
    return True


def _asked_to_store(result: "ImportResult") -> bool:
    _named(result)
    return typer.confirm(f"Store them under {result.account} too?", err=True)


def _print_misplaced(warned: int, earlier: int) -> None:
    if warned:
        print_text(f"{warned} recent {'purchase is' if warned == 1 else 'purchases are'} worth checking: shopper alerts")
    if earlier:
        print_text(f"{earlier} earlier {'purchase looks' if earlier == 1 else 'purchases look'} misplaced: shopper alerts --past")


def _cancelled(kept: int) -> typer.Exit:
    """Report what a cancelled import stored, and return the exit to raise."""
    if not kept:
        say("Cancelled. Nothing was imported.")
        return typer.Exit(3)
    were = "1 document was already imported and stays" if kept == 1 else f"{kept} documents were already imported and stay"
    say(f"Cancelled. {were}; the rest was not imported.")
    return typer.Exit(1)


def _print_result(result: "ImportResult", *, dry_run: bool) -> None:
    if result.state == "failed":
        print_text(f"{result.name}: not imported.{' Nothing was stored.' if result.known_elsewhere else ''}")
    elif result.state == "parked":
        print_text(f"{result.name}: waits for its account. Link its customer id with 'shopper accounts link'.")
    else:
        would = "would bring" if dry_run else "brought"
        where = f" to {result.account}" if result.account else ""
        print_text(f"{result.name}: {would} {result.new} new, {result.changed} changed, {result.same} known orders{where}.")
    for held in result.held[:_SHOWN]:
        print_text(f"  ! {held.number} is in quarantine, not counted in totals: {held.reasons[0].text} 'shopper imports' says what to do.")
    for problem in result.problems[:_SHOWN]:
        print_text(f"  ! {problem.where}: {problem.text} ({problem.code})")
    if len(result.problems) > _SHOWN:
        print_text(f"  ! and {len(result.problems) - _SHOWN} more; --json shows them all.")
