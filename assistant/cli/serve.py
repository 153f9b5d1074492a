"""`shopper serve`: the server alone, in the foreground."""

import typer

from assistant.cli.console import say
from assistant.cli.open_services import services_of, settings_of
from assistant.domain.languages.translating import translated


def serve(context: typer.Context) -> None:
    """Run the local server until Ctrl+C or SIGTERM; browsers and the terminal app talk to it.

    If a server already runs on this data folder, its address is printed and nothing is started.
    """
    from assistant.domain.errors import KeyringAway
    from assistant.server.run import run
    from assistant.server.running import ServerLock, find_server

    settings = settings_of(context)
    with ServerLock(settings) as lock:
        while not lock.take():
            running = find_server(settings)
            if running is not None:
                say(
                    translated(
                        "Shopper already runs on this data folder (process {process}) at {address}. That server is used.",
                        process=running.pid,
                        address=running.address,
                    )
                )
                return
        with services_of(context) as services:

            def ready(port: int) -> None:
                try:
                    lock.publish(services, port)
                except KeyringAway as error:
                    say(translated("The terminal app will not find this server: {error}", error=error))
                say(translated("Shopper answers at {address}. Stop it with Ctrl+C.", address=f"http://127.0.0.1:{port}/api/v1"))

            try:
                run(services, settings.port, ready)
            finally:
                lock.withdraw(services)
