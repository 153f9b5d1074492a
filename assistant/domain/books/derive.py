"""Derives the book entries of one merged order: what each line cost, when and how it was paid, and what was refunded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from assistant.domain.books.charge_matching import Days, Share, dated, split_parts
from assistant.domain.books.civil_days import civil_day, zone_of
from assistant.domain.books.entries import (
    BookEntry,
    Certainty,
    DateBasis,
    Doubt,
    EntryKind,
    OrderBooks,
    Parts,
    PurseShare,
    QuestionCode,
    TaxShare,
)
from assistant.domain.books.instruments import gift_card_of, paid_by, refunded_to
from assistant.domain.books.lines import CANADIAN, LineCost, line_costs
from assistant.domain.books.plain_orders import plain_entries
from assistant.domain.books.refund_allocation import Allocation, RefundPart
from assistant.domain.books.sharing import share_out
from assistant.domain.books.taxes import TaxLaw, law_of, tax_shares
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import NO_CURRENCY
from assistant.domain.orders.merge import Merged
from assistant.domain.orders.order import Amount, Order, OrderKind, OrderStatus

# In lower case: a search that ignores case takes ten times as long, and an import searches every title.
_GIFT_CARD = re.compile(r"gift card|gutschein|geschenk|guthaben|cadeau|regalo|presente|ギフト|hediye|podarunk|presentkort")
_OWN_BALANCE = re.compile(
    r"\breload|balance top|top[ -]?up|aufladen|aufladung|guthaben.*auflad|\brecharge|ricarica|recarga|opwaarder|doladowan|yukleme"
    r"|チャージ|充值",
    re.IGNORECASE,
)


def derived(merged: Merged, setting: str | None = None) -> OrderBooks:
    """Return the entries of an order and the questions about it. `setting` is the zone that the user chose for all days."""
    order = merged.order
    currency = _currency(order)
    if order.cancelled or currency is None or order.status is OrderStatus.CANCELLED:
        return OrderBooks(currency=currency)
    zone = zone_of(order.marketplace, currency, setting)
    days = _days(order, zone, merged)
    law = law_of(order.marketplace, currency, days.placed, order.recipient.address)
    if not merged.conflicts and not merged.corrected and not _about_gift_cards(order):
        plain = plain_entries(order, law, days)
        if plain is not None:
            return OrderBooks(currency=currency, entries=plain)
    lines = line_costs(order, law, corrected=f"amounts.{Amount.GRAND_TOTAL.value}" in merged.corrected)
    lines = [line for line in lines if line.gross > 0 or line.item is not None]
    if sum(line.gross for line in lines) < 0:
        return OrderBooks(currency=currency)
    return _Derivation(order, currency=currency, law=law, zone=zone, days=days, lines=lines).books(merged)


def _about_gift_cards(order: Order) -> bool:
    return order.kind is OrderKind.GIFT_CARD or _is_gift_card("\n".join([item.title for item in order.items if item.title]))


def _is_gift_card(title: str) -> bool:
    # The lower case of the Turkish İ has a dot of its own.
    return _GIFT_CARD.search(title.lower().replace("i\u0307", "i")) is not None


def _currency(order: Order) -> str | None:
    for total in order.amounts.values():
        return None if total.currency == NO_CURRENCY else total.currency
    prices = (item.total or item.unit_price for item in order.items)
    refunds = (refund.amount for refund in order.refunds)
    stated = (money.currency for money in chain(prices, refunds) if money is not None)
    found = next(stated, order.currency)
    return None if found == NO_CURRENCY else found


def _days(order: Order, zone: ZoneInfo, merged: Merged) -> Days:
    same_source = merged.sources.get("placed_on") == merged.sources.get("placed_at")
    placed = civil_day(zone, order.placed_on, order.placed_at if same_source else None)
    shipped: dict[int | None, date] = {}
    here: set[int] = set()
    for shipment in order.shipments:
        places = shipment.items or (tuple(range(len(order.items))) if len(order.shipments) == 1 else ())
        on = civil_day(zone, shipment.shipped_on, shipment.shipped_at)
        if on or shipment.delivered_on:
            here.update(places)
        for place in (*places, None) if on else ():
            shipped[place] = min(on, shipped.get(place, on)) if on else shipped[place]
    arrived = order.status in (OrderStatus.DELIVERED, OrderStatus.RETURNED)
    pending = frozenset(place for place, item in enumerate(order.items) if item.pending and place not in here and not arrived)
    return Days(placed=placed, shipped=shipped, pending=pending)


class _Derivation:
    """Builds the entries of one order."""

    def __init__(self, order: Order, *, currency: str, law: TaxLaw, zone: ZoneInfo, days: Days, lines: Sequence[LineCost]) -> None:
        self._order = order
        self._currency = currency
        self._law = law
        self._zone = zone
        self._days = days
        self._gift_card = gift_card_of(order)
        self._payments = [payment for payment in order.payments if payment.amount is None or payment.amount.currency == currency]
        shares = dated(lines, self._payments, sum(line.gross for line in lines) - self._gift_card, days)
        self._lines = [line for line, mine in zip(lines, shares, strict=True) if mine]
        self._shares = [mine for mine in shares if mine]

    def books(self, merged: Merged) -> OrderBooks:
        """Return entries and questions."""
        purchases = self._with_paid(list(self._purchases()))
        allocation = Allocation(self._lines, self._order.items)
        doubts = list(self._refund_doubts(allocation, purchases))
        paid = {line.item: [share for entry, _ in purchases if entry.item == line.item for share in entry.paid] for line in self._lines}
        refunds = [self._refund(part, paid) for part in allocation.parts]
        doubts += self._line_doubts(merged)
        return OrderBooks(currency=self._currency, entries=(*(entry for entry, _ in purchases), *refunds), doubts=tuple(doubts))

    def _purchases(self) -> Iterator[tuple[BookEntry, Share]]:
        for line, shares in zip(self._lines, self._shares, strict=True):
            parts = [list(line.parts)] if len(shares) == 1 else split_parts(line.parts, [share.gross for share in shares])
            for nth, (share, own) in enumerate(zip(shares, parts, strict=True)):
                if sum(own):
                    yield self._purchase(line, share, Parts(*own), nth, whole=len(shares) == 1), share

    def _purchase(self, line: LineCost, share: Share, parts: Parts, nth: int, *, whole: bool) -> BookEntry:
        certainty = line.certainty.at_most(share.certainty)
        return BookEntry(
            kind=self._kind(line.item),
            on=share.on,
            basis=share.basis,
            item=line.item,
            parts=parts,
            certainty=certainty if whole else certainty.at_most(Certainty.DERIVED),
            nth=nth,
            quantity=line.quantity if whole else None,
            taxes=self._taxes(line, parts, line.tax_certainty.at_most(line.certainty)),
        )

    def _kind(self, place: int | None) -> EntryKind:
        title = (self._order.items[place].title if place is not None else None) or ""
        about_cards = self._order.kind is OrderKind.GIFT_CARD or _is_gift_card(title)
        return EntryKind.TOP_UP if about_cards and _OWN_BALANCE.search(title) else EntryKind.PURCHASE

    def _taxes(self, line: LineCost, parts: Parts, certainty: Certainty) -> tuple[TaxShare, ...]:
        kinds = [(name.value, self._order.amounts[name].minor) for name in CANADIAN if name in self._order.amounts]
        return tax_shares(self._law, parts.gross - parts.tax - parts.tip, parts.tax, certainty, rate=line.rate, kinds=kinds)

    def _with_paid(self, purchases: list[tuple[BookEntry, Share]]) -> list[tuple[BookEntry, Share]]:
        """Add what each purse paid, for all entries that were paid by the same charges together."""
        groups: dict[tuple[int, date | None], list[int]] = {}
        for at, (entry, share) in enumerate(purchases):
            groups.setdefault((share.group, entry.on if share.group >= 0 else None), []).append(at)
        gift_card = self._gift_card
        found = list(purchases)
        for (group, _), places in groups.items():
            grosses = [purchases[at][0].gross for at in places]
            payments = purchases[places[0]][1].payments if group >= 0 else self._payments
            charged = sum(payment.amount.minor for payment in payments if payment.amount)
            mine = min(gift_card, sum(grosses) - charged) if charged and len(groups) > 1 else gift_card
            gift_card -= max(0, mine)
            for at, paid in zip(places, paid_by(payments, max(0, mine), grosses), strict=True):
                found[at] = (purchases[at][0]._replace(paid=paid), purchases[at][1])
        return found

    def _refund_doubts(self, allocation: Allocation, purchases: Sequence[object]) -> Iterator[Doubt]:
        """Allocate refunds to lines, by day, and yield the open questions."""
        known = 0
        told = []
        for place, refund in enumerate(self._order.refunds):
            if refund.amount is None or refund.amount.minor <= 0:
                continue
            if refund.amount.currency not in (self._currency, NO_CURRENCY):
                yield self._foreign_refund()
                continue
            known += refund.amount.minor
            on = civil_day(self._zone, refund.refunded_on, refund.refunded_at)
            if on is None:
                text = to_translate("A refund without a date is not counted until a source or you supply the date.")
                yield Doubt(code=QuestionCode.REFUND_EXPECTED, minor=refund.amount.minor, item=refund.item, text=text)
            else:
                told.append((on, place, refund))
        for on, _, refund in told:
            allocation.expect(refund, on)
        for on, place, refund in sorted(told, key=lambda entry: entry[:2]):
            if purchases:
                allocation.take(place, refund, on)
            elif refund.amount and not self._order.items:
                text = to_translate(
                    "A refund came for an order that no source describes. It counts once a source says what the order cost."
                )
                yield Doubt(code=QuestionCode.UNMATCHED_CHARGE, minor=refund.amount.minor, text=text, on=on)
        yield from allocation.doubts
        stated = self._order.amounts.get(Amount.REFUND_TOTAL)
        if stated and abs(stated.minor) > known and purchases:
            text = to_translate("The order's page prints a larger refund total than the refunds known one by one.")
            yield Doubt(code=QuestionCode.REFUND_EXPECTED, minor=abs(stated.minor) - known, text=text)

    def _foreign_refund(self) -> Doubt:
        text = to_translate(
            "A refund is in another currency than the order, and is not counted. Say what came back in the order's currency."
        )
        return Doubt(code=QuestionCode.REFUND_EXPECTED, minor=sum(line.gross for line in self._lines), text=text)

    def _refund(self, part: RefundPart, paid: Mapping[int | None, Sequence[PurseShare]]) -> BookEntry:
        line, refund = self._lines[part.line], self._order.refunds[part.refund]
        parts = part.parts.negative()
        certainty = part.certainty.at_most(line.certainty)
        return BookEntry(
            kind=EntryKind.REFUND,
            on=part.on,
            basis=DateBasis.REFUNDED,
            item=line.item,
            parts=parts,
            certainty=certainty,
            refund=part.refund,
            quantity=part.quantity,
            taxes=self._refund_taxes(line, parts, certainty),
            paid=refunded_to(self._payments, self._gift_card, paid[line.item], refund, parts.gross),
        )

    def _refund_taxes(self, line: LineCost, parts: Parts, certainty: Certainty) -> tuple[TaxShare, ...]:
        """Return the refunded taxes, in proportion to the line's own."""
        own = self._taxes(line, line.parts, certainty)
        shares = share_out(parts.tax, [tax.amount for tax in own])
        base = parts.gross - parts.tax - parts.tip
        return tuple(tax._replace(base=base, amount=minor) for tax, minor in zip(own, shares, strict=True) if minor)

    def _line_doubts(self, merged: Merged) -> Iterator[Doubt]:
        for conflict in merged.conflicts:
            yield Doubt(code=QuestionCode.SOURCES_DISAGREE, minor=sum(line.gross for line in self._lines), text=conflict.said.english)
        for line in self._lines:
            if line.parts.tax and self._law.rates and line.rate is None and line.tax_certainty is Certainty.ESTIMATED:
                text = to_translate("The tax of this item is an estimate, because no source prints its rate.")
                yield Doubt(code=QuestionCode.ESTIMATED_TAX, minor=line.parts.tax, item=line.item, text=text)
