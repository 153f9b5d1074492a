"""Handing the books out: the entries of a period in one of the formats."""

from dataclasses import dataclass, replace
from typing import IO

from assistant.domain.books.entries import Entry, entries
from assistant.domain.errors import NotFound
from assistant.domain.filters import Filter
from assistant.exports import EXPORTERS, BooksView
from assistant.services.accounts.register import Accounts
from assistant.services.orders.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format that can be written."""

    name: str
    description: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an export holds: entries, and those among them that lack something; `held` orders were left out, they are in quarantine."""

    entries: int
    incomplete: int
    held: int = 0


class Exports:
    """Writes exports."""

    def __init__(self, ledger: Ledger, accounts: Accounts) -> None:
        """Write from this ledger."""
        self._ledger = ledger
        self._accounts = accounts

    def formats(self) -> list[ExportFormat]:
        """Return the formats there are."""
        return [ExportFormat(name=entry.name, description=entry.description, suffix=entry.suffix) for entry in EXPORTERS]

    def write(self, name: str, found: Filter, stream: IO[bytes]) -> Written:
        """Write what a filter means; without a purpose, business. Raises NotFound for a format that does not exist."""
        exporter = next((entry for entry in EXPORTERS if entry.name == name), None)
        if exporter is None:
            raise NotFound(f"There is no export format '{name[:40]}'. There are: {', '.join(entry.name for entry in EXPORTERS)}.")
        purpose = found.purpose or "business"
        accounts = {account.key: account.label for account in self._accounts.all()}
        for wanted in found.accounts:
            self._accounts.get(wanted)
        lines: list[Entry] = []
        held = 0
        for view in self._ledger.each_order(replace(found, purpose=purpose)):
            lines += entries(view, purpose)
            held += bool(view.quarantine)
        lines.sort(key=_by_date)
        books = BooksView(title=f"{purpose.capitalize()} expenses", period=_period(found), entries=lines, labels=accounts)
        exporter.write(books, stream)
        return Written(entries=len(lines), incomplete=sum(1 for entry in lines if entry.missing), held=held)


def _by_date(entry: Entry) -> tuple[str, str, str]:
    return str(entry.order.placed_on or ""), entry.account, entry.order.number


def _period(found: Filter) -> str:
    if found.since and found.until:
        return f"{found.since} to {found.until}"
    return f"from {found.since}" if found.since else f"until {found.until}" if found.until else "everything in the ledger"
