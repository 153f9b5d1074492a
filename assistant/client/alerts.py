"""Warnings that were raised."""

from assistant.client.http import LONG, Calls
from assistant.domain.views import Alert, Heeding, Misplaced, Page
from assistant.wire.views import alert_from_json, heeding_from_json, misplaced_from_json, page_from_json


class AlertCalls(Calls):
    """The list of warnings."""

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100) -> Page[Alert]:  # noqa: FBT001, FBT002  # the seam's signature
        """Return warnings, newest first."""
        query = {"open": int(open_only), "cursor": cursor, "limit": limit}
        return page_from_json(await self._api.json("GET", "/alerts", query=query), alert_from_json)

    async def dismiss(self, alert_id: int) -> Alert:
        """Put a warning away. Raises NotFound."""
        return alert_from_json(await self._api.json("POST", f"/alerts/{alert_id}/dismiss"))

    async def misplaced(self) -> list[Misplaced]:
        """Return earlier purchases that look misplaced, newest first; it may take a minute."""
        data = await self._api.json("GET", "/alerts/past", seconds=LONG)
        return [misplaced_from_json(entry) for entry in data["items"]]

    async def heedings(self) -> list[Heeding]:
        """Return per rule what became of its warnings."""
        return await self._list("/alerts/stats", heeding_from_json)
