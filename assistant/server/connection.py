"""Connections: their limit, the time limit for headers, and the answer to unreadable bytes."""

import asyncio
import http.client
import json
from http import HTTPStatus

from aiohttp import web

from assistant.domain.errors import InvalidInput, ServerAway
from assistant.domain.languages.translating import translated
from assistant.server.errors import HEADERS, log_failure, problem
from assistant.server.limits import Limits
from assistant.server.peers import is_loopback

HOST = "127.0.0.1"
_LINGER = 2.0
"""Seconds during which a refused body is read and dropped, so that its sender sees the refusal."""
_BURST, _FRESH = 4, 0.25
"""How many times the limit can be open for a moment, and for how many seconds a connection counts as new."""
_ASKING, _LONGEST_ANSWER = 1.0, 4096
"""Seconds and bytes for the question who holds a taken port."""
_CROWDED = (
    "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 2"
    + "".join(f"\r\n{name}: {value}" for name, value in HEADERS.items())
    + "\r\n\r\n"
).encode()


def own_port(request: web.Request) -> int:
    """Return the port that a request came in on."""
    own = request.protocol.sockname
    return int(own[1]) if isinstance(own, tuple) else 0


class Connection(web.RequestHandler):
    """aiohttp's connection with the limits that it lacks. `peer_allowed` caches the gate's check of the peer."""

    __slots__ = ("_deadline", "_room", "heard_at", "peer_allowed", "spoke")

    def __init__(self, server: web.Server, room: "Room") -> None:
        """Prepare a connection."""
        loop = asyncio.get_running_loop()
        super().__init__(
            server,
            loop=loop,
            keepalive_timeout=room.limits.keep_alive,
            access_log=None,  # type: ignore[arg-type]  # aiohttp asks only whether it is there
            lingering_time=_LINGER,
            auto_decompress=False,
        )
        self._room = room
        self._deadline: asyncio.TimerHandle | None = None
        self.peer_allowed: bool | None = None
        self.spoke = False
        self.heard_at = loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Register the connection, or refuse it if there are too many."""
        super().connection_made(transport)
        if self._room.enter(self):
            self._deadline = self._loop.call_later(self._room.limits.headers, self._give_up)
        elif self.transport is not None:
            self.transport.write(_CROWDED)
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Unregister the connection."""
        self._room.leave(self)
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Receive bytes, limiting the time from the first byte of a request to the end of its headers."""
        super().data_received(data)
        self.heard_at = self._loop.time()
        if not self._is_waiting():
            self.spoke = True
            self._stop_waiting()
        elif self._deadline is None:
            self._deadline = self._loop.call_later(self._room.limits.headers, self._give_up)

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer an unreadable request, or a failure outside the gate, with a problem document that repeats nothing."""
        del message
        if request.writer.output_size > 0:
            raise ConnectionError("The answer has already started.")
        if status == HTTPStatus.BAD_REQUEST:
            answer = problem(status, "request/unreadable", "This HTTP request cannot be read.")
        else:
            if exc is not None:
                log_failure(exc)
            answer = problem(HTTPStatus.INTERNAL_SERVER_ERROR, "server/failed", "Something went wrong inside Shopper. Try again.")
        answer.force_close()
        return answer

    @property
    def is_waiting(self) -> bool:
        """Whether it has not sent a request yet, or is kept open between two requests."""
        return not self.spoke or (self._is_waiting() and self._deadline is None)

    def _is_waiting(self) -> bool:
        return self._current_request is None and not self._messages

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self._is_waiting():
            self.force_close()


class Room:
    """The open connections, oldest first."""

    def __init__(self, limits: Limits) -> None:
        """Start empty."""
        self.limits = limits
        self._inside: dict[Connection, None] = {}

    def enter(self, connection: Connection) -> bool:
        """Add a connection. At the limit, drop the connection that has been idle longest; return False if all are being answered.

        Connections that arrive together are accepted before any of them is read, so a fresh one is not silent yet: some more are let
        in than the limit says, for a moment.
        """
        if len(self._inside) >= self.limits.connections:
            waiting = sorted((other for other in self._inside if other.is_waiting), key=lambda other: (other.spoke, other.heard_at))
            if not waiting:
                return False
            full = len(self._inside) >= self.limits.connections * _BURST
            now = asyncio.get_running_loop().time()
            dropped = next((other for other in waiting if full or now - other.heard_at > _FRESH), None)
            if dropped is not None:
                self.leave(dropped)
                dropped.force_close()
        self._inside[connection] = None
        return True

    def leave(self, connection: Connection) -> None:
        """Forget a connection."""
        self._inside.pop(connection, None)


class LoopbackSite(web.BaseSite):
    """Listens on this machine's loopback address only."""

    def __init__(self, runner: web.BaseRunner, port: int, limits: Limits, host: str = HOST) -> None:
        """Prepare to listen; port 0 is any free one. Raises InvalidInput for an address that others could reach."""
        if not is_loopback(host):
            raise InvalidInput(
                translated("The server answers this machine only, so it cannot listen on '{host}'. Use {only}.", host=host[:60], only=HOST)
            )
        super().__init__(runner)
        self._host, self._wanted, self._room = host, port, Room(limits)

    @property
    def name(self) -> str:
        """The address, for people."""
        return f"http://{self._host}:{self.port}"

    @property
    def port(self) -> int:
        """The open port."""
        addresses = self._runner.addresses
        return int(addresses[0][1]) if addresses else self._wanted

    async def start(self) -> None:
        """Listen. Raises ServerAway when another program holds the port."""
        server = self._runner.server
        if server is None:
            raise RuntimeError("the runner was not set up")
        loop = asyncio.get_running_loop()
        try:
            listening = await loop.create_server(lambda: Connection(server, self._room), self._host, self._wanted)
        except OSError as error:
            raise ServerAway(
                translated(
                    "Port {port} cannot be used: {reason}. Stop it, or choose another port with --port.",
                    port=self._wanted,
                    reason=await _why(error, self._wanted),
                )
            ) from error
        await super().start()
        self._server = listening


async def _why(error: OSError, port: int) -> str:
    if isinstance(error, PermissionError):
        return translated("this user may not open it")
    if await asyncio.to_thread(answers_as_shopper, port):
        return translated("a Shopper server of another data folder or user holds it")
    return translated("another program on this machine holds it")


def answers_as_shopper(port: int) -> bool:
    """Return whether the program on a port of this machine answers like a server of Shopper."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_ASKING)
    try:
        connection.request("GET", "/api/v1/health")
        return bool(json.loads(connection.getresponse().read(_LONGEST_ANSWER)).get("status") == "ok")
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        return False
    finally:
        connection.close()
