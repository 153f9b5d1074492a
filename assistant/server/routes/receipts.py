"""Receipts: which are attached, attaching and detaching, and why things are bought for the business."""

from pathlib import Path

from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Route
from assistant.wire.shape import PageJson
from assistant.wire.taxes import AttachBody, PurposeBody, ReceiptJson


def receipts(call: Call) -> PageJson[ReceiptJson]:
    """List all receipts with the state of their files."""
    found = [(each.receipt, each.state) for each in call.services.receipts.all()]
    return whole(
        call,
        [ReceiptJson(r.number, r.item, r.sha256, r.name, str(r.path), state, r.problem) for r, state in found],
    )


def attach(call: Call) -> PageJson[ReceiptJson]:
    """Attach files of this computer to an order: all or none; return all receipts."""
    call.services.receipts.add(call.body.account, call.body.order_id, [Path(path) for path in call.body.paths])
    return receipts(call)


def detach(call: Call) -> None:
    """Detach a receipt from an order; its file stays."""
    call.services.receipts.remove(call.path["order_id"], call.path["sha256"])


def remember_purpose(call: Call) -> None:
    """Remember why things of a category, a seller or an order are bought for the business."""
    call.services.receipts.remember_purpose(call.body.value, call.body.text, call.body.scope)


ROUTES = (
    Route(method="GET", path="/receipts", about="Receipts and the state of their files.", scope=Scope.FULL, run=receipts, query=PART),
    Route(
        method="POST",
        path="/receipts",
        about="Attach files of this computer to an order: all or none.",
        scope=Scope.FULL,
        run=attach,
        body=AttachBody,
    ),
    Route(
        method="DELETE",
        path="/receipts/{order_id}/{sha256}",
        about="Detach a receipt from an order; its file stays.",
        scope=Scope.FULL,
        run=detach,
    ),
    Route(
        method="POST",
        path="/receipts/purposes",
        about="Say once why things of a category, a seller or an order are bought for the business.",
        scope=Scope.FULL,
        run=remember_purpose,
        body=PurposeBody,
    ),
)
