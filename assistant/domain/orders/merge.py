"""Merges what several documents say about one order, deterministically and without losing anything.

The result does not depend on the order of import: `merge` is commutative and idempotent.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Any

from assistant.domain.errors import Problem
from assistant.domain.money import Money
from assistant.domain.orders.conflicts import disagreements
from assistant.domain.orders.corrections import corrected, fields_of
from assistant.domain.orders.item_matching import is_cut, matched
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.orders.precedence import FILES, rank
from assistant.domain.orders.refund_matching import united as united_refunds
from assistant.domain.orders.shipments import status_of, united
from assistant.domain.orders.sightings import PROGRESS, Sighting, by_belief, open_doubts
from assistant.domain.pages.kinds import SourceKind

_ITEM_FIELDS = tuple(name for name in Item.__dataclass_fields__ if name not in ("asin", "title"))
_SAME_CHARGE = 10
"""Days within which a charge on the payments page matches one from another source: banks and Amazon date differently."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged order.

    `sources` maps a field to the document that gave it, `conflicts` name what documents disagree on,
    `doubts` what keeps the order in quarantine, `corrected` the fields that the user put right.
    """

    order: Order
    sources: dict[str, int]
    conflicts: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    corrected: frozenset[str] = frozenset()


def merge(sightings: Sequence[Sighting]) -> Merged:
    """Return one order from all sightings of it (at least one of a document, all of the same order id)."""
    if len(sightings) > 1:
        yours = next((sighting for sighting in sightings if sighting.kind is SourceKind.USER), None)
        if yours is not None:
            return _corrected([sighting for sighting in sightings if sighting is not yours], yours)
    return _merged(sightings)


def _corrected(others: Sequence[Sighting], yours: Sighting) -> Merged:
    """Apply the user's corrections; contradicting sources stay visible but are no longer a problem."""
    told = _merged(others)
    fields = fields_of(told.order, yours.order)
    return Merged(
        corrected(told.order, yours.order),
        told.sources | dict.fromkeys(fields, yours.document),
        tuple(conflict for conflict in told.conflicts if conflict.where not in fields),
        open_doubts([*others, yours]),
        frozenset(fields),
    )


def _merged(sightings: Sequence[Sighting]) -> Merged:
    ranked = by_belief(sightings) if len(sightings) > 1 else list(sightings)
    if len(ranked) == 1:
        only = ranked[0]
        return Merged(only.order, {"order": only.document}, doubts=open_doubts(ranked))
    sources: dict[str, int] = {"order": ranked[0].document}
    lead = next((sighting for sighting in ranked if sighting.order.items), ranked[0])
    sources["items"] = lead.document
    items = _returned(ranked, lead, _items(ranked, lead))
    current = _current(ranked, lead, items)
    amounts = _amounts(current, sources)
    put_together = len(items) > len(lead.order.items)
    live = [item for item in items if not item.cancelled]
    if put_together and live and all(item.total for item in live):
        amounts[Amount.GRAND_TOTAL] = reduce(Money.__add__, (item.total for item in live if item.total))
    shipments, status = _shipments(ranked, lead, items)
    order = replace(
        ranked[0].order,
        placed_on=_first(_by("placed_on", ranked), "placed_on", sources),
        placed_at=_first(ranked, "placed_at", sources),
        status=status,
        cancelled=any(sighting.order.cancelled for sighting in ranked),
        currency=_first(ranked, "currency", sources),
        marketplace=_first(ranked, "marketplace", sources),
        recipient=_recipient(_by("recipient", ranked)),
        purchase_order=_first(ranked, "purchase_order", sources),
        buyer=_first(ranked, "buyer", sources),
        replaces=_first(ranked, "replaces", sources),
        amounts=amounts,
        items=items,
        shipments=shipments,
        payments=_payments(ranked, lead, items),
        refunds=_refunds(ranked, lead, items),
    )
    return Merged(order, sources, disagreements(current, united=put_together), open_doubts(ranked))


