"""Reads large opened pages in child processes that are killed after two seconds, so that no page can stop the badges of other tabs.

A small page is read in this process: even one made to be slow takes a moment only (`tests/server/test_hostile_pages.py`), and a child costs
a millisecond for each page.
"""

import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Timer
from typing import TypeVar

import msgspec

from assistant.amazon.marketplaces import by_url
from assistant.amazon.observed_page import SeenPage, read_visit
from assistant.amazon.page_kinds import page_kind
from assistant.domain.documents import Extraction, Source
from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import PageAccount, Visit
from assistant.importers.sandbox.protocol import BrokenMessage, receive_frame, send_frame

T = TypeVar("T")

SMALL = 48 << 10
"""Characters of a page that is read in this process."""
CHILDREN = 2
"""How many large pages are read at once; a slow one leaves the other child to the other tabs."""
MOST_SECONDS = 2.0
"""Processor time for one page; the child stops itself after that."""
MOST_MEMORY = 256 << 20
"""Bytes of data that a child may have."""
_PATIENCE = 6.0
"""Seconds on the clock for one page, on a machine that is busy with other things."""
_START = 20.0


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The answer of a child. The marketplace follows from the address."""

    kind: SourceKind
    account: PageAccount
    extraction: Extraction


_PAGES = msgspec.msgpack.Decoder(ReadPage)
_READY = msgspec.msgpack.Decoder(bool)


def is_large(visit: Visit) -> bool:
    """Return whether a page is read in a child process."""
    return len(visit.html) + len(visit.nav) + sum(map(len, visit.scripts)) > SMALL


class PageReader:
    """Reads pages; thread-safe. Children are started for the first large pages and live until `close`."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._children: SimpleQueue[_Child | None] = SimpleQueue()
        for _ in range(CHILDREN):
            self._children.put(None)

    def read(self, visit: Visit) -> SeenPage:
        """Return what a page says; of a page that takes too long or too much memory only the kind by its address. Never raises."""
        if not is_large(visit):
            return read_visit(visit)
        child = self._children.get()
        try:
            if child is None:
                child = _Child()
            return child.read(visit)
        except (OSError, BrokenMessage):
            if child is not None:
                child.close()
            child = None
            return _unread(visit)
        finally:
            self._children.put(child)

    def close(self) -> None:
        """End the children. Later pages start new ones."""
        for _ in range(CHILDREN):
            child = self._children.get()
            if child is not None:
                child.close()
            self._children.put(None)


class _Child:
    """A process that reads one page after the other. Raises OSError or BrokenMessage when it cannot be started or has died."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "assistant.importers.sandbox.page_worker"]
        # The program is our own interpreter and module; no shell reads them.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            self._ask(None, _READY, _START)
        except BaseException:
            self.close()
            raise

    def read(self, visit: Visit) -> SeenPage:
        found = self._ask(visit, _PAGES, _PATIENCE)
        return SeenPage(kind=found.kind, marketplace=by_url(visit.url), account=found.account, extraction=found.extraction)

    def _ask(self, question: Visit | None, answer: msgspec.msgpack.Decoder[T], seconds: float) -> T:
        if self._process.stdin is None or self._process.stdout is None:
            raise BrokenMessage("The child has no pipes.")
        timer = Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            if question is not None:
                send_frame(self._process.stdin, question)
                self._process.stdin.flush()
            return receive_frame(self._process.stdout, answer)
        finally:
            timer.cancel()

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()


def _unread(visit: Visit) -> SeenPage:
    marketplace = by_url(visit.url)
    text = sentence_of("The page took too long or too much memory to read, so it was left out.")
    extraction = Extraction(
        source=Source(name=visit.url, marketplace=marketplace.name if marketplace else None),
        account=PageAccount(),
        problems=(Problem(where="page", code="too-much", said=text),),
    )
    return SeenPage(kind=page_kind(visit.url), marketplace=marketplace, account=PageAccount(), extraction=extraction)
