"""How complete the ledger is."""

from typing import Any

from assistant.domain.pairing import Scope
from assistant.server.listing import FILTERS, PART, filter_of, whole
from assistant.server.routing import Call, Route
from assistant.wire.imports import month_json


def coverage(call: Call) -> dict[str, Any]:
    """List months, the newest first."""
    return whole(call, [month_json(month) for month in call.services.coverage.months(filter_of(call)).items])


ROUTES = (
    Route(
        method="GET",
        path="/coverage",
        about="How much of each month is known of each account, and why it may not be all. Accounts and days of the filter count.",
        scope=Scope.FULL,
        run=coverage,
        query=(*FILTERS, *PART),
        answer="Coverage",
    ),
)
