"""From the rows of a business report's order to its lines: several payments repeat a line, several shipments part it.

Which of the repeated rows are lines of their own is decided by what the order itself states of its sums.
"""

from collections.abc import Callable, Sequence

from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, OrderStatus
from assistant.importers.business_report.rows import BusinessRow
from assistant.importers.files.sums import whole

Line = list[BusinessRow]
"""The rows that tell of one line; they agree in all that is the item's."""
_CHECKED = (Amount.SUBTOTAL, Amount.GRAND_TOTAL)


def business_lines(rows: Sequence[BusinessRow]) -> list[Line]:
    """Return the lines of one order, in the order of the report: the first count of them that the order's own sums confirm."""
    telling = [row for row in rows if row.item.asin or row.item.title]
    ways = [way(telling) for way in _WAYS]
    return next((lines for lines in ways if _confirmed(lines)), ways[0])


def misses(lines: Sequence[Line]) -> list[tuple[Amount, Money, Money]]:
    """Return where the lines do not add up to what the order states: which sum, the lines', the order's."""
    found = []
    for name in _CHECKED:
        stated = next((row.of_order[name] for line in lines for row in line if name in row.of_order), None)
        added = whole([line[0].own.get(name) for line in lines])
        # European nets are rounded line by line.
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
    """Take rows that differ in nothing but their payment for one line; what repeats with one payment is two lines."""
    lines: dict[tuple[object, ...], Line] = {}
    times: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (*_own(row), row.parcel)
        time = times[*key, row.paid] = times.get((*key, row.paid), 0) + 1
        lines.setdefault((*key, time), []).append(row)
    return list(lines.values())


def _each(rows: Sequence[BusinessRow]) -> list[Line]:
    """Take every row for a line of its own."""
    return [[row] for row in rows]


def _across_shipments(rows: Sequence[BusinessRow]) -> list[Line]:
    """Take rows that agree in all that is the item's for one line, sent in several shipments."""
    lines: dict[tuple[object, ...], Line] = {}
    for row in rows:
        lines.setdefault(_own(row), []).append(row)
    return list(lines.values())


_WAYS: tuple[Callable[[Sequence[BusinessRow]], list[Line]], ...] = (_by_payment, _each, _across_shipments)


def _own(row: BusinessRow) -> tuple[object, ...]:
    return row.order_line, row.item, tuple(row.own.items())
