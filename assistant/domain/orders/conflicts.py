"""What each source says about an order, field by field, and where two of them disagree."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from assistant.domain.errors import Problem
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.orders.item_matching import matched
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus
from assistant.domain.orders.precedence import FILES, PAGES, spoken
from assistant.domain.orders.sightings import Sighting, by_belief
from assistant.domain.pages.kinds import SourceKind

TOTAL = f"amounts.{Amount.GRAND_TOTAL.value}"
_NAMES = {
    TOTAL: to_translate("total"),
    "placed_on": to_translate("day"),
    "items": to_translate("number of items"),
    "recipient.name": to_translate("recipient"),
    "recipient.address": to_translate("address"),
    "status": to_translate("status"),
    "currency": to_translate("currency"),
    "amounts.subtotal": to_translate("subtotal"),
    "amounts.shipping": to_translate("shipping"),
    "amounts.free_shipping": to_translate("free shipping"),
    "amounts.promotion": to_translate("promotion"),
    "amounts.coupon": to_translate("coupon"),
    "amounts.subscribe_and_save": to_translate("subscribe and save"),
    "amounts.multibuy": to_translate("multibuy"),
    "amounts.amazon_discount": to_translate("amazon discount"),
    "amounts.gift_wrap": to_translate("gift wrap"),
    "amounts.total_before_tax": to_translate("total before tax"),
    "amounts.points": to_translate("points"),
    "amounts.tip": to_translate("tip"),
    "amounts.fee": to_translate("fee"),
    "amounts.tax": to_translate("tax"),
    "amounts.gift_card": to_translate("gift card"),
    "amounts.refund_total": to_translate("refund total"),
}
_OF_ITEM = {
    "title": to_translate("title of item {item}"),
    "quantity": to_translate("quantity of item {item}"),
    "unit_price": to_translate("unit price of item {item}"),
}
_LINE = re.compile(r"items\[(\d+)\]\.(\w+)\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says about one field. `value` is text for people: "19.49 USD", "2025-03-02"."""

    value: str
    kind: SourceKind
    document: int

    def __str__(self) -> str:
        """Return the value with its source: "19.49 USD from order page"."""
        return str(self.sentence)

    @property
    def sentence(self) -> Sentence:
        """The value with its source, for every language."""
        return sentence_of("{value} from {source}", value=self.value, source=Sentence(spoken(self.kind)))


def statements(sightings: Sequence[Sighting]) -> dict[str, tuple[Said, ...]]:
    """Return by field what every source says, the most trusted first; fields without any source are left out."""
    found: dict[str, list[Said]] = {}
    yours = next((sighting.order for sighting in sightings if sighting.kind is SourceKind.USER), None)
    for sighting in by_belief(sightings):
        for field, value in chain(_said(sighting), _corrected(yours, sighting.order) if yours else ()):
            found.setdefault(field, []).append(Said(value, sighting.kind, sighting.document))
    return {field: tuple(entries) for field, entries in found.items()}


def field_name(field: str) -> Sentence:
    """Return what people call a field of an order: "total" for "amounts.grand_total", "quantity of item 1" for "items[0].quantity"."""
    line = _LINE.match(field)
    if line:
        return Sentence(_OF_ITEM[line[2]], (("item", int(line[1]) + 1),))
    return Sentence(_NAMES.get(field) or field.rpartition(".")[2].replace("_", " "))


def disagreements(ranked: Sequence[Sighting], *, united: bool) -> tuple[Problem, ...]:
    """Return the contradictions among sightings, the most trusted first.

    `united`: the lines of several files were combined, so each file's total covers only a part.
    """
    orders = [sighting for sighting in ranked if not sighting.order.cancelled]
    whole = [sighting for sighting in orders if not (united and sighting.kind in FILES)]
    found = list(_differing(field_name(TOTAL), TOTAL, [(sighting, _cost(sighting.order)) for sighting in whole]))
    printed = [sighting for sighting in orders if sighting.kind in PAGES]
    for name in Amount:
        field = f"amounts.{name.value}"
        if name is not Amount.GRAND_TOTAL:
            found += _differing(field_name(field), field, [(sighting, sighting.order.amounts.get(name)) for sighting in printed])
    found += _days(orders)
    found += _quantities(orders)
    return tuple(found)


