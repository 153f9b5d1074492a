"""`shopper imports`: list and remove imports, confirm an order in quarantine, list and import what waits in the drop folder."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say_rest, shown_moment
from assistant.cli.filter_flags import CursorFlag, FilterText, JsonFlag, LimitFlag, search_filter
from assistant.cli.open_services import services_of
from assistant.domain.errors import LedgerUnusable
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.documents import Held, ImportResult, WaitingFile

app = typer.Typer(help="List imports and orders in quarantine, remove an import, confirm an order. Exit 1 while an order is in quarantine.")
_NAMED = 3
_EMPTY = to_translate("Nothing was imported yet. Import Amazon's export with 'shopper import FILE', or pair a browser with 'shopper pair'.")
_NEXT = to_translate(
    "Open the order on Amazon in a paired browser, correct it with 'shopper order', or, if it is correct: shopper imports confirm {order}"
)


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    text: FilterText = None,
    limit: LimitFlag = 20,
    cursor: CursorFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """List imports, newest first, and every order in quarantine."""
    if context.invoked_subcommand is not None:
        return
    wanted = search_filter(context, text)
    with services_of(context) as services:
        if wanted is None:
            page = services.imports.imports(cursor=cursor, limit=limit)
        else:
            from assistant.domain.rows.row_facts import import_facts
            from assistant.services.row_search import every, part_of, search

            results = every(lambda after: services.imports.imports(cursor=after))
            found = search(results, import_facts, wanted, what="imports", accounts=services.accounts)
            page = part_of(found, cursor, limit)
        held = services.quarantine.all()
        dropped = services.drop_folder.waiting().waiting if wanted is None and not as_json else ()
    if as_json:
        from assistant.wire.imports import HeldJson, ImportJson
        from assistant.wire.shape import PageJson, builtins

        print_json(builtins(PageJson.of(page, ImportJson)) | {"quarantine": [HeldJson.of(entry) for entry in held]})
    elif not page.items and wanted is not None:
        print_text(translated("No import matches."))
    elif not page.items:
        print_text(
            translated(
                "Nothing was imported yet. Import Amazon's export with 'shopper import FILE', or pair a browser with 'shopper pair'."
            )
        )
    else:
        print_table(("", "when", "account", "what", "kind", "orders", "unread"), [_import_cells(result) for result in page.items])
        _print_held(held)
        say_rest(len(page.items), page.total, page.next)
    _print_dropped([entry.name for entry in dropped])
    raise typer.Exit(1 if held else 0)


@app.command("confirm")
def confirm(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number, as shown by 'shopper imports'.")],
    account: Annotated[str | None, typer.Option("--account", help="Its account, if several have this number.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Confirm that an order in quarantine is correct, so that totals count it."""
    with services_of(context) as services:
        held = services.quarantine.confirm(number, account)
        if as_json:
            from assistant.wire.orders import OrderViewJson

            print_json(OrderViewJson.of(services.ledger.order(held.account, held.number)))
            return
    print_text(translated("{order} ({account}) now counts in totals.", order=held.number, account=held.account))


@app.command("remove")
def remove(context: typer.Context, number: Annotated[int, typer.Argument(metavar="ID", help="Its number in 'shopper imports'.")]) -> None:
    """Remove an import; orders that other imports contain stay. 'shopper undo' restores it."""
    with services_of(context) as services:
        name = services.removal.remove(number)
    print_text(translated("'{name}' is removed. To restore it: shopper undo", name=name))


@app.command("waiting")
def waiting(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List the files in the drop folder, and what each waits for. Exit 1 if a file needs you."""
    with services_of(context) as services:
        found = services.drop_folder.waiting()
    need = [entry for entry in found.waiting if entry.reason or not entry.account]
    if as_json:
        from assistant.wire.imports import DroppedFilesJson

        print_json(DroppedFilesJson.of(found))
    elif found.problem:
        print_text(found.problem)
    elif found.waiting:
        print_table(("file", "account", "why"), [(entry.name, entry.account or "", _why_it_waits(entry)) for entry in found.waiting])
        print_text(translated("Drop folder: {folder}", folder=found.folder))
    else:
        print_text(translated("Nothing waits in the drop folder {folder}.", folder=found.folder))
    if need and not as_json:
        print_text(translated("To import one: shopper imports take FILE ACCOUNT"))
    raise typer.Exit(1 if need or found.problem else 0)


def _why_it_waits(entry: "WaitingFile") -> str:
    if entry.reason:
        return entry.reason
    return translated("is imported while Shopper runs") if entry.account else translated("whose is it?")


@app.command("take")
def take_waiting(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="FILE", help="Its name in 'shopper imports waiting'.")],
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Whose orders these are: key or name.")],
    as_json: JsonFlag = False,
) -> None:
    """Import a file that waits in the drop folder, also if another account has its orders. 'shopper undo' reverses it."""
    from assistant.cli.imports.import_files import look_back, print_misplaced, print_result

    with services_of(context) as services:
        result = services.drop_folder.take(name, account)
        afterwards = look_back(services, [result])
    if as_json:
        from assistant.wire.imports import ImportJson

        print_json(ImportJson.of(result))
    else:
        print_result(result, dry_run=False)
        if isinstance(afterwards, tuple):
            print_misplaced(*afterwards)
    if isinstance(afterwards, LedgerUnusable):
        raise afterwards
    raise typer.Exit(1 if result.problems or result.held else 0)


def _import_cells(result: "ImportResult") -> tuple[str, ...]:
    states = {"failed": translated("not read"), "parked": translated("waits for its account")}
    brought = states.get(result.state) or translated("{new} new, {changed} changed", new=result.new, changed=result.changed)
    return (
        str(result.id),
        shown_moment(result.at),
        result.account or "",
        result.name[-50:],
        shown_word(result.kind),
        brought,
        str(len(result.problems) or ""),
    )


def _print_dropped(names: list[str]) -> None:
    if not names:
        return
    shown = ", ".join(f"'{name}'" for name in names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    print_text(
        translated_count(
            "{count} file waits in the drop folder ({names}): shopper imports waiting",
            "{count} files wait in the drop folder ({names}): shopper imports waiting",
            len(names),
            names=shown,
        )
    )


def _print_held(held: "list[Held]") -> None:
    if not held:
        return
    print_text(f"\n{translated('In quarantine, not counted in totals: {count}', count=len(held))}")
    for entry in held:
        for reason in entry.reasons:
            print_text(f"  ! {entry.number} ({entry.account}): {reason.text}")
        print_text(f"    {translated(_NEXT, order=entry.number)}")
