"""Which server runs on a data folder: a lock that ends with its process, and a record of where that process listens.

The lock alone says whether a server runs, so a record that a crash left behind misleads nobody.
"""

import hashlib
import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.bootstrap import Services
from assistant.domain.clock import system_clock
from assistant.domain.errors import KeyringAway, LedgerUnusable, ServerAway
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import LocalPass
from assistant.locations import make_private
from assistant.settings import Settings
from assistant.vault import drop_token, keep_token, stored_token

_LOCK, _RECORD = "server.lock", "server.json"
_TRIES, _PAUSE = 10, 0.02
"""How often to try for the lock: a program that only asks whether a server runs holds it for a moment."""
_START = 10.0
"""Seconds that a server may take from its lock to its record; a large ledger is migrated meanwhile."""
_END = 15.0
"""Seconds that a server may take to answer its last requests and close the ledger."""
_CLIENT = "terminal app"
"""Name of the client whose token a server leaves for the programs of its user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningServer:
    """The server of a data folder. `started` is an ISO instant; `ledger` identifies the database without naming it."""

    pid: int
    port: int
    started: str
    ledger: str

    @property
    def address(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.port}/api/v1"


class ServerLock:
    """The lock for serving a data folder. The operating system releases it when the process ends, even after a crash."""

    def __init__(self, settings: Settings) -> None:
        """Prepare; nothing is locked yet."""
        self._settings = settings
        self._home = settings.home.expanduser()
        self._file: int | None = None
        self._left: LocalPass | None = None

    def take(self) -> bool:
        """Lock the folder; return False if another server has it. Raises LedgerUnusable for an unusable folder."""
        if self._file is None:
            self._file = _taken(self._home, create=True)
        if self._file is None:
            return False
        with suppress(OSError):
            (self._home / _RECORD).unlink(missing_ok=True)
        return True

    def publish(self, services: Services, port: int) -> str:
        """Leave a token of this process and the address for the user's other programs; return the token.

        Raises KeyringAway if there is no safe place for the token. The address is not published then.
        """
        left = self._left = LocalPass(services.pairing.mint(_CLIENT), services.pairing.proof_key)
        keep_token(self._home, str(left))
        started = system_clock().isoformat(timespec="seconds")
        record = RunningServer(pid=os.getpid(), port=port, started=started, ledger=_fingerprint(self._settings))
        draft = self._home / f".{_RECORD}.part"
        try:
            draft.write_text(json.dumps(asdict(record)), encoding="utf-8")
            draft.chmod(0o600)
            draft.replace(self._home / _RECORD)
        except OSError as error:
            raise KeyringAway(
                translated("{file} cannot be written: {reason}.", file=self._home / _RECORD, reason=reason_of(error))
            ) from error
        return left.token

    def hide(self) -> None:
        """Remove the address, so that nobody calls a server that is stopping."""
        with suppress(OSError):
            (self._home / _RECORD).unlink(missing_ok=True)

    def withdraw(self, services: Services) -> None:
        """Remove the address and the token. That waits for who writes into the ledger: stop the server first."""
        self.hide()
        left, self._left = self._left, None
        if left is not None:
            if stored_token(self._home) == str(left):
                drop_token(self._home)
            with suppress(LedgerUnusable):
                services.pairing.end(left.token)

    def release(self) -> None:
        """Release the folder for the next server."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


def find_server(settings: Settings) -> RunningServer | None:
    """Return the server that runs on this data folder, None if none does.

    Waits for one that is just starting. Raises ServerAway for one that does not publish its address or serves another ledger.
    """
    home = settings.home.expanduser()
    until = time.monotonic() + _START
    while is_locked(home):
        found = _record(home)
        if found is not None:
            if found.ledger != _fingerprint(settings):
                raise ServerAway(
                    translated(
                        "The server that runs on {home} (process {pid}) uses another ledger. Stop it, or choose another --home.",
                        home=home,
                        pid=found.pid,
                    )
                )
            return found
        if time.monotonic() > until:
            raise ServerAway(translated("Another Shopper is starting on {home} and does not get ready. Stop it, or wait.", home=home))
        time.sleep(_PAUSE)
    return None


def stop_server(settings: Settings, running: RunningServer) -> None:
    """Stop the server of a data folder as Ctrl+C would, and wait until it has released the folder. Raises ServerAway."""
    home = settings.home.expanduser()
    try:
        os.kill(running.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    except OSError as error:
        raise ServerAway(
            translated(
                "Shopper (process {pid}) cannot be stopped: {reason}. Stop it, then try again.", pid=running.pid, reason=reason_of(error)
            )
        ) from error
    until = time.monotonic() + _END
    while is_locked(home):
        if time.monotonic() > until:
            raise ServerAway(translated("Shopper (process {pid}) does not stop. End it, then try again.", pid=running.pid))
        time.sleep(_PAUSE)


def is_locked(home: Path) -> bool:
    """Return whether a server holds this data folder."""
    try:
        file = _taken(home, create=False)
    except LedgerUnusable:
        return False
    if file is None:
        return (home / _LOCK).exists()
    os.close(file)
    return False


def pass_of(settings: Settings) -> LocalPass | None:
    """Return the token that the running server left, None if it left none."""
    kept = stored_token(settings.home)
    return LocalPass.of(kept) if kept else None


def _record(home: Path) -> RunningServer | None:
    try:
        found = json.loads((home / _RECORD).read_text(encoding="utf-8"))
        return RunningServer(pid=int(found["pid"]), port=int(found["port"]), started=str(found["started"]), ledger=str(found["ledger"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _fingerprint(settings: Settings) -> str:
    return hashlib.sha256(settings.database_url.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _taken(home: Path, *, create: bool) -> int | None:
    """Return the descriptor of the locked lock file, None while another process holds it or there is no such file."""
    flags = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        if create:
            make_private(home)
            flags |= os.O_CREAT
        file = os.open(home / _LOCK, flags, 0o600)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LedgerUnusable(
            translated(
                "The data folder {home} cannot be used: {reason}. Choose another folder with --home.", home=home, reason=reason_of(error)
            )
        ) from error
    for _ in range(_TRIES if create else 1):
        if _lock(file):
            return file
        time.sleep(_PAUSE)
    os.close(file)
    return None


def _lock(file: int) -> bool:
    """Lock an open file for this process; return False if another process has it locked."""
    try:
        import fcntl  # noqa: PLC0415  # not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415  # only on Windows

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # this runs on Windows
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
