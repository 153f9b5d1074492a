"""Warnings that were raised."""

from assistant.client.http import Calls
from assistant.domain.views import Alert, Page
from assistant.wire.views import alert_from_json, page_from_json


class AlertCalls(Calls):
    """The list of warnings."""

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100) -> Page[Alert]:  # noqa: FBT001, FBT002  # the seam's signature
        """Return warnings, newest first."""
        query = {"open": int(open_only), "cursor": cursor, "limit": limit}
        return page_from_json(await self._api.json("GET", "/alerts", query=query), alert_from_json)

    async def dismiss(self, alert_id: int) -> Alert:
        """Put a warning away. Raises NotFound."""
        return alert_from_json(await self._api.json("POST", f"/alerts/{alert_id}/dismiss"))
