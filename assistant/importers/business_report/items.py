"""Turns the rows of an order in a business report into items. Several payments repeat an item; several shipments split it.

The order's own sums decide which of the repeated rows are separate items.
"""

from collections.abc import Callable, Sequence

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderStatus
from assistant.importers.business_report.rows import BusinessRow
from assistant.importers.files.sums import whole

Line = list[BusinessRow]
"""The rows of one item; all their item columns are equal."""
_CHECKED = (Amount.SUBTOTAL, Amount.GRAND_TOTAL)


def business_lines(rows: Sequence[BusinessRow]) -> list[Line]:
    """Return the items of one order, in report order: the first way to count them that the order's own sums confirm."""
    telling = [row for row in rows if row.item.asin or row.item.title]
    ways = [way(telling) for way in _WAYS]
    return next((lines for lines in ways if _confirmed(lines)), ways[0])


def misses(lines: Sequence[Line]) -> list[tuple[Amount, Money, Money]]:
    """Return each mismatch with the order's own sums: the amount, the sum of the items, the order's sum."""
    found = []
    for name in _CHECKED:
        stated = next((row.of_order[name] for line in lines for row in line if name in row.of_order), None)
        added = whole([line[0].own.get(name) for line in lines])
        # European net amounts are rounded per item.
        if stated and added and (stated.currency != added.currency or abs(stated.minor - added.minor) > len(lines)):
            found.append((name, added, stated))
    return found


def _confirmed(lines: Sequence[Line]) -> bool:
    if misses(lines):
        return False
    ordered = next((row.ordered for line in lines for row in line if row.ordered is not None), None)
    counts = [line[0].item.quantity for line in lines]
    cancelled = any(row.status is OrderStatus.CANCELLED for line in lines for row in line)
    return cancelled or ordered is None or None in counts or sum(count or 0 for count in counts) == ordered


def _by_payment(rows: Sequence[BusinessRow]) -> list[Line]:
    """Count rows that only differ in their payment as one item. A row that repeats with one payment is two items."""
    lines: dict[tuple[object, ...], Line] = {}
    times: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (*_own(row), row.parcel)
        time = times[*key, row.paid] = times.get((*key, row.paid), 0) + 1
        lines.setdefault((*key, time), []).append(row)
    return list(lines.values())


def _each(rows: Sequence[BusinessRow]) -> list[Line]:
    """Count every row as a separate item."""
    return [[row] for row in rows]


def _across_shipments(rows: Sequence[BusinessRow]) -> list[Line]:
    """Count rows with the same item data as one item, sent in several shipments."""
    lines: dict[tuple[object, ...], Line] = {}
    for row in rows:
        lines.setdefault(_own(row), []).append(row)
    return list(lines.values())


_WAYS: tuple[Callable[[Sequence[BusinessRow]], list[Line]], ...] = (_by_payment, _each, _across_shipments)


def _own(row: BusinessRow) -> tuple[object, ...]:
    return row.order_line, row.item, tuple(row.own.items())
