"""How complete the ledger is."""

from typing import Any

from assistant.domain.pairing import Scope
from assistant.server.listing import FILTERS, filter_of
from assistant.server.routing import Call, Route
from assistant.wire.imports import month_json
from assistant.wire.views import page_json


def coverage(call: Call) -> dict[str, Any]:
    """List months, the newest first."""
    return page_json(call.services.coverage.months(filter_of(call)), month_json)


ROUTES = (
    Route(
        method="GET",
        path="/coverage",
        about="How much of each month is known of each account, and why it may not be all. Accounts and days of the filter count.",
        scope=Scope.FULL,
        run=coverage,
        query=FILTERS,
        answer="Coverage",
    ),
)
