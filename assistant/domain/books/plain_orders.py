"""Fast path for most orders of a large export: complete rows, no split, no refund.

It gives the same result as the general way (`tests/domain/books/test_plain_orders.py`); imports of a million rows need it.
"""

from collections.abc import Iterator
from functools import lru_cache

from assistant.domain.books.charge_matching import Days
from assistant.domain.books.entries import BookEntry, Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.instruments import purse_of
from assistant.domain.books.taxes import TaxLaw, tax_shares
from assistant.domain.orders.order import Amount, Item, Order

_USUAL = frozenset({Amount.GRAND_TOTAL, Amount.SUBTOTAL, Amount.SHIPPING, Amount.TAX})


def plain_entries(order: Order, law: TaxLaw, days: Days) -> tuple[BookEntry, ...] | None:
    """Return the entries of an order with complete rows; None if it needs the general way."""
    payments, total = order.payments, order.amounts.get(Amount.GRAND_TOTAL)
    if order.refunds or total is None or len(payments) > 1 or not _USUAL.issuperset(order.amounts) or not order.items:
        return None
    if payments and (payments[0].amount is not None or payments[0].charged_on is not None or payments[0].items):
        return None
    lines = []
    for item in order.items:
        parts = _row_parts(item, inclusive=law.inclusive)
        if parts is None or item.cancelled or item.pending or item.title is None:
            return None
        lines.append(parts)
    if sum(map(sum, lines)) != total.minor:
        return None
    purse = _purse(payments[0].method, payments[0].last4) if payments else None
    return tuple(_entries(order, lines, law, days, purse))


def _row_parts(item: Item, *, inclusive: bool) -> Parts | None:
    """Return the parts of a complete row; None for one that needs computing, such as a German row with shipping or a discount."""
    total, price = item.total, item.unit_price
    if total is None or price is None or item.tax is not None or item.tax_rate is not None or total.minor <= 0:
        return None
    quantity = 1 if item.quantity is None else item.quantity
    tax = item.unit_tax.minor * quantity if item.unit_tax else 0
    shipping = item.shipping.minor if item.shipping else 0
    discount = -abs(item.discount.minor) if item.discount else 0
    goods = price.minor * quantity
    if goods + tax + shipping + discount != total.minor or tax < 0 or goods <= 0 or (inclusive and (shipping or discount)):
        return None
    return Parts(goods, shipping, 0, 0, 0, discount, 0, tax)


def _entries(
    order: Order, lines: list[Parts], law: TaxLaw, days: Days, purse: tuple[str, str | None, str | None] | None
) -> Iterator[BookEntry]:
    shipped, placed = days.shipped, days.placed
    for place, (item, parts) in enumerate(zip(order.items, lines, strict=True)):
        on = shipped.get(place) or placed
        if on is None:
            continue
        gross = sum(parts)
        yield BookEntry(
            kind=EntryKind.PURCHASE,
            on=on,
            basis=DateBasis.SHIPPED if place in shipped else DateBasis.PLACED,
            item=place,
            parts=parts,
            certainty=Certainty.STATED,
            quantity=item.quantity,
            taxes=_taxes(law, gross - parts.tax, parts.tax) if parts.tax else (),
            paid=_paid(purse, gross) if purse else (),
        )


_purse = lru_cache(maxsize=256)(purse_of)


@lru_cache(maxsize=4096)
def _taxes(law: TaxLaw, base: int, amount: int) -> tuple[TaxShare, ...]:
    return tax_shares(law, base, amount, Certainty.STATED)


@lru_cache(maxsize=4096)
def _paid(purse: tuple[str, str | None, str | None], gross: int) -> tuple[PurseShare, ...]:
    instrument, network, last4 = purse
    return (PurseShare(instrument=instrument, amount=gross, network=network, last4=last4),)
