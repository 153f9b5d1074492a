"""One order from many sources: merging what several documents say, deterministically and without losing any of it.

The answer does not depend on the order in which documents came in: `merge` is commutative and idempotent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from typing import Any

from assistant.domain.documents import Problem, SourceKind
from assistant.domain.money import Money
from assistant.domain.orders import Amount, Item, Order, OrderStatus, Payment, Recipient, Refund, Shipment
from assistant.domain.parcels import PROGRESS, status_of, united
from assistant.domain.text import fold

# Who is believed first: the page that shows one order in full, then files with a row per item, then lists, then mail.
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
_RANK[SourceKind.EMAIL] = _LAST + 1
# Files of one kind may each hold a part of an order: their lines are united. A page shows the whole order.
_FILES = frozenset({SourceKind.PRIVACY_ZIP, SourceKind.RETAIL_EXPORT, SourceKind.DIGITAL_EXPORT, SourceKind.BUSINESS_REPORT})
# A refund is announced by mail some days before or after the day that a file or a page books it on.
_ANNOUNCED = timedelta(days=10)
_SAME_DAY = timedelta()
_SHORTEST_START = 8
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
    shipments, status = _shipments(ranked, lead, items)
    order = replace(
        first,
        placed_on=_first(ranked, "placed_on", sources),
        placed_at=_first(ranked, "placed_at", sources),
        status=status,
        cancelled=cancelled,
        currency=_first(ranked, "currency", sources),
        marketplace=_first(ranked, "marketplace", sources),
        recipient=_recipient(ranked),
        amounts=amounts,
        items=items,
        shipments=shipments,
        payments=_payments(ranked),
        refunds=_refunds(ranked),
    )
    return Merged(order, sources, _conflicts(ranked))


def _believed(sighting: Sighting) -> tuple[int, int, int]:
    """Sort key: kind of source, for files and mails the fuller one, then the later document: a page that is opened again is newer."""
    fuller = -len(sighting.order.items) if sighting.kind in _FILES or sighting.kind is SourceKind.EMAIL else 0
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
        places = _matched(items, sighting.order.items, whole=not _tell_parts(lead, sighting))
        for item, place in zip(sighting.order.items, places, strict=True):
            if place is not None:
                items[place] = _filled(items[place], item)
            elif _tell_parts(lead, sighting):
                items.append(item)
    return tuple(items)


def _tell_parts(lead: Sighting, other: Sighting) -> bool:
    """Tell whether both are of a sort that may hold a part of an order only: files, or mails about single parcels."""
    return (lead.kind in _FILES and other.kind in _FILES) or lead.kind is other.kind is SourceKind.EMAIL


def _filled(item: Item, other: Item) -> Item:
    lacking = {name: getattr(other, name) for name in ("asin", "title") if getattr(item, name) is None}
    if item.title and other.title and _is_cut(fold(item.title), fold(other.title)):
        lacking["title"] = other.title
    lacking |= {name: getattr(other, name) for name in _ITEM_FIELDS if getattr(item, name) is None}
    known = {name: value for name, value in lacking.items() if value is not None}
    return replace(item, **known) if known else item


def _matched(items: Sequence[Item], others: Sequence[Item], *, whole: bool = True) -> list[int | None]:
    """Return for each of the others the place of the same item: by ASIN, by title, of `whole` lists as long also by position."""
    free = set(range(len(items)))
    places: list[int | None] = []
    for position, other in enumerate(others):
        same = next((place for place in sorted(free) if _same(items[place], other)), None)
        if same is None and whole and len(items) == len(others) and position in free and None in (items[position].asin, other.asin):
            same = position
        if same is not None:
            free.discard(same)
        places.append(same)
    return places


def _same(item: Item, other: Item) -> bool:
    if item.asin and other.asin:
        return item.asin == other.asin
    if not item.title or not other.title:
        return False
    here, there = fold(item.title), fold(other.title)
    return here == there or _is_cut(here, there) or _is_cut(there, here)


def _is_cut(title: str, whole: str) -> bool:
    """Tell whether a title is the beginning of another, cut with an ellipsis: mails shorten."""
    start = title.removesuffix("...").rstrip()
    return len(start) >= _SHORTEST_START and start != title and whole.startswith(start)


def _shipments(ranked: Sequence[Sighting], lead: Sighting, items: Sequence[Item]) -> tuple[tuple[Shipment, ...], OrderStatus]:
    """Return the shipments and how far the order has come: one page shows all parcels, a mail tells of one."""
    furthest = max((sighting.order.status for sighting in ranked), key=PROGRESS.index)
    teller = next((sighting for sighting in ranked if sighting.order.shipments), None)
    if teller is None:
        return (), furthest
    if teller.kind is SourceKind.EMAIL:
        mails = [sighting for sighting in ranked if sighting.kind is SourceKind.EMAIL]
        parcels = united([(mail.order.status, shipment) for mail in mails for shipment in _placed(mail, items, whole=False)])
        told = [sighting.order.status for sighting in ranked if not sighting.order.shipments]
        return tuple(shipment for _, shipment in parcels), max([*told, status_of(parcels, len(items))], key=PROGRESS.index)
    return teller.order.shipments if teller is lead else _placed(teller, lead.order.items), furthest


def _placed(teller: Sighting, items: Sequence[Item], *, whole: bool = True) -> tuple[Shipment, ...]:
    """Return a document's shipments with their items' places among these."""
    places = _matched(items, teller.order.items, whole=whole)
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
    """Union of refunds: the same amount on the same day is one; an undated one is the dated one of the same amount.

    A mail announces what a page or a file books some days before or after: mails come last here.
    """
    found: list[Refund] = []
    booked = 0
    for sighting in ranked:
        announces = sighting.kind is SourceKind.EMAIL
        open_places = set(range(len(found)))
        for refund in sighting.order.refunds:
            apart = [_ANNOUNCED if announces and at < booked else _SAME_DAY for at in range(len(found))]
            place = next((at for at in sorted(open_places) if _same_refund(found[at], refund, apart[at])), None)
            if place is None:
                found.append(refund)
                continue
            open_places.discard(place)
            if found[place].refunded_on is None:
                found[place] = replace(found[place], refunded_on=refund.refunded_on)
        booked = booked if announces else len(found)
    return tuple(found)


def _same_refund(known: Refund, other: Refund, apart: timedelta) -> bool:
    dated = known.refunded_on is None or other.refunded_on is None or abs(known.refunded_on - other.refunded_on) <= apart
    return dated and known.amount == other.amount


def _conflicts(ranked: Sequence[Sighting]) -> tuple[Problem, ...]:
    totals: dict[Money, SourceKind] = {}
    for sighting in ranked:
        total = sighting.order.total
        if total is not None and not sighting.order.cancelled:
            totals.setdefault(total, sighting.kind)
    if len(totals) < 2:  # noqa: PLR2004  # one answer is no contradiction
        return ()
    said = "; ".join(f"{kind.value.replace('_', ' ')}: {total.decimal} {total.currency}" for total, kind in totals.items())
    return (Problem(where="amounts.grand_total", code="conflict", text=f"The sources give different totals. {said}."),)
