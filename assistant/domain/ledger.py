"""One order from many sources: merging what several documents say, deterministically and without losing any of it.

The answer does not depend on the order in which documents came in: `merge` is commutative and idempotent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from assistant.domain.documents import Problem, SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.text import fold

# Who is believed first: the page that shows one order in full, then files with a row per item, then lists and mail.
_RANK = {
    kind: rank
    for rank, kinds in enumerate(
        (
            (SourceKind.ORDER_DETAILS,),
            (SourceKind.INVOICE,),
            (SourceKind.BUSINESS_REPORT,),
            (SourceKind.PRIVACY_ZIP, SourceKind.RETAIL_EXPORT, SourceKind.DIGITAL_EXPORT),
            (SourceKind.ORDER_LIST,),
        )
    )
    for kind in kinds
}
_LAST = 9
# Files of one kind may each hold a part of an order: their lines are united. A page shows the whole order.
_FILES = frozenset({SourceKind.PRIVACY_ZIP, SourceKind.RETAIL_EXPORT, SourceKind.DIGITAL_EXPORT, SourceKind.BUSINESS_REPORT})
_PROGRESS = (
    OrderStatus.UNKNOWN,
    OrderStatus.PLACED,
    OrderStatus.SHIPPING,
    OrderStatus.DELIVERED,
    OrderStatus.RETURNED,
    OrderStatus.CANCELLED,
)
_UNKNOWN_CURRENCY = "XXX"
_ITEM_FIELDS = tuple(name for name in Item.__dataclass_fields__ if name not in ("asin", "title"))


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one document said about an order. `document` is its id in the ledger, 0 for one that is not kept."""

    document: int
    kind: SourceKind
    order: Order


@dataclass(frozen=True, slots=True)
class Merged:
    """The one answer: `sources` maps a field to the document that gave it, `conflicts` name what documents disagree on."""

    order: Order
    sources: dict[str, int]
    conflicts: tuple[Problem, ...] = ()


def merge(sightings: Sequence[Sighting]) -> Merged:
    """Return one order from all sightings of it (at least one, all of the same order id)."""
    ranked = sorted(sightings, key=_believed)
    if len(ranked) == 1:
        only = ranked[0]
        return Merged(only.order, {"order": only.document})
    sources: dict[str, int] = {"order": ranked[0].document}
    lead = next((sighting for sighting in ranked if sighting.order.items), ranked[0])
    sources["items"] = lead.document
    items = _items(ranked, lead)
    amounts = _amounts(ranked, sources)
    if len(items) > len(lead.order.items) and all(item.total for item in items):
        amounts[Amount.GRAND_TOTAL] = reduce(Money.__add__, (item.total for item in items if item.total))
    first = ranked[0].order
    cancelled = any(sighting.order.cancelled for sighting in ranked)
    order = replace(
        first,
        placed_on=_first(ranked, "placed_on", sources),
        placed_at=_first(ranked, "placed_at", sources),
        status=max((sighting.order.status for sighting in ranked), key=_PROGRESS.index),
        cancelled=cancelled,
        currency=_first(ranked, "currency", sources),
        marketplace=_first(ranked, "marketplace", sources),
        recipient=_recipient(ranked),
        purchase_order=_first(ranked, "purchase_order", sources),
        buyer=_first(ranked, "buyer", sources),
        replaces=_first(ranked, "replaces", sources),
        amounts=amounts,
        items=items,
        shipments=_shipments(ranked, lead),
        payments=_payments(ranked),
        refunds=_refunds(ranked),
    )
    return Merged(order, sources, _conflicts(ranked))


def _believed(sighting: Sighting) -> tuple[int, int, int]:
    """Sort key: kind of source, for files the fuller one, then the later document: a page that is opened again is newer."""
    fuller = -len(sighting.order.items) if sighting.kind in _FILES else 0
    return _RANK.get(sighting.kind, _LAST), fuller, -sighting.document


def _first(ranked: Iterable[Sighting], field: str, sources: dict[str, int]) -> Any:
    for sighting in ranked:
        value = getattr(sighting.order, field)
        if value is not None:
            sources[field] = sighting.document
            return value
    return None


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
        places = _matched(items, sighting.order.items)
        for item, place in zip(sighting.order.items, places, strict=True):
            if place is not None:
                items[place] = _filled(items[place], item)
            elif lead.kind in _FILES and sighting.kind in _FILES:
                items.append(item)
    return tuple(items)


