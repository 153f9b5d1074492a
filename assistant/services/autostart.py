"""Starts the server when the user logs in, with the operating system's own mechanism.

Linux: a systemd user unit, or an XDG autostart entry where no systemd runs for the user. macOS: a launchd agent. Windows: a file in the
Startup folder. Each is one file that a person can read and delete.
"""

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import DomainError
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

_UNIT, _LABEL = "shopper.service", "local.shopper.server"
_PATIENCE = 30.0
Commands = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFile:
    """A file that makes the system start the server, and the commands that make the system read or forget it."""

    kind: str
    path: Path
    content: bytes
    enable: Commands = ()
    disable: Commands = ()


def start_file(command: Sequence[str], environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> StartFile:
    """Return the file for this system that starts `command`. Raises DomainError when the user has no home folder."""
    try:
        home = Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    except RuntimeError as error:
        raise DomainError(translated("There is no home folder, so nothing can be started at login. Set HOME.")) from error
    if platform == "darwin":
        return _launchd(command, home)
    if platform == "win32":
        return _startup(command, Path(environment.get("APPDATA") or home / "AppData" / "Roaming"))
    settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return _systemd(command, settings) if _systemd_runs() else _desktop(command, settings)


def turn_on(command: Sequence[str]) -> StartFile:
    """Start the server at every login, and now where the system can do that. Raises DomainError; then nothing is left behind."""
    wanted = start_file(command)
    try:
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
        draft = wanted.path.with_name(f".{wanted.path.name}.part")
        draft.write_bytes(wanted.content)
        # A database URL may hold a password.
        draft.chmod(0o600)
        draft.replace(wanted.path)
    except OSError as error:
        raise DomainError(
            translated("{path} cannot be written: {reason}. Check the rights of its folder.", path=wanted.path, reason=reason_of(error))
        ) from error
    try:
        for call in wanted.enable:
            _run(call)
    except DomainError:
        wanted.path.unlink(missing_ok=True)
        raise
    return wanted


def turn_off(command: Sequence[str]) -> list[Path]:
    """Remove everything that starts the server at login, and stop the server that was started this way; return the removed files."""
    removed = []
    for known in _all_kinds(command):
        if known.path.exists():
            for call in known.disable:
                with suppress(DomainError):
                    _run(call)
            known.path.unlink(missing_ok=True)
            removed.append(known.path)
    return removed


def find(command: Sequence[str]) -> StartFile | None:
    """Return the file that starts the server at login, None if there is none. `content` is what would be written now."""
    return next((known for known in _all_kinds(command) if known.path.exists()), None)


def _all_kinds(command: Sequence[str]) -> list[StartFile]:
    wanted = start_file(command)
    if not sys.platform.startswith("linux"):
        return [wanted]
    settings = wanted.path.parents[2] if wanted.kind == "systemd" else wanted.path.parents[1]
    return [_systemd(command, settings), _desktop(command, settings)]


def _systemd(command: Sequence[str], settings: Path) -> StartFile:
    quoted = " ".join('"{}"'.format(part.replace("\\", "\\\\").replace('"', '\\"')) for part in command)
    content = f"""\
[Unit]
Description=Shopper's local server

[Service]
ExecStart={quoted.replace("%", "%%").replace("$", "$$")}
Restart=on-failure
RestartSec=60
RestartPreventExitStatus=2

[Install]
WantedBy=default.target
"""
    control = ("systemctl", "--user")
    return StartFile(
        kind="systemd",
        path=settings / "systemd" / "user" / _UNIT,
        content=content.encode("utf-8", "surrogateescape"),
        enable=((*control, "daemon-reload"), (*control, "enable", "--now", _UNIT)),
        disable=((*control, "disable", "--now", _UNIT),),
    )


def _desktop(command: Sequence[str], settings: Path) -> StartFile:
    # https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    escaped = (part.replace("\\", "\\\\\\\\").replace('"', '\\\\"').replace("$", "\\\\$").replace("`", "\\\\`") for part in command)
    quoted = " ".join(f'"{part}"' for part in escaped).replace("%", "%%")
    content = f"[Desktop Entry]\nType=Application\nName=Shopper server\nExec={quoted}\nTerminal=false\nNoDisplay=true\n"
    return StartFile(kind="xdg", path=settings / "autostart" / "shopper.desktop", content=content.encode("utf-8", "surrogateescape"))


def _launchd(command: Sequence[str], home: Path) -> StartFile:
    path = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    entries = {
        "Label": _LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 60,
    }
    return StartFile(
        kind="launchd",
        path=path,
        content=plistlib.dumps(entries),
        enable=(("launchctl", "load", "-w", str(path)),),
        disable=(("launchctl", "unload", "-w", str(path)),),
    )


def _startup(command: Sequence[str], roaming: Path) -> StartFile:
    path = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup" / "shopper.cmd"
    quoted = " ".join(f'"{part}"' for part in command).replace("%", "%%")
    # Windows reads such a file in an old code page, which has no letters of other languages, unless the file itself chooses UTF-8.
    return StartFile(kind="startup", path=path, content=f'@chcp 65001 >nul\r\n@start "Shopper" /min {quoted}\r\n'.encode())


def _systemd_runs() -> bool:
    """Return whether systemd manages this user's session."""
    if shutil.which("systemctl") is None:
        return False
    with suppress(DomainError):
        _run(("systemctl", "--user", "show", "--property=Version"))
        return True
    return False


def _run(call: Sequence[str]) -> None:
    """Run a program of the system. Raises DomainError with its own words."""
    try:
        # The program and its arguments are constants and a path of this user; no shell reads them.
        done = subprocess.run(call, capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise DomainError(translated("'{command}' did not work: {error}.", command=" ".join(call), error=error)) from error
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip() or translated("exit code {code}", code=done.returncode)).splitlines()[0]
        raise DomainError(translated("'{command}' did not work: {reason}.", command=" ".join(call), reason=reason))
