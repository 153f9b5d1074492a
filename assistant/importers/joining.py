"""One order from several files of one export: the first file that knows the order leads, others add what it lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.domain.documents import SourceKind
from assistant.domain.ledger import Sighting, merge
from assistant.domain.orders import Order, OrderStatus


def agreed(kind: SourceKind, told: Iterable[Order]) -> list[Order]:
    """Return one order per order id from what several files of one kind tell, as the ledger would merge them."""
    found: dict[str, list[Sighting]] = {}
    for order in told:
        found.setdefault(order.number, []).append(Sighting(0, kind, order))
    return [merge(sightings).order for sightings in found.values()]


def joined_orders(sources: Sequence[Sequence[Order]]) -> list[Order]:
    """Return one order per order id, in the order of their first appearance."""
    found: dict[str, Order] = {}
    for orders in sources:
        for order in orders:
            known = found.get(order.number)
            found[order.number] = order if known is None else _joined(known, order)
    return list(found.values())


def _joined(first: Order, second: Order) -> Order:
    return replace(
        first,
        placed_on=first.placed_on or second.placed_on,
        placed_at=first.placed_at or second.placed_at,
        status=first.status if first.status is not OrderStatus.UNKNOWN else second.status,
        currency=first.currency or second.currency,
        marketplace=first.marketplace or second.marketplace,
        amounts={**second.amounts, **first.amounts},
        items=first.items or second.items,
        shipments=first.shipments or second.shipments,
        payments=first.payments or second.payments,
        refunds=first.refunds + tuple(refund for refund in second.refunds if refund not in first.refunds),
    )
