"""`shopper autostart`: the files with which each system starts the server, and that they start it."""

import os
import plistlib
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from assistant.cli.autostart import serve_command
from assistant.domain.errors import DomainError
from assistant.services.autostart import StartFile, start_file
from assistant.settings import Settings

STRANGE = 'my "$HOME" 10% \\ folder'
ENVIRONMENT = {"HOME": "/home/ana", "APPDATA": "/roaming"}


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings folder of a user without systemd."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: False)
    return tmp_path / "config"


@pytest.fixture
def systemd(config: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fake `systemctl` that records its arguments, because tests have no user session."""
    calls, program = config.parent / "calls.txt", config.parent / "bin" / "systemctl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {shlex.quote(str(calls))}\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: True)
    return calls


def started_by(unit: str) -> list[str]:
    """Return the command of a unit, read as systemd reads it."""
    line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    return [part.replace("%%", "%").replace("$$", "$") for part in shlex.split(line.removeprefix("ExecStart="))]


def test_systemd_starts_the_server_until_it_is_turned_off(shopper, home, config, systemd):
    assert shopper("autostart", "status", "--json").json == {"state": "off", "kind": None, "file": None, "running": False}
    assert shopper("autostart", "on").code == 0
    unit = config / "systemd" / "user" / "shopper.service"
    assert stat.S_IMODE(unit.stat().st_mode) == 0o600
    assert started_by(unit.read_text())[-3:] == ["--home", str(home), "serve"]
    assert systemd.read_text().splitlines() == ["--user daemon-reload", "--user enable --now shopper.service"]
    assert shopper("autostart", "status", "--json").json["state"] == "on"
    assert shopper("autostart", "off").code == 0
    assert systemd.read_text().splitlines()[2:] == ["--user disable --now shopper.service"]
    assert not unit.exists()
    assert "Nothing was changed" in shopper("autostart", "off").out


def test_a_unit_that_systemd_refuses_leaves_nothing_behind(shopper, config, systemd):
    program = systemd.parent / "bin" / "systemctl"
    program.write_text("#!/bin/sh\necho Access denied >&2\nexit 4\n")
    told = shopper("autostart", "on")
    assert told.code == 3
    assert "Access denied" in told.err
    assert not (config / "systemd" / "user" / "shopper.service").exists()


def test_without_systemd_the_desktop_starts_the_server(shopper, config):
    assert shopper("autostart", "on", "--port", "9123").code == 0
    entry = config / "autostart" / "shopper.desktop"
    assert "Type=Application" in entry.read_text().splitlines()
    assert '"--port" "9123" "serve"' in entry.read_text()
    assert shopper("autostart", "off").out.strip() == f"Removed: {entry}"


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_start_file_is_in_the_right_place_on_every_system(platform, monkeypatch):
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: True)
    places = {
        "linux": "/home/ana/.config/systemd/user/shopper.service",
        "darwin": "/home/ana/Library/LaunchAgents/local.shopper.server.plist",
        "win32": "/roaming/Microsoft/Windows/Start Menu/Programs/Startup/shopper.cmd",
    }
    assert start_file(["shopper", "serve"], ENVIRONMENT, platform).path == Path(places[platform])


def test_strange_folder_names_survive_in_every_file(monkeypatch):
    command = ["/usr/bin/python3", "-m", "assistant", "--home", f"/data/{STRANGE}", "serve"]
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: True)
    assert started_by(start_file(command, ENVIRONMENT, "linux").content.decode()) == command
    assert plistlib.loads(start_file(command, ENVIRONMENT, "darwin").content)["ProgramArguments"] == command
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: False)
    line = next(line for line in start_file(command, ENVIRONMENT, "linux").content.decode().splitlines() if line.startswith("Exec="))
    # A desktop first reads the escapes of a string, then those of the command.
    inner = line.removeprefix("Exec=").replace("%%", "%").encode().decode("unicode_escape")
    printed = subprocess.run(["sh", "-c", f"printf '%s\\n' {inner}"], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines() == command


def test_launchd_gets_only_keys_that_it_documents():
    agent = plistlib.loads(start_file(["/usr/bin/python3", "-m", "assistant", "serve"], ENVIRONMENT, "darwin").content)
    # man launchd.plist
    types = {"Label": str, "ProgramArguments": list, "RunAtLoad": bool, "KeepAlive": dict, "ThrottleInterval": int}
    assert {name: type(value) for name, value in agent.items()} == types
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert f"{agent['Label']}.plist" == start_file([], ENVIRONMENT, "darwin").path.name


def test_windows_reads_names_in_every_language_and_percent_signs():
    command = [r"C:\Users\Jürgen 京都\python.exe", "-m", "assistant", "--home", r"D:\100% & more", "serve"]
    first, second, rest = start_file(command, ENVIRONMENT, "win32").content.decode("utf-8").split("\r\n")
    assert first == "@chcp 65001 >nul"
    assert second == r'@start "Shopper" /min "C:\Users\Jürgen 京都\python.exe" "-m" "assistant" "--home" "D:\100%% & more" "serve"'
    assert rest == ""


def test_the_unit_starts_a_server_on_that_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.services.autostart._systemd_runs", lambda: True)
    settings = Settings(home=tmp_path / STRANGE.replace("/", ""), own_home=True, port=0, own_port=True)
    unit: StartFile = start_file(serve_command(settings), ENVIRONMENT, "linux")
    file = tmp_path / "shopper.service"
    file.write_bytes(unit.content)
    analyse = shutil.which("systemd-analyze")
    if analyse:
        checked = subprocess.run([analyse, "verify", "--user", file], capture_output=True, text=True, check=False, env={
            **os.environ, "XDG_RUNTIME_DIR": str(tmp_path),
        })  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")
    with subprocess.Popen(started_by(unit.content.decode()), stderr=subprocess.PIPE, text=True, cwd="/") as process:
        try:
            assert process.stderr is not None
            assert "Shopper answers at" in process.stderr.readline()
            assert (settings.home / "ledger.sqlite").is_file()
        finally:
            process.terminate()
            process.wait(timeout=60)
            assert process.returncode == 0


def test_without_a_home_folder_one_sentence_says_so(monkeypatch):
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(DomainError, match="Set HOME"):
        start_file(["shopper"], {}, "linux")
