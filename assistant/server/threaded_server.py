"""The server in a thread of another program: the terminal app, the demo and tests."""

import asyncio
import threading
from types import TracebackType
from typing import Self

from assistant.bootstrap import Services
from assistant.server.limits import Limits
from assistant.server.run import listening


class Server:
    """A server with its own thread and loop. The caller must close the services, after `stop()`."""

    def __init__(self, services: Services, port: int, limits: Limits | None = None) -> None:
        """Prepare; port 0 is any free one."""
        self._services = services
        self._wanted = port
        self._limits = limits
        self._port = 0
        self._failure: BaseException | None = None
        self._open = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The open port, 0 while the server is stopped."""
        return self._port

    def start(self) -> int:
        """Start and return the port once it is open. Raises ServerAway when it is taken."""
        self._thread = threading.Thread(target=self._run, name="shopper-server", daemon=True)
        self._thread.start()
        self._open.wait()
        if self._failure is not None:
            raise self._failure
        return self._port

    def stop(self) -> None:
        """Stop and wait for the end; a second time does nothing."""
        if self._thread is None:
            return
        if self._loop is not None and self._told is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._told.set)
        self._thread.join()
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001  # handed to the thread that called start()
            self._failure = error
        finally:
            self._port = 0
            self._open.set()

    async def _serve(self) -> None:
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        async with listening(self._services, self._wanted, self._limits) as port:
            self._port = port
            self._open.set()
            await self._told.wait()
