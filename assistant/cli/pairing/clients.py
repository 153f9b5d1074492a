"""`shopper clients`: list and revoke paired clients."""

from typing import Annotated

import typer

from assistant.cli.console import print_json, print_table, print_text, shown_day, shown_moment
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of
from assistant.domain.languages.translating import translated

app = typer.Typer(help="Paired browsers and programs: list and revoke them.", no_args_is_help=True)


@app.command("list")
def show(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List paired clients."""
    with services_of(context) as services:
        found = services.pairing.clients()
    if as_json:
        from assistant.wire.pairing import ClientJson

        print_json({"items": [ClientJson.of(client) for client in found], "next": None, "total": len(found)})
    elif found:
        rows = [
            (
                client.id,
                client.name,
                ", ".join(scope.value for scope in client.scopes),
                shown_day(client.created_at.astimezone().date()),
                shown_moment(client.last_used_at) if client.last_used_at else translated("never"),
                client.origin or "",
            )
            for client in found
        ]
        print_table(("id", "name", "may", "since", "last seen", "origin"), rows)
    else:
        print_text(translated("No browser is paired yet. 'shopper pair' shows a code to type into the extension."))


@app.command("revoke")
def revoke(context: typer.Context, client: Annotated[str, typer.Argument(help="Its id, or its name if only one has it.")]) -> None:
    """Revoke a client; its next request is refused."""
    with services_of(context) as services:
        known = services.pairing.clients()
        named = [entry for entry in known if client in (entry.id, entry.name)]
        if len(named) > 1:
            from assistant.domain.errors import InvalidInput

            raise InvalidInput(
                translated(
                    "{count} clients are called '{name}'. Give the id: 'shopper clients list' shows it.", count=len(named), name=client[:60]
                )
            )
        services.pairing.revoke(named[0].id if named else client)
        print_text(translated("{name} can no longer use the server.", name=named[0].name if named else client))
