"""Joins rows of one order from several files, because exports are cumulative and overlap.

Amazon rewords titles between exports and adds the shipment later, so item, price and total identify a row.
Ship day and tracking number only separate rows that agree in these.
"""

from collections.abc import Iterator

from assistant.domain.money import Money
from assistant.importers.amazon_export.retail_rows import RetailRow


def united(known: list[RetailRow], more: list[RetailRow]) -> list[RetailRow]:
    """Return the rows of both files, each once. A row that repeats within one file is two items of the order."""
    rows = list(known)
    free = list(range(len(known)))
    fresh = []
    for row in more:
        place = next((place for place in free if _shipment(rows[place]) == _shipment(row) and _article(rows[place]) == _article(row)), None)
        if place is None:
            fresh.append(row)
        else:
            free.remove(place)
            rows[place] = _later(rows[place], row)
    for row in fresh:
        place = next(_earlier_or_later(rows, free, row), None)
        if place is None:
            rows.append(row)
        else:
            free.remove(place)
            rows[place] = _later(rows[place], row)
    return rows


def _earlier_or_later(rows: list[RetailRow], free: list[int], row: RetailRow) -> Iterator[int]:
    """Yield the positions of rows with the same item, before or after it was shipped; rows with another price come last.

    A pre-order can be charged at another price than the one ordered at.
    """
    others = [place for place in free if bool(rows[place].shipped) != bool(row.shipped)]
    yield from (place for place in others if _article(rows[place]) == _article(row))
    yield from (place for place in others if _article(rows[place])[0] == _article(row)[0])


def _later(first: RetailRow, second: RetailRow) -> RetailRow:
    """Return the row that was written later, if they show it: shipped or cancelled is final."""
    return second if (second.shipped and not first.shipped) or (second.cancelled and not first.cancelled) else first


def _article(row: RetailRow) -> tuple[str | None, Money | None, Money | None]:
    return row.item.asin or row.item.title, row.item.unit_price, row.item.total


def _shipment(row: RetailRow) -> tuple[object, ...]:
    return row.shipped, row.parcels
