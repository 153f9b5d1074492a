"""Pages of other origins in the same browser cannot read from the server or reach a handler."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.server import gate
from assistant.server.threaded_server import Server
from tests.e2e.conftest import LOOK_ALIKE
from tests.e2e.desk import Desk
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.strangers import Reply, stranger
from tests.e2e.waiting import until

# Every way in which a page can contact another origin. Returns the names of the tries that succeed.
TRIES = """async ({base, code}) => {
    const body = JSON.stringify({code, name: "page"});
    const json = {"Content-Type": "application/json"};
    const read = async (path, options) => (await fetch(base + path, options)).text();
    const soon = promise => Promise.race([promise, new Promise((_, no) => setTimeout(no, 2500))]);
    const loads = (tag, path) => new Promise((yes, no) => {
        const one = document.createElement(tag);
        one.onload = yes;
        one.onerror = no;
        one.src = base + path;
        document.body.append(one);
    });
    const tries = {
        get: () => read("/health"),
        hello: () => read("/hello?n=1"),
        token: () => read("/accounts", {headers: {Authorization: "Bearer guess"}}),
        post: () => read("/pair", {method: "POST", body, headers: json}),
        text: () => read("/pair", {method: "POST", body}),
        form: () => read("/pair", {method: "POST", body: new URLSearchParams({code})}),
        put: () => read("/visits", {method: "PUT", body}),
        remove: () => read("/clients/1", {method: "DELETE"}),
        options: () => read("/pair", {method: "OPTIONS"}),
        socket: () => new Promise((yes, no) => {
            const socket = new WebSocket(base.replace("http", "ws") + "/events");
            socket.onopen = yes;
            socket.onerror = no;
        }),
        script: () => loads("script", "/openapi.json"),
        image: () => loads("img", "/health"),
    };
    const through = [];
    for (const [name, run] of Object.entries(tries)) await soon(run()).then(() => through.push(name), () => null);
    // These are sent without a preflight; the page cannot read the answer.
    for (const path of ["/pair", "/visits", "/decisions"]) {
        await soon(fetch(base + path, {method: "POST", body, mode: "no-cors"})).catch(() => null);
        await soon(fetch(base + path, {mode: "no-cors", headers: {}})).catch(() => null);
    }
    return through;
}"""

FORM = """({base, code}) => {
    const form = document.createElement("form");
    Object.assign(form, {method: "post", enctype: "text/plain", action: base + "/pair"});
    const field = document.createElement("input");
    [field.name, field.value] = [`{"code":"${code}","name":"`, `"}`];
    form.append(field);
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
}"""


@pytest.fixture
def neighbour() -> Iterator[str]:
    """A page of another program on this machine. No browser blocks its requests to our port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with stranger(port, [Reply(200, b"<!doctype html><body><p>Somebody's own page</p></body>")]):
        yield f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("where", ["a marketplace", "a look-alike", "another program's page"])
def test_no_page_reads_from_the_server_or_reaches_a_handler(desk: Desk, ledger: Services, server: Server, neighbour: str, where: str):
    pages = {"a marketplace": "https://www.amazon.com/help", "a look-alike": f"https://{LOOK_ALIKE}/help"}
    paired = [client.id for client in ledger.pairing.clients()]
    given = {"base": f"http://127.0.0.1:{server.port}/api/v1", "code": ledger.pairing.open_code().code}
    page: Any = desk.page
    page.goto(pages.get(where, neighbour))
    assert page.evaluate(TRIES, given) == []
    assert [client.id for client in ledger.pairing.clients()] == paired
    page.evaluate(FORM, given)
    page.wait_for_url("**/pair")
    assert [client.id for client in ledger.pairing.clients()] == paired
    # None of the tries used up the code.
    assert ledger.pairing.redeem(given["code"], "program", None).client_id


def test_the_tries_notice_a_server_that_talks_to_pages(desk: Desk, ledger: Services, neighbour: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(gate, "HEADERS", {**gate.HEADERS, "Access-Control-Allow-Origin": "*"})
    monkeypatch.setattr(gate, "_check_site", lambda _: None)
    monkeypatch.setattr(gate, "_origin", lambda _: None)
    page: Any = desk.page
    page.goto(neighbour)
    with Server(ledger, 0) as open_to_all:
        given = {"base": f"http://127.0.0.1:{open_to_all.port}/api/v1", "code": ledger.pairing.open_code().code}
        assert {"get", "text"} <= set(page.evaluate(TRIES, given))


def test_a_host_name_that_resolves_to_this_machine_gets_nothing(firefox: FirefoxDesk, server: Server):
    for path in ("/health", "/hello?n=1", "/openapi.json"):
        firefox.page.goto(f"http://{LOOK_ALIKE}:{server.port}/api/v1{path}")
        said = until(lambda: firefox.page.script("return document.documentElement.textContent;"), "an answer")
        assert "host/not-local" in said
        assert "proof" not in said
