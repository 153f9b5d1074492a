"""Backups of the ledger: one on request, automatic daily ones, and restoring one.

Automatic backups are in the folder `backups` beside the ledger, ten at most: the newest of each of three days, the newest of each of four
weeks, and three from before migrations. They lie beside the ledger and the receipts, so they hold no receipts and are not encrypted.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, LedgerUnusable
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.locations import make_private
from assistant.storage.backups import RECEIPTS, Proven, automatic_file, back_up, backups_in, prove, restore, thin_out
from assistant.storage.encryption import decrypted, is_encrypted
from assistant.storage.engine import Database
from assistant.storage.private_files import FOLDER
from assistant.storage.recovery import has_foreign_log


class Backups:
    """Makes backups of an open ledger."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def back_up(self, target: Path, passphrase: str = "") -> Proven:
        """Copy the ledger and its receipts to a file and check the copy; with a passphrase the copy is encrypted.

        Raises InvalidInput for PostgreSQL and for a file that exists, LedgerUnusable if it fails.
        """
        file = self._file()
        return back_up(file, target.expanduser(), receipts=file.parent / RECEIPTS, passphrase=passphrase)

    def daily(self) -> Proven | None:
        """Make today's automatic backup unless there is one, and delete those no longer needed; nothing for PostgreSQL."""
        if self._database.file is None:
            return None
        folder, now = self._file().parent / FOLDER, self._clock()
        if any(at.date() == now.date() for at, _ in backups_in(folder)):
            return None
        make_private(folder)
        made = back_up(self._file(), automatic_file(folder, now))
        thin_out(folder, now)
        return made

    def _file(self) -> Path:
        file = self._database.file
        if file is None:
            raise InvalidInput(translated("This ledger is in PostgreSQL. Back it up with pg_dump."))
        return file


def needs_passphrase(copy: Path) -> bool:
    """Return whether a copy is encrypted. Raises LedgerUnusable for a file that cannot be read."""
    try:
        return is_encrypted(copy.expanduser())
    except OSError as error:
        raise LedgerUnusable(
            translated("{copy} cannot be read: {reason}. Choose a copy that 'shopper backup' made.", copy=copy, reason=reason_of(error))
        ) from error


@contextmanager
def proven_copy(copy: Path, ledger: Path, passphrase: str = "") -> Iterator[Path]:
    """Check a copy before anything is changed, and yield the file to restore: the copy, or its decrypted form during the block.

    A file that somebody put in the place of the ledger is taken without the log beside it, which belongs to the ledger before. Raises
    LedgerUnusable for an unsound copy, InvalidInput for a wrong passphrase and for the ledger itself.
    """
    copy = copy.expanduser()
    make_private(ledger.parent)
    if copy.exists() and ledger.exists() and copy.samefile(ledger):
        if not has_foreign_log(ledger):
            raise InvalidInput(translated("{copy} is the ledger itself. Choose a copy that 'shopper backup' made.", copy=copy))
        with TemporaryDirectory(dir=ledger.parent, prefix=f".{ledger.name}.") as folder:
            alone = shutil.copyfile(copy, Path(folder) / ledger.name)
            prove(alone)
            yield alone
        return
    if not passphrase:
        prove(copy)
        yield copy
        return
    with decrypted(copy, ledger.parent, passphrase) as plain:
        prove(plain)
        yield plain


def put_in_place(copy: Path, ledger: Path, now: datetime) -> tuple[Proven, Path | None]:
    """Replace the ledger with a copy; return what the copy holds and where the replaced ledger is kept. Raises LedgerUnusable."""
    kept = ledger.parent / FOLDER / f"replaced-{now:%Y%m%d-%H%M%S-%f}.sqlite"
    proven = restore(copy, ledger, kept)
    return proven, kept if kept.exists() else None
