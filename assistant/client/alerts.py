"""Warnings and upcoming dates."""

from assistant.client.http import LONG, Calls
from assistant.domain.due_dates import Due
from assistant.domain.filters import Page
from assistant.domain.judging.warnings import Alert, AlertCounts, LookBack
from assistant.wire.shape import PageJson
from assistant.wire.verdicts import ExplanationJson
from assistant.wire.warnings import AlertCountsJson, AlertJson, DueJson, LookBackJson


class AlertCalls(Calls):
    """The lists of warnings and of upcoming dates."""

    async def alerts(self, open_only: bool = True, cursor: str | None = None, limit: int = 100, text: str = "") -> Page[Alert]:  # noqa: FBT001, FBT002  # the seam's signature
        """Return warnings, newest first; `text` is the filter language. Raises InvalidInput, NotFound."""
        return await self._page(AlertJson, "/alerts", query={"open": int(open_only), "cursor": cursor, "limit": limit, "q": text})

    async def dismiss(self, alert_id: int) -> Alert:
        """Dismiss a warning. Raises NotFound."""
        return await self._one(AlertJson, "POST", f"/alerts/{alert_id}/dismiss")

    async def look_back(self) -> LookBack:
        """Return the earlier purchases that look misplaced, newest first; it may take a minute."""
        found = await self._api.json(LookBackJson, "GET", "/alerts/past", seconds=LONG)
        return LookBack(checked=found.checked, misplaced=tuple(entry.to_domain() for entry in found.items))

    async def alert_counts(self) -> list[AlertCounts]:
        """Return how the warnings of each rule ended."""
        return await self._list(AlertCountsJson, "/alerts/stats")

    async def explain(self, alert_id: int) -> list[ExplanationJson]:
        """Return what was judged for a warning, and every rule that was tried. Raises NotFound."""
        return list((await self._api.json(PageJson[ExplanationJson], "GET", f"/alerts/{alert_id}/explanation")).items)

    async def reminders(self, text: str = "", days: int = 14) -> list[Due]:
        """Return what is due within this many days, soonest first. Raises InvalidInput, NotFound."""
        return await self._list(DueJson, "/reminders", query={"q": text, "days": days})
