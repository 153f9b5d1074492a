"""`shopper import`: import files, folders, zips and saved pages."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import is_confirmed, print_json, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.imports.progress import shown
from assistant.cli.open_services import services_of
from assistant.domain.errors import LedgerBusy, LedgerUnusable
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count

if TYPE_CHECKING:
    from assistant.bootstrap import Services
    from assistant.domain.accounts.account import Account
    from assistant.domain.documents import ImportResult

_SHOWN = 10
_TRIES = 60
"""How often to wait five seconds for another import that is being stored."""


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
                    tries=_TRIES,
                    watch=course,
                    allow=allow,
                )
                afterwards = None if dry_run else look_back(services, results)
                mailed = [] if dry_run else _invoices_in_mails(services, paths, results)
                fresh = [entry for entry in services.accounts.all() if entry.key not in before]
        except KeyboardInterrupt:
            raise _cancelled(0 if dry_run else course.kept) from None
    for line in mailed:
        say(line)
    _say_new(fresh)
    if as_json:
        _print_json(results)
    else:
        _print_all(results, dry_run=dry_run)
        if isinstance(afterwards, tuple):
            print_misplaced(*afterwards)
    if isinstance(afterwards, LedgerUnusable):
        # The files were imported nevertheless.
        raise afterwards
    raise typer.Exit(_exit_code(results))


def _exit_code(results: "list[ImportResult]") -> int:
    """Return 3 if no file was read, 1 if something needs a person, else 0."""
    if all(result.state == "failed" for result in results):
        return 3
    return int(any(result.problems or result.known_elsewhere or result.state != "read" for result in results))


def _say_new(fresh: "list[Account]") -> None:
    """Say which accounts were registered by this import."""
    for entry in fresh:
        say(
            translated(
                "New account '{account}' ({key}, {purpose}). Change it with 'shopper accounts edit {key}'.",
                account=entry.label,
                key=entry.key,
                purpose=shown_purpose(entry.purpose),
            )
        )


def look_back(services: "Services", results: "list[ImportResult]") -> tuple[int, int] | LedgerUnusable:
    """Return how many past purchases got a warning, and how many had one before; or why that could not be saved."""
    failure: LedgerUnusable
    for _ in range(_TRIES):
        try:
            found = services.retrospective.catch_up(), len(services.retrospective.look_back(results).misplaced)
            services.categories.catch_up_newest()
        except LedgerBusy as error:
            # What was done before another program began to write is not done again.
            failure = error
        except LedgerUnusable as error:
            return error
        else:
            return found
    return failure


def _invoices_in_mails(services: "Services", paths: list[Path], results: "list[ImportResult]") -> list[str]:
    """Attach the invoices that came with mails to their orders; return what to say about it."""
    if all(result.kind != "email" for result in results):
        return []
    attached, left = services.receipt_sources.collect_from_mails(paths)
    said = translated_count(
        "{count} receipt of these mails is attached to its order: shopper receipts list",
        "{count} receipts of these mails are attached to their orders: shopper receipts list",
        attached,
    )
    return [*([said] if attached else []), *left]


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
            return is_confirmed(translated("{unknown} Register '{name}' as a new account?", unknown=unknown, name=name))
    return False


def _named(result: "ImportResult") -> bool:
    """List the orders that another account also has, before they are stored."""
    from assistant.services.imports.import_files import known_elsewhere_text

    say(known_elsewhere_text(result))
    return True


def _print_all(results: "list[ImportResult]", *, dry_run: bool) -> None:
    """Print what each document brought, then what becomes of orders that another account has, too."""
    for result in results:
        print_result(result, dry_run=dry_run)
    known = {(result.account, owner): result for result in results for owner, _ in result.known_elsewhere if result.state == "read"}
    for mine, other in () if dry_run else known:
        print_text(
            translated(
                "What {mine} and {other} both have is kept under both and counted once: 'shopper questions' lists it. "
                "If both are one account: shopper accounts merge {mine} --into {other}. If {mine} was a mistake: shopper undo",
                mine=mine,
                other=other,
            )
        )


def _asked_to_store(result: "ImportResult") -> bool:
    _named(result)
    return is_confirmed(translated("Store them under {account} too?", account=result.account))


def print_misplaced(warned: int, earlier: int) -> None:
    """Print how many of the imported purchases are worth a look."""
    if warned:
        print_text(
            translated_count(
                "{count} recent purchase is worth checking: shopper alerts",
                "{count} recent purchases are worth checking: shopper alerts",
                warned,
            )
        )
    if earlier:
        print_text(
            translated_count(
                "{count} earlier purchase looks misplaced: shopper alerts --past",
                "{count} earlier purchases look misplaced: shopper alerts --past",
                earlier,
            )
        )


def _cancelled(kept: int) -> typer.Exit:
    """Report what a cancelled import stored, and return the exit to raise."""
    if not kept:
        say(translated("Cancelled. Nothing was imported."))
        return typer.Exit(3)
    say(
        translated_count(
            "Cancelled. {count} document was already imported and stays; the rest was not imported.",
            "Cancelled. {count} documents were already imported and stay; the rest was not imported.",
            kept,
        )
    )
    return typer.Exit(1)


def print_result(result: "ImportResult", *, dry_run: bool) -> None:
    """Print what a document brought, or would bring, and what is wrong with it."""
    if result.state == "failed":
        print_text(
            translated("{name}: not imported. Nothing was stored.", name=result.name)
            if result.known_elsewhere
            else translated("{name}: not imported.", name=result.name)
        )
    elif result.state == "parked":
        print_text(translated("{name}: waits for its account. Link its customer id with 'shopper accounts link'.", name=result.name))
    else:
        print_text(_brought(result, dry_run=dry_run))
    for held in result.held[:_SHOWN]:
        print_text(
            "  ! "
            + translated(
                "{order} is in quarantine, not counted in totals: {reason} 'shopper imports' says what to do.",
                order=held.number,
                reason=held.reasons[0].text,
            )
        )
    for problem in result.problems[:_SHOWN]:
        print_text(f"  ! {problem.where}: {problem.text} ({problem.code})")
    if len(result.problems) > _SHOWN:
        print_text(f"  ! {translated('and {count} more; --json shows them all.', count=len(result.problems) - _SHOWN)}")


def _brought(result: "ImportResult", *, dry_run: bool) -> str:
    """Return what a file brought, or would bring."""
    facts = {"name": result.name, "new": result.new, "changed": result.changed, "same": result.same, "account": result.account}
    if dry_run:
        if result.account:
            return translated("{name}: would bring {new} new, {changed} changed, {same} known orders to {account}.", **facts)
        return translated("{name}: would bring {new} new, {changed} changed, {same} known orders.", **facts)
    if result.account:
        return translated("{name}: brought {new} new, {changed} changed, {same} known orders to {account}.", **facts)
    return translated("{name}: brought {new} new, {changed} changed, {same} known orders.", **facts)
