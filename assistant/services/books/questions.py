"""The worklist: what the books ask, dearest first."""

from assistant.domain.books.questions import Question, dearest_first, of_entries
from assistant.domain.filters import Filter
from assistant.storage.books import questions as storage
from assistant.storage.books.splits import purposes
from assistant.storage.engine import Database


class Questions:
    """What needs somebody's word."""

    def __init__(self, database: Database) -> None:
        """Read an open ledger."""
        self._database = database

    def all(self, found: Filter) -> list[Question]:
        """Return the open questions of a filter's accounts and days. Raises NotFound for an account."""
        with self._database.reading() as session:
            asked = [*storage.doubts(session, found.since, found.until), *storage.unmatched_charges(session, found.since, found.until)]
            asked += of_entries(storage.entries_in_question(session, found), purposes(session))
        wanted = set(found.accounts)
        return dearest_first(entry for entry in asked if not wanted or entry.account in wanted)
