"""`shopper doctor` reports problems and the command that fixes each."""

import socket

import pytest

from assistant.bootstrap import build
from assistant.settings import Settings


def findings(shopper, *flags) -> tuple[int, dict]:
    done = shopper(*flags, "doctor", "--json")
    return done.code, {entry["name"]: entry for entry in done.json["items"]}


@pytest.fixture
def ledger(shopper, home):
    shopper("accounts", "add", "Personal")
    return home / "ledger.sqlite"


def test_a_sound_ledger_without_a_backup_is_reported(shopper, ledger):
    code, found = findings(shopper)
    assert (found["ledger"]["state"], found["folder"]["state"], found["sqlite"]["state"]) == ("ok", "ok", "ok")
    assert (code, found["backup"]["state"], found["backup"]["fix"]) == (1, "warn", "shopper backup FILE")
    assert str(ledger) in found["ledger"]["text"]


def test_an_empty_setup_is_fine(shopper, home):
    code, _ = findings(shopper, "--port", "0")
    assert code == 0
    assert not home.exists()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"\xff" * 5000, b"something else"])
def test_an_unreadable_ledger_says_how_to_recover(shopper, ledger, content):
    for log in ("-wal", "-shm"):
        ledger.with_name(f"ledger.sqlite{log}").unlink(missing_ok=True)
    ledger.write_bytes(content)
    code, found = findings(shopper)
    assert (code, found["ledger"]["state"]) == (1, "fail")
    assert found["ledger"]["fix"].startswith("shopper restore")
    assert ledger.read_bytes() == content


def test_for_a_damaged_ledger_the_newest_copy_that_is_sound_is_offered(shopper, ledger):
    folder = ledger.parent / "backups"
    folder.mkdir()
    older, newer = folder / "ledger-20260301-100000+0000.sqlite", folder / "before-migration-20260302-100000+0000.sqlite"
    for file in (older, newer):
        assert shopper("backup", file).code == 0
    newest = folder / "ledger-20260303-100000+0000.sqlite"
    newest.write_bytes(newer.read_bytes()[:9000])
    ledger.write_bytes(b"something else")
    for log in ("-wal", "-shm"):
        ledger.with_name(f"ledger.sqlite{log}").unlink(missing_ok=True)
    _, found = findings(shopper)
    assert found["ledger"]["fix"] == f"shopper restore '{newer}'"


def test_a_ledger_beside_the_log_of_another_one_is_reported_and_left_alone(shopper, ledger, tmp_path):
    services = build(Settings(home=ledger.parent, port=0))
    services.accounts.add("Two", "personal")
    log = ledger.with_name("ledger.sqlite-wal")
    kept = log.read_bytes()
    services.close()
    services = build(Settings(home=tmp_path / "other", port=0))
    services.accounts.add("Strange", "personal")
    services.close()
    ledger.write_bytes((tmp_path / "other" / "ledger.sqlite").read_bytes())
    log.write_bytes(kept)
    code, found = findings(shopper)
    assert (code, found["ledger"]["state"]) == (1, "fail")
    assert "was replaced while changes of another ledger were waiting" in found["ledger"]["text"]
    assert log.read_bytes() == kept


def test_a_file_readable_by_others_and_a_taken_port_are_reported(shopper, ledger):
    ledger.chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as other:
        _, found = findings(shopper, "--port", str(other.getsockname()[1]))
    assert found["rights"]["fix"].startswith("chmod")
    assert found["port"]["state"] == "fail"


def test_a_file_in_place_of_the_data_folder_is_named(shopper, home):
    home.write_text("mine")
    code, found = findings(shopper)
    assert (code, found["folder"]["text"], found["folder"]["fix"]) == (1, f"{home} is no folder.", "shopper --home FOLDER")


@pytest.mark.parametrize("below", ["shopper", "deep/shopper"])
def test_a_data_folder_that_cannot_be_created_is_named(shopper, tmp_path, below):
    photo = tmp_path / "photo.jpg"
    photo.write_text("mine")
    code, found = findings(shopper, "--home", photo / below)
    assert (code, found["folder"]["state"], found["ledger"]["state"]) == (1, "fail", "fail")
    assert found["folder"]["text"] == f"{photo / below} cannot be created. {photo} is no folder."
    assert found["drop folder"]["state"] == "warn"


def test_a_data_folder_in_one_that_may_not_be_written_to_is_named(shopper, tmp_path, monkeypatch):
    # A superuser may write everywhere, so the answer of the system is replaced.
    monkeypatch.setattr("assistant.services.doctor.os.access", lambda place, _: place != tmp_path)
    code, found = findings(shopper, "--home", tmp_path / "a" / "b")
    assert (code, found["folder"]["text"]) == (1, f"{tmp_path / 'a' / 'b'} cannot be created. You may not write to {tmp_path}.")


def test_a_drop_folder_with_a_name_that_no_folder_can_have_is_named(shopper, tmp_path):
    assert shopper("settings", "set", "drop_folder", tmp_path / ("x" * 300)).code == 0
    code, found = findings(shopper)
    assert (code, found["drop folder"]["state"]) == (1, "warn")
