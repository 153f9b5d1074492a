"""Receipts: list, attach and detach them, and why items are bought for the business."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.pairing import Scope
from assistant.server.listing import FILTERS, PART, filter_of, whole
from assistant.server.routing import Call, Route
from assistant.wire.shape import PageJson
from assistant.wire.taxes import (
    AttachBody,
    CollectBody,
    CollectedJson,
    NotAttachedJson,
    PrintBody,
    PurposeBody,
    ReceiptCountJson,
    ReceiptJson,
)

if TYPE_CHECKING:
    from assistant.services.taxes.receipt_sources import Collected

_PATIENCE = 600.0
"""Seconds: a mailbox, or a year of pages, takes minutes."""


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


def missing(call: Call) -> ReceiptCountJson:
    """Count the business orders of a filter, and list those without a receipt, largest amounts first."""
    return ReceiptCountJson.of(call.services.receipts.count(filter_of(call)))


def collect(call: Call) -> CollectedJson:
    """Attach the receipts in files, folders and mails of this computer to the orders that they name."""
    return _collected(call.services.receipt_sources.collect([Path(path) for path in call.body.paths]))


def print_pages(call: Call) -> CollectedJson:
    """Print kept pages of orders and invoices, and attach them."""
    return _collected(call.services.receipt_sources.print_pages(call.body.orders))


def _collected(found: "Collected") -> CollectedJson:
    left = tuple(NotAttachedJson(each.name, each.why) for each in found.left)
    return CollectedJson(tuple(receipt.name for receipt in found.attached), found.known, left)


def detach(call: Call) -> None:
    """Detach a receipt from an order; its file stays."""
    call.services.receipts.remove(call.path["order_id"], call.path["sha256"])


def remember_purpose(call: Call) -> None:
    """Store why items of a category, a seller or an order are bought for the business."""
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
        method="GET",
        path="/receipts/missing",
        about="Business orders without a receipt, largest amounts first, and how many business orders there are.",
        scope=Scope.FULL,
        run=missing,
        query=FILTERS,
    ),
    Route(
        method="POST",
        path="/receipts/collected",
        about="Attach the receipts in files, folders, mails and mailboxes of this computer to the orders that they name.",
        scope=Scope.FULL,
        run=collect,
        body=CollectBody,
        patience=_PATIENCE,
        long=True,
    ),
    Route(
        method="POST",
        path="/receipts/printed",
        about="Print kept pages of orders and invoices to PDF, and attach them. Needs Chromium.",
        scope=Scope.FULL,
        run=print_pages,
        body=PrintBody,
        patience=_PATIENCE,
        long=True,
    ),
    Route(
        method="POST",
        path="/receipts/purposes",
        about="Store why items of a category, a seller or an order are bought for the business.",
        scope=Scope.FULL,
        run=remember_purpose,
        body=PurposeBody,
    ),
)
