"""The books: reads entries and questions, and keeps entries up to date."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.books.questions import Question, dearest_first, of_entries
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter, Page
from assistant.domain.journal import Action, Author, acting_as
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.services.books.statement_questions import questions_of_statements
from assistant.storage.accounts import register
from assistant.storage.accounts.labels import label_word, purposes
from assistant.storage.books import read_entries
from assistant.storage.books.questions import doubts, entries_in_question, unmatched_charges, with_invoice
from assistant.storage.engine import Database
from assistant.storage.orders.rebook import EarlierFigures, any_stale, catch_up, differences, never_booked, use_zone

_TOLD = 20
"""The most orders that one line of the history names."""
MOST = 500
"""The most entries of one page."""


class Books:
    """Reads entries and the questions about them."""

    def __init__(self, database: Database) -> None:
        """Read an open ledger."""
        self._database = database

    def page(self, found: Filter, *, cursor: str | None = None, offset: int | None = None, limit: int = 100) -> Page[Entry]:
        """Return a page of entries, oldest first. Raises InvalidInput for a bad filter or cursor."""
        if not 0 < limit <= MOST:
            raise InvalidInput(translated("A page holds 1 to {most} entries.", most=MOST))
        with self._database.reading() as session:
            entries = read_entries.page(session, found, cursor=cursor, offset=offset, limit=limit + 1)
            total = read_entries.count(session, found)
        more = len(entries) > limit
        return Page(items=tuple(entries[:limit]), next=read_entries.cursor_of(entries[limit - 1]) if more else None, total=total)

    def each(self, found: Filter) -> Iterator[Entry]:
        """Yield every entry that matches a filter, oldest first, without loading them all."""
        with self._database.reading() as session:
            yield from read_entries.each(session, found)

    def purpose(self, word: str) -> str:
        """Return the purpose that a word of a filter names, in the user's language too. Raises NotFound."""
        with self._database.reading() as session:
            return label_word(session, "purpose", word)

    def questions(self, found: Filter) -> list[Question]:
        """Return the open questions of a filter's accounts and days, largest amount first. Raises NotFound for an account."""
        with self._database.reading() as session:
            asked = [*doubts(session, found.since, found.until), *unmatched_charges(session, found.since, found.until)]
            entries = list(entries_in_question(session, found))
            documented = with_invoice(session, list({entry.order.number for entry in entries}))
            asked += of_entries(entries, purposes(session), documented)
            asked += questions_of_statements(session, found.since, found.until)
            wanted = {register.account_row(session, name).key for name in found.accounts}
        return dearest_first(entry for entry in asked if not wanted or entry.account in wanted)

    def labels(self, wanted: Sequence[str] = ()) -> dict[str, str]:
        """Return the names of all accounts by key. Raises NotFound for an account that is not registered."""
        with self._database.reading() as session:
            for name in wanted:
                register.account_row(session, name)
            return {account.key: account.label for account in register.accounts(session)}

    def not_booked(self, found: Filter) -> list[read_entries.NotBooked]:
        """Return the orders matching a filter that the books lack: in quarantine, or without a price."""
        with self._database.reading() as session:
            return read_entries.not_booked(session, found)

    def catch_up(self) -> int:
        """Derive the entries of all stale orders in batches; return the number of orders.

        Orders of an earlier version get entries for the first time; the history tells which of them count differently now.
        """
        zone = self._database.zone
        with self._database.reading() as session:
            stale = any_stale(session, zone)
            earlier = never_booked(session) if stale else {}
        orders = 0
        while stale:
            with self._database.writing() as work:
                use_zone(work.session, zone)
                here = catch_up(work.session)
                work.commit(in_batches=True)
            orders, stale = orders + here, here > 0
        if earlier:
            self._tell_differences(earlier)
        return orders

    def _tell_differences(self, earlier: Mapping[int, EarlierFigures]) -> None:
        with self._database.writing() as work, acting_as(Author(who="Shopper", why="The books count money event by money event now.")):
            found = differences(work.session, earlier)
            if found:
                orders = reduce(lambda first, second: sentence_of("{first}; {second}", first=first, second=second), found[:_TOLD])
                what = sentence_of("Recomputed: {orders}", orders=orders)
                if len(found) > _TOLD:
                    what = sentence_of("Recomputed: {orders}, and {count} more", orders=orders, count=len(found) - _TOLD)
                work.add_step(Action.BOOKS_RECOMPUTED, what, {"orders": [each.english for each in found]})
                work.commit()
