"""Orders and their corrections."""

from collections.abc import Mapping

from assistant.client.http import Calls, part
from assistant.domain.filters import Page
from assistant.domain.order_view import OrderSummary, OrderView
from assistant.domain.orders.deliveries import Delivery
from assistant.wire.orders import CorrectionBody, DeliveryJson, ItemBody, OrderSummaryJson, OrderViewJson


class OrderCalls(Calls):
    """Finds and corrects orders."""

    async def orders(self, text: str = "", offset: int = 0, limit: int = 100, *, counted: bool = True) -> Page[OrderSummary]:
        """Return order lines, newest first; `text` is the filter language. Raises InvalidInput.

        If not `counted`, the answer comes sooner and its `total` is only how many there are at least.
        """
        query = {"q": text, "offset": offset, "limit": limit, "rows": 1, "count": int(counted)}
        return await self._page(OrderSummaryJson, "/orders", query=query)

    async def order(self, account: str, number: str) -> OrderView:
        """Return one order with everything known. Raises NotFound."""
        return await self._one(OrderViewJson, "GET", _path(account, number))

    async def deliveries(self, text: str = "", *, arrived: bool = False) -> list[Delivery]:
        """Return parcels, the most urgent first; `arrived`: those that arrived long ago too. Raises InvalidInput, NotFound."""
        return await self._list(DeliveryJson, "/deliveries", query={"q": text, "arrived": int(arrived)})

    async def set_item(
        self,
        account: str,
        number: str,
        line: int,
        *,
        category: str | None = None,
        purpose: str | None = None,
        person: str | None = None,
        new: bool = False,
        seen: str | None = None,
    ) -> OrderView:
        """Set category, purpose or person of an item; "" removes one. `new` adds a word that is not in its list.

        Raises NotFound, and OrderChanged if the order's version is not `seen`.
        """
        given = ItemBody(category=category, purpose=purpose, person=person, new=new, seen=seen or None)
        return await self._one(OrderViewJson, "PATCH", f"{_path(account, number)}/items/{line}", given)

    async def correct(self, account: str, number: str, corrections: Mapping[str, str | None], *, seen: str | None = None) -> OrderView:
        """Correct an order by field ("total": "19.49", "item1.quantity": "2"); None removes a correction.

        Raises InvalidInput, NotFound, and OrderChanged if its version is not `seen`.
        """
        return await self._one(OrderViewJson, "PATCH", _path(account, number), CorrectionBody(dict(corrections), seen=seen or None))

    async def confirm(self, account: str, number: str) -> OrderView:
        """Confirm an order in quarantine. Raises NotFound, Conflict."""
        return await self._one(OrderViewJson, "POST", f"{_path(account, number)}/confirm")


def _path(account: str, number: str) -> str:
    return f"/orders/{part(account)}/{part(number)}"
