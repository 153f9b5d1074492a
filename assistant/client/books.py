"""Spending, the books and their exports, and the history of what was done."""

from assistant.client.http import LONG, Calls, part
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.journal import Step
from assistant.domain.views import ExpenseRow, Page
from assistant.wire.books import EntryJson, ExpenseJson
from assistant.wire.events import StepJson


class BookCalls(Calls):
    """Sums and entries of the books, exports, and undoing steps of the history."""

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency. Raises InvalidInput."""
        return await self._page(ExpenseJson, "/expenses", query={"q": text})

    async def export(self, format_name: str, text: str = "") -> bytes:
        """Return an export of what the filter selects. Raises NotFound for a format that does not exist."""
        return await self._api.call("GET", f"/exports/{part(format_name)}", query={"q": text}, seconds=LONG)

    async def books(self, text: str = "", cursor: str | None = None, limit: int = 100) -> Page[Entry]:
        """Return entries, oldest first; `text` is the filter language. Raises InvalidInput, NotFound."""
        return await self._page(EntryJson, "/books", query={"q": text, "cursor": cursor, "limit": limit})

    async def history(self, cursor: str | None = None, limit: int = 100) -> Page[Step]:
        """Return the steps of the history, newest first."""
        return await self._page(StepJson, "/history", query={"cursor": cursor, "limit": limit})

    async def undo(self, step_id: int) -> Step:
        """Undo a step and return the new one. Raises NotFound, Conflict when it is undone already or later steps build on it."""
        return await self._one(StepJson, "POST", f"/history/{step_id}/undo")
