"""The books: entries by filter."""

from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, FILTERS, LIMIT, OFFSET, cursor_of, filter_of, limit_of, offset_of
from assistant.server.routing import Call, Route
from assistant.wire.books import EntryJson
from assistant.wire.shape import PageJson


def books(call: Call) -> PageJson[EntryJson]:
    """List entries, oldest first."""
    page = call.services.books.page(filter_of(call), cursor=cursor_of(call), offset=offset_of(call), limit=limit_of(call))
    return PageJson.of(page, EntryJson)


ROUTES = (
    Route(
        method="GET",
        path="/books",
        about="Purchases, refunds and gift-card top-ups on the day they were paid, oldest first.",
        scope=Scope.FULL,
        run=books,
        query=(*FILTERS, CURSOR, OFFSET, LIMIT),
    ),
)
