"""`shopper tui`: the terminal app, also in a browser or as lines of text."""

from typing import Annotated

import typer

from assistant.cli.lines import RUN, read_lines
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated


def tui(
    context: typer.Context,
    plain: Annotated[bool, typer.Option("--plain", help="Lines of text instead of screens, for screen readers.")] = False,
    web: Annotated[bool, typer.Option("--web", help="In a browser on this machine, with a link that works once.")] = False,
    account: Annotated[str, typer.Option("--account", help="Begin with the orders of this account: key or name.")] = "",
    web_port: Annotated[int, typer.Option("--web-port", min=0, max=65535, help="Port for --web; 0: any free one.")] = 0,
) -> None:
    """Open the terminal app, as 'shopper' alone does."""
    if plain and web:
        raise InvalidInput(translated("Use --plain or --web, not both."))
    if account and (plain or web):
        raise InvalidInput(translated("Use --account without --plain and --web: there a filter names the account."))
    if plain:
        raise typer.Exit(read_lines(context.obj, context.meta[RUN]))
    if web:
        from assistant.cli.web import serve_app

        raise typer.Exit(serve_app(context.obj, web_port))
    from assistant.cli.terminal import open_app

    raise typer.Exit(open_app(context.obj, account=account))
