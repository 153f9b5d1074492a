"""`shopper backup` and `shopper restore`, as a person runs them."""

import stat
import subprocess
import sys

import pytest

from assistant.bootstrap import build
from assistant.cli import backup as command
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def without_keyring(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def test_a_ledger_is_backed_up_and_restored(shopper, tmp_path, home):
    shopper("accounts", "add", "Personal")
    made = shopper("backup", tmp_path / "copy.sqlite", "--json")
    assert (made.code, made.json["orders"]) == (0, 0)
    shopper("accounts", "add", "Business")
    put = shopper("restore", tmp_path / "copy.sqlite", "--json")
    assert put.code == 0
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal"]
    assert put.json["replaced"].startswith(str(home / "backups"))
    back = shopper("restore", put.json["replaced"])
    assert "The previous one is kept" in back.out
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal", "business"]


def test_a_copy_that_was_put_in_the_place_of_the_ledger_by_hand_is_taken_without_the_log_of_the_ledger_before(shopper, tmp_path, home):
    shopper("accounts", "add", "Personal")
    shopper("backup", tmp_path / "copy.sqlite")
    ledger, log = home / "ledger.sqlite", home / "ledger.sqlite-wal"
    refused = shopper("restore", ledger)
    assert (refused.code, "is the ledger itself" in refused.err) == (2, True)
    services = build(Settings(home=home, port=0))
    services.accounts.add("Business", "business")
    waiting = log.read_bytes()
    services.close()
    ledger.write_bytes((tmp_path / "copy.sqlite").read_bytes())
    log.write_bytes(waiting)
    said = shopper("accounts", "list").err
    assert f"To use the file that is there now: shopper restore '{ledger}'." in said
    put = shopper("restore", ledger, "--json")
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal"]
    assert (home / "backups" / f"{put.json['replaced']}-wal").read_bytes() == waiting
    assert [entry.name for entry in home.glob(".*") if entry.name != ".gitignore"] == []


def test_a_file_that_is_not_a_backup_is_refused_in_one_sentence(shopper, tmp_path):
    shopper("accounts", "add", "Personal")
    (tmp_path / "notes.txt").write_text("not a ledger")
    for file in (tmp_path / "notes.txt", tmp_path / "missing.sqlite"):
        refused = shopper("restore", file)
        assert refused.code == 3
        assert refused.err.count("\n") == 1
    assert shopper("accounts", "list", "--json").json["total"] == 1


@pytest.mark.parametrize("flags", [("--home", ""), ("--home=",)])
def test_an_empty_home_folder_is_refused(shopper, flags):
    assert shopper(*flags, "accounts", "list").code == 2


def test_an_encrypted_copy_opens_with_its_passphrase_only(shopper, tmp_path, home):
    shopper("accounts", "add", "Personal")
    (home / "receipts").mkdir()
    (home / "receipts" / "one.pdf").write_bytes(b"%PDF one")
    copy = tmp_path / "stick" / "copy.age"
    copy.parent.mkdir()
    assert shopper("backup", copy, "--encrypt").code == 2
    made = shopper("backup", copy, "--encrypt", "--json", SHOPPER_PASSPHRASE="green lamp")
    assert (made.code, made.json["encrypted"], stat.S_IMODE(copy.stat().st_mode)) == (0, True, 0o600)
    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    assert (list(copy.parent.iterdir()), list(home.glob(".*.part"))) == ([copy], [])
    assert b"Personal" not in copy.read_bytes()
    shopper("accounts", "add", "Business")
    (home / "receipts" / "one.pdf").unlink()
    (home / "receipts" / "two.pdf").write_bytes(b"%PDF two")
    for refused in (shopper("restore", copy), shopper("restore", copy, SHOPPER_PASSPHRASE="blue lamp")):
        assert (refused.code, refused.err.count("\n")) == (2, 1)
        assert "passphrase" in refused.err
    assert shopper("accounts", "list", "--json").json["total"] == 2
    assert shopper("restore", copy, SHOPPER_PASSPHRASE="green lamp").code == 0
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal"]
    assert {file.name: file.read_bytes() for file in (home / "receipts").iterdir()} == {"one.pdf": b"%PDF one", "two.pdf": b"%PDF two"}
    assert list(home.glob(".*.plain")) == []


def test_a_restore_stops_the_running_server_after_the_copy_was_checked(shopper, tmp_path, home):
    shopper("accounts", "add", "Personal")
    shopper("backup", tmp_path / "copy.sqlite")
    shopper("accounts", "add", "Business")
    (tmp_path / "broken.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    started = [sys.executable, "-m", "assistant", "--home", str(home), "--port", "0", "serve"]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as server:
        assert "Shopper answers at" in server.stderr.readline()
        assert shopper("restore", tmp_path / "broken.sqlite").code == 3
        assert server.poll() is None
        restored = shopper("restore", tmp_path / "copy.sqlite", "--json")
        assert (restored.code, restored.json["stopped"]) == (0, True)
        assert server.wait(20) == 0
    assert [entry["key"] for entry in shopper("accounts", "list", "--json").json["items"]] == ["personal"]


def test_a_person_is_asked_before_a_running_server_is_stopped(shopper, tmp_path, home, monkeypatch):
    shopper("accounts", "add", "Personal")
    shopper("backup", tmp_path / "copy.sqlite")
    started = [sys.executable, "-m", "assistant", "--home", str(home), "--port", "0", "serve"]
    monkeypatch.setattr(command.sys.stdin, "isatty", lambda: True, raising=False)
    questions = []
    monkeypatch.setattr(command, "is_confirmed", questions.append)
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as server:
        assert "Shopper answers at" in server.stderr.readline()
        assert shopper("restore", tmp_path / "copy.sqlite").code == 3
        assert (len(questions), server.poll()) == (1, None)
        assert shopper("restore", tmp_path / "copy.sqlite", "--yes").code == 0
        assert (len(questions), server.wait(20)) == (1, 0)
