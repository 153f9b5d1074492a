"""`shopper receipts`: evidence for tax years, attached to orders."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.cli.orders.order import owner_of

app = typer.Typer(name="receipts", help="Attach receipts to orders; packs of tax years contain them.", no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")]


@app.command("add")
def add(
    context: typer.Context,
    number: Number,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDFs, images or mails. They stay where they are.")],
    item: Annotated[int | None, typer.Option("--item", min=1, help="One item, counted from 1; without it the whole order.")] = None,
    account: Annotated[str | None, typer.Option("--account", help="Its account, if several have this number.")] = None,
) -> None:
    """Attach receipts to an order: one per seller's invoice, credit notes too."""
    with services_of(context) as services:
        found = services.receipts.add(account or owner_of(services, number), number, files, item)
    for receipt in found:
        print_text(f"{number}: {receipt.name} ({receipt.sha256[:12]}). To reverse this: shopper undo")


@app.command("list")
def list_receipts(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List all receipts and check their files. Exit 1 if one was changed or is gone."""
    with services_of(context) as services:
        found = services.receipts.all()
    if as_json:
        from assistant.wire.taxes import ReceiptJson

        print_json(
            [ReceiptJson(r.number, r.item, r.sha256, r.name, str(r.path), each.state.value) for each in found for r in (each.receipt,)]
        )
    elif found:
        rows = [(each.receipt.number, each.receipt.name, each.receipt.sha256[:12], each.state.value) for each in found]
        print_table(("order", "receipt", "sha256", "file is"), rows)
    else:
        print_text("No receipts. Attach one: shopper receipts add ORDER FILE")
    if any(each.state.value != "there" for each in found):
        raise typer.Exit(1)


@app.command("remove")
def remove(
    context: typer.Context, number: Number, sha256: Annotated[str, typer.Argument(metavar="SHA256", help="The hash, or its start.")]
) -> None:
    """Detach a receipt from an order. Its file stays."""
    with services_of(context) as services:
        services.receipts.remove(number, sha256)
    print_text(f"{number}: detached. To reverse this: shopper undo")


@app.command("find")
def find(context: typer.Context, folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to look, and below.")]) -> None:
    """Find receipts that moved, by their hash."""
    with services_of(context) as services:
        found = services.receipts.find(folder)
    for receipt in found:
        print_text(f"{receipt.number}: {receipt.path}")
    if not found:
        print_text("Nothing was found that is missing.")


@app.command("purpose")
def purpose(
    context: typer.Context,
    category: Annotated[str, typer.Argument(metavar="CATEGORY", help="A category of items, like office.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Why such things are bought for the business.")],
) -> None:
    """Say once why things of a category are bought for the business; packs print it beside every item."""
    with services_of(context) as services:
        services.receipts.remember_purpose(category, text)
    print_text(f"{category}: {text}. To reverse this: shopper undo")
