"""Orders, what they cost, and the books that go out."""

from collections.abc import Mapping

from assistant.client.http import LONG, Calls, part
from assistant.domain.coverage import CoveredMonth
from assistant.domain.views import ExpenseRow, OrderRow, OrderView, Page
from assistant.wire.imports import month_from_json
from assistant.wire.views import expense_from_json, page_from_json, row_from_json, view_from_json


class OrderCalls(Calls):
    """Orders and spending."""

    async def orders(self, text: str = "", offset: int = 0, limit: int = 100) -> Page[OrderRow]:
        """Return order lines, newest first; `text` is the filter language. Raises InvalidInput."""
        data = await self._api.json("GET", "/orders", query={"q": text, "offset": offset, "limit": limit, "rows": 1})
        return page_from_json(data, row_from_json)

    async def order(self, account: str, number: str) -> OrderView:
        """Return one order with everything known. Raises NotFound."""
        return view_from_json(await self._api.json("GET", f"/orders/{part(account)}/{part(number)}"))

    async def set_item(self, account: str, number: str, line: int, category: str | None = None, purpose: str | None = None) -> OrderView:
        """Give a line of an order a category or a purpose; "" takes it away. Raises NotFound."""
        words = {"category": category, "purpose": purpose}
        given = {name: word for name, word in words.items() if word is not None}
        return view_from_json(await self._api.json("PATCH", f"/orders/{part(account)}/{part(number)}/items/{line}", given))

    async def correct(self, account: str, number: str, corrections: Mapping[str, str | None]) -> OrderView:
        """Correct an order by word ("total": "19.49", "item1.quantity": "2"); None takes one back. Raises InvalidInput, NotFound."""
        body = {"corrections": dict(corrections)}
        return view_from_json(await self._api.json("PATCH", f"/orders/{part(account)}/{part(number)}", body))

    async def confirm(self, account: str, number: str) -> OrderView:
        """Say that an order in quarantine is right as it stands. Raises NotFound, Conflict."""
        return view_from_json(await self._api.json("POST", f"/orders/{part(account)}/{part(number)}/confirm"))

    async def coverage(self, text: str = "") -> Page[CoveredMonth]:
        """Return how much of each month is known, the newest first. Raises InvalidInput, NotFound."""
        return page_from_json(await self._api.json("GET", "/coverage", query={"q": text}), month_from_json)

    async def expenses(self, text: str = "") -> Page[ExpenseRow]:
        """Return sums by account, purpose, month and currency. Raises InvalidInput."""
        return page_from_json(await self._api.json("GET", "/expenses", query={"q": text}), expense_from_json)

    async def export(self, format_name: str, text: str = "") -> bytes:
        """Return an export of what the filter language means. Raises NotFound for a format that does not exist."""
        return await self._api.call("GET", f"/exports/{part(format_name)}", query={"q": text}, seconds=LONG)
