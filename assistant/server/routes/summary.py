"""The summary for a browser's popup. POST, because a sealed link sends its parameters in bodies."""

from assistant.domain.pairing import Scope
from assistant.server.routing import Call, Route
from assistant.wire.summary import (
    BoughtOrderJson,
    FoundOrdersJson,
    NoticeJson,
    NoticesBody,
    NoticesJson,
    SearchBody,
    SummaryBody,
    SummaryJson,
)


def summary(call: Call) -> SummaryJson:
    """Show all accounts, and what is new on one of them."""
    body: SummaryBody = call.body
    return SummaryJson.of(call.services.summaries.of(body.account or None, call.services.today))


def search(call: Call) -> FoundOrdersJson:
    """Find which account bought something."""
    body: SearchBody = call.body
    found = call.services.summaries.bought(body.words, body.account or None)
    return FoundOrdersJson(orders=tuple(map(BoughtOrderJson.of, found)))


def notices(call: Call) -> NoticesJson:
    """Tell which purchases can still be cancelled and which return windows end, for a notice on the desktop."""
    return NoticesJson(notices=tuple(map(NoticeJson.of, call.services.summaries.notices(call.services.today))))


ROUTES = (
    Route(
        method="POST",
        path="/summary",
        about="All accounts with their month; the last orders, open warnings and next dates of one account or of all.",
        scope=Scope.SUMMARY_READ,
        run=summary,
        body=SummaryBody,
    ),
    Route(
        method="POST",
        path="/summary/search",
        about="The newest orders of all accounts that have these words.",
        scope=Scope.SUMMARY_READ,
        run=search,
        body=SearchBody,
    ),
    Route(
        method="POST",
        path="/summary/notices",
        about="Purchases on the wrong account that can still be cancelled, and return windows that end within two days.",
        scope=Scope.SUMMARY_READ,
        run=notices,
        body=NoticesBody,
    ),
)
