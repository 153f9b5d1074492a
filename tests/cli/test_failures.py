"""Closed or full streams, unreadable files, unusual targets, and unexpected failures."""

import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.cli.app import run


@pytest.fixture
def command(home):
    return [sys.executable, "-m", "assistant", "--home", str(home)]


EXPORT = ("export", "accountant-csv", "--purpose", "personal", "-o", "-")


@pytest.mark.parametrize("arguments", [("orders",), ("orders", "--json"), ("orders", "--csv"), EXPORT])
def test_a_closed_pipe_is_not_a_failure(command, export, arguments):
    """`shopper orders | head -1` under `set -o pipefail`."""
    subprocess.run([*command, "import", export, "--account", "Me", "--new-account"], check=False, capture_output=True)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*command, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_reported(command):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*command, "orders"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Not all of the output could be written: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_export_to_a_full_output_is_named(command, export):
    subprocess.run([*command, "import", export, "--account", "Me", "--new-account"], check=False, capture_output=True)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*command, *EXPORT], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode().startswith("Standard output cannot be written: ")) == (3, True)


def test_commands_work_without_standard_output(command):
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        assert subprocess.run(["sh", "-c", f"{shlex.join(command)} orders {closed}"], check=False, capture_output=True).returncode == 0


def test_an_unexpected_failure_is_one_sentence_without_personal_data(home, monkeypatch, capsys):
    def fails(*_arguments, **_words):
        raise RuntimeError("112-1234567-1234567")

    monkeypatch.setattr("assistant.cli.imports.coverage.services_of", fails)
    assert run(["--home", str(home), "coverage"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("Something went wrong inside Shopper.")
    assert "RuntimeError in test_failures.py" in said
    assert "112-" not in said


def test_an_unreadable_file_does_not_stop_the_import(shopper, export, tmp_path):
    closed = tmp_path / "closed.csv"
    closed.write_text("x")
    closed.chmod(0)
    found = shopper("read", closed, export, "--json")
    assert found.code == 1
    assert [entry["source"]["kind"] for entry in found.json] == ["other", "privacy_zip"]
    assert found.json[0]["problems"]


def test_an_export_follows_links_and_pipes_without_replacing_them(shopper, export, tmp_path):
    shopper("import", export, "--account", "Me", "--new-account")
    real, link, pipe = (tmp_path / name for name in ("real.csv", "link.csv", "pipe"))
    real.touch()
    link.symlink_to(real)
    assert shopper("export", "accountant-csv", "--purpose", "personal", "-o", link).code == 1
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("tax_year,")
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    assert shopper("export", "accountant-csv", "--purpose", "personal", "-o", pipe).code == 1
    assert reader.communicate(timeout=20)[0] == real.read_bytes()
    assert pipe.is_fifo()


@pytest.mark.parametrize("after", [0.15, 0.3, 0.6, 1.0])
def test_an_interrupted_demo_does_not_block_the_next_one(command, home, after):
    begun = subprocess.Popen([*command, "demo", "--no-app"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with suppress(subprocess.TimeoutExpired):
        begun.wait(after)
    begun.send_signal(signal.SIGINT)
    said = begun.communicate(timeout=20)[1]
    assert b"assistant/" not in said
    assert [entry for entry in home.parent.iterdir() if entry != home] == []
    assert subprocess.run([*command, "demo", "--no-app"], check=False, capture_output=True).returncode == 0


def test_a_path_that_cannot_be_opened_or_decoded_does_not_stop_the_import(shopper, export, tmp_path):
    folder = tmp_path / "all"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed.csv").touch(0)
    (folder / "closed").chmod(0)
    export.rename(folder / "B\udcfccher.zip")
    found = shopper("import", folder, "--account", "Me", "--new-account", "--json")
    (folder / "closed").chmod(0o700)
    assert found.json["items"][0]["new"] == 2
    assert (
        shopper("import", folder / "B\udcfccher.zip", "--account", "Me", "--new-account", "--json").json["items"][0]["name"]
        == "B\ufffdcher.zip"
    )
    if os.geteuid():
        assert {problem["code"] for problem in found.json["items"][0]["problems"]} == {"unreadable"}
