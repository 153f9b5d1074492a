"""Other programs on the server's port: one that answers anything, one that never answers, one that relays to the real server."""

import http.client
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import NamedTuple


class Reply(NamedTuple):
    """An answer of another program."""

    status: int
    body: bytes


FORGED = b'{"visit":"x","kind":"home","signed_in":true,"account":null,"captured":null,"verdict":{"verdict":"allow","reasons":[]}}'
REVOKED = Reply(401, b'{"code":"auth/revoked","detail":"Gone.","proof":"00"}')
ANYTHING = (
    REVOKED,
    Reply(200, b""),
    Reply(200, b" " * 50_000_000),
    Reply(200, b'{"proof":7,"sealed":{"epoch":[]}}'),
    Reply(200, b'{"sealed":"AAAA","epoch":null}'),
    Reply(200, FORGED),
    Reply(200, b"<h1>Hello</h1>"),
    Reply(429, b"{}"),
    Reply(500, b"no"),
)


class _Handler(BaseHTTPRequestHandler):
    heard: list[bytes]

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def answer(self, body: bytes) -> None:
        raise NotImplementedError

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def note(self, body: bytes) -> None:
        self.heard.append(self.path.encode() + str(self.headers).encode() + body)

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def _serving(port: int, handler: type[_Handler]) -> Iterator[list[bytes]]:
    handler.heard = []
    running = ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield handler.heard
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


@contextmanager
def stranger(port: int, answers: Sequence[Reply] = (REVOKED,)) -> Iterator[list[bytes]]:
    """Run a program that gives these answers in turn; yield the requests that it received."""
    turn = cycle(answers)

    class Stranger(_Handler):
        def answer(self, body: bytes) -> None:
            self.note(body)
            with suppress(OSError):  # the browser may have heard enough
                self.reply(*next(turn))

    with _serving(port, Stranger) as heard:
        yield heard


@contextmanager
def relay(port: int, real: int) -> Iterator[list[bytes]]:
    """Run a program that forwards everything to the server on its new port; yield the requests that it received."""

    class Relay(_Handler):
        def answer(self, body: bytes) -> None:
            self.note(body)
            onward = http.client.HTTPConnection("127.0.0.1", real, timeout=10)
            headers = {**dict(self.headers.items()), "Host": f"127.0.0.1:{real}"}
            onward.request(self.command, self.path, body or None, headers)
            answered = onward.getresponse()
            self.reply(answered.status, answered.read())

    with _serving(port, Relay) as heard:
        yield heard


@contextmanager
def hanging(port: int) -> Iterator[socket.socket]:
    """Run a server that accepts every connection and never answers; `accept()` of what is returned waits for the next one."""
    waiting = socket.create_server(("127.0.0.1", port), backlog=100)
    waiting.settimeout(30)
    try:
        yield waiting
    finally:
        waiting.close()
