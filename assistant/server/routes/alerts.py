"""Warnings: what is open, why, how they fare, and putting one away."""

from typing import Any

from assistant.domain.errors import NotFound
from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, FILTERS, LIMIT, OFFSET, PART, cursor_of, filter_of, flag, limit_of, offset_of, whole
from assistant.server.request_schemas import Nothing
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.views import alert_json, heeding_json, misplaced_json, page_json

_OPEN = Parameter(name="open", about="0: also those that were put away.", schema={"type": "string", "enum": ["0", "1"], "default": "1"})
_REDACT = Parameter(
    name="redact", about="1: false names for everybody's own.", schema={"type": "string", "enum": ["0", "1"], "default": "0"}
)
_LONGEST_ID = 15


def alerts(call: Call) -> dict[str, Any]:
    """List warnings, newest first."""
    open_only = flag(call, "open") is not False
    found, cursor, offset, limit = filter_of(call), cursor_of(call), offset_of(call), limit_of(call)
    return page_json(call.services.alerts.alerts(found, open_only=open_only, cursor=cursor, offset=offset, limit=limit), alert_json)


def dismiss(call: Call) -> dict[str, Any]:
    """Put a warning away; a second time changes nothing."""
    return alert_json(call.services.alerts.dismiss(row_id(call, "There is no such warning.")))


def explain(call: Call) -> dict[str, Any]:
    """Tell every rule that was tried for a warning, and why it spoke or kept quiet."""
    answers = call.services.explaining.explain(row_id(call, "There is no such warning."), redact=bool(flag(call, "redact")))
    return whole(call, answers)


def stats(call: Call) -> dict[str, Any]:
    """Tell per rule what became of its warnings."""
    items = [heeding_json(entry) for entry in call.services.heeding.stats()]
    return whole(call, items)


def past(call: Call) -> dict[str, Any]:
    """List earlier purchases that look misplaced."""
    items = [misplaced_json(entry) for entry in call.services.afterwards.misplaced()]
    return whole(call, items)


def row_id(call: Call, missing: str) -> int:
    """Return the number in the path. Raises NotFound for anything that cannot be one."""
    text = call.path["id"]
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID):
        raise NotFound(missing)
    return int(text)


ROUTES = (
    Route(
        method="GET",
        path="/alerts",
        about="Warnings, newest first.",
        scope=Scope.SUMMARY_READ,
        run=alerts,
        query=(_OPEN, *FILTERS, CURSOR, OFFSET, LIMIT),
        answer="Alerts",
    ),
    Route(
        method="GET",
        path="/alerts/stats",
        about="Per rule: how often its warnings of the last 365 days were heeded or overridden, and whether a quieter level is proposed.",
        scope=Scope.SUMMARY_READ,
        run=stats,
        query=PART,
        answer="Heedings",
    ),
    Route(
        method="GET",
        path="/alerts/past",
        about="Purchases older than 30 days that look misplaced, newest first; up to 1,000 are looked at.",
        scope=Scope.FULL,
        run=past,
        query=PART,
        long=True,
        patience=60.0,
        answer="MisplacedPurchases",
    ),
    Route(
        method="GET",
        path="/alerts/{id}/explanation",
        about="Every rule that was tried for a warning: what it asks, what it saw, why it spoke or kept quiet.",
        scope=Scope.FULL,
        run=explain,
        query=(_REDACT, *PART),
        answer="Explanations",
    ),
    Route(
        method="POST",
        path="/alerts/{id}/dismiss",
        about="Put a warning away.",
        scope=Scope.FULL,
        run=dismiss,
        body=Nothing,
        answer="Alert",
    ),
)
