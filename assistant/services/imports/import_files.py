"""Orders come in by any door: files and pages are read apart from this process, then taken into the ledger one by one."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.orders.order import Order
from assistant.domain.text import file_name
from assistant.domain.views import ImportResult, Page
from assistant.importers.sandbox.parent import Arriving, Stopped, read_each
from assistant.services.imports.store_document import Arrival, take
from assistant.storage.engine import Database
from assistant.storage.imports.documents import import_results


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProgress:
    """How far an import has come: `stored` of `count` orders of the path called `name`; `kept` when that path is done."""

    name: str
    stored: int
    count: int
    kept: bool = False


class Ingest:
    """Takes documents in and remembers what came."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def take_paths(
        self,
        paths: Sequence[Path],
        *,
        url: str | None = None,
        account: str | None = None,
        dry_run: bool = False,
        watch: Callable[[ImportProgress], None] = lambda _: None,
    ) -> list[ImportResult]:
        """Import files, folders and zips, each document in a transaction of its own; the results tell what each brought.

        A saved page within a folder or zip is a document like one that is imported alone.

        `url` is the address of a page that comes alone; `dry_run` tells the same and keeps nothing; `watch` is told of each
        step. Raises InvalidInput when nobody can say whose orders they are.
        """
        results = []
        with closing(read_each(paths, url)) as arrivals:
            for arriving in arrivals:
                name, digest = arriving.extraction.source.name, _digest(arriving)
                chunks = _watched(arriving, name, watch)
                try:
                    extraction = replace(arriving.extraction, orders=tuple(next(chunks, ())))
                    more = chain.from_iterable(chunks)
                    arrival = Arrival(extraction=extraction, digest=digest, name=name, url=url, page=arriving.page, more=more)
                    results.append(self._take(arrival, account, dry_run=dry_run))
                except Stopped as stopped:
                    arrival = Arrival(extraction=stopped.extraction, digest=digest, name=name)
                    results.append(self._take(arrival, account, dry_run=dry_run))
                watch(ImportProgress(name=name, stored=arriving.count, count=arriving.count, kept=True))
        return results

    def _take(self, arrival: Arrival, account: str | None, *, dry_run: bool) -> ImportResult:
        with self._database.writing() as work:
            result = take(work, arrival, account, self._clock())
            if not dry_run:
                work.commit()
        return result

    def take_bytes(self, name: str, content: bytes, *, url: str | None = None, account: str | None = None) -> ImportResult:
        """Import one uploaded file or captured page; what several documents in it brought is added up."""
        with tempfile.TemporaryDirectory(prefix="shopper-") as folder:
            file = Path(folder) / (file_name(Path(name).name) or "document")
            file.write_bytes(content)
            return together(self.take_paths([file], url=url, account=account))

    def imports(self, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return what came in, newest first. The cursor is the last id of the page before. Raises InvalidInput."""
        with self._database.reading() as session:
            return import_results(session, cursor=cursor, offset=offset, limit=limit)


def _watched(arriving: Arriving, name: str, watch: Callable[[ImportProgress], None]) -> Iterator[list[Order]]:
    """Yield what arrives, told of before it is stored."""
    stored = 0
    for chunk in arriving.chunks:
        watch(ImportProgress(name=name, stored=stored, count=arriving.count))
        stored += len(chunk)
        yield chunk


def together(results: Sequence[ImportResult]) -> ImportResult:
    """Return what the documents of one path brought as one result, which bears the first one's name."""
    first = next((result for result in results if result.state != "failed"), results[0])
    return replace(
        first,
        new=sum(result.new for result in results),
        changed=sum(result.changed for result in results),
        same=sum(result.same for result in results),
        problems=tuple(problem for result in results for problem in result.problems),
        held=tuple(dict.fromkeys(held for result in results for held in result.held)),
    )


def _digest(arriving: Arriving) -> str:
    """The SHA-256 of a document's name and bytes: a saved page is the same document alone and in a folder."""
    found, path = hashlib.sha256(), arriving.path
    if arriving.page is not None:
        found.update(Path(arriving.extraction.source.name).name.encode())
        found.update(arriving.page)
        return found.hexdigest()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        # What cannot be opened is told by its reader.
        with suppress(OSError):
            if file.is_file() or file == path:
                found.update(file.name.encode("utf-8", "surrogateescape"))
            if file.is_file():
                with file.open("rb") as stream:
                    while part := stream.read(1 << 20):
                        found.update(part)
    return found.hexdigest()
