"""Imports files and pages: each is read in a separate process and stored in its own transaction."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from assistant.domain.clock import Clock
from assistant.domain.documents import ImportProgress, ImportResult, Outcome, counted_once
from assistant.domain.errors import KnownElsewhere, LedgerBusy
from assistant.domain.filters import Page
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.orders.order import Order
from assistant.domain.text import file_name
from assistant.importers.sandbox.parent import Arriving, Stopped, read_each
from assistant.services.imports.removal import import_details
from assistant.services.imports.store_document import Arrival, take
from assistant.storage.engine import Database
from assistant.storage.imports import documents

_SHOWN = 10
"""Order numbers that a sentence names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """Import options, the same for every document of a command."""

    account: str | None
    new_account: bool
    dry_run: bool
    keep_failed: bool
    tries: int = 1
    allow: Callable[[ImportResult], bool]


class Imports:
    """Imports documents and lists imports."""

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
        new_account: bool = False,
        dry_run: bool = False,
        keep_failed: bool = True,
        tries: int = 1,
        watch: Callable[[ImportProgress], None] = lambda _: None,
        allow: Callable[[ImportResult], bool] = lambda _: True,
    ) -> list[ImportResult]:
        """Import files, folders and zips, each document in its own transaction. Return one result per document.

        A saved page within a folder or zip is a document like one that is imported alone.

        `url` is the address of a single page; `new_account` registers an unknown `account`; `dry_run` returns the same and stores
        nothing; `keep_failed`: also list documents that cannot be read among the imports; `tries`: how often to wait five seconds for
        another program that is writing; `watch` is called at each step; `allow` is asked before storing orders of another account.
        Raises NotFound for an unknown account, InvalidInput if neither `account` nor the document says whose orders they are.
        """
        results = []
        counted: set[tuple[str | None, str]] = set()
        taking = _Taking(account=account, new_account=new_account, dry_run=dry_run, keep_failed=keep_failed, tries=tries, allow=allow)
        with closing(read_each(paths, url)) as arrivals:
            for arriving in arrivals:
                name, digest = arriving.extraction.source.name, _digest(arriving)
                chunks = _watched(arriving, name, watch)
                try:
                    extraction = replace(arriving.extraction, orders=tuple(next(chunks, ())))
                    more = chain.from_iterable(chunks)
                    arrival = Arrival(extraction=extraction, digest=digest, name=name, url=url, page=arriving.page, more=more)
                    results.append(self._take(arrival, taking).without(counted))
                    counted.update((results[-1].account, number) for number, _ in results[-1].numbers)
                except Stopped as stopped:
                    arrival = Arrival(extraction=stopped.extraction, digest=digest, name=name)
                    results.append(self._take(arrival, taking))
                watch(ImportProgress(name=name, stored=arriving.count, count=arriving.count, kept=True))
        return results

    def _take(self, arrival: Arrival, taking: _Taking) -> ImportResult:
        for _ in range(taking.tries - 1):
            # Nothing of the document was used up: the first statement waits for the lock.
            with suppress(LedgerBusy):
                return self._take_now(arrival, taking)
        return self._take_now(arrival, taking)

    def _take_now(self, arrival: Arrival, taking: _Taking) -> ImportResult:
        with self._database.writing() as work:
            newest = documents.newest_document(work.session)
            result = take(work, arrival, taking.account, self._clock(), new_account=taking.new_account, named=taking.dry_run)
            result = replace(result, known_elsewhere=documents.known_elsewhere(work.session, result.id))
            if taking.dry_run or (result.state == "failed" and not taking.keep_failed):
                return result
            if result.new and result.known_elsewhere and not taking.allow(result):
                return replace(result, state="failed", new=0, changed=0, same=0)
            if result.id > newest and (result.new or result.changed or result.state == "parked"):
                stored = documents.document(work.session, result.id)
                details = import_details(result.id, stored.account_id if stored else None)
                what = sentence_of("Imported '{name}'", name=result.name)
                if result.account:
                    what = sentence_of("Imported '{name}' to {account}", name=result.name, account=result.account)
                work.add_step(Action.IMPORTED, what, details)
            work.commit()
        return result

    def take_bytes(
        self,
        name: str,
        content: bytes,
        *,
        url: str | None = None,
        account: str | None = None,
        new_account: bool = False,
        dry_run: bool = False,
        watch: Callable[[ImportProgress], None] = lambda _: None,
        allow: Callable[[ImportResult], bool] = lambda _: True,
    ) -> ImportResult:
        """Import one uploaded file or captured page; the counts of several documents in it are added up. See `take_paths`."""
        with tempfile.TemporaryDirectory(prefix="shopper-") as folder:
            file = Path(folder) / (file_name(Path(name).name) or "document")
            file.write_bytes(content)
            taken = self.take_paths([file], url=url, account=account, new_account=new_account, dry_run=dry_run, watch=watch, allow=allow)
            return together(taken)

    def imports(self, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[ImportResult]:
        """Return imports, newest first. The cursor is the last id of the page before. Raises InvalidInput."""
        with self._database.reading() as session:
            return documents.import_results(session, cursor=cursor, offset=offset, limit=limit)


def known_elsewhere_text(result: ImportResult) -> str:
    """Return in one sentence which orders of a document other accounts already have."""
    others = ", ".join(dict.fromkeys(owner for owner, _ in result.known_elsewhere))
    numbers = list(dict.fromkeys(number for _, number in result.known_elsewhere))
    shown = ", ".join(numbers[:_SHOWN])
    if len(numbers) > _SHOWN:
        shown = translated("{names} and {count} more", names=shown, count=len(numbers) - _SHOWN)
    return translated_count(
        "{name}: {count} of its orders is already known under {others}: {numbers}.",
        "{name}: {count} of its orders are already known under {others}: {numbers}.",
        len(numbers),
        name=result.name,
        others=others,
        numbers=shown,
    )


def refuse_known(result: ImportResult) -> bool:
    """Raise KnownElsewhere: for callers that cannot ask before a document is stored."""
    raise KnownElsewhere(
        translated(
            "{known} Nothing of it was stored. Store it all the same, or choose the other account.", known=known_elsewhere_text(result)
        )
    )


def _watched(arriving: Arriving, name: str, watch: Callable[[ImportProgress], None]) -> Iterator[list[Order]]:
    """Yield documents as they are read; `watch` is called before each is stored."""
    stored = 0
    for chunk in arriving.chunks:
        watch(ImportProgress(name=name, stored=stored, count=arriving.count))
        stored += len(chunk)
        yield chunk


def together(results: Sequence[ImportResult]) -> ImportResult:
    """Return the results of all documents of one path as one result, with the name of the first."""
    first = next((result for result in results if result.state != "failed"), results[0])
    new, changed, same = counted_once(results)
    return replace(
        first,
        new=new,
        changed=changed,
        same=same,
        numbers=_outcomes(results),
        problems=tuple(problem for result in results for problem in result.problems),
        held=tuple(dict.fromkeys(held for result in results for held in result.held)),
        known_elsewhere=tuple(dict.fromkeys(known for result in results for known in result.known_elsewhere)),
    )


def _outcomes(results: Sequence[ImportResult]) -> tuple[tuple[str, Outcome], ...]:
    """Return what happens to each order of a dry run: what its first document does to it."""
    found: dict[str, Outcome] = {}
    for result in results:
        for number, outcome in result.numbers:
            found.setdefault(number, outcome)
    return tuple(found.items())


def _digest(arriving: Arriving) -> str:
    """Return the SHA-256 of a document's name and bytes: a saved page is the same document alone and in a folder.

    Each part of a mailbox is a document of its own.
    """
    found, path = hashlib.sha256(), arriving.path
    if arriving.number:
        found.update(f"part {arriving.number}".encode())
    if arriving.page is not None:
        found.update(Path(arriving.extraction.source.name).name.encode())
        found.update(arriving.page)
        return found.hexdigest()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        # The reader process reports files that cannot be opened.
        with suppress(OSError):
            if file.is_file() or file == path:
                found.update(file.name.encode("utf-8", "surrogateescape"))
            if file.is_file():
                with file.open("rb") as stream:
                    while part := stream.read(1 << 20):
                        found.update(part)
    return found.hexdigest()
