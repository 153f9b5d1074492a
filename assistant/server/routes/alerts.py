"""Warnings: what is open, and putting one away."""

from typing import Any

from assistant.domain.errors import NotFound
from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, LIMIT, cursor_of, flag, limit_of
from assistant.server.routing import Call, Parameter, Route
from assistant.server.schemas import Nothing
from assistant.wire.views import alert_json, page_json

_OPEN = Parameter(name="open", about="0: also those that were put away.", schema={"type": "string", "enum": ["0", "1"], "default": "1"})
_LONGEST_ID = 15


def alerts(call: Call) -> dict[str, Any]:
    """List warnings, newest first."""
    open_only = flag(call, "open") is not False
    return page_json(call.services.alerts.alerts(open_only=open_only, cursor=cursor_of(call), limit=limit_of(call)), alert_json)


def dismiss(call: Call) -> dict[str, Any]:
    """Put a warning away; a second time changes nothing."""
    return alert_json(call.services.alerts.dismiss(row_id(call, "There is no such warning.")))


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
        query=(_OPEN, CURSOR, LIMIT),
        answer="Alerts",
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
