"""`shopper pair`: show a code to pair a browser."""

import typer

from assistant.cli.console import print_json, print_text, say
from assistant.cli.filter_flags import JsonFlag
from assistant.cli.open_services import services_of, settings_of
from assistant.domain.languages.translating import translated


def pair(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Show a code to type into the extension, valid once and for two minutes."""
    from assistant.domain.pairing import CODE_LIFE
    from assistant.server.running import find_server
    from assistant.settings import STANDARD_PORT
    from assistant.wire.pairing import PairingCodeJson

    settings = settings_of(context)
    with services_of(context) as services:
        code = services.pairing.open_code()
    if as_json:
        print_json(PairingCodeJson.of(code))
    else:
        seconds = int(CODE_LIFE.total_seconds())
        left = f"{seconds // 60}:{seconds % 60:02d}"
        print_text(translated("Type {code} in the extension. {left} left.", code=code.code, left=left))
    running = find_server(settings)
    if running is None:
        say(translated("No server runs on this data folder yet. Start 'shopper' or 'shopper serve' first."))
    elif running.port != STANDARD_PORT:
        say(translated("The server listens on port {port}: type that number in the extension too.", port=running.port))
