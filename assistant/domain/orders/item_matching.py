"""Which lines of two tellings of one order are the same line: identical lines stay apart, reworded titles change nothing."""

from collections.abc import Sequence

from assistant.domain.orders.order import Item
from assistant.domain.text import fold

_SHORTEST_START = 8


def matched(items: Sequence[Item], others: Sequence[Item], *, whole: bool = True) -> list[int | None]:
    """Return for each of the others the place of the same item: by ASIN, by title, of `whole` lists as long also by position."""
    free = set(range(len(items)))
    places: list[int | None] = []
    for position, other in enumerate(others):
        alike = [(_differences(items[place], other), place) for place in free if _same(items[place], other)]
        same = min(alike)[1] if alike else None
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
    return fold(item.title) == fold(other.title) or is_cut(item.title, other.title) or is_cut(other.title, item.title)


def is_cut(title: str, whole: str) -> bool:
    """Tell whether a title is the beginning of another, cut with an ellipsis: mails shorten."""
    here, there = fold(title), fold(whole)
    start = here.removesuffix("...").rstrip()
    return len(start) >= _SHORTEST_START and start != here and there.startswith(start)


def _differences(item: Item, other: Item) -> int:
    """Of several lines of one product the one with the same price and number is meant."""
    return (item.quantity != other.quantity) + (item.unit_price != other.unit_price)
