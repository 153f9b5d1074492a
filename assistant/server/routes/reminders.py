"""Upcoming dates, as Amazon's pages printed them."""

from assistant.domain.pairing import Scope
from assistant.server.listing import FILTERS, PART, filter_of, whole, whole_number
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.shape import PageJson
from assistant.wire.warnings import DueJson

_AHEAD, _FURTHEST = 14, 400
_DAYS = Parameter(
    name="days",
    about="How far to look ahead.",
    schema={"type": "integer", "minimum": 0, "maximum": _FURTHEST, "default": _AHEAD},
)


def reminders(call: Call) -> PageJson[DueJson]:
    """List return windows, trials, renewals, payments and deliveries that are due soon, soonest first."""
    days = whole_number(call.query, "days", 0, _FURTHEST)
    found = call.services.reminders.due(call.services.today, _AHEAD if days is None else days, filter_of(call))
    return whole(call, [DueJson.of(entry) for entry in found])


ROUTES = (
    Route(
        method="GET",
        path="/reminders",
        about="Upcoming dates, soonest first.",
        scope=Scope.FULL,
        run=reminders,
        query=(_DAYS, *FILTERS, *PART),
    ),
)
