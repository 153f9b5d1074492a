"""Checks an installation and names the command that fixes each problem. Nothing is changed."""

import errno
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
from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import translated, translated_count
from assistant.locations import unsafe_place
from assistant.services.autostart import find
from assistant.settings.user_settings import drop_folder, read_user_settings
from assistant.storage.backups import Proven, best_first, newest_event_time, newest_good_backup, prove
from assistant.storage.engine import Database, sqlite_file
from assistant.storage.private_files import FOLDER, loose
from assistant.storage.recovery import has_foreign_log
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import SAFE_SQLITE, sqlite_module

_LEAST_SPACE, _FULL = 200 << 20, 1 << 20
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
        yield Finding(
            name="python",
            state="fail",
            text=translated("Python {version} is too old.", version=python),
            fix=translated("Install Python 3.11 or newer."),
        )
    version = sqlite_module().sqlite_version_info
    text = f"SQLite {'.'.join(map(str, version))}"
    if version < SAFE_SQLITE:
        wanted = ".".join(map(str, SAFE_SQLITE))
        fix = translated("In your checkout of Shopper: uv tool install --with pysqlite3 . (or: pipx inject shopper pysqlite3)")
        said = translated("{version} is older than {wanted}. Do not run two Shoppers at once.", version=text, wanted=wanted)
        yield Finding(name="sqlite", state="warn", text=said, fix=fix)
    else:
        yield Finding(name="sqlite", state="ok", text=text)


def _folder(home: Path, database_url: str) -> Iterator[Finding]:
    if home.is_symlink():
        yield Finding(
            name="folder", state="fail", text=translated("{folder} is a link.", folder=home), fix=f"shopper --home '{home.resolve()}'"
        )
        return
    if _exists(home):
        yield _rights(home, database_url)
    else:
        yield _missing("folder", home, "shopper --home FOLDER")
    unsafe = unsafe_place(home)
    if unsafe:
        text = translated("{folder} is {place}: SQLite can lose data there.", folder=home, place=unsafe)
        yield Finding(name="place", state="fail", text=text, fix="shopper --home LOCAL_FOLDER")


def _rights(home: Path, database_url: str) -> Finding:
    if not home.is_dir():
        return Finding(name="folder", state="fail", text=translated("{folder} is no folder.", folder=home), fix="shopper --home FOLDER")
    try:
        found = loose(home, sqlite_file(database_url) or home / "ledger.sqlite")
    except (OSError, DomainError) as error:
        text = translated("{folder} cannot be listed: {error}", folder=home, error=error)
        return Finding(name="rights", state="fail", text=text, fix=f"chmod u+rwx '{home}'")
    if not os.access(home, os.W_OK | os.X_OK):
        text = translated("You may not write to {folder}.", folder=home)
        return Finding(name="rights", state="fail", text=text, fix=f"chmod u+rwx '{home}'")
    if found:
        names = ", ".join(f"'{path}'" for path in found[:3])
        text = translated("Others on this machine may read {files}.", files=names)
        return Finding(name="rights", state="warn", text=text, fix=f"chmod -R go= '{home}'")
    return Finding(name="folder", state="ok", text=translated("{folder}, for its owner only.", folder=home))


def _missing(name: str, place: Path, fix: str) -> Finding:
    """Return whether Shopper can create what does not exist yet."""
    obstacle = _obstacle(place)
    if obstacle is None:
        text = translated("{place} does not exist yet; Shopper creates it when needed.", place=place)
        return Finding(name=name, state="ok", text=text)
    reason = (
        translated("You may not write to {folder}.", folder=obstacle)
        if obstacle.is_dir()
        else translated("{folder} is no folder.", folder=obstacle)
    )
    return Finding(name=name, state="fail", text=f"{translated('{place} cannot be created.', place=place)} {reason}", fix=fix)


def _obstacle(place: Path) -> Path | None:
    """Return why a folder cannot be used: its name is impossible, or its nearest parent is not a folder or not writable."""
    try:
        place.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return place
    nearest = _nearest(place)
    return None if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK) else nearest


def _nearest(place: Path) -> Path:
    """Return a place, or its nearest parent that exists."""
    return next(folder for folder in (place, *place.absolute().parents) if _exists(folder))


def _exists(place: Path) -> bool:
    """Return whether a place exists; one that may not be looked at does not."""
    try:
        return place.exists()
    except OSError:
        return False


def _space(home: Path) -> Finding:
    place = _nearest(home)
    free = shutil.disk_usage(place).free
    if free < _LEAST_SPACE:
        text = translated("Only {size} MB are free in {folder}.", size=free >> 20, folder=place)
        return Finding(name="disk", state="warn", text=text, fix=translated("Free some space."))
    return Finding(name="disk", state="ok", text=translated("{size} MB free", size=number(free >> 20)))


def _log(home: Path) -> Finding:
    file = home / "log" / "shopper.log"
    if not _exists(file):
        return Finding(name="log", state="ok", text=translated("There is no log yet; the server writes one."))
    return Finding(name="log", state="ok", text=f"{file}, {number(file.stat().st_size >> 10)} KiB")


