"""Never the wrong account: two browsers, two marketplaces, and strangers on the server's port, in real browsers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.bootstrap import Services
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout


class _Stranger(BaseHTTPRequestHandler):
    """Answers everything as a server would that has revoked the caller, and notes what it was sent."""

    heard: list[bytes]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.heard.append(str(self.headers).encode() + body)
        said = b'{"code":"auth/revoked","detail":"Gone.","proof":"00","account":null,"verdict":{"verdict":"allow","reasons":[]}}'
        self.send_response(401)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@contextmanager
def stranger(port: int) -> Iterator[list[bytes]]:
    """Another program on the server's port."""
    heard: list[bytes] = []
    running = ThreadingHTTPServer(("127.0.0.1", port), type("Stranger", (_Stranger,), {"heard": heard}))
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield heard
    running.shutdown()
    running.server_close()
    thread.join()


def test_two_paired_browsers_that_take_turns_keep_their_own_accounts(desk: Desk, firefox: FirefoxDesk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    firefox.open()
    firefox.switch_to(BUSINESS)
    firefox.sees_badge("BIZ")
    page.reload()
    desk.sees_badge("!")
    desk.ribbon().wait("Personal")
    page.click(PLACE)
    desk.dialog().wait("toner", "Ortiz Design")
    page.keyboard.press("Escape")
    firefox.open(f"/dp/{TONER}")
    firefox.page.click("#buy-now-button")
    firefox.page.wait_for_url("**/spc")
    firefox.sees_badge("BIZ")


def test_another_marketplace_does_not_change_who_is_signed_in_here(desk: Desk, ledger: Services):
    ledger.accounts.add("Berlin", "family", key="fam")
    ledger.accounts.link("fam", "A1DEMOFAMI0004")
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    other = desk.context.new_page()
    other.goto("https://www.amazon.de/")
    other.wait_for_timeout(800)
    other.close()
    page.reload()
    desk.ribbon().wait("Personal")
    desk.sees_badge("!")


def test_a_stranger_on_the_port_does_no_harm_and_our_server_is_recognised_again(desk: Desk, ledger: Services, server: Server):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    with stranger(port) as heard:
        desk.open("/gp/cart/view.html")
        desk.sees_badge("off")
        desk.ribbon().wait("another program")
        assert heard
        assert not any(b"amazon" in one or b"Bearer" in one for one in heard)
    with Server(ledger, port):
        popup = desk.popup()
        assert popup.is_visible("#paired")
        popup.close()
        desk.open()
        desk.sees_badge("PER")
