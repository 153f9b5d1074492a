"""`shopper autostart`: start the server when you log in, so that browsers are answered without an open terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.console import print_json, print_text
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import settings_of
from assistant.domain.languages.translating import translated

if TYPE_CHECKING:
    from assistant.settings import Settings


def autostart(
    context: typer.Context,
    change: Annotated[Literal["on", "off", "status"], typer.Argument(metavar="on|off|status")] = "status",
    as_json: JsonFlag = False,
) -> None:
    """Start the server at every login, or stop doing so. Your other flags (--home, --port, --database) are kept."""
    from assistant.server.running import find_server
    from assistant.services.autostart import find, turn_off, turn_on

    settings = settings_of(context)
    command = serve_command(settings)
    if change == "on":
        made = turn_on(command)
        print_text(_starts(made.kind, made.path))
        return
    if change == "off":
        removed = turn_off(command)
        print_text(
            translated("Removed: {files}", files=", ".join(map(str, removed)))
            if removed
            else translated("The server does not start at login. Nothing was changed.")
        )
        return
    found, running = find(command), find_server(settings)
    if as_json:
        file = {"kind": found.kind, "file": str(found.path)} if found else {"kind": None, "file": None}
        print_json({"state": "on" if found else "off", **file, "running": running is not None})
        return
    print_text(_starts(found.kind, found.path) if found else translated("The server does not start at login."))
    print_text(
        translated("It runs now (process {process}) at {address}.", process=running.pid, address=running.address)
        if running
        else translated("It does not run now.")
    )


def _starts(kind: str, file: Path) -> str:
    return translated("The server starts at every login ({kind}): {file}", kind=kind, file=file)


def serve_command(settings: "Settings") -> list[str]:
    """Return the command that serves with these settings: this Python, by its full path."""
    command = [sys.executable, "-P", "-m", "assistant"]
    if settings.own_home:
        command += ["--home", str(settings.home.expanduser().absolute())]
    if settings.database:
        command += ["--database", settings.database]
    if settings.own_port:
        command += ["--port", str(settings.port)]
    return [*command, "serve"]