def _drop_folder(home: Path) -> Finding:
    folder = drop_folder(home, read_user_settings(home))
    if _obstacle(folder) is not None:
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
        return translated("{database} Back it up with pg_dump.", database=database.describe())
    finally:
        database.close()


def _ledger(ledger: Path) -> tuple[Proven | None, Finding]:
    if not _exists(ledger):
        return None, _missing("ledger", ledger, "shopper --home FOLDER")
    if has_foreign_log(ledger):
        text = translated(
            "{ledger} was replaced while changes of another ledger were waiting beside it ({name}-wal).", ledger=ledger, name=ledger.name
        )
        fix = translated("shopper restore '{ledger}' (uses that file, keeps the changes)", ledger=ledger)
        return None, Finding(name="ledger", state="fail", text=text, fix=fix)
    try:
        proven = prove(ledger, quick=ledger.stat().st_size > _LONG_CHECK)
    except DomainError as error:
        if shutil.disk_usage(ledger.parent).free < _FULL:
            # SQLite needs some space even to read, and the ledger may be sound: no copy should take its place now.
            text = translated("{ledger} cannot be opened because the disk is full.", ledger=ledger)
            return None, Finding(name="ledger", state="fail", text=text, fix=translated("Free some space."))
        return None, Finding(name="ledger", state="fail", text=str(error), fix=f"shopper restore '{newest_good_backup(ledger) or 'FILE'}'")
    facts = {
        "ledger": ledger,
        "orders": translated_count("{count} order", "{count} orders", proven.orders),
        "size": number(proven.size >> 10),
        "schema": proven.version,
    }
    text = translated("{ledger}: {orders}, {size} KiB, schema {schema}, checked", **facts)
    if proven.version != newest_version():
        text = translated("{ledger}: {orders}, {size} KiB, schema {schema}, checked; it is migrated when it is next opened.", **facts)
        return proven, Finding(name="ledger", state="warn", text=text, fix="shopper accounts list")
    return proven, Finding(name="ledger", state="ok", text=text)


def _clock(ledger: Path | None, now: datetime) -> Finding:
    """Compare the clock with what the ledger has seen: nothing in it can be from the future."""
    newest = newest_event_time(ledger) if ledger is not None else None
    local = f"{now.astimezone():%Y-%m-%d %H:%M %Z}"
    if newest is not None and newest - now > _FAST_CLOCK:
        latest = f"{newest.astimezone():%Y-%m-%d %H:%M}"
        text = translated("The clock says {now}, but the ledger has events of {latest}.", now=local, latest=latest)
        return Finding(name="clock", state="warn", text=text, fix=translated("Set the clock of this machine."))
    return Finding(name="clock", state="ok", text=local)


def _backup(ledger: Path, now: datetime) -> Finding:
    """Check the automatic backups, newest first, until one is sound."""
    folder = ledger.parent / FOLDER
    copies = best_first(folder, now)
    if not _exists(ledger) and not copies:
        return Finding(name="backup", state="ok", text=translated("Nothing to back up yet."))
    damaged = []
    for at, file in copies:
        try:
            prove(file)
        except LedgerUnusable:
            damaged.append(file.name)
            continue
        text = translated("The newest sound backup is {file}, from {moment}.", file=file, moment=f"{at.astimezone():%Y-%m-%d %H:%M}")
        if damaged:
            text = f"{text} {translated('Damaged: {files}.', files=', '.join(damaged))}"
            return Finding(name="backup", state="warn", text=text, fix="shopper backup FILE")
        if now - at < _STALE:
            return Finding(name="backup", state="ok", text=text)
        text = f"{text} {translated('It is old: the server makes one a day.')}"
        return Finding(name="backup", state="warn", text=text, fix="shopper backup FILE")
    text = (
        translated("All automatic backups are damaged.")
        if damaged
        else translated("There is no automatic backup yet: the server makes one a day.")
    )
    return Finding(name="backup", state="fail" if damaged else "warn", text=text, fix="shopper backup FILE")


def _browsers() -> Iterator[Finding]:
    found = [f"{program.name} ({program.path})" for program in installed_programs()]
    if found:
        yield Finding(name="browsers", state="ok", text=", ".join(found))
    else:
        text = translated("No browser was found.")
        yield Finding(name="browsers", state="warn", text=text, fix=translated("Install Chromium, Edge, Brave, Chrome or Firefox."))
    try:
        folder = extension_folder()
        version = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["version"]
    except (BrowserAway, OSError, ValueError, KeyError) as error:
        yield Finding(name="extension", state="fail", text=str(error), fix=translated("Install Shopper again."))
        return
    text = translated("Version {version} in {folder}", version=version, folder=folder)
    if version != __version__:
        text = translated("{extension} does not belong to Shopper {version}.", extension=text, version=__version__)
        fix = translated("Install Shopper again, and reload the extension in the browser.")
        yield Finding(name="extension", state="warn", text=text, fix=fix)
    else:
        yield Finding(name="extension", state="ok", text=text)


def _autostart() -> Finding:
    try:
        file = find(())
    except DomainError as error:
        return Finding(name="autostart", state="ok", text=str(error))
    text = translated("On: {file}", file=file.path) if file else translated("Off. 'shopper autostart on' starts the server at login.")
    return Finding(name="autostart", state="ok", text=text)
