"""The gate: every request passes these checks in this order before anything in it is used.

Peer, Host, method and path, Origin, Sec-Fetch-Site, rate, token or sealed link, pinned Origin, scope, encoding, type, length, schema.
Origin, Host and Sec-Fetch-Site keep web pages out; only a token or the key of a sealed link identifies a client.
Every answer to a sealed request is sealed too: only a server with the key can tell a browser that its pairing has ended.
"""

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import hdrs, web

from assistant.domain.errors import NotAuthorised
from assistant.domain.languages.language import accepted_language, speaking
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.pairing import Client, Scope
from assistant.server import keys
from assistant.server.body import SEALED, STREAM, check_head
from assistant.server.connection import Connection, own_port
from assistant.server.errors import HEADERS, Refusal, answer_for
from assistant.server.limits import UPLOAD
from assistant.server.peers import is_allowed
from assistant.server.routing import Passed, Route
from assistant.services.pairing.sealing import Seal

_EXTENSION = re.compile(r"(?:chrome|moz|safari-web)-extension://[A-Za-z0-9-]{1,64}\Z")
_SEALED = re.compile(r"Sealed ([0-9a-f]{32})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{16})\Z")
_OWN_SITE = frozenset({"none", "same-origin"})
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_.~+/=-]{1,200})\Z", re.IGNORECASE)
_NO_LINK = to_translate("This server has no sealed link with that browser. Pair it again: 'shopper pair' shows a code.")
_NO_TOKEN = to_translate("Send the token: 'Authorization: Bearer TOKEN'. Pairing gives one: 'shopper pair'.")  # a sentence


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_CLOSING = frozenset({HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT})


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pass a request to its route, or answer with the first problem found."""
    with speaking(accepted_language(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))):
        try:
            request[keys.PASSED] = await _passed(request)
            answer = await handler(request)
        except Exception as error:  # noqa: BLE001  # the one seam where every refusal and failure becomes a problem document
            answer = answer_for(error)
            if answer.status in _CLOSING:
                answer.force_close()
    seal = request.get(keys.SEAL)
    return answer if seal is None else _sealed_answer(seal, answer)


async def finish_headers(_request: web.Request, answer: web.StreamResponse) -> None:
    """Add the headers that every answer needs."""
    answer.headers.update(HEADERS)


async def ignore_expectation(_request: web.Request) -> None:
    """Ignore `Expect`: the gate decides by the headers alone, before any byte of a body is read."""


async def _passed(request: web.Request) -> Passed:
    _check_peer(request)
    _check_host(request)
    route = _route(request)
    origin = _origin(request)
    _check_site(request)
    token = _token(request)
    client = await (
        _sealed_client(request, route) if route.scope is not None and _names_a_link(request) else _client(request, route, token)
    )
    if client is not None:
        if origin is not None and origin != client.origin:
            raise Refusal(
                403, "auth/origin", translated("This token was given to another program. Pair this one: 'shopper pair' shows a code.")
            )
        _check_scope(request, route, client)
    check_head(request, route, UPLOAD if _is_upload(request, route) else route.largest)
    return Passed(route=route, client=client, origin=origin, token=token)


def _check_peer(request: web.Request) -> None:
    connection = request.protocol
    allowed = connection.peer_allowed if isinstance(connection, Connection) else None
    if allowed is None:
        peer, own = connection.peername, connection.sockname
        allowed = isinstance(peer, tuple) and isinstance(own, tuple) and is_allowed((peer[0], peer[1]), (own[0], own[1]))
        if isinstance(connection, Connection):
            connection.peer_allowed = allowed
    if not allowed:
        raise Refusal(403, "peer/stranger", translated("Only programs of the same user on this machine may talk to this server."))


def _check_host(request: web.Request) -> None:
    port = own_port(request)
    # An absolute request target could name another host than the header.
    direct = request.raw_path.startswith("/") or request.raw_path == "*"
    if request.headers.getall(hdrs.HOST, []) not in ([f"127.0.0.1:{port}"], [f"localhost:{port}"]) or not direct:
        raise Refusal(421, "host/not-local", translated("Use the server's local address: 127.0.0.1 with its port."))


def _route(request: web.Request) -> Route:
    route = request.app[keys.ROUTES].get(request.match_info.route)
    if route is not None:
        return route
    methods = request.app[keys.PATHS].methods(request.path)
    if methods or request.method == hdrs.METH_OPTIONS:
        raise Refusal(405, "method/not-allowed", translated("This route does not support that method."), {"Allow": ", ".join(methods)})
    raise Refusal(404, "route/unknown", translated("There is no such route. GET /api/v1/openapi.json lists them all."))


def _origin(request: web.Request) -> str | None:
    origins = request.headers.getall(hdrs.ORIGIN, [])
    if not origins:
        return None
    if len(origins) > 1 or not _EXTENSION.match(origins[0]):
        raise Refusal(403, "origin/foreign", translated("Web pages may not talk to this server, only a paired extension or program."))
    return origins[0]


def _check_site(request: web.Request) -> None:
    if not _OWN_SITE.issuperset(request.headers.getall("Sec-Fetch-Site", [])):
        raise Refusal(403, "origin/foreign", translated("Web pages may not talk to this server, only a paired extension or program."))


def _token(request: web.Request) -> str:
    given = request.headers.getall(hdrs.AUTHORIZATION, [])
    match = _BEARER.match(given[0]) if len(given) == 1 else None
    return match[1] if match else ""


async def _client(request: web.Request, route: Route, token: str) -> Client | None:
    """Return the client of a request after checking its rate; None on a route that needs no token."""
    pairing = request.app[keys.SERVICES].pairing
    client, refused = None, NotAuthorised(translated(_NO_TOKEN))
    if token and route.scope is not None:
        client = pairing.known(token)
        if client is None:
            try:
                client = await request.app[keys.THREADS].run(lambda: pairing.client_of(token))
            except NotAuthorised as error:
                refused = error
        elif pairing.memory.ageing:
            request.app[keys.THREADS].later(pairing.memory.refresh)
    _check_rate(request, client, route)
    if client is None and route.scope is not None:
        raise Refusal(401, refused.code, str(refused), {"WWW-Authenticate": "Bearer"})
    return client


def _sealed_answer(seal: Seal, answer: web.StreamResponse) -> web.Response:
    """Return an answer with its status and body sealed. The outer status is always 200."""
    body = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    return web.Response(body=seal.close(answer.status, body), headers={**HEADERS, "Content-Type": SEALED})


def _names_a_link(request: web.Request) -> bool:
    return request.headers.get(hdrs.AUTHORIZATION, "").startswith("Sealed ")


async def _sealed_client(request: web.Request, route: Route) -> Client:
    """Return the browser that a sealed request names. Its key is proven later, when the body is opened."""
    match = _SEALED.match(request.headers[hdrs.AUTHORIZATION])
    pairing = request.app[keys.SERVICES].pairing
    link = pairing.seal_of(match[1]) if match else None
    if match and link is None:
        link = await request.app[keys.THREADS].run(lambda: pairing.read_seal_of(match[1]))
    if match is None or link is None:
        _check_rate(request, None, route)
        raise Refusal(401, "auth/seal", translated(_NO_LINK))
    client, secret = link
    request[keys.SEAL] = Seal(
        secret=secret,
        client_id=client.id,
        epoch=match[2],
        nonce=match[3],
        method=request.method,
        target=request.raw_path,
        port=own_port(request),
    )
    _check_rate(request, client, route)
    if not pairing.is_ready(client):
        client = await request.app[keys.THREADS].run(lambda: pairing.sealed_client(client.id))
    elif pairing.memory.ageing:
        request.app[keys.THREADS].later(pairing.memory.refresh)
    if match[2] != pairing.replays.epoch:
        raise Refusal(409, "auth/epoch", translated("The server was restarted. Get its new epoch with GET /hello."))
    if route.body is None or route.stream is not None:
        raise Refusal(403, "auth/scope", translated("This route cannot be called over a sealed link."))
    return client


def _check_rate(request: web.Request, client: Client | None, route: Route) -> None:
    wait = request.app[keys.BUCKETS].take(client.id if client else None, route.path if route.scope is None else "")
    if wait:
        raise Refusal(
            429, "rate/too-many", translated("Too many requests. Try again in a few seconds."), {"Retry-After": str(int(wait) + 1)}
        )


def _check_scope(request: web.Request, route: Route, client: Client) -> None:
    needed = Scope.FULL if _is_upload(request, route) else route.scope
    if Scope.FULL not in client.scopes and needed not in client.scopes:
        raise Refusal(403, "auth/scope", translated("This token does not allow this. Use the terminal app instead."))


def _is_upload(request: web.Request, route: Route) -> bool:
    return route.uploads and request.headers.getall(hdrs.CONTENT_TYPE, []) == [STREAM]
