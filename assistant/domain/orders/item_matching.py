"""Matches the lines of one order from two sources: identical lines stay separate, reworded titles still match."""

from collections.abc import Sequence

from assistant.domain.orders.order import Item
from assistant.domain.text import fold

_SHORTEST_START = 8


def matched(items: Sequence[Item], others: Sequence[Item], *, whole: bool = True) -> list[int | None]:
    """Return for each of `others` the position of the same item: by ASIN, by title, and for `whole` lists of equal length by position."""
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
    """Return whether a title is a shortened form of another, cut with an ellipsis as in mails."""
    here, there = fold(title), fold(whole)
    start = here.removesuffix("...").rstrip()
    return len(start) >= _SHORTEST_START and start != here and there.startswith(start)


def _differences(item: Item, other: Item) -> int:
    """Among several lines of one product, prefer the one with the same price and quantity."""
    return (item.quantity != other.quantity) + (item.unit_price != other.unit_price)
