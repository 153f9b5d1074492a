"""`shopper import`: files, folders, zips and saved pages into the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.imports.progress import shown
from assistant.cli.open_services import services_of

if TYPE_CHECKING:
    from assistant.domain.views import ImportResult

_SHOWN = 10


def take(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", readable=False, help="Export zips or folders, CSV files, mailboxes, saved pages.")
    ],
    account: Annotated[str | None, typer.Option("--account", help="Whose orders these are; an unknown name becomes a new account.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import what Amazon hands out. Importing the same again changes nothing."""
    with shown(paths[0].name or str(paths[0])) as course:
        try:
            with services_of(context) as services:
                before = {entry.key for entry in services.accounts.all()}
                results = services.ingest.take_paths(paths, account=account, dry_run=dry_run, watch=course)
                warned = 0 if dry_run else services.afterwards.catch_up()
                earlier = 0 if dry_run else len(services.afterwards.misplaced(results))
                if not dry_run:
                    services.filing.catch_up_newest()
                fresh = [entry for entry in services.accounts.all() if entry.key not in before]
        except KeyboardInterrupt:
            raise _cancelled(0 if dry_run else course.kept) from None
    for entry in fresh:
        say(f"New account '{entry.label}' ({entry.key}, {entry.purpose}). Change it with 'shopper accounts edit {entry.key}'.")
    if as_json:
        from assistant.wire.imports import import_json

        print_json({"items": [import_json(result) for result in results], "next": None, "total": len(results)})
    else:
        for result in results:
            _tell(result, dry_run=dry_run)
        _tell_misplaced(warned, earlier)
    if all(result.state == "failed" for result in results):
        raise typer.Exit(3)
    raise typer.Exit(1 if any(result.problems or result.state != "read" for result in results) else 0)


def _tell_misplaced(warned: int, earlier: int) -> None:
    if warned:
        print_text(f"{warned} recent {'purchase is' if warned == 1 else 'purchases are'} worth a look: shopper alerts")
    if earlier:
        print_text(f"{earlier} earlier {'purchase looks' if earlier == 1 else 'purchases look'} misplaced: shopper alerts --past")


def _cancelled(kept: int) -> typer.Exit:
    """Say what a cancelled import left behind, and return how to leave."""
    if not kept:
        say("Cancelled. Nothing was imported.")
        return typer.Exit(3)
    were = "1 document was imported before and stays" if kept == 1 else f"{kept} documents were imported before and stay"
    say(f"Cancelled. {were}; the rest was left alone.")
    return typer.Exit(1)


def _tell(result: "ImportResult", *, dry_run: bool) -> None:
    if result.state == "failed":
        print_text(f"{result.name}: not imported.")
    elif result.state == "parked":
        print_text(f"{result.name}: kept aside; its account is not registered. Link it with 'shopper accounts link'.")
    else:
        would = "would bring" if dry_run else "brought"
        where = f" to {result.account}" if result.account else ""
        print_text(f"{result.name}: {would} {result.new} new, {result.changed} changed, {result.same} known orders{where}.")
    for held in result.held[:_SHOWN]:
        print_text(f"  ! {held.number} is in quarantine, no total counts it: {held.reasons[0].text} 'shopper imports' says what to do.")
    for problem in result.problems[:_SHOWN]:
        print_text(f"  ! {problem.where}: {problem.text} ({problem.code})")
    if len(result.problems) > _SHOWN:
        print_text(f"  ! and {len(result.problems) - _SHOWN} more; --json shows them all.")
