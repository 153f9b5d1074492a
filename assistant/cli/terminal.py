"""`shopper`: the terminal app, with the server in the same process unless one already runs on this data folder."""

import asyncio
import os
import signal
import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Protocol

from assistant.cli.failures import exit_code_of
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.language import speak
from assistant.domain.languages.translating import translated
from assistant.settings import Settings, load
from assistant.settings.user_settings import chosen_language

if TYPE_CHECKING:
    from assistant.client import AssistantClient
    from assistant.server.running import RunningServer


_LEAVE = 0.5
"""Seconds that running requests may take once the user has left the app."""


class _Session:
    """The server of the app: its own, or the one that already runs on the data folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open = ExitStack()
        self._own: tuple[int, str] | None = None

    async def connect(self) -> "AssistantClient":
        """Return a new client of this folder's server, starting a server if none runs. Can be called again when that one has gone."""
        from assistant.client import AssistantClient
        from assistant.server.running import find_server

        while self._own is None and not await asyncio.to_thread(self._start):
            running = await asyncio.to_thread(find_server, self._settings)
            if running is not None:
                return await self._join(running)
        port, token = self._own or (0, "")
        return AssistantClient(port, token)

    async def _join(self, running: "RunningServer") -> "AssistantClient":
        """Return a client of a server that another process runs. Raises ServerAway or NotAuthorised."""
        from assistant.client import AssistantClient
        from assistant.domain.errors import DomainError, ServerAway
        from assistant.server.running import pass_of

        left = await asyncio.to_thread(pass_of, self._settings)
        if left is None:
            raise ServerAway(
                translated(
                    "Shopper runs on this folder already (process {process}), but its token cannot be read. Stop that one.",
                    process=running.pid,
                )
            )
        client = AssistantClient(running.port, left.token, left.proof_key)
        try:
            await client.accounts()
        except DomainError:
            await client.close()
            raise
        return client

    def _start(self) -> bool:
        """Start the server; return False if another process serves this folder."""
        from assistant.bootstrap import build
        from assistant.domain.errors import KeyringAway
        from assistant.server.limits import Limits
        from assistant.server.running import ServerLock
        from assistant.server.threaded_server import Server

        with ExitStack() as opening:
            lock = opening.enter_context(ServerLock(self._settings))
            if not lock.take():
                return False
            services = build(self._settings)
            opening.callback(services.close)
            opening.callback(lock.withdraw, services)
            server = opening.enter_context(Server(services, self._settings.port, Limits(leave=_LEAVE)))
            opening.callback(lock.hide)
            try:
                token = lock.publish(services, server.port)
            except KeyringAway:
                # Other programs cannot find this server, but the app can use it.
                token = services.pairing.mint("terminal app")
            self._own = server.port, token
            self._open = opening.pop_all()
        return True

    def close(self) -> None:
        """Stop the server that was started here, then close its ledger."""
        self._open.close()


class Connecting(Protocol):
    """Connects the app to a server."""

    async def connect(self) -> "AssistantClient":
        """Return a client of a running server."""


def run_app() -> int:
    """Run the terminal app with the settings of the environment, as `shopper` alone does; return the exit code."""

    def program() -> None:
        settings = load()
        speak(chosen_language(settings.home.expanduser()))
        sys.exit(open_app(settings))

    return exit_code_of(program)


def open_app(settings: Settings, session: Connecting | None = None, *, account: str = "") -> int:
    """Run the terminal app until the user leaves it; return the exit code. Without a session it starts its own server.

    It begins with the orders of `account`, a key or name, if that is given.
    """
    if not _has_terminal():
        raise InvalidInput(
            translated("The terminal app needs a terminal. 'shopper --help' names the commands that print text, JSON or CSV.")
        )
    from assistant.cli.open_services import warn_of_place
    from tui.app import ShopperApp
    from tui.ascii_filter import needs_ascii

    warn_of_place(settings)
    own = _Session(settings)

    async def connect() -> "AssistantClient":
        # Quit as with the key: restore the terminal, stop the server, write buffered data.
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, app.exit)
        return await (session or own).connect()

    def examine() -> list[str]:
        from assistant.cli.doctor import problems_found  # the first paint does not wait for it

        return problems_found(settings)

    try:
        app = ShopperApp(connect, examine=examine, home=settings.home.expanduser(), ascii_only=needs_ascii(), account=account)
        app.run()
        return app.return_code or 0
    finally:
        own.close()


def _has_terminal() -> bool:
    """Return whether the app can be shown: in a terminal, or by another Textual driver (a browser)."""
    return "TEXTUAL_DRIVER" in os.environ or all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
