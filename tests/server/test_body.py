"""Request bodies: size, format, and the answers to hostile ones."""

import base64
import json
import socket
from typing import Any

import pytest

from assistant.bootstrap import Services
from tests.server.conftest import Caller


def exchange(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(raw)
        answer = b""
        while part := connection.recv(65536):
            answer += part
            if b"\r\n\r\n" in answer and b'"code"' in answer:
                break
    return answer


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity", ""])
def test_an_encoded_body_is_refused_before_it_is_read(port: int, token: str, encoding: str) -> None:
    head = (
        f"POST /api/v1/rules HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: 100000\r\n\r\n"
    )
    assert b"415 " in exchange(port, head.encode()).splitlines()[0]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-8", ""]
)
def test_only_plain_json_is_accepted(call: Caller, token: str, kind: str) -> None:
    own = [("Host", f"127.0.0.1:{call.port}"), ("Authorization", f"Bearer {token}"), ("Content-Length", "2"), ("Content-Type", kind)]
    answer = call.exactly("POST", "/api/v1/rules", own, b"{}")
    assert (answer.status, answer.code) == (415, "body/not-json")


def test_a_body_must_declare_its_length(call: Caller, token: str) -> None:
    own = [("Host", f"127.0.0.1:{call.port}"), ("Authorization", f"Bearer {token}"), ("Content-Type", "application/json")]
    chunked = call.exactly("POST", "/api/v1/rules", [*own, ("Transfer-Encoding", "chunked")], b"2\r\n{}\r\n0\r\n\r\n")
    assert (chunked.status, chunked.code) == (411, "body/no-length")
    assert call.exactly("POST", "/api/v1/rules", own).status == 411


def test_most_bodies_are_limited_to_256_kib(call: Caller, token: str) -> None:
    filler = " " * (256 * 1024 - len('{"label": "Biz"}'))
    assert call("POST", "/accounts", f'{{"label": {filler}"Biz"}}'.encode(), token=token).status == 201
    answer = call("POST", "/accounts", f'{{"label": {filler} "Biz"}}'.encode(), token=token)
    assert (answer.status, answer.code) == (413, "body/too-large")


def test_a_visit_can_hold_two_mib(call: Caller, browser: str, a_visit: dict[str, Any]) -> None:
    a_visit["page"]["html"] = "<p>" + "x" * (2 * 1024 * 1024 - 1000)
    assert call("POST", "/visits", a_visit, token=browser).status == 200
    a_visit["page"]["html"] += "x" * 1000
    assert call("POST", "/visits", a_visit, token=browser).code == "body/too-large"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"type": "mute", "code": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"type": "mute", "code": NaN}',
        b'{"type": "mute", "code": 1e999}',
        b'{"type": "mute", "code": ' + b"9" * 5000 + b"}",
        b'{"type": "mute", "code": "\\u0000"}',
        b'{"type": 3}',
        b'{"type": "delete-everything"}',
        b"{'type': 'mute'}",
        b'{"type": "mute", "code": "X"} trailing',
    ],
)
def test_hostile_json_gets_one_sentence_and_changes_nothing(call: Caller, services: Services, token: str, raw: bytes) -> None:
    answer = call("POST", "/rules", raw, token=token)
    assert (answer.status, answer.code) == (422, "input/invalid") if raw else answer.status in (411, 422)
    assert len(answer.json["detail"]) < 200
    assert services.rules.all() == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": "no-uuid"}, "id"),
        ({"id": None}, "id"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-11-25T09:30:00"}, "at"),
        ({"at": 1764063000}, "at"),
        ({"at": "0001-01-01T00:00:00+12:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "at"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://" + "x" * 9000}, "url"),
        ({"tab": "7"}, "tab"),
        ({"tab": 2**64}, "tab"),
        ({"store": "x" * 101}, "store"),
        ({"page": "html"}, "page"),
        ({"page": {"html": 3}}, "page.html"),
        ({"page": {"scripts": ["x"] * 101}}, "page.scripts"),
    ],
)
def test_an_invalid_visit_names_the_field_and_never_its_value(
    call: Caller, browser: str, a_visit: dict[str, Any], change: dict[str, Any], where: str
) -> None:
    answer = call("POST", "/visits", a_visit | change, token=browser)
    assert (answer.status, answer.code) == (422, "input/invalid")
    assert answer.json["detail"].startswith(f"'{where}' ")
    for value in ("no-uuid", "yesterday", "javascript", "xxxx"):
        assert value not in answer.json["detail"]


def test_nothing_of_the_input_is_echoed(call: Caller, token: str) -> None:
    planted = "canary-7a1"
    body = {"type": "route", planted: planted, "nested": {planted: "\x00"}}
    answers = [
        call("POST", "/rules", body, token=token),
        call("GET", f"/{planted}", token=token),
        call("GET", f"/orders?limit={planted}", token=token),
        call("GET", f"/orders?from={planted}", token=token),
        call("POST", "/documents", {"name": "x", "content_base64": planted + "%"}, token=token),
        call("POST", f"/alerts/{planted}/dismiss", token=token),
        call("GET", f"/events?after={planted}", token=token),
        call("POST", "/pair", {"code": planted}),
    ]
    for answer in answers:
        assert 400 <= answer.status < 500
        assert planted not in answer.body.decode()