def _said(sighting: Sighting) -> Iterator[tuple[str, str]]:
    order = sighting.order
    for name in Amount:
        if name in order.amounts:
            yield f"amounts.{name.value}", _text(order.amounts[name])
    if order.placed_on:
        yield "placed_on", order.placed_on.isoformat()
    if order.items and sighting.kind is not SourceKind.USER:
        yield "items", str(len(order.items))


def _corrected(yours: Order, order: Order) -> Iterator[tuple[str, str]]:
    """Yield what an order says about further fields that the user corrected."""
    if yours.status is not OrderStatus.UNKNOWN and order.status is not OrderStatus.UNKNOWN:
        yield "status", order.status.value
    if yours.currency and not yours.amounts and order.currency:
        yield "currency", order.currency
    for name in ("name", "address"):
        if getattr(yours.recipient, name) and (value := getattr(order.recipient, name)):
            yield f"recipient.{name}", value
    for place, item in zip(matched(yours.items, order.items), order.items, strict=True):
        if place is not None:
            yield from _corrected_line(place, yours.items[place], item)


def _corrected_line(line: int, right: Item, item: Item) -> Iterator[tuple[str, str]]:
    # The title of a line without a product number only identifies the line.
    for name in ("title", "quantity", "unit_price") if right.asin else ("quantity", "unit_price"):
        if getattr(right, name) is not None and (value := getattr(item, name)) is not None:
            yield f"items[{line}].{name}", _text(value)


def _text(value: Money | date | int | str) -> str:
    return f"{value.decimal} {value.currency}" if isinstance(value, Money) else str(value)


def _cost(order: Order) -> Money | None:
    """Return what an order cost: some sources print only the part paid by card after a gift card."""
    total, card = order.total, order.amounts.get(Amount.GIFT_CARD)
    return Money(total.minor + abs(card.minor), total.currency) if total and card else total


def _differing(name: Sentence, field: str, values: Iterable[tuple[Sighting, Money | date | int | None]]) -> Iterator[Problem]:
    first: dict[str, Sighting] = {}
    for sighting, value in values:
        # An amount without a known currency contradicts nothing.
        if value is not None and not (isinstance(value, Money) and value.currency == NO_CURRENCY):
            first.setdefault(_text(value), sighting)
    if len(first) > 1:
        each = tuple(Said(text, sighting.kind, sighting.document).sentence for text, sighting in first.items())
        said = sentence_of("The sources differ on the {name}: {values}.", name=name, values=each)
        yield Problem(where=field, code="conflict", said=said)


def _days(orders: Sequence[Sighting]) -> Iterator[Problem]:
    """A difference of one day comes from time zones: files state instants in UTC."""
    days = [sighting.order.placed_on for sighting in orders if sighting.order.placed_on]
    if days and (max(days) - min(days)).days > 1:
        yield from _differing(field_name("placed_on"), "placed_on", [(sighting, sighting.order.placed_on) for sighting in orders])


def _quantities(orders: Sequence[Sighting]) -> Iterator[Problem]:
    lead = next((sighting for sighting in orders if sighting.order.items), None)
    if lead is None:
        return
    places = [(sighting, matched(lead.order.items, sighting.order.items)) for sighting in orders]
    for line, item in enumerate(lead.order.items):
        told = [(sighting, sighting.order.items[found.index(line)].quantity or None) for sighting, found in places if line in found]
        title = item.title or item.asin
        name = sentence_of("number of '{title}'", title=title[:40]) if title else sentence_of("number of an item")
        yield from _differing(name, f"items[{line}].quantity", told)
