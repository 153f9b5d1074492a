"""`shopper receipts`: evidence for tax years, attached to orders."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, say, shown_amount, shown_day, with_undo
from assistant.cli.filter_flags import JsonFlag, PeriodFlags, Words, YearFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.cli.orders.order import owner_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.taxes.missing_receipts import MissingReceipt
    from assistant.services.taxes.receipt_sources import Collected

app = typer.Typer(name="receipts", help="Attach receipts to orders; packs of tax years contain them.", no_args_is_help=True)
_MANY, _TITLE = 20, 50
Number = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")]


@app.command("add")
def add(
    context: typer.Context,
    number: Number,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="PDFs, images or mails. They stay where they are; a copy goes into the data folder."),
    ],
    item: Annotated[int | None, typer.Option("--item", min=1, help="One item, counted from 1; without it the whole order.")] = None,
    account: Annotated[str | None, typer.Option("--account", help="Its account, if several have this number.")] = None,
) -> None:
    """Attach receipts to an order: one per seller's invoice, credit notes too."""
    with services_of(context) as services:
        found = services.receipts.add(account or owner_of(services, number), number, files, item)
    for receipt in found:
        print_text(with_undo(f"{number}: {receipt.name} ({receipt.sha256[:12]})."))
    problems = [(receipt.name, receipt.problem) for receipt in found if receipt.problem]
    for name, problem in problems:
        said = translated(problem.said)
        say(translated("{name} {problem}. A pack keeps it as a file, not as pages.", name=name, problem=said))
    if problems:
        raise typer.Exit(1)


@app.command("list")
def list_receipts(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all receipts and check their files. Exit 1 if one was changed or is gone."""
    from assistant.domain.filters import Filter

    with services_of(context) as services:
        found = services.receipts.all()
        count = None if as_json else services.receipts.count(Filter())
    if as_json:
        from assistant.wire.taxes import ReceiptJson

        print_json(
            [ReceiptJson(r.number, r.item, r.sha256, r.name, str(r.path), each.state, r.problem) for each in found for r in (each.receipt,)]
        )
    elif found:
        rows = [(each.receipt.number, each.receipt.name, each.receipt.sha256[:12], shown_word(each.state.value)) for each in found]
        print_table(("order", "receipt", "sha256", "file is"), rows)
    else:
        print_text(
            translated("No receipts. Attach one: shopper receipts add ORDER FILE, or all of a folder: shopper receipts collect FOLDER")
        )
    if count is not None:
        say(translated("{said} 'shopper receipts missing' lists them.", said=count.said) if count.missing else count.said)
    if any(each.state.value != "there" for each in found):
        raise typer.Exit(1)


@app.command("collect")
def collect(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, mails and mailboxes.")],
) -> None:
    """Attach every invoice in files, folders and mails to the order that it names. Exit 1 if a file could not be attached."""
    with services_of(context) as services:
        found = services.receipt_sources.collect(paths)
    _print_collected(found, translated_count("{count} attached", "{count} attached", len(found.attached)))


@app.command("print")
def print_pages(
    context: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[ORDER]...", help="Orders; default: all business orders.")] = None,
    year: YearFlag = None,
) -> None:
    """Print kept pages of orders and invoices to PDF and attach them. Pages are kept when a browser shows them or a file is imported."""
    with services_of(context) as services:
        found = services.receipt_sources.print_pages(numbers or (), PeriodFlags(year=year).chosen(), _say_progress)
    _print_collected(found, translated_count("{count} printed", "{count} printed", len(found.attached)))


def _say_progress(done: int, total: int) -> None:
    if total > _MANY and done % _MANY == 0:
        say(translated("Pages: {done} of {total}. Ctrl+C stops; then nothing is attached.", done=done, total=total))


def _print_collected(found: "Collected", done: str) -> None:
    for receipt in found.attached:
        print_text(f"{receipt.number}: {receipt.name} ({receipt.sha256[:12]})")
    said = translated("{done}, {known} known before.", done=done, known=found.known)
    print_text(with_undo(said) if found.attached else said)
    for left in found.left:
        say(f"{left.name} {left.why}.")
    if found.left:
        raise typer.Exit(1)


@app.command("missing")
@with_flags
def missing(context: typer.Context, words: Words = None, *, flags: PeriodFlags, as_json: JsonFlag = False) -> None:
    """List the business orders that have no receipt, largest amounts first. Exit 1 if there are any."""
    with services_of(context) as services:
        found = services.receipts.count(flags.chosen(words))
    if as_json:
        from assistant.wire.taxes import ReceiptCountJson

        print_json(ReceiptCountJson.of(found))
    else:
        rows = [
            (each.number, each.account, shown_day(each.on), shown_amount(each.amount), each.title[:_TITLE], _fix(each))
            for each in found.missing
        ]
        if rows:
            print_table(("order", "account", "day", "amount", "item", "add it with"), rows, right=(3,))
        print_text(found.said)
    if found.missing:
        raise typer.Exit(1)


def _fix(each: "MissingReceipt") -> str:
    return f"shopper receipts print {each.number}" if each.page_kept else f"shopper receipts add {each.number} FILE"


@app.command("remove")
def remove(
    context: typer.Context, number: Number, sha256: Annotated[str, typer.Argument(metavar="SHA256", help="The hash, or its start.")]
) -> None:
    """Detach a receipt from an order. Its file stays."""
    with services_of(context) as services:
        services.receipts.remove(number, sha256)
    print_text(with_undo(translated("{order}: detached.", order=number)))


@app.command("find")
def find(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Folder to search with its subfolders; default: the stored copies.")
    ] = None,
) -> None:
    """Find receipts that moved, by their hash."""
    with services_of(context) as services:
        found = services.receipts.find(folder)
    for receipt in found:
        print_text(f"{receipt.number}: {receipt.path}")
    if not found:
        print_text(translated("Nothing was found that is missing."))


@app.command("purpose")
def purpose(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="[CATEGORY] TEXT", help="A category of items, like office, and why it is bought.")],
    seller: Annotated[str | None, typer.Option("--seller", help="Store it for everything from this seller instead.")] = None,
    order: Annotated[str | None, typer.Option("--order", help="Store it for one order instead.")] = None,
) -> None:
    """Store once why items of a category or seller are bought for the business; packs print it beside each item."""
    from assistant.domain.taxes.evidence import PurposeScope

    scopes = {PurposeScope.SELLER: seller, PurposeScope.ORDER: order, PurposeScope.CATEGORY: words[0] if len(words) > 1 else None}
    named = [(scope, value) for scope, value in scopes.items() if value is not None]
    if len(named) != 1:
        raise InvalidInput(
            translated("Name one category, or one --seller, or one --order: shopper receipts purpose office 'paper for client drafts'")
        )
    scope, value = named[0]
    text = " ".join(words[1:] if scope is PurposeScope.CATEGORY else words)
    with services_of(context) as services:
        services.receipts.remember_purpose(value, text, scope)
    print_text(with_undo(f"{value}: {text}."))