def _filled(item: Item, other: Item) -> Item:
    lacking = {name: getattr(other, name) for name in ("asin", "title") if getattr(item, name) is None}
    lacking |= {name: getattr(other, name) for name in _ITEM_FIELDS if getattr(item, name) is None}
    known = {name: value for name, value in lacking.items() if value is not None}
    return replace(item, **known) if known else item


def _matched(items: Sequence[Item], others: Sequence[Item]) -> list[int | None]:
    """Return for each of the others the place of the same item: by ASIN, by title, and by position when counts agree."""
    free = set(range(len(items)))
    places: list[int | None] = []
    for position, other in enumerate(others):
        same = next((place for place in sorted(free) if _same(items[place], other)), None)
        if same is None and len(items) == len(others) and position in free and None in (items[position].asin, other.asin):
            same = position
        if same is not None:
            free.discard(same)
        places.append(same)
    return places


def _same(item: Item, other: Item) -> bool:
    if item.asin and other.asin:
        return item.asin == other.asin
    return bool(item.title and other.title) and fold(item.title or "") == fold(other.title or "")


def _shipments(ranked: Iterable[Sighting], lead: Sighting) -> tuple[Shipment, ...]:
    teller = next((sighting for sighting in ranked if sighting.order.shipments), None)
    if teller is None:
        return ()
    if teller is lead:
        return teller.order.shipments
    places = _matched(lead.order.items, teller.order.items)
    return tuple(
        replace(shipment, items=tuple(sorted({place for at in shipment.items if (place := places[at]) is not None})))
        for shipment in teller.order.shipments
    )


def _payments(ranked: Iterable[Sighting]) -> tuple[Payment, ...]:
    found: dict[Payment, None] = {}
    for sighting in ranked:
        found.update(dict.fromkeys(sighting.order.payments))
    charged = {payment.last4 for payment in found if payment.amount is not None}
    return tuple(payment for payment in found if payment.amount is not None or payment.last4 is None or payment.last4 not in charged)


def _refunds(ranked: Iterable[Sighting]) -> tuple[Refund, ...]:
    """Union of refunds: the same amount on the same day is one; an undated one is the dated one of the same amount."""
    found: list[Refund] = []
    for sighting in ranked:
        open_places = set(range(len(found)))
        for refund in sighting.order.refunds:
            place = next((at for at in sorted(open_places) if _same_refund(found[at], refund)), None)
            if place is None:
                found.append(refund)
                continue
            open_places.discard(place)
            if found[place].refunded_on is None:
                found[place] = replace(found[place], refunded_on=refund.refunded_on)
            if refund.amount and refund.amount.currency != _UNKNOWN_CURRENCY:
                found[place] = replace(found[place], amount=refund.amount)
    return tuple(found)


def _same_refund(known: Refund, other: Refund) -> bool:
    dated = known.refunded_on is None or other.refunded_on is None or known.refunded_on == other.refunded_on
    if known.amount is None or other.amount is None:
        return dated and known.amount is other.amount
    # A list of returns may not say what its amounts are in.
    alike = known.amount.currency == other.amount.currency or _UNKNOWN_CURRENCY in (known.amount.currency, other.amount.currency)
    return dated and alike and known.amount.minor == other.amount.minor


def _conflicts(ranked: Sequence[Sighting]) -> tuple[Problem, ...]:
    totals: dict[Money, SourceKind] = {}
    for sighting in ranked:
        total = sighting.order.total
        # An amount in no known currency contradicts nobody.
        if total is not None and sighting.order.currency and not sighting.order.cancelled:
            totals.setdefault(total, sighting.kind)
    if len(totals) < 2:  # noqa: PLR2004  # one answer is no contradiction
        return ()
    said = "; ".join(f"{kind.value.replace('_', ' ')}: {total.decimal} {total.currency}" for total, kind in totals.items())
    return (Problem(where="amounts.grand_total", code="conflict", text=f"The sources give different totals. {said}."),)