@pytest.mark.parametrize("url", ["https://[", "https://\u2100.com/"])
def test_an_invalid_address_is_a_page_of_no_marketplace(call: Caller, browser: str, a_visit: dict[str, Any], url: str) -> None:
    answer = call("POST", "/visits", a_visit | {"url": url}, token=browser)
    assert (answer.status, answer.json["kind"]) == (200, "other")


def test_a_character_cut_in_half_by_a_browser_does_not_lose_the_visit(call: Caller, browser: str, a_visit: dict[str, Any]) -> None:
    raw = json.dumps(a_visit).replace("<div></div>", "<p>\\ud83d</p>").encode()
    assert call("POST", "/visits", raw, token=browser).status == 200


def test_unknown_keys_are_ignored(call: Caller, token: str) -> None:
    assert call("POST", "/accounts", {"label": "Biz", "invented_later": [1]}, token=token).json["label"] == "Biz"


def test_routes_that_take_no_body_refuse_one(call: Caller, token: str) -> None:
    assert call("GET", "/accounts", {}, token=token).code == "body/unexpected"
    assert call("POST", "/pairing", token=token).status == 200
    assert call("POST", "/pairing", {}, token=token).status == 200


def test_broken_bytes_are_not_a_server_error(port: int) -> None:
    for raw in (
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n" * 5 + b"x\r\n\r\n",
    ):
        answer = exchange(port, raw)
        assert answer.startswith(b"HTTP/1.")
        assert b" 400 " in answer.splitlines()[0]
        assert b"request/unreadable" in answer
        assert b"nosniff" in answer


def test_a_document_is_imported_from_base64(call: Caller, services: Services, token: str) -> None:
    services.accounts.add("Biz")
    content = base64.b64encode(b"nothing that anybody knows").decode()
    answer = call("POST", "/documents", {"name": "notes.txt", "content_base64": content}, token=token)
    assert (answer.status, answer.json["state"], answer.json["name"]) == (200, "failed", "notes.txt")
    assert call("GET", "/imports", token=token).json["total"] == 1


def test_a_browser_cannot_create_an_account_by_uploading(call: Caller, services: Services, browser: str) -> None:
    body = {"name": "x.html", "content_base64": "", "account": "Invented"}
    assert call("POST", "/documents", body, token=browser).code == "not-found"
    assert services.accounts.all() == []


def test_large_files_are_streamed_only_with_full_tokens(call: Caller, token: str, browser: str) -> None:
    content = b"x" * (3 * 1024 * 1024)

    def send(owner: str, kind: str) -> int:
        headers = [("Host", f"127.0.0.1:{call.port}"), ("Authorization", f"Bearer {owner}"), ("Content-Type", kind)]
        headers += [("Content-Length", str(len(content))), ("X-Shopper-Name", "b%C3%BCcher.bin")]
        return call.exactly("POST", "/api/v1/documents", headers, content).status

    assert send(token, "application/octet-stream") == 200
    assert call("GET", "/imports", token=token).json["items"][0]["name"] == "bücher.bin"
    assert send(browser, "application/octet-stream") == 403
    assert send(token, "application/json") == 413


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.csv", "/", "..", "a/b/c.csv", "x" * 250 + ".csv", "\x1b]0;evil\x07.csv"])
def test_the_name_of_a_file_never_leaves_its_folder(call: Caller, token: str, name: str) -> None:
    answer = call("POST", "/documents", {"name": name, "content_base64": "eA=="}, token=token)
    assert answer.status == 200
    assert "/" not in answer.json["name"]
    assert "\x1b" not in answer.json["name"]


def test_a_long_name_is_cut_before_its_ending(call: Caller, token: str) -> None:
    rows = b"Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"
    rows += b"113-1234567-1234567,2026-03-02T10:00:00Z,USD,10.00,10.00,B000000001,1,Toner,Closed\n"
    call("POST", "/accounts", {"label": "Biz"}, token=token)
    body = {"name": "\U0001f4e6" * 200 + ".csv", "content_base64": base64.b64encode(rows).decode(), "account": "biz"}
    answer = call("POST", "/documents", body, token=token)
    assert (answer.status, answer.json["new"]) == (200, 1)
    assert answer.json["name"].endswith("\U0001f4e6.csv")


def test_rules_of_two_kinds_end_on_the_day_that_was_sent(call: Caller, services: Services, token: str) -> None:
    services.accounts.add("Biz", "business", key="biz")
    route = {"type": "route", "match": {"words": ["toner"]}, "to": "biz", "until": "2026-12-31"}
    ship = {"type": "ship", "account": "biz", "only": ["12 Elm St, Austin, TX 78704"], "until": "2027-01-31"}
    for body in (route, ship):
        kept = call("POST", "/rules", body, token=token).json
        assert (kept["until"], f" until {body['until']}" in kept["text"]) == (body["until"], True)
    refused = call("PUT", "/rules/1", route | {"until": "soon"}, token=token)
    assert (refused.status, "'until' is a day like 2026-12-31" in refused.json["detail"]) == (422, True)
