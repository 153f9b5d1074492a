"""The watched drop folder: files that are put into the folder of an account are imported for it, then moved into its `done` folder.

A file that cannot be imported stays where it is, with the reason. A file beside the folders of the accounts waits until the user says
whose it is. Nothing is deleted. Importing the same file again changes nothing, so a crash between import and move does no harm.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Protocol
from uuid import uuid4

from assistant.domain.documents import DroppedFiles, ImportResult, WaitingFile
from assistant.domain.errors import DomainError, InvalidInput, LedgerUnusable, NotFound
from assistant.domain.events import EventKind
from assistant.domain.journal import Author, acting_as
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.text import clean_text
from assistant.locations import make_private
from assistant.services.imports.import_files import Imports, known_elsewhere_text, refuse_known, together
from assistant.settings.user_settings import drop_folder, read_user_settings
from assistant.storage.accounts import register
from assistant.storage.engine import Database

DONE = "done"
"""The folder in the folder of each account for what was imported."""
_UNFINISHED = frozenset({".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp"})
"""Endings of files that a browser or another program is still writing."""
_OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})
_MOST = 100
"""Files that are listed."""
Mark = tuple[int, int, int]


class MailInvoices(Protocol):
    """Attaches the invoices that came with mails to their orders."""

    def collect_from_mails(self, paths: Sequence[Path]) -> tuple[int, list[str]]:
        """Return how many were attached, and why others were not."""


class DropFolder:
    """Looks into the drop folder. What waits is kept in memory; after a restart it is tried again."""

    def __init__(self, database: Database, imports: Imports, invoices: MailInvoices, home: Path) -> None:
        """Use the drop folder of this data folder, or the one that the user's settings name."""
        self._database, self._imports, self._invoices, self._home = database, imports, invoices, home
        self._lock = Lock()
        self._marks: dict[Path, Mark] = {}
        self._refused: dict[Path, tuple[Mark, str]] = {}
        self._found = DroppedFiles(folder="")

    def found(self) -> DroppedFiles:
        """Return the folder and what waits in it, as of the last look."""
        return replace(self._found, folder=str(self._folder))

    def look(self) -> bool:
        """Import every file that has not changed since the last look; return whether anything happened. Raises LedgerUnusable."""
        with self._lock:
            before = self._found
            imported = self._look()
            changed = (before.waiting, before.problem) != (self._found.waiting, self._found.problem)
        if changed:
            with self._database.writing() as work:
                work.tell(EventKind.IMPORT_FAILED)
                work.commit()
        return changed or imported

    def waiting(self) -> DroppedFiles:
        """Return what lies in the folder now, and read why a file cannot be imported. Nothing is imported.

        A file in the folder of an account without a reason is imported at the next look of the server.
        """
        folder = self._folder
        try:
            entries = list(_entries(folder, self._account_keys())) if folder.exists() else []
        except OSError as error:
            return DroppedFiles(folder=str(folder), problem=_unusable(folder, error))
        files = (
            WaitingFile(name=_listed_as(path, folder), account=key, reason=self._reason(path, key) if key else "")
            for path, key in entries[:_MOST]
        )
        return DroppedFiles(folder=str(folder), waiting=tuple(files))

    def take(self, name: str, account: str) -> ImportResult:
        """Import a waiting file for this account, also if another account has its orders. Raises NotFound, and what an import raises."""
        with self._lock:
            folder, key = self._folder, self._key_of(account)
            entries = _entries(folder, self._account_keys()) if folder.exists() else ()
            path = next((path for path, _ in entries if _listed_as(path, folder) == name), None)
            if path is None:
                raise NotFound(translated("'{name}' does not wait in the drop folder any more.", name=clean_text(name)[:100]))
            result = self._import(path, key, lambda _: True)
            self._put_away(path, key)
            waiting = tuple(other for other in self._found.waiting if other.name != name)
            self._found = replace(self._found, waiting=waiting)
        return result

    @property
    def _folder(self) -> Path:
        return drop_folder(self._home, read_user_settings(self._home))

    def _account_keys(self) -> list[str]:
        with self._database.reading() as session:
            return [account.key for account in register.accounts(session)]

    def _key_of(self, account: str) -> str:
        with self._database.reading() as session:
            return register.account_row(session, account).key

    def _look(self) -> bool:
        folder, keys = self._folder, self._account_keys()
        try:
            for place in (folder, *(folder / key / DONE for key in keys)):
                make_private(place)
            entries = list(_entries(folder, keys))
        except OSError as error:
            self._found = DroppedFiles(folder=str(folder), problem=_unusable(folder, error))
            return False
        marks = {path: mark for path, _ in entries if (mark := _mark(path)) is not None}
        settled = [(path, key) for path, key in entries if path in marks and self._marks.get(path) == marks[path]]
        self._marks = marks
        imported = False
        waiting: list[WaitingFile] = []
        for path, key in settled:
            reason = "" if key is None else self._try(path, key)
            if reason is None:
                imported = True
            elif len(waiting) < _MOST:
                waiting.append(WaitingFile(name=_listed_as(path, folder), account=key, reason=reason))
        self._refused = {path: known for path, known in self._refused.items() if path in marks}
        self._found = DroppedFiles(folder=str(folder), waiting=tuple(waiting))
        return imported

    def _try(self, path: Path, key: str) -> str | None:
        """Import a file and move it away; return why it stays, None if it does not. A file that is as it was is not read again."""
        mark = self._marks[path]
        known, reason = self._refused.get(path, (None, ""))
        if known == mark:
            return reason
        try:
            with acting_as(Author(who="drop folder", command=uuid4().hex)):
                self._import(path, key, refuse_known)
        except LedgerUnusable:
            raise
        except DomainError as error:
            self._refused[path] = mark, str(error)
            return str(error)
        if _mark(path) != mark:  # it was still being written: it is read again once it has settled
            return None
        try:
            self._put_away(path, key)
        except InvalidInput as error:
            self._refused[path] = mark, str(error)
            return str(error)
        return None

    def _reason(self, path: Path, key: str) -> str:
        """Return why a file cannot be imported for an account, "" if it can."""
        try:
            results = self._imports.take_paths([path], account=key, dry_run=True)
        except LedgerUnusable:
            raise
        except DomainError as error:
            return str(error)
        if all(result.state == "failed" for result in results):
            return _why_unread(path, results)
        known = next((result for result in results if result.new and result.known_elsewhere), None)
        return known_elsewhere_text(known) if known else ""

    def _import(self, path: Path, key: str, allow: Callable[[ImportResult], bool]) -> ImportResult:
        """Import a file or folder. Raises InvalidInput with the reason if nothing in it can be read."""
        results = self._imports.take_paths([path], account=key, keep_failed=False, allow=allow)
        failed = sum(result.state == "failed" for result in results)
        if failed == len(results):
            raise InvalidInput(_why_unread(path, results))
        if failed:  # some of a folder: it is moved away, and the imports list them
            self._imports.take_paths([path], account=key, allow=allow)
        if any(result.kind == SourceKind.EMAIL for result in results):
            self._invoices.collect_from_mails([path])
        return together(results)

    def _put_away(self, path: Path, key: str) -> None:
        """Move an imported file into the `done` folder of its account. Raises InvalidInput where that fails."""
        done = self._folder / key / DONE
        target, number = done / path.name, 1
        while target.exists():
            number += 1
            target = done / f"{path.stem} ({number}){path.suffix}"
        try:
            make_private(done)
            path.rename(target)
        except OSError as error:
            text = translated(
                "'{name}' was imported, but cannot be moved to '{folder}': {reason}. You can remove it.",
                name=path.name,
                folder=done,
                reason=reason_of(error),
            )
            raise InvalidInput(text) from error


