"""`shopper split`: share an order or an item between purposes."""

from typing import Annotated, Literal

import typer

from assistant.cli.console import print_text, with_undo
from assistant.cli.open_services import services_of
from assistant.cli.orders.order import owner_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.money import typed_share


def split(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")],
    parts: Annotated[
        list[str] | None,
        typer.Argument(metavar="PURPOSE=SHARE...", help="business=60%, or business=12.50; the rest stays what it is for now."),
    ] = None,
    account: Annotated[str | None, typer.Option("--account", help="Its account, if several have this number.")] = None,
    item: Annotated[int | None, typer.Option("--item", min=1, help="One item, counted from 1; without it the whole order.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Remove the split: everything has its account's purpose again.")] = False,
    new_purpose: Annotated[bool, typer.Option("--new-purpose", help="Create the purpose if it does not exist.")] = False,
    repeat: Annotated[
        Literal["item", "seller"] | None,
        typer.Option("--repeat", help="Repeat for this product, or for everything from this seller."),
    ] = None,
) -> None:
    """Share what an order or an item cost between purposes; refunds follow."""
    from assistant.services.books.splits import WantedSplit

    if bool(parts) == clear:
        raise InvalidInput(translated("Give the shares, like business=60%, or --clear to remove them."))
    with services_of(context) as services:
        owner = account or owner_of(services, number)
        wanted = WantedSplit(parts=tuple(typed_share(part) for part in parts or ()), item=item, new_purpose=new_purpose, repeat=repeat)
        services.splits.split(owner, number, wanted)
    said = translated("split removed") if clear else ", ".join(parts or ())
    print_text(with_undo(f"{number}: {said}."))
