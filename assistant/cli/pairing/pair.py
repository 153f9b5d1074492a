"""`shopper pair`: show a code to pair a browser."""

import socket
from contextlib import suppress

import typer

from assistant.cli.console import print_json, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of

_PATIENCE = 0.5


def pair(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Show a code to type into the extension, valid once and for two minutes."""
    from assistant.domain.pairing import CODE_LIFE
    from assistant.wire.pairing import PairingCodeJson

    with services_of(context) as services:
        code = services.pairing.open_code()
    if as_json:
        print_json(PairingCodeJson.of(code))
    else:
        seconds = int(CODE_LIFE.total_seconds())
        print_text(f"Type {code.code} in the extension. {seconds // 60}:{seconds % 60:02d} left.")
    port = settings_of(context).port
    if port and not _answers(port):
        say(f"Nothing answers on port {port} yet. Start 'shopper' or 'shopper serve' first, or give its --port.")


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), _PATIENCE):
        return True
    return False
