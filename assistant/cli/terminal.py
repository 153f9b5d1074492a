"""`shopper`: the terminal app, with the server in the same process unless one already runs on this data folder."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from assistant.domain.errors import InvalidInput
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.bootstrap import Services
    from assistant.client import AssistantClient
    from assistant.server.threaded_server import Server


class _Session:
    """The server of the app: its own, or one that was already running."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: Server | None = None
        self._services: Services | None = None
        self._left: str | None = None

    async def connect(self) -> "AssistantClient":
        """Return a client of this data folder's server, starting one if none is running."""
        running = await self._running()
        return running if running is not None else await asyncio.to_thread(self._start)

    async def _running(self) -> "AssistantClient | None":
        from assistant.client import AssistantClient
        from assistant.domain.errors import DomainError
        from assistant.domain.pairing import LocalPass
        from assistant.vault import stored_token

        kept = await asyncio.to_thread(stored_token, self._settings.home)
        left = LocalPass.of(kept) if kept else None
        if left is None or not self._settings.port:
            return None
        client = AssistantClient(self._settings.port, left.token, left.proof_key)
        with suppress(DomainError):
            await client.accounts()
            return client
        await client.close()
        return None

    def _start(self) -> "AssistantClient":
        from assistant.bootstrap import build
        from assistant.client import AssistantClient
        from assistant.domain.errors import KeyringAway
        from assistant.domain.pairing import LocalPass
        from assistant.server.threaded_server import Server
        from assistant.vault import keep_token

        self._services = build(self._settings)
        self._server = Server(self._services, self._settings.port)
        port = self._server.start()
        # Store a token, so that the next `shopper` on this folder finds this server.
        token = self._services.pairing.mint("terminal app")
        self._left = str(LocalPass(token, self._services.pairing.proof_key))
        with suppress(KeyringAway):
            keep_token(self._settings.home, self._left)
        return AssistantClient(port, token)

    def close(self) -> None:
        """Stop the server that was started here, then close its ledger."""
        if self._left is not None:
            from assistant.vault import drop_token, stored_token

            if stored_token(self._settings.home) == self._left:
                drop_token(self._settings.home)
        if self._server is not None:
            self._server.stop()
        if self._services is not None:
            self._services.close()


class Connecting(Protocol):
    """Connects the app to a server."""

    async def connect(self) -> "AssistantClient":
        """Return a client of a running server."""


def open_app(settings: Settings, session: Connecting | None = None) -> int:
    """Run the terminal app until the user leaves it; return the exit code. Without a session it starts its own server."""
    if not _has_terminal():
        raise InvalidInput("The terminal app needs a terminal. 'shopper --help' names the commands that print text, JSON or CSV.")
    from tui.app import ShopperApp

    own = _Session(settings)

    async def connect() -> "AssistantClient":
        # Quit as with the key: restore the terminal, stop the server, write buffered data.
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, app.exit)
        return await (session or own).connect()

    try:
        app = ShopperApp(connect)
        app.run()
        return app.return_code or 0
    finally:
        own.close()


def _has_terminal() -> bool:
    """Return whether the app can be shown: in a terminal, or by another Textual driver (a browser)."""
    return "TEXTUAL_DRIVER" in os.environ or all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
