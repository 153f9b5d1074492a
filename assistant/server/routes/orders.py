"""The ledger: orders, one order, labels of items, sums."""

from assistant.domain.books.pivot import Pivot
from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import translated
from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, FILTERS, LIMIT, OFFSET, PART, cursor_of, filter_of, flag, limit_of, offset_of, whole
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.books import ExpenseJson
from assistant.wire.orders import CorrectionBody, DeliveryJson, ItemBody, OrderSummaryJson, OrderViewJson
from assistant.wire.shape import PageJson
from assistant.wire.spending import PivotJson

_ROWS = Parameter(name="rows", about="1: short rows instead of whole orders.", schema={"type": "string", "enum": ["0", "1"]})
_COUNT = Parameter(
    name="count",
    about="0: do not count all rows, which takes time in a large ledger; `total` then says how many there are at least.",
    schema={"type": "string", "enum": ["0", "1"]},
)
_ARRIVED = Parameter(
    name="arrived",
    about="1: parcels that arrived longer than 14 days ago too.",
    schema={"type": "string", "enum": ["0", "1"]},
)
_LONGEST_LINE = 9


def orders(call: Call) -> PageJson[OrderViewJson] | PageJson[OrderSummaryJson]:
    """List orders, newest first."""
    found, cursor, offset, limit = filter_of(call), cursor_of(call), offset_of(call), limit_of(call)
    if flag(call, "rows"):
        counted = flag(call, "count") is not False
        page = call.services.ledger.orders(found, cursor=cursor, offset=offset, limit=limit, counted=counted)
        return PageJson.of(page, OrderSummaryJson)
    return PageJson.of(call.services.ledger.views(found, cursor=cursor, offset=offset, limit=limit), OrderViewJson)


def order(call: Call) -> OrderViewJson:
    """Show one order with everything known."""
    return OrderViewJson.of(call.services.ledger.order(call.path["account"], call.path["number"]))


def set_item(call: Call) -> OrderViewJson:
    """Set the user's category, purpose or person of an item."""
    line = call.path["line"]
    if not (line.isascii() and line.isdecimal() and len(line) <= _LONGEST_LINE):
        raise NotFound(translated("The order has no such item. Items count from 0."))
    body: ItemBody = call.body
    words = {"category": body.category, "purpose": body.purpose, "person": body.person}
    found = call.services.ledger.set_item(call.path["account"], call.path["number"], int(line), **words, new=body.new, seen=body.seen)
    return OrderViewJson.of(found)


def correct(call: Call) -> OrderViewJson:
    """Correct an error of a source, or remove a correction."""
    body: CorrectionBody = call.body
    return OrderViewJson.of(call.services.ledger.correct(call.path["account"], call.path["number"], body.corrections, seen=body.seen))


def confirm(call: Call) -> OrderViewJson:
    """Confirm an order in quarantine."""
    call.services.quarantine.confirm(call.path["number"], call.path["account"])
    return order(call)


def deliveries(call: Call) -> PageJson[DeliveryJson]:
    """List parcels: late, expected, on the way, arrived."""
    found = call.services.deliveries.all(filter_of(call), call.services.today, arrived=bool(flag(call, "arrived")))
    return whole(call, [DeliveryJson.of(parcel) for parcel in found])


def expenses(call: Call) -> PageJson[ExpenseJson]:
    """Sum by account, purpose, month and currency."""
    return whole(call, [ExpenseJson.of(row) for row in call.services.ledger.expenses(filter_of(call)).items])


def pivot(call: Call) -> PageJson[PivotJson]:
    """Sum by account, purpose, category, seller, card or person, then by month and currency."""
    try:
        by = Pivot(call.path["by"])
    except ValueError:
        raise NotFound(
            translated("There are no sums by '{by}'. Use {choices}.", by=call.path["by"][:40], choices=", ".join(Pivot))
        ) from None
    return whole(call, [PivotJson.of(row) for row in call.services.ledger.pivot(filter_of(call), by)])


ROUTES = (
    Route(
        method="GET",
        path="/orders",
        about="Orders, newest first.",
        scope=Scope.FULL,
        run=orders,
        query=(*FILTERS, CURSOR, OFFSET, LIMIT, _ROWS, _COUNT),
    ),
    Route(
        method="GET",
        path="/deliveries",
        about="Parcels that have not arrived or arrived lately, the most urgent first; all of the filter's days if it has some.",
        scope=Scope.FULL,
        run=deliveries,
        query=(*FILTERS, *PART, _ARRIVED),
    ),
    Route(method="GET", path="/orders/{account}/{number}", about="One order.", scope=Scope.FULL, run=order),
    Route(
        method="PATCH",
        path="/orders/{account}/{number}/items/{line}",
        about="Give an item of an order a category or a purpose.",
        scope=Scope.FULL,
        run=set_item,
        body=ItemBody,
    ),
    Route(
        method="PATCH",
        path="/orders/{account}/{number}",
        about="Correct an error of a source. A correction overrides every source; null removes it.",
        scope=Scope.FULL,
        run=correct,
        body=CorrectionBody,
    ),
    Route(
        method="POST",
        path="/orders/{account}/{number}/confirm",
        about="Confirm an order in quarantine: totals count it from now on.",
        scope=Scope.FULL,
        run=confirm,
    ),
    Route(
        method="GET",
        path="/expenses",
        about="Sums by account, purpose, month and currency.",
        scope=Scope.FULL,
        run=expenses,
        query=(*FILTERS, *PART),
    ),
    Route(
        method="GET",
        path="/expenses/{by}",
        about="Sums by account, purpose, category, seller, card or person, then by month and currency.",
        scope=Scope.FULL,
        run=pivot,
        query=(*FILTERS, *PART),
    ),
)
