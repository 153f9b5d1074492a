"""Stores the terminal app's token in the system's keyring, else in a private file; and the passphrase of backups, in the keyring only.

Only keyrings that use the operating system's secret store are used, each with a time limit.
"""

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.domain.errors import KeyringAway
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

T = TypeVar("T")
_SERVICE = "shopper"
_PASSPHRASE = "backup-passphrase"  # noqa: S105  # the name of a keyring entry
_FILE = "terminal.token"
_PATIENCE = 3.0
"""Seconds to wait for a keyring; a locked one asks a person who may not be there."""
_TRUSTED = tuple(f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"))


class _Backend(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringVault:
    """The operating system's keyring."""

    def __init__(self) -> None:
        """Find a trustworthy keyring. Raises KeyringAway when there is none."""
        if sys.platform.startswith("linux") and not _has_session_bus():
            raise KeyringAway(translated("There is no desktop session here, so there is no keyring."))
        self._backend = _asked(_trusted_backend)

    def get(self, key: str) -> str | None:
        """Return the secret, None when there is none. Raises KeyringAway."""
        return _asked(lambda: self._backend.get_password(_SERVICE, key))

    def put(self, key: str, secret: str) -> None:
        """Store a secret, replacing an earlier one. Raises KeyringAway."""
        _asked(lambda: self._backend.set_password(_SERVICE, key, secret))

    def drop(self, key: str) -> None:
        """Delete a secret if there is one. Raises KeyringAway."""
        if self.get(key) is not None:
            _asked(lambda: self._backend.delete_password(_SERVICE, key))


class FileVault:
    """A file that only its owner can read, for machines without a keyring. It holds one secret."""

    def __init__(self, file: Path) -> None:
        """Use this file; its folder must exist when a secret is put there."""
        self._file = file

    def get(self) -> str | None:
        """Return the secret; None when there is none, or when other users can read the file or own it."""
        try:
            descriptor = os.open(self._file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(descriptor, encoding="utf-8") as stream:
                state = os.fstat(stream.fileno())
                if os.name == "posix" and (state.st_mode & 0o077 or state.st_uid != os.geteuid()):
                    return None
                return stream.read().strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, secret: str) -> None:
        """Store a secret, replacing an earlier one. Raises KeyringAway when the folder cannot be written."""
        try:
            descriptor, name = tempfile.mkstemp(prefix=".token-", dir=self._file.parent)
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(secret + "\n")
            Path(name).replace(self._file)
        except OSError as error:
            raise KeyringAway(
                translated(
                    "The token cannot be kept in {file}: {reason}. Check the folder's rights.", file=self._file, reason=reason_of(error)
                )
            ) from error

    def drop(self) -> None:
        """Delete the secret if there is one."""
        with suppress(OSError):
            self._file.unlink()


def keep_token(home: Path, token: str) -> str:
    """Keep the terminal app's token of a data folder; return where: "keyring" or "file". Raises KeyringAway when neither works."""
    with suppress(KeyringAway):
        KeyringVault().put(_key(home), token)
        _file_vault(home).drop()
        return "keyring"
    _file_vault(home).put(token)
    return "file"


def stored_token(home: Path) -> str | None:
    """Return the token that a separate server left for this data folder, None when there is none."""
    token = _file_vault(home).get()
    if token is None:
        with suppress(KeyringAway):
            token = KeyringVault().get(_key(home))
    return token


def drop_token(home: Path) -> None:
    """Delete the token of a data folder from keyring and file."""
    _file_vault(home).drop()
    with suppress(KeyringAway):
        KeyringVault().drop(_key(home))


def keep_passphrase(passphrase: str) -> None:
    """Keep the passphrase of encrypted copies in the keyring. Raises KeyringAway: it is never kept in a file."""
    KeyringVault().put(_PASSPHRASE, passphrase)


def kept_passphrase() -> str | None:
    """Return the passphrase of encrypted copies, None if there is none. Raises KeyringAway."""
    return KeyringVault().get(_PASSPHRASE)


def _file_vault(home: Path) -> FileVault:
    return FileVault(home.expanduser() / _FILE)


def _key(home: Path) -> str:
    folder = str(home.expanduser().resolve())
    return f"terminal-{hashlib.sha256(folder.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"


def _has_session_bus() -> bool:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(runtime and Path(runtime, "bus").exists())


def _trusted_backend() -> _Backend:
    import keyring  # noqa: PLC0415  # 130 ms that a machine without a desktop need not spend

    found = keyring.get_keyring()
    # A chain would try all its members in turn, so pick a trustworthy member instead.
    members: list[_Backend] = list(getattr(found, "backends", None) or [found])
    for member in members:
        if type(member).__module__.startswith(_TRUSTED):
            return member
    raise KeyringAway(translated("No keyring here keeps secrets safely."))


def _asked(question: Callable[[], T]) -> T:
    """Return a keyring's answer. Raises KeyringAway when it fails or takes too long."""
    answers: list[T] = []
    failures: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001  # a plug-in of somebody else's may raise anything; it is passed on below
            failures.append(error)

    # A daemon thread: if a prompt waits for a person, it is abandoned and ends with the process.
    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    if answers:
        return answers[0]
    raise KeyringAway(translated("The system's keyring is missing or locked.")) from (failures[0] if failures else None)
