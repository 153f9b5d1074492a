"""Callers that are not web pages: another extension, its content script, a sandboxed frame, a host name that resolves to this machine."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.bootstrap import Services
from assistant.browsers.chromium import extension_folder
from assistant.demo.shop.serving import ShopServer
from assistant.server.threaded_server import Server
from tests.e2e.conftest import HOSTS
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_cross_origin import TRIES
from tests.e2e.waiting import until

PROBE = "probe@localhost.invalid"
BOUND = "bound.test"
KEY = base64.b64encode(b"the key of an extension that is not ours").decode()
# What an extension with access to this machine can do: it sees statuses and bodies.
CALLS = """async ({base, code, token}) => {
    const json = {"Content-Type": "application/json"};
    const bearer = {Authorization: `Bearer ${token}`};
    const link = `Sealed ${"0".repeat(32)}.${"A".repeat(22)}.${"A".repeat(16)}`;
    const sealed = {Authorization: link, "Content-Type": "application/vnd.shopper.sealed"};
    const body = JSON.stringify({code, name: "probe", account: "", words: "toner"});
    const status = async (path, options = {}) => (await fetch(base + path, options)).status;
    const post = (path, headers) => status(path, {method: "POST", body, headers});
    const open = {};
    for (const path of ["/accounts", "/orders", "/alerts", "/windows", "/openapi.json"]) open[path] = await status(path);
    for (const path of ["/visits", "/decisions", "/summary", "/identities/name", "/windows", "/rules"]) {
        open[`POST ${path}`] = await post(path, json);
        open[`sealed ${path}`] = await post(path, sealed);
        open[`stolen ${path}`] = await post(path, {...json, ...bearer});
    }
    open["wrong code"] = await post("/pair", json);
    open["as text"] = await post("/pair", {});
    return open;
}"""


class Caller(NamedTuple):
    """A browser with the other extension: its own page, a page of the shop, and a page at a name that leads to our server."""

    page: Any
    shop: Any
    bound: Any


@pytest.fixture
def given(ledger: Services, server: Server) -> dict[str, str]:
    """Where the server is, a code that nobody has, and a token that was given to another program."""
    grant = ledger.pairing.redeem(ledger.pairing.open_code().code, "program", "chrome-extension://abcdefghijklmnopabcdefghijklmnop")
    return {"base": f"http://127.0.0.1:{server.port}/api/v1", "code": "0000-0000", "token": grant.token}


@pytest.fixture
def probe(tmp_path: Path, given: dict[str, str]) -> Path:
    """An extension that may reach this machine and runs a script in the shop's pages."""
    folder = tmp_path / "probe"
    folder.mkdir()
    manifest = {
        "manifest_version": 3,
        "name": "Probe",
        "version": "1",
        "key": KEY,
        "host_permissions": ["http://127.0.0.1/*", "https://www.amazon.com/*"],
        "content_scripts": [{"matches": ["https://www.amazon.com/*"], "js": ["content.js"]}],
        "browser_specific_settings": {"gecko": {"id": PROBE}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "page.html").write_text("<!doctype html><title>Probe</title><main>Probe</main>", "utf-8")
    (folder / "content.js").write_text(
        f"({TRIES})({json.dumps(given)}).then(through => {{ document.documentElement.dataset.probe = JSON.stringify(through); }});", "utf-8"
    )
    return folder


@pytest.fixture(params=["chromium", "firefox"])
def caller(request: pytest.FixtureRequest, probe: Path, server: Server, shop_server: tuple[ShopServer, int]) -> Caller:
    if request.param == "firefox":
        firefox: FirefoxDesk = request.getfixturevalue("unpaired_firefox")
        firefox.driver.send("Addon:Install", path=str(probe), temporary=True)
        host = firefox.in_browser("return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname;", PROBE)
        page, bound = firefox.new_page(), firefox.new_page()
        page.goto(f"moz-extension://{host}/page.html")
        bound.goto(f"http://{HOSTS[-1]}:{server.port}/api/v1/health")
        return Caller(page, firefox.page, bound)
    open_desk: Callable[..., Any] = request.getfixturevalue("open_desk")
    folders = f"{extension_folder()},{probe}"
    maps = ",".join(f"MAP {host} 127.0.0.1:{shop_server[1]}" for host in HOSTS)
    desk = open_desk(
        f"--load-extension={folders}",
        f"--disable-extensions-except={folders}",
        f"--host-resolver-rules={maps},MAP {BOUND} 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
    )
    digest = hashlib.sha256(base64.b64decode(KEY)).hexdigest()[:32]
    page, bound = desk.new_page(), desk.new_page()
    page.goto(f"chrome-extension://{''.join(chr(97 + int(digit, 16)) for digit in digest)}/page.html")
    bound.goto(f"http://{BOUND}:{server.port}/api/v1/health")
    return Caller(page, desk.page, bound)


def test_another_extension_learns_nothing_and_does_nothing(caller: Caller, given: dict[str, str], ledger: Services):
    paired = [client.id for client in ledger.pairing.clients()]
    answers = caller.page.evaluate(CALLS, given)
    assert {status for name, status in answers.items() if not name.startswith("stolen")} <= {401, 403, 415, 429}, answers
    # A token that another program was given is refused by the origin of this one.
    assert {status for name, status in answers.items() if name.startswith("stolen")} == {403}, answers
    assert ([client.id for client in ledger.pairing.clients()], len(ledger.accounts.all()), len(ledger.rules.all())) == (paired, 2, 1)

    caller.shop.goto("https://www.amazon.com/help")
    through = until(lambda: caller.shop.evaluate("document.documentElement.dataset.probe ?? ''"), "the content script", patience=60)
    assert json.loads(through) == []

    assert "host/not-local" in caller.bound.inner_text("html")
    frame = """async ([tries, given]) => {
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-scripts";
        const heard = new Promise(resolve => addEventListener("message", event => resolve(event.data), {once: true}));
        frame.srcdoc = `<script>(${tries})(${JSON.stringify(given)}).then(through => parent.postMessage(through, "*"))<\\/script>`;
        document.body.append(frame);
        return await heard;
    }"""
    assert caller.shop.evaluate(frame, [TRIES, given]) == []
    assert [client.id for client in ledger.pairing.clients()] == paired