def _listed_as(path: Path, folder: Path) -> str:
    """Return the name by which a waiting file is listed: its path in the folder."""
    return path.relative_to(folder).as_posix()


def _unusable(folder: Path, error: OSError) -> str:
    return translated("The drop folder {folder} cannot be used: {reason}.", folder=folder, reason=reason_of(error))


def _why_unread(path: Path, results: Sequence[ImportResult]) -> str:
    said = next((problem.text for result in results for problem in result.problems), "")
    return said or translated("'{name}' holds nothing that Shopper can read.", name=path.name)


def _entries(folder: Path, keys: Sequence[str]) -> Iterator[tuple[Path, str | None]]:
    """Yield the files and folders that were dropped, by name, and the account whose folder they are in; None for others."""
    for path in _listed(folder):
        if path.name in keys and path.is_dir():
            yield from ((inner, path.name) for inner in _listed(path) if inner.name != DONE)
        elif (path / DONE).is_dir():  # the folder of an account that was removed
            yield from ((inner, None) for inner in _listed(path) if inner.name != DONE)
        else:
            yield path, None


def _listed(folder: Path) -> list[Path]:
    """Return what a folder holds without hidden files, those of the system, and those that a program is still writing."""
    return [
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith((".", "~$")) and path.suffix.lower() not in _UNFINISHED and path.name.lower() not in _OF_THE_SYSTEM
    ]


def _mark(path: Path) -> Mark | None:
    """Return what changes when a file or folder changes: number of files, bytes, newest change. None if it is empty or gone."""
    states = []
    for file in path.rglob("*") if path.is_dir() else [path]:
        with suppress(OSError):  # it may be moved away at this moment
            if file.is_file():
                states.append(file.stat())
    size = sum(state.st_size for state in states)
    return (len(states), size, max(state.st_mtime_ns for state in states)) if size else None
