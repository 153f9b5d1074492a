"""Only programs of the same user on this machine can connect."""

import os
import socket
import sys

import pytest

from assistant.server.peers import is_allowed, owner
from tests.server.conftest import Caller


@pytest.mark.parametrize(
    ("peer", "uid"),
    [
        pytest.param("127.0.0.1", 1000, id="allowed: same user"),
        pytest.param("127.0.0.1", None, id="allowed: the system does not tell"),
        pytest.param("127.0.0.1", 65534, id="refused: another user"),
        pytest.param("127.0.0.1", 0, id="refused: even the administrator"),
        pytest.param("192.168.0.7", 1000, id="refused: another machine"),
        pytest.param("no address", 1000, id="refused: no address"),
    ],
)
def test_only_the_same_user_of_this_machine_may_connect(request: pytest.FixtureRequest, peer: str, uid: int | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.geteuid", lambda: 1000)
        assert is_allowed((peer, 50000), ("127.0.0.1", 8377), lambda *_: uid) is ("allowed" in request.node.name)


def test_the_system_gives_the_user_of_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        known = os.geteuid() if sys.platform.startswith("linux") else None
        assert owner(client.getsockname(), server.getsockname()) in (known, None)
        assert owner(("127.0.0.1", 1), server.getsockname()) is None


def test_the_process_of_another_user_is_refused(call: Caller, token: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.server.gate.is_allowed", lambda *_: False)
        answer = call("GET", "/accounts", token=token, headers=[("Origin", "https://evil.test")])
    assert (answer.status, answer.code) == (403, "peer/stranger")
