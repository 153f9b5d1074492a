"""`shopper serve`: the server alone, in the foreground."""

import typer

from assistant.cli.console import say
from assistant.cli.open_services import services_of, settings_of


def serve(context: typer.Context) -> None:
    """Run the local server until Ctrl+C or SIGTERM; browsers and the terminal app talk to it."""
    from assistant.domain.errors import KeyringAway
    from assistant.domain.pairing import LocalPass
    from assistant.server.run import run
    from assistant.vault import drop_token, keep_token, stored_token

    settings = settings_of(context)
    with services_of(context) as services:
        left = str(LocalPass(services.pairing.mint("terminal app"), services.pairing.proof_key))

        def ready(port: int) -> None:
            try:
                keep_token(settings.home, left)
            except KeyringAway as error:
                say(f"The terminal app will not find this server: {error}")
            say(f"Shopper answers at http://127.0.0.1:{port}/api/v1. Stop it with Ctrl+C.")

        try:
            run(services, settings.port, ready)
        finally:
            if stored_token(settings.home) == left:
                drop_token(settings.home)