def _by(field: str, ranked: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings in order of trust for one field."""
    return sorted(ranked, key=lambda sighting: rank(sighting.kind, field))


def _first(ranked: Iterable[Sighting], field: str, sources: dict[str, int]) -> Any:
    for sighting in ranked:
        value = getattr(sighting.order, field)
        if value is not None:
            sources[field] = sighting.document
            return value
    return None


def _current(ranked: Sequence[Sighting], lead: Sighting, items: Sequence[Item]) -> Sequence[Sighting]:
    """Return the sightings without those that still count an item which another one says was cancelled, if a total is left."""
    cancelled = {place for place, item in enumerate(items) if item.cancelled}
    if not cancelled:
        return ranked

    def counts_cancelled(sighting: Sighting) -> bool:
        places = _places(sighting, lead, items)
        return any(place in cancelled and not item.cancelled for place, item in zip(places, sighting.order.items, strict=True))

    current = [sighting for sighting in ranked if not counts_cancelled(sighting)]
    return current if any(sighting.order.total is not None for sighting in current) else ranked


def _amounts(ranked: Iterable[Sighting], sources: dict[str, int]) -> dict[Amount, Money]:
    found: dict[Amount, Money] = {}
    for sighting in ranked:
        for name, money in sighting.order.amounts.items():
            if name not in found:
                found[name] = money
                sources[f"amounts.{name.value}"] = sighting.document
    return {name: found[name] for name in Amount if name in found}


def _recipient(ranked: Iterable[Sighting]) -> Recipient:
    name = address = None
    for sighting in ranked:
        name = name or sighting.order.recipient.name
        address = address or sighting.order.recipient.address
    return Recipient(name=name, address=address)


def _items(ranked: Iterable[Sighting], lead: Sighting) -> tuple[Item, ...]:
    items = list(lead.order.items)
    for sighting in ranked:
        if sighting is lead:
            continue
        places = matched(items, sighting.order.items, whole=not _tell_parts(lead, sighting))
        for item, place in zip(sighting.order.items, places, strict=True):
            if place is not None:
                items[place] = _filled(items[place], item)
            elif _tell_parts(lead, sighting):
                items.append(item)
    return tuple(items)


def _returned(ranked: Iterable[Sighting], lead: Sighting, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with the number of returned units from lists of returns."""
    found = list(items)
    for sighting in ranked:
        if sighting.kind is SourceKind.RETURNS_EXPORT:
            counts = Counter(place for place in _places(sighting, lead, items) if place is not None)
            for place, count in counts.items():
                found[place] = replace(found[place], returned=max(count, found[place].returned or 0))
    return tuple(found)


def _tell_parts(lead: Sighting, other: Sighting) -> bool:
    """Return whether both kinds may contain only part of an order: files, or mails about single parcels."""
    return (lead.kind in FILES and other.kind in FILES) or lead.kind is other.kind is SourceKind.EMAIL


def _filled(item: Item, other: Item) -> Item:
    lacking = {name: getattr(other, name) for name in ("asin", "title") if getattr(item, name) is None}
    if item.title and other.title and is_cut(item.title, other.title):
        lacking["title"] = other.title
    lacking |= {name: getattr(other, name) for name in _ITEM_FIELDS if getattr(item, name) is None}
    known = {name: value for name, value in lacking.items() if value is not None}
    return replace(item, **known) if known else item


def _shipments(ranked: Sequence[Sighting], lead: Sighting, items: Sequence[Item]) -> tuple[tuple[Shipment, ...], OrderStatus]:
    """Return the shipments and the status of the order: a page shows all parcels, a mail only one."""
    furthest = max((sighting.order.status for sighting in ranked), key=PROGRESS.index)
    teller = next((sighting for sighting in ranked if sighting.order.shipments), None)
    if teller is None:
        return (), furthest
    if teller.kind is SourceKind.EMAIL:
        mails = [sighting for sighting in ranked if sighting.kind is SourceKind.EMAIL]
        parcels = united([(mail.order.status, shipment) for mail in mails for shipment in _placed(mail, items, whole=False)])
        told = [sighting.order.status for sighting in ranked if not sighting.order.shipments]
        return tuple(shipment for _, shipment in parcels), max([*told, status_of(parcels, len(items))], key=PROGRESS.index)
    shipments = teller.order.shipments if teller is lead else _placed(teller, lead.order.items)
    return _with_ship_days(shipments, [other for other in ranked if other is not teller], items), furthest


def _with_ship_days(shipments: Sequence[Shipment], others: Sequence[Sighting], items: Sequence[Item]) -> tuple[Shipment, ...]:
    """Add ship days that only other sources state; items sent on different days are separate parcels."""
    days: dict[int, tuple[date, datetime | None]] = {}
    for sighting in others:
        for shipment in _placed(sighting, items, whole=False) if any(each.shipped_on for each in sighting.order.shipments) else ():
            if shipment.shipped_on is not None:
                for place in shipment.items:
                    days.setdefault(place, (shipment.shipped_on, shipment.shipped_at))
    found: list[Shipment] = []
    for shipment in shipments:
        places = shipment.items or (tuple(range(len(items))) if len(shipments) == 1 else ())
        groups: dict[tuple[date, datetime | None] | None, list[int]] = {}
        for place in places if shipment.shipped_on is None else ():
            groups.setdefault(days.get(place), []).append(place)
        if not any(groups):
            found.append(shipment)
            continue
        found += [
            replace(shipment, items=tuple(group), shipped_on=day[0] if day else None, shipped_at=day[1] if day else None)
            for day, group in groups.items()
        ]
    return tuple(found)


def _placed(teller: Sighting, items: Sequence[Item], *, whole: bool = True) -> tuple[Shipment, ...]:
    """Return a document's shipments with item positions in the merged order."""
    places = matched(items, teller.order.items, whole=whole)
    return tuple(
        replace(shipment, items=tuple(sorted({place for at in shipment.items if (place := places[at]) is not None})))
        for shipment in teller.order.shipments
    )


def _payments(ranked: Iterable[Sighting], lead: Sighting, items: Sequence[Item]) -> tuple[Payment, ...]:
    """Return every charge once; the payment history adds those that no other source has."""
    found: list[Payment] = []
    for sighting in ranked:
        payments = sighting.order.payments
        if any(payment.items for payment in payments):
            places = _places(sighting, lead, items)
            moved = [{place for at in payment.items if at < len(places) and (place := places[at]) is not None} for payment in payments]
            payments = tuple(replace(payment, items=tuple(sorted(at))) for payment, at in zip(payments, moved, strict=True))
        if sighting.kind is SourceKind.TRANSACTIONS:
            found += _unmatched(payments, found)
        else:
            found += [payment for payment in dict.fromkeys(payments) if payment not in found]
    charged = {payment.last4 for payment in found if payment.amount is not None}
    return tuple(payment for payment in found if payment.amount is not None or payment.last4 is None or payment.last4 not in charged)


def _unmatched(payments: Iterable[Payment], known: Iterable[Payment]) -> list[Payment]:
    free, left = list(known), []
    for payment in payments:
        same = next((entry for entry in free if _same_charge(entry, payment)), None)
        if same is None:
            left.append(payment)
        else:
            free.remove(same)
    return left


def _same_charge(known: Payment, other: Payment) -> bool:
    if known.amount is None or known.amount != other.amount or (known.last4 and other.last4 and known.last4 != other.last4):
        return False
    return known.charged_on is None or other.charged_on is None or abs((known.charged_on - other.charged_on).days) <= _SAME_CHARGE


def _refunds(ranked: Sequence[Sighting], lead: Sighting, items: Sequence[Item]) -> tuple[Refund, ...]:
    """Return every refund once, with its item's position in the merged order."""
    tellings = []
    for sighting in ranked:
        if sighting.order.refunds:
            places = _places(sighting, lead, items) if any(refund.item is not None for refund in sighting.order.refunds) else []
            tellings.append((sighting.kind, [_moved(refund, places) for refund in sighting.order.refunds]))
    return united_refunds(tellings, items)


def _moved(refund: Refund, places: Sequence[int | None]) -> Refund:
    if refund.item is None:
        return refund
    return replace(refund, item=places[refund.item] if refund.item < len(places) else None)


def _places(sighting: Sighting, lead: Sighting, items: Sequence[Item]) -> list[int | None]:
    """Return for each item of a sighting its position in the merged order."""
    whole = sighting is lead or not _tell_parts(lead, sighting)
    return matched(items, sighting.order.items, whole=whole)
