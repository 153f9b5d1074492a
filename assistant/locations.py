"""Where data is stored on this machine: the platform's folders, private to their owner, and places where a ledger is not safe."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep
from uuid import uuid4

from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

_SYNCED = ("Dropbox", "OneDrive", "iCloud", "Google Drive", "GoogleDrive", "Nextcloud", "ownCloud", "Syncthing", "pCloud", "MEGAsync")
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone", "fuse.glusterfs"})
_TRIES, _PAUSE = 50, 0.02
_ICLOUD = "Mobile Documents"
"""The folder of iCloud Drive on macOS."""
_SYNC_MARKS = (".stfolder", ".dropbox", ".owncloudsync.log", ".sync_journal.db")
"""Names that sync programs create in the folders that they sync."""


def data_folder() -> Path:
    """Return the default folder of the ledger. Raises InvalidInput where the user has no home folder."""
    return _folder("shopper")


def demo_folder() -> Path:
    """Return the folder of the demo household, apart from the real ledger. Raises InvalidInput where the user has no home folder."""
    return _folder("shopper-demo")


def _folder(name: str) -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415  # help texts and commands with --home do without it

    try:
        return user_data_path(name, appauthor=False)
    except RuntimeError as error:
        raise InvalidInput(translated("There is no home folder to keep the ledger in. Name a folder with --home, or set HOME.")) from error


def make_private(folder: Path) -> None:
    """Create a folder and its missing parents, accessible only to their owner. An existing folder is not changed."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        with suppress(FileExistsError):
            place.mkdir(mode=0o700)


def ignore_in_git(home: Path) -> None:
    """Keep the files of a data folder out of a Git repository that the folder may lie in."""
    with suppress(OSError):
        descriptor = os.open(home / ".gitignore", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("*\n")


def machine_id(home: Path) -> str:
    """Return the random id of a data folder, which tells machines apart that share a database; made at the first call.

    Raises LedgerUnusable where the folder cannot be written.
    """
    file = home / "machine.id"
    try:
        make_private(home)
        ignore_in_git(home)
        with suppress(FileExistsError):
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(uuid4().hex)
        for _ in range(_TRIES):
            # Another process may have created the file without having written it yet.
            found = file.read_text(encoding="ascii", errors="replace").strip()
            if found:
                return found
            sleep(_PAUSE)
    except OSError as error:
        raise LedgerUnusable(
            translated(
                "The data folder {home} cannot be used: {reason}. Choose another folder with --home.", home=home, reason=reason_of(error)
            )
        ) from error
    raise LedgerUnusable(translated("{file} is empty. Delete it; browsers must then be paired again.", file=file))


def unsafe_place(folder: Path) -> str | None:
    """Return why SQLite can lose data in this folder, as the end of a sentence ("in a folder that Dropbox syncs"); None if it is fine."""
    try:
        real = folder.expanduser().resolve()
    except (OSError, RuntimeError):
        return None
    parts = [part.casefold() for part in real.parts]
    synced = "iCloud" if _ICLOUD in real.parts else next((name for name in _SYNCED if any(name.casefold() in part for part in parts)), None)
    if synced:
        return translated("in a folder that {program} syncs", program=synced)
    for place in (real, *real.parents):
        if any((place / mark).exists() for mark in _SYNC_MARKS):
            return translated("in {folder}, which a sync program copies", folder=place)
    kind = _file_system(real)
    return translated("on a network drive ({kind})", kind=kind) if kind in _NETWORK else None


def _file_system(real: Path) -> str | None:
    """Return the kind of file system a folder is on, None if the operating system does not say."""
    if sys.platform != "linux":
        return None
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return None
    # Spaces in mount points are written as \040.
    named = [(place.replace("\\040", " "), kind) for place, kind in mounts]
    fitting = [(place, kind) for place, kind in named if real.is_relative_to(place)]
    # Of two mounts on one place, the later one is seen.
    return max(enumerate(fitting), key=lambda entry: (len(entry[1][0]), entry[0]))[1][1] if fitting else None
