"""`shopper tui --web`: the terminal app in a browser of this machine, through textual-serve.

The server listens on 127.0.0.1 only. Its link holds a token that works once: whoever opens it first gets a cookie, and without that
cookie every request is refused. A page of another site cannot use it either: the host and the origin of a request must be its own.
"""

import hmac
import secrets
import shlex
import socket
import sys
from typing import TYPE_CHECKING

from assistant.cli.console import print_text
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from assistant.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler
    from textual_serve.server import Server

_HOST = "127.0.0.1"
_COOKIE = "shopper-web"
_MISSING = to_translate(
    "The terminal app in a browser needs textual-serve. In your checkout of Shopper: "
    "uv tool install '.[web]' (or: pipx install --force '.[web]')"
)


class Guard:
    """Lets one browser in: the one that opens the link first."""

    def __init__(self, origin: str) -> None:
        """Guard the server at an origin like http://127.0.0.1:8378."""
        self._origin = origin
        self._token: str | None = secrets.token_urlsafe(24)
        self._session = secrets.token_urlsafe(24)
        self.link = f"{origin}/?token={self._token}"

    async def check(self, request: "web.Request", handler: "Handler") -> "web.StreamResponse":
        """Answer a request of the browser that was let in; refuse all others."""
        from aiohttp import web

        if request.host != self._origin.removeprefix("http://") or request.headers.get("Origin", self._origin) != self._origin:
            raise web.HTTPForbidden(text=translated("Only this machine's own browser may open this page."))
        if self._is_let_in(request):
            return await handler(request)
        given = request.query.get("token", "")
        if self._token is None or request.path != "/" or not hmac.compare_digest(given.encode(), self._token.encode()):
            said = translated("This link was used already, or is not complete. Start 'shopper tui --web' again for a new one.")
            raise web.HTTPForbidden(text=said)
        self._token = None
        answer = web.HTTPSeeOther("/")
        answer.set_cookie(_COOKIE, self._session, httponly=True, samesite="Strict")
        raise answer

    def _is_let_in(self, request: "web.Request") -> bool:
        return hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), self._session.encode())


def serve_app(settings: Settings, port: int) -> int:
    """Serve the app until Ctrl+C; return the exit code. Raises InvalidInput if a part is missing or the port is taken."""
    server, guard = guarded_server(_free_port(port))
    print_text(translated("Open this link in a browser on this machine; it works once:\n{link}\nStop with Ctrl+C.", link=guard.link))
    settings.hand_down()
    server.serve()
    return 0


def guarded_server(port: int) -> "tuple[Server, Guard]":
    """Return a server of the app on a port of 127.0.0.1, and what guards it. Raises InvalidInput if textual-serve is missing."""
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise InvalidInput(translated(_MISSING)) from error
    from aiohttp import web

    guard = Guard(f"http://{_HOST}:{port}")

    class GuardedServer(Server):
        """The server with the guard before every route, and without its own greeting."""

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()

            @web.middleware
            async def let_in(request: web.Request, handler: "Handler") -> web.StreamResponse:
                return await guard.check(request, handler)

            app.middlewares.append(let_in)
            return app

        async def on_startup(self, app: web.Application) -> None:
            """Say nothing: the link is printed already."""

    return GuardedServer(shlex.join([sys.executable, "-m", "assistant"]), host=_HOST, port=port, title="Shopper"), guard


def _free_port(port: int) -> int:
    """Return the port, or a free one for 0. Raises InvalidInput if another program holds it."""
    with socket.socket() as probe:
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            said = translated("Port {port} cannot be used: another program holds it. Choose another with --web-port.", port=port)
            raise InvalidInput(said) from error
        return int(probe.getsockname()[1])
