"""The ledger: orders, one order, the user's own words on a line, sums."""

from typing import Any

from assistant.domain.errors import NotFound
from assistant.domain.pairing import Scope
from assistant.server.listing import CURSOR, FILTERS, LIMIT, OFFSET, PART, cursor_of, filter_of, flag, limit_of, offset_of, whole
from assistant.server.request_schemas import CorrectionBody, ItemBody
from assistant.server.routing import Call, Parameter, Route
from assistant.wire.views import expense_json, page_json, row_json, view_json

_ROWS = Parameter(
    name="rows", about="1: short lines, cheap to draw, instead of whole orders.", schema={"type": "string", "enum": ["0", "1"]}
)
_LONGEST_LINE = 9


def orders(call: Call) -> dict[str, Any]:
    """List orders, newest first."""
    found, cursor, offset, limit = filter_of(call), cursor_of(call), offset_of(call), limit_of(call)
    if flag(call, "rows"):
        return page_json(call.services.ledger.orders(found, cursor=cursor, offset=offset, limit=limit), row_json)
    return page_json(call.services.ledger.views(found, cursor=cursor, offset=offset, limit=limit), view_json)


def order(call: Call) -> dict[str, Any]:
    """Show one order with everything known."""
    return view_json(call.services.ledger.order(call.path["account"], call.path["number"]))


def set_item(call: Call) -> dict[str, Any]:
    """Give a line a category or a purpose of the user's own."""
    line = call.path["line"]
    if not (line.isascii() and line.isdecimal() and len(line) <= _LONGEST_LINE):
        raise NotFound("The order has no such line. Lines count from 0.")
    body: ItemBody = call.body
    ledger = call.services.ledger
    return view_json(ledger.set_item(call.path["account"], call.path["number"], int(line), category=body.category, purpose=body.purpose))


def correct(call: Call) -> dict[str, Any]:
    """Correct what a source got wrong of an order, or take that back."""
    body: CorrectionBody = call.body
    return view_json(call.services.ledger.correct(call.path["account"], call.path["number"], body.corrections))


def confirm(call: Call) -> dict[str, Any]:
    """Let an order out of quarantine: the user says that it is right."""
    call.services.quarantine.confirm(call.path["number"], call.path["account"])
    return order(call)


def expenses(call: Call) -> dict[str, Any]:
    """Sum by account, purpose, month and currency."""
    return whole(call, [expense_json(row) for row in call.services.ledger.expenses(filter_of(call)).items])


ROUTES = (
    Route(
        method="GET",
        path="/orders",
        about="Orders, newest first.",
        scope=Scope.FULL,
        run=orders,
        query=(*FILTERS, CURSOR, OFFSET, LIMIT, _ROWS),
        answer="Orders",
    ),
    Route(method="GET", path="/orders/{account}/{number}", about="One order.", scope=Scope.FULL, run=order, answer="Order"),
    Route(
        method="PATCH",
        path="/orders/{account}/{number}/items/{line}",
        about="Give a line of an order a category or a purpose.",
        scope=Scope.FULL,
        run=set_item,
        body=ItemBody,
        answer="Order",
    ),
    Route(
        method="PATCH",
        path="/orders/{account}/{number}",
        about="Correct what a source got wrong: the user's word is believed before all others, and null takes it back.",
        scope=Scope.FULL,
        run=correct,
        body=CorrectionBody,
        answer="Order",
    ),
    Route(
        method="POST",
        path="/orders/{account}/{number}/confirm",
        about="Say that an order in quarantine is right as it stands: totals count it from now on.",
        scope=Scope.FULL,
        run=confirm,
        answer="Order",
    ),
    Route(
        method="GET",
        path="/expenses",
        about="Sums by account, purpose, month and currency.",
        scope=Scope.FULL,
        run=expenses,
        query=(*FILTERS, *PART),
        answer="Expenses",
    ),
)
