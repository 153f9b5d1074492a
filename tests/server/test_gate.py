"""The gate: which requests are refused, with which answer, and in which order the checks run."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services, build
from assistant.server.routes import ROUTES
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.server.conftest import ORIGIN, ROOMY, Answer, Caller, MovableClock

FOREIGN_HOSTS = (
    "",
    "127.0.0.1",
    "localhost",
    "localhost.",
    "localhost.:{port}",
    "LOCALHOST:{port}x",
    "127.0.0.1:1",
    "127.0.0.1:{port}0",
    "127.0.0.1:0{port}",
    "127.0.0.1:{port}@evil.test",
    "evil.test@127.0.0.1:{port}",
    "127.0.0.1:{port}.evil.test",
    "127.0.0.2:{port}",
    "127.1:{port}",
    "127.0.1:{port}",
    "2130706433:{port}",
    "0x7f000001:{port}",
    "0177.0.0.1:{port}",
    "0.0.0.0:{port}",
    "[::1]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "[::]:{port}",
    "evil.test",
    "evil.test:{port}",
    "localhost.evil.test:{port}",
    "a.localhost:{port}",
    "127.0.0.1.nip.io:{port}",
    "192.168.0.1:{port}",
    "http://127.0.0.1:{port}",
    "127.0.0.1:{port}, evil.test",
    "127.0.0.1 :{port}",
)
FOREIGN_ORIGINS = (
    "null",
    "",
    "http://127.0.0.1:{port}",
    "http://localhost:{port}",
    "https://www.amazon.com",
    "http://evil.test",
    "https://evil.test",
    "file://",
    "chrome-extension://",
    "chrome-extension://abc/def",
    "chrome-extension://abc evil",
    "xchrome-extension://abc",
    "moz-extension://abc.evil.test",
    "devtools://devtools",
    "https://chrome-extension://abc",
    f"{ORIGIN}, https://evil.test",
)
STEPS = ("host", "path", "origin", "site", "token", "pinned", "scope", "encoding", "type", "length", "schema")
"""The checks of the gate that one request can fail, in their order."""
REFUSED = {
    "host": (421, "host/not-local"),
    "path": (404, "route/unknown"),
    "origin": (403, "origin/foreign"),
    "site": (403, "origin/foreign"),
    "token": (401, "auth/refused"),
    "pinned": (403, "auth/origin"),
    "scope": (403, "auth/scope"),
    "encoding": (415, "body/encoded"),
    "type": (415, "body/not-json"),
    "length": (413, "body/too-large"),
    "schema": (422, "input/invalid"),
}


@dataclass(frozen=True)
class Request:
    """A request that passes every check until a test makes it wrong."""

    host: str
    token: str
    path: str = "/api/v1/decisions"
    origin: str = ORIGIN
    site: str = "none"
    encoding: str = ""
    kind: str = "application/json"
    body: bytes = b'{"visit": "5f1f1c1e-3c0a-4a58-9a0c-0d3e2c9b7a10", "reason": "X", "choice": "continue"}'

    def send(self, call: Caller) -> Answer:
        headers = [
            ("Host", self.host),
            ("Authorization", f"Bearer {self.token}"),
            ("Origin", self.origin),
            ("Sec-Fetch-Site", self.site),
            ("Content-Type", self.kind),
            ("Content-Length", str(len(self.body))),
        ]
        return call.exactly("POST", self.path, [*headers, *([("Content-Encoding", self.encoding)] if self.encoding else [])], self.body)


def wrong(request: Request, steps: tuple[str, ...]) -> Request:
    """Make a request fail these checks."""
    faults: dict[str, dict[str, Any]] = {
        "host": {"host": "evil.test"},
        "path": {"path": "/api/v1/nothing"},
        "origin": {"origin": "https://evil.test"},
        "site": {"site": "cross-site"},
        "token": {"token": "x" * 43},
        "pinned": {"origin": "chrome-extension://zzzz"},
        "scope": {"path": "/api/v1/accounts"},
        "encoding": {"encoding": "gzip"},
        "type": {"kind": "text/plain"},
        "length": {"body": b'{"visit": "' + b" " * (256 * 1024) + b'"}'},
        "schema": {"body": b'{"visit": 3}'},
    }
    for step in reversed(steps):
        request = replace(request, **faults[step])
    return request


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, new_home: Path) -> Iterator[Services]:
    """One household for all tests here: they change nothing."""
    home = tmp_path_factory.mktemp("gate") / "home"
    shutil.copytree(new_home, home)
    found = build(Settings(home=home, port=0), clock=MovableClock())
    yield found
    found.close()


@pytest.fixture(scope="module")
def call(services: Services) -> Iterator[Caller]:
    with Server(services, 0, ROOMY) as server:
        yield Caller(server.port)


@pytest.fixture(scope="module")
def token(services: Services) -> str:
    return services.pairing.mint("test")


@pytest.fixture(scope="module")
def browser(services: Services) -> str:
    return services.pairing.redeem(services.pairing.open_code().code, "Chromium", ORIGIN).token


@pytest.fixture
def right(call: Caller, browser: str) -> Request:
    return Request(host=f"127.0.0.1:{call.port}", token=browser)


def test_a_valid_request_reaches_its_route(call: Caller, right: Request) -> None:
    answer = right.send(call)
    assert (answer.status, answer.code) == (404, "not-found")
    assert "visit" in answer.json["detail"]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_refuses_with_its_own_status_and_code(call: Caller, right: Request, step: str) -> None:
    answer = wrong(right, (step,)).send(call)
    assert (answer.status, answer.code) == REFUSED[step]


@pytest.mark.parametrize(
    ("earlier", "later"),
    # One path cannot be both unknown and out of scope, one origin not both foreign and another extension's.
    [pair for pair in itertools.combinations(STEPS, 2) if pair not in {("path", "scope"), ("origin", "pinned"), ("length", "schema")}],
)
def test_a_request_with_two_faults_gets_the_earlier_answer(call: Caller, right: Request, earlier: str, later: str) -> None:
    answer = wrong(right, (earlier, later)).send(call)
    assert (answer.status, answer.code) == REFUSED[earlier]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_only_the_exact_local_host_is_answered(call: Caller, token: str, host: str) -> None:
    headers = [("Host", host.format(port=call.port)), ("Authorization", f"Bearer {token}")]
    answer = call.exactly("GET", "/api/v1/accounts", headers)
    assert (answer.status, answer.code) == (421, "host/not-local")


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}"])
def test_both_names_of_this_machine_are_answered(call: Caller, token: str, host: str) -> None:
    headers = [("Host", host.format(port=call.port)), ("Authorization", f"Bearer {token}")]
    assert call.exactly("GET", "/api/v1/accounts", headers).status == 200


def test_no_host_and_two_hosts_are_refused(call: Caller) -> None:
    own = ("Host", f"127.0.0.1:{call.port}")
    assert call.exactly("GET", "/api/v1/health", []).status == 400
    assert call.exactly("GET", "/api/v1/health", [own, ("Host", "evil.test")]).status in (400, 421)
    assert call.exactly("GET", "/api/v1/health", [own, own]).status in (400, 421)


def test_a_target_that_names_another_host_is_refused(call: Caller) -> None:
    own = [("Host", f"127.0.0.1:{call.port}")]
    assert call.exactly("GET", "http://evil.test/api/v1/health", own).status == 421


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing", "/api/v2/health", "/favicon.ico"])
def test_unknown_paths_meet_the_host_check_first(call: Caller, path: str) -> None:
    assert call.exactly("GET", path, [("Host", "evil.test")]).status == 421
    answer = call.exactly("GET", path, [("Host", f"127.0.0.1:{call.port}")])
    assert (answer.status, answer.code) == (404, "route/unknown")


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_origins_of_web_pages_are_refused_even_with_the_right_token(call: Caller, browser: str, origin: str) -> None:
    answer = call("GET", "/accounts", token=browser, headers=[("Origin", origin.format(port=call.port))])
    assert (answer.status, answer.code) == (403, "origin/foreign")


def test_a_request_without_origin_passes_with_its_token(call: Caller, browser: str) -> None:
    assert call("GET", "/accounts", token=browser).status == 200


def test_the_token_of_a_program_is_refused_from_an_extension(call: Caller, token: str) -> None:
    assert call("GET", "/accounts", token=token, headers=[("Origin", ORIGIN)]).code == "auth/origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "CROSS-SITE", "", "none, cross-site"])
def test_requests_of_other_sites_are_refused(call: Caller, token: str, site: str) -> None:
    assert call("GET", "/accounts", token=token, headers=[("Sec-Fetch-Site", site)]).code == "origin/foreign"


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_requests_of_extensions_pass(call: Caller, browser: str, site: str) -> None:
    assert call("GET", "/accounts", token=browser, headers=[("Sec-Fetch-Site", site), ("Origin", ORIGIN)]).status == 200


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES} | {"/nothing"}))
def test_options_is_never_answered_and_no_answer_is_readable_by_a_page(call: Caller, path: str) -> None:
    asked = [("Origin", ORIGIN), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Private-Network", "true")]
    answer = call("OPTIONS", path.replace("{", "").replace("}", ""), headers=asked)
    assert answer.status == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("route", [route for route in ROUTES if route.scope is not None], ids=lambda route: f"{route.method} {route.path}")
def test_all_but_three_routes_need_a_token(call: Caller, route: Any) -> None:
    path = route.path.replace("{", "").replace("}", "")
    for headers in ([], [("Authorization", "Bearer")], [("Authorization", "Basic eDp5")], [("Authorization", "Bearer ü")]):
        answer = call(route.method, path, headers=headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert {entry.path for entry in ROUTES if entry.scope is None} == {"/health", "/hello", "/pair"}


def test_a_token_in_the_address_or_a_cookie_is_ignored(call: Caller, token: str) -> None:
    assert call("GET", f"/accounts?token={token}&access_token={token}").status == 401
    assert call("GET", "/accounts", headers=[("Cookie", f"token={token}")]).status == 401
    twice = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    assert call("GET", "/accounts", headers=twice).status in (400, 401)


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.scope is not None and route.scope.value == "full"], ids=lambda route: route.path
)
def test_a_browser_cannot_read_the_ledger_or_change_settings(call: Caller, browser: str, route: Any) -> None:
    answer = call(route.method, route.path.replace("{", "").replace("}", ""), token=browser)
    assert (answer.status, answer.code) == (403, "auth/scope")


def test_a_known_path_with_another_method_lists_the_allowed_ones(call: Caller, token: str) -> None:
    answer = call("PUT", "/accounts", token=token)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, POST")
    assert call("HEAD", "/accounts", token=token).status == 405
    assert call("DELETE", "/orders/biz/111-1", token=token).headers["allow"] == "GET, PATCH"


def test_every_answer_has_the_same_security_headers(call: Caller, token: str) -> None:
    answers = [
        call("GET", "/accounts", token=token),
        call("GET", "/health"),
        call("GET", "/nothing"),
        call("OPTIONS", "/accounts"),
        call("GET", "/accounts", headers=[("Host", "evil.test")]),
        call("GET", "/openapi.json", token=token),
        call("GET", "/health", headers=[("Expect", "the unexpected")]),
    ]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "aiohttp" not in answer.headers["server"]
        assert not [name for name in answer.headers if name.startswith("access-control") or name == "set-cookie"]
