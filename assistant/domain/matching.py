"""Which lines of two tellings of one order are the same line: identical lines stay apart, reworded titles change nothing."""

from collections.abc import Sequence

from assistant.domain.orders import Item
from assistant.domain.text import fold


def matched(items: Sequence[Item], others: Sequence[Item]) -> list[int | None]:
    """Return for each of the others the place of the same item: by ASIN, by title, and by position when counts agree."""
    free = set(range(len(items)))
    places: list[int | None] = []
    for position, other in enumerate(others):
        alike = [(_differences(items[place], other), place) for place in free if _same(items[place], other)]
        same = min(alike)[1] if alike else None
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


def _differences(item: Item, other: Item) -> int:
    """Of several lines of one product the one with the same price and number is meant."""
    return (item.quantity != other.quantity) + (item.unit_price != other.unit_price)
