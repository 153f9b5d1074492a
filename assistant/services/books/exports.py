"""Exports: the entries of a period in one of the formats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import IO

from assistant.domain.books.entries import EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.days import Split
from assistant.domain.errors import NotFound
from assistant.domain.filter_language import near_words
from assistant.domain.filters import Filter, period
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated, translated_count
from assistant.exports import CALENDAR, EXPORTERS, BooksView, ExportFormat
from assistant.exports.base import AttachedReceipt, missing
from assistant.services.books.books import Books
from assistant.storage.engine import Database
from assistant.storage.taxes.receipts import receipts


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The counts of an export: entries, incomplete entries; `left_out` says which orders are not in it, and why."""

    entries: int
    incomplete: int
    left_out: tuple[str, ...] = ()


class _Counting:
    """Counts entries as an exporter reads them."""

    def __init__(self, entries: Iterable[Entry], *, with_top_ups: bool) -> None:
        self._entries = entries
        self._with_top_ups = with_top_ups
        self.entries = 0
        self.incomplete = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            if entry.kind is EntryKind.TOP_UP:
                if self._with_top_ups:
                    yield entry
                continue
            self.entries += 1
            self.incomplete += bool(missing(entry))
            yield entry


class Exports:
    """Writes exports."""

    def __init__(self, books: Books, database: Database) -> None:
        """Write from these books."""
        self._books = books
        self._database = database

    def formats(self) -> tuple[ExportFormat, ...]:
        """Return every format."""
        return (*EXPORTERS, CALENDAR)

    def format(self, name: str) -> ExportFormat:
        """Return a format. Raises NotFound with the nearest names."""
        found = next((entry for entry in self.formats() if entry.name == name), None)
        if found is None:
            raise self._unknown(name)
        return found

    def _unknown(self, name: str) -> NotFound:
        names = [entry.name for entry in self.formats()]
        hint = near_words(name[:40], names) or translated("There are: {names}.", names=", ".join(names))
        return NotFound(
            translated(
                "There is no export format '{name}'. {hint} 'shopper export --list' says what each is for.", name=name[:40], hint=hint
            )
        )

    def write(self, name: str, found: Filter, stream: IO[bytes], *, byte_order_mark: bool = False) -> Written:
        """Write the entries of a filter, business ones if it names no purpose.

        Raises NotFound for an unknown format or purpose, and before anything is written if no entry matches.
        """
        exporter = next((entry for entry in EXPORTERS if entry.name == name), None)
        if exporter is None:
            raise self._unknown(name)
        purpose = self._books.purpose(found.purpose or "business")
        labels = self._books.labels(found.accounts)
        counting = _Counting(self._books.each(replace(found, purpose=purpose)), with_top_ups=exporter.with_top_ups)
        entries = iter(counting)
        first = next(entries, None)
        if first is None:
            raise NotFound(self._nothing_matches(found, purpose))
        books = BooksView(
            title=translated("Expenses: {purpose}", purpose=shown_purpose(purpose)),
            period=_period(found),
            purpose=purpose,
            entries=chain((first,), entries),
            labels=labels,
            byte_order_mark=byte_order_mark,
            receipts=self._receipts(),
        )
        exporter.write(books, stream)
        return Written(entries=counting.entries, incomplete=counting.incomplete, left_out=self._left_out(replace(found, purpose=purpose)))

    def periods(self, found: Filter, split: Split) -> list[tuple[str, Filter]]:
        """Return the periods that have entries of a filter, oldest first, each with the filter for it. Raises NotFound if none has."""
        wanted = replace(found, purpose=found.purpose or "business")
        names = dict.fromkeys(split.period_of(entry.on) for entry in self._books.each(wanted))
        if not names:
            raise NotFound(self._nothing_matches(found, self._books.purpose(found.purpose or "business")))
        return [(name, _within(wanted, *period(name))) for name in names]

    def _nothing_matches(self, found: Filter, purpose: str) -> str:
        """Return what was looked for, and where to look instead."""
        looked = [shown_purpose(purpose), _period(found), *found.accounts, found.category, found.currency, found.seller, *found.words]
        said = translated(
            "No entry matches: {looked}. Nothing was written. 'shopper books' with the same filter shows what there is for every purpose.",
            looked=", ".join(filter(None, looked)),
        )
        return " ".join((said, *self._left_out(replace(found, purpose=purpose))))

    def _left_out(self, found: Filter) -> tuple[str, ...]:
        """Return a sentence about the orders in quarantine, and one about those without a price."""
        orders = self._books.not_booked(found)
        held, unpriced = ([each for each in orders if each.held is wanted] for wanted in (True, False))
        said = []
        if held:
            said.append(
                translated_count(
                    "{count} order is in quarantine and was left out. 'shopper imports' says why and what to do.",
                    "{count} orders are in quarantine and were left out. 'shopper imports' says why and what to do.",
                    len(held),
                )
            )
        if unpriced:
            said.append(
                translated_count(
                    "No source says what an item of {count} order costs, so it was left out. Say it: {command}",
                    "No source says what an item of {count} orders costs, so they were left out. Say it for each: {command}",
                    len(unpriced),
                    command=f"shopper order {unpriced[0].number} --account {unpriced[0].account} --set item1.price=AMOUNT",
                )
            )
        return tuple(said)

    def _receipts(self) -> list[AttachedReceipt]:
        with self._database.reading() as session:
            return [AttachedReceipt(order_id=each.number, name=each.name, sha256=each.sha256) for each in receipts(session)]


def _within(found: Filter, first: date, last: date) -> Filter:
    return replace(found, since=max(first, found.since or first), until=min(last, found.until or last))


def _period(found: Filter) -> str:
    if found.since and found.until:
        return translated("{first} to {last}", first=found.since, last=found.until)
    if found.since:
        return translated("from {day}", day=found.since)
    return translated("until {day}", day=found.until) if found.until else translated("everything in the ledger")
