"""`shopper pair` and `shopper clients`."""

import json
import re
import socket
from pathlib import Path

import pytest

from assistant.bootstrap import build
from assistant.cli.app import run
from assistant.settings import Settings


@pytest.fixture
def closed_port() -> str:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return str(other.getsockname()[1])


def test_pair_shows_a_working_code(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], closed_port: str) -> None:
    assert run(["--home", str(tmp_path / "home"), "--port", closed_port, "pair"]) == 0
    out, err = capsysbinary.readouterr()
    told = re.fullmatch(r"Type (\d{4}-\d{4}) in the extension\. 2:00 left\.\n", out.decode())
    assert told
    assert "shopper serve" in err.decode()
    services = build(Settings(home=tmp_path / "home"))
    assert services.pairing.redeem(told[1], "Firefox", None).token
    services.close()


def test_pair_as_json_prints_one_document(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["--home", str(tmp_path / "home"), "--port", "0", "pair", "--json"]) == 0
    document = json.loads(capsysbinary.readouterr().out)
    assert set(document) == {"code", "expires_at"}


def test_clients_are_listed_and_revoked_by_name_or_id(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert run([*home, "clients", "list"]) == 0
    assert b"shopper pair" in capsysbinary.readouterr().out
    services = build(Settings(home=tmp_path / "home"))
    ids = [services.pairing.redeem(services.pairing.open_code().code, name, None).client_id for name in ("Firefox", "Twin", "Twin")]
    assert run([*home, "clients", "revoke", "Firefox"]) == 0
    assert run([*home, "clients", "revoke", "Twin"]) == 2
    assert run([*home, "clients", "revoke", ids[1]]) == 0
    assert run([*home, "clients", "revoke", "nobody"]) == 3
    capsysbinary.readouterr()
    assert run([*home, "clients", "list", "--json"]) == 0
    assert [entry["id"] for entry in json.loads(capsysbinary.readouterr().out)["items"]] == [ids[2]]
    assert run([*home, "clients", "list"]) == 0
    assert b"Twin" in capsysbinary.readouterr().out
    services.close()
