"""Orders come in by any door: files and pages are read apart from this process, then taken into the ledger one by one."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from assistant.domain.clock import Clock
from assistant.domain.documents import Extraction
from assistant.domain.errors import InvalidInput
from assistant.domain.views import ImportResult, Page
from assistant.importers.sandbox import read_all
from assistant.services.keeping import worth_keeping
from assistant.services.taking import Arrival, result_of, take
from assistant.storage import accounts as register
from assistant.storage.engine import Database
from assistant.storage.quarantine import held_orders
from assistant.storage.tables import DocumentRow


class Ingest:
    """Takes documents in and remembers what came."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def take_paths(self, paths: Sequence[Path], *, account: str | None = None, dry_run: bool = False) -> list[ImportResult]:
        """Import files, folders and zips, each in a transaction of its own; the result tells what each brought.

        `dry_run` tells the same and keeps nothing. Raises InvalidInput when nobody can say whose orders they are.
        """
        results = []
        for path, extraction in zip(paths, read_all(paths), strict=True):
            page = path.read_bytes() if path.is_file() and worth_keeping(extraction) else None
            arrival = Arrival(extraction=extraction, digest=_digest(path), name=path.name or str(path), page=page)
            with self._database.writing() as work:
                results.append(take(work, arrival, account, self._clock()))
                if not dry_run:
                    work.commit()
        return results

    def take_bytes(self, name: str, content: bytes, *, url: str | None = None, account: str | None = None) -> ImportResult:
        """Import one uploaded file or captured page."""
        extraction = _read(name, content, url)
        arrival = Arrival(extraction=extraction, digest=hashlib.sha256(content).hexdigest(), name=name, url=url, page=content)
        with self._database.writing() as work:
            result = take(work, arrival, account, self._clock())
            work.commit()
        return result

    def imports(self, *, cursor: str | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first. The cursor is the last id of the page before."""
        with self._database.reading() as session:
            query = select(DocumentRow).order_by(col(DocumentRow.id).desc()).limit(limit + 1)
            if cursor:
                query = query.where(col(DocumentRow.id) < _number(cursor))
            rows = session.scalars(query).all()
            keys = {row.id: row.key for row in register.account_rows(session)}
            total = session.scalar(select(func.count()).select_from(DocumentRow)) or 0
            held = held_orders(session, [row.id for row in rows[:limit]])
            items = tuple(result_of(row, keys.get(row.account_id), held.get(row.id, ())) for row in rows[:limit])
        return Page(items=items, next=str(items[-1].id) if len(rows) > limit else None, total=total)


def _read(name: str, content: bytes, url: str | None) -> Extraction:
    with tempfile.TemporaryDirectory(prefix="shopper-") as folder:
        file = Path(folder) / (Path(name).name[:100] or "document")
        file.write_bytes(content)
        return read_all([file], url)[0]


def _number(cursor: str) -> int:
    if not cursor.isdecimal():
        raise InvalidInput("The cursor is not one of this list. Start again without it.")
    return int(cursor)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    files = sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]
    for file in files:
        found.update(file.name.encode())
        if file.is_file():
            with file.open("rb") as stream:
                while part := stream.read(1 << 20):
                    found.update(part)
    return found.hexdigest()
