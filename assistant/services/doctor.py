"""Checks an installation and names the command that fixes each problem. Nothing is changed."""

import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from assistant import __version__
from assistant.browsers.chromium import extension_folder
from assistant.browsers.programs import installed_programs
from assistant.domain.errors import BrowserAway, DomainError, LedgerUnusable
from assistant.domain.languages.translating import translated
from assistant.locations import unsafe_place
from assistant.services.autostart import find
from assistant.settings.user_settings import drop_folder, read_user_settings
from assistant.storage.backups import BEFORE, Proven, backups_in, newest_event_time, prove
from assistant.storage.engine import Database, sqlite_file
from assistant.storage.private_files import FOLDER, loose
from assistant.storage.recovery import has_foreign_log
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import SAFE_SQLITE, sqlite_module

_LEAST_SPACE = 200 << 20
_STALE = timedelta(days=2)
_FAST_CLOCK = timedelta(minutes=5)
_SUPPORTED = (3, 11)
_LONG_CHECK = 1 << 30
"""Bytes of a ledger from which the full check takes half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one check. `fix` is what to do, empty if nothing is wrong."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str
    fix: str = ""


def examine(home: Path, database_url: str, now: datetime) -> list[Finding]:
    """Check a data folder, its ledger and what Shopper needs on this machine."""
    home = home.expanduser()
    return [
        *_programs(),
        *_folder(home, database_url),
        _space(home),
        _log(home),
        _drop_folder(home),
        *_database(database_url, now),
        *_browsers(),
        _autostart(),
    ]


def _programs() -> Iterator[Finding]:
    python = platform.python_version()
    yield Finding(name="version", state="ok", text=f"Shopper {__version__}, Python {python}, {platform.system()} {platform.release()}")
    if sys.version_info[:2] < _SUPPORTED:
        yield Finding(name="python", state="fail", text=f"Python {python} is too old.", fix="Install Python 3.11 or newer.")
    version = sqlite_module().sqlite_version_info
    text = f"SQLite {'.'.join(map(str, version))}"
    if version < SAFE_SQLITE:
        wanted = ".".join(map(str, SAFE_SQLITE))
        yield Finding(
            name="sqlite", state="warn", text=f"{text} is older than {wanted}: use one Shopper at a time.", fix="pip install pysqlite3"
        )
    else:
        yield Finding(name="sqlite", state="ok", text=text)


def _folder(home: Path, database_url: str) -> Iterator[Finding]:
    if home.is_symlink():
        yield Finding(name="folder", state="fail", text=f"{home} is a link.", fix=f"shopper --home '{home.resolve()}'")
        return
    if home.exists():
        yield _rights(home, database_url)
    else:
        yield Finding(name="folder", state="ok", text=f"{home} does not exist yet; Shopper creates it when needed.")
    unsafe = unsafe_place(home)
    if unsafe:
        text = f"{home} is {unsafe}: SQLite can lose data there."
        yield Finding(name="place", state="fail", text=text, fix="shopper --home LOCAL_FOLDER")


def _rights(home: Path, database_url: str) -> Finding:
    try:
        found = loose(home, sqlite_file(database_url) or home / "ledger.sqlite")
    except (OSError, DomainError) as error:
        return Finding(name="rights", state="fail", text=f"{home} cannot be listed: {error}", fix=f"chmod u+rwx '{home}'")
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding(name="rights", state="fail", text=f"You may not write to {home}.", fix=f"chmod u+rwx '{home}'")
    if found:
        names = ", ".join(f"'{path}'" for path in found[:3])
        return Finding(name="rights", state="warn", text=f"Others on this machine may read {names}.", fix=f"chmod -R go= '{home}'")
    return Finding(name="folder", state="ok", text=f"{home}, for its owner only.")


def _space(home: Path) -> Finding:
    place = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < _LEAST_SPACE:
        return Finding(name="disk", state="warn", text=f"Only {free >> 20} MB are free in {place}.", fix="Free some space.")
    return Finding(name="disk", state="ok", text=f"{free >> 20:,} MB free")


def _log(home: Path) -> Finding:
    file = home / "log" / "shopper.log"
    if not file.exists():
        return Finding(name="log", state="ok", text="There is no log yet; the server writes one.")
    return Finding(name="log", state="ok", text=f"{file}, {file.stat().st_size >> 10:,} KiB")


def _drop_folder(home: Path) -> Finding:
    folder = drop_folder(home, read_user_settings(home))
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        text = translated("{folder} cannot be used: it is no folder, or you may not write to it.", folder=folder)
        return Finding(name="drop folder", state="warn", text=text, fix="shopper settings set drop_folder FOLDER")
    text = translated("The server imports files that you put into the folder of their account in {folder}.", folder=folder)
    return Finding(name="drop folder", state="ok", text=text)


def _database(url: str, now: datetime) -> Iterator[Finding]:
    try:
        ledger = sqlite_file(url)
        if ledger is None:
            yield Finding(name="ledger", state="ok", text=_server_state(url))
            return
    except DomainError as error:
        yield Finding(name="ledger", state="fail", text=str(error), fix="shopper --database URL")
        return
    proven, finding = _ledger(ledger)
    yield finding
    yield _clock(ledger if proven else None, now)
    yield _backup(ledger, now)


def _server_state(url: str) -> str:
    database = Database(url)
    try:
        return f"{database.describe()} Back it up with pg_dump."
    finally:
        database.close()


def _ledger(ledger: Path) -> tuple[Proven | None, Finding]:
    if not ledger.exists():
        return None, Finding(name="ledger", state="ok", text=f"{ledger} does not exist yet; Shopper creates it when needed.")
    if has_foreign_log(ledger):
        text = f"{ledger} was replaced while changes of another ledger were waiting beside it ({ledger.name}-wal)."
        return None, Finding(name="ledger", state="fail", text=text, fix=f"shopper restore '{ledger}' (uses that file, keeps the changes)")
    try:
        proven = prove(ledger, quick=ledger.stat().st_size > _LONG_CHECK)
    except DomainError as error:
        newest = next((file for _, file in backups_in(ledger.parent / FOLDER)), None)
        return None, Finding(name="ledger", state="fail", text=str(error), fix=f"shopper restore '{newest or 'FILE'}'")
    text = f"{ledger}: {proven.orders} orders, {proven.size >> 10:,} KiB, schema {proven.version}, checked"
    if proven.version != newest_version():
        text = f"{text}; it is migrated when it is next opened."
        return proven, Finding(name="ledger", state="warn", text=text, fix="shopper accounts list")
    return proven, Finding(name="ledger", state="ok", text=text)


def _clock(ledger: Path | None, now: datetime) -> Finding:
    """Compare the clock with what the ledger has seen: nothing in it can be from the future."""
    newest = newest_event_time(ledger) if ledger is not None else None
    local = f"{now.astimezone():%Y-%m-%d %H:%M %Z}"
    if newest is not None and newest - now > _FAST_CLOCK:
        text = f"The clock says {local}, but the ledger has events of {newest.astimezone():%Y-%m-%d %H:%M}."
        return Finding(name="clock", state="warn", text=text, fix="Set the clock of this machine.")
    return Finding(name="clock", state="ok", text=local)


def _backup(ledger: Path, now: datetime) -> Finding:
    """Check the automatic backups, newest first, until one is sound."""
    folder = ledger.parent / FOLDER
    copies = sorted((*backups_in(folder), *backups_in(folder, BEFORE)), reverse=True)
    if not ledger.exists() and not copies:
        return Finding(name="backup", state="ok", text="Nothing to back up yet.")
    damaged = []
    for at, file in copies:
        try:
            prove(file)
        except LedgerUnusable:
            damaged.append(file.name)
            continue
        text = f"The newest sound backup is {file}, from {at.astimezone():%Y-%m-%d %H:%M}."
        if damaged:
            return Finding(name="backup", state="warn", text=f"{text} Damaged: {', '.join(damaged)}.", fix="shopper backup FILE")
        if now - at < _STALE:
            return Finding(name="backup", state="ok", text=text)
        return Finding(name="backup", state="warn", text=f"{text} It is old: the server makes one a day.", fix="shopper backup FILE")
    text = "All automatic backups are damaged." if damaged else "There is no automatic backup yet: the server makes one a day."
    return Finding(name="backup", state="fail" if damaged else "warn", text=text, fix="shopper backup FILE")


def _browsers() -> Iterator[Finding]:
    found = [f"{program.name} ({program.path})" for program in installed_programs()]
    if found:
        yield Finding(name="browsers", state="ok", text=", ".join(found))
    else:
        yield Finding(name="browsers", state="warn", text="No browser was found.", fix="Install Chromium, Edge, Brave, Chrome or Firefox.")
    try:
        folder = extension_folder()
        version = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["version"]
    except (BrowserAway, OSError, ValueError, KeyError) as error:
        yield Finding(name="extension", state="fail", text=str(error), fix="Install Shopper again.")
        return
    text = f"Version {version} in {folder}"
    if version != __version__:
        text = f"{text} does not belong to Shopper {__version__}."
        yield Finding(name="extension", state="warn", text=text, fix="Install Shopper again, and reload the extension in the browser.")
    else:
        yield Finding(name="extension", state="ok", text=text)


def _autostart() -> Finding:
    try:
        file = find(())
    except DomainError as error:
        return Finding(name="autostart", state="ok", text=str(error))
    return Finding(
        name="autostart", state="ok", text=f"On: {file.path}" if file else "Off. 'shopper autostart on' starts the server at login."
    )
