"""What an exporter is: it writes a view of the books to a stream and knows nothing of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Protocol

from assistant.domain.books.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksView:
    """What goes out: the entries, oldest first, and what period and accounts they stand for (words for a title)."""

    title: str
    period: str
    entries: Sequence[Entry]
    labels: dict[str, str]


class Exporter(Protocol):
    """Writes one format."""

    name: str
    description: str
    suffix: str

    def write(self, view: BooksView, stream: IO[bytes]) -> None:
        """Write the whole file."""
