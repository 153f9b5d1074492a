"""Spending, the books with their questions and claims, exports, and the history of what was done."""

from collections.abc import Sequence

from assistant.client.http import LONG, Calls, part
from assistant.domain.books.budgets import Budget
from assistant.domain.books.claims import Claim, MonthlySettlement
from assistant.domain.books.ledger_entry import Entry, ExpenseRow
from assistant.domain.books.pivot import Pivot, PivotRow
from assistant.domain.books.questions import Question
from assistant.domain.filters import Page
from assistant.domain.journal import Step
from assistant.domain.order_view import OrderView
from assistant.wire.books import (
    ClaimJson,
    EntryJson,
    ExpenseJson,
    ExportFormatJson,
    MonthlySettlementJson,
    QuestionJson,
    SettleBody,
    SplitBody,
)
from assistant.wire.events import StepJson
from assistant.wire.orders import OrderViewJson
from assistant.wire.shape import PageJson
from assistant.wire.spending import BudgetJson, PivotJson


class BookCalls(Calls):
    """Sums, entries, questions and claims of the books, exports, and undoing steps of the history."""

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency. Raises InvalidInput."""
        return await self._page(ExpenseJson, "/expenses", query={"q": text})

    async def pivot(self, by: Pivot, text: str = "") -> list[PivotRow]:
        """Return sums by account, purpose, category, seller, card or person, month and currency. Raises InvalidInput, NotFound."""
        return await self._list(PivotJson, f"/expenses/{by.value}", query={"q": text})

    async def budgets(self, month: str = "") -> list[Budget]:
        """Return budgets with what was spent, in a month like "2026-11"; default: today's. Raises InvalidInput."""
        return await self._list(BudgetJson, "/budgets", query={"month": month})

    async def export_formats(self) -> list[ExportFormatJson]:
        """Return the formats of exports: for whom each is, what it keeps and loses."""
        return list((await self._api.json(PageJson[ExportFormatJson], "GET", "/exports")).items)

    async def export(self, format_name: str, text: str = "") -> bytes:
        """Return an export of the entries that match a filter. Raises NotFound for a format that does not exist."""
        return await self._api.call("GET", f"/exports/{part(format_name)}", query={"q": text}, seconds=LONG)

    async def books(self, text: str = "", cursor: str | None = None, limit: int = 100) -> Page[Entry]:
        """Return entries, oldest first; `text` is the filter language. Raises InvalidInput, NotFound."""
        return await self._page(EntryJson, "/books", query={"q": text, "cursor": cursor, "limit": limit})

    async def questions(self, text: str = "") -> list[Question]:
        """Return the open questions, largest amounts first. Raises InvalidInput, NotFound."""
        return await self._list(QuestionJson, "/questions", query={"q": text})

    async def split(self, account: str, number: str, split: SplitBody) -> OrderView:
        """Share an order or an item between purposes and return it. Raises NotFound, InvalidInput."""
        return await self._one(OrderViewJson, "PUT", f"/orders/{part(account)}/{part(number)}/split", split)

    async def claims(self) -> list[Claim]:
        """Return open and settled claims, the newest first."""
        return await self._list(ClaimJson, "/claims")

    async def settle(self, ids: Sequence[str], amount: str | None = None) -> list[Claim]:
        """Settle open claims by id, or an amount of one, and return what was paid.

        Raises NotFound for an id that is not an open claim, then none is settled; InvalidInput for an amount that is not a part of it.
        """
        found = await self._api.json(PageJson[ClaimJson], "POST", "/claims/settle", SettleBody(tuple(ids), amount=amount))
        return [claim.to_domain() for claim in found.items]

    async def claim_months(self) -> list[MonthlySettlement]:
        """Return what accounts owe each other in all for each month, newest first."""
        return await self._list(MonthlySettlementJson, "/claims/months")

    async def settle_month(self, month: str) -> list[Claim]:
        """Settle all open claims of a month ("2025-03") and return them. Raises NotFound if it has none."""
        found = await self._api.json(PageJson[ClaimJson], "POST", "/claims/settle", SettleBody(month=month))
        return [claim.to_domain() for claim in found.items]

    async def claim_report(self) -> bytes:
        """Return the open claims and the payments that settle them as PDF."""
        return await self._api.call("GET", "/claims/report")

    async def history(self, cursor: str | None = None, limit: int = 100) -> Page[Step]:
        """Return the steps of the history, newest first."""
        return await self._page(StepJson, "/history", query={"cursor": cursor, "limit": limit})

    async def undo(self, step_id: int) -> Step:
        """Undo a step and return the new one. Raises NotFound, Conflict when it is undone already or later steps build on it."""
        return await self._one(StepJson, "POST", f"/history/{step_id}/undo")
