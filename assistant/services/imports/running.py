"""Imports that run at this moment: how far they are, and cancelling one. A client chooses the id of its import."""

from threading import Lock

from assistant.domain.documents import ImportProgress
from assistant.domain.errors import ImportCancelled, NotFound
from assistant.domain.languages.translating import translated

_MOST = 100


class RunningImports:
    """Remembers the progress of imports by id, in memory only."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = Lock()
        self._progress: dict[str, ImportProgress | None] = {}
        self._cancelled: set[str] = set()

    def begin(self, import_id: str) -> None:
        """Note that an import begins."""
        with self._lock:
            self._progress[import_id] = None
            while len(self._progress) > _MOST:
                self._forget(next(iter(self._progress)))

    def note(self, import_id: str, progress: ImportProgress) -> None:
        """Note how far an import is. Raises ImportCancelled once it is cancelled; the open transaction is then rolled back."""
        with self._lock:
            if import_id in self._cancelled:
                raise ImportCancelled(translated("The import was cancelled. What was not finished is not stored."))
            self._progress[import_id] = progress

    def end(self, import_id: str) -> None:
        """Note that an import has ended."""
        with self._lock:
            self._forget(import_id)

    def progress(self, import_id: str) -> ImportProgress | None:
        """Return how far an import is, None if it has stored nothing yet. Raises NotFound for one that does not run."""
        with self._lock:
            if import_id not in self._progress:
                raise NotFound(translated("There is no such import, or it has ended."))
            return self._progress[import_id]

    def cancel(self, import_id: str) -> None:
        """Cancel an import. Raises NotFound for one that does not run."""
        with self._lock:
            if import_id not in self._progress:
                raise NotFound(translated("There is no such import, or it has ended."))
            self._cancelled.add(import_id)

    def cancel_all(self) -> bool:
        """Cancel every import that runs; return whether there are any."""
        with self._lock:
            self._cancelled.update(self._progress)
            return bool(self._progress)

    def _forget(self, import_id: str) -> None:
        self._progress.pop(import_id, None)
        self._cancelled.discard(import_id)
