"""Reads the items of a Whole Foods receipt, which are plain lines: a name, "Qty: 0.31 lb", a price."""

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import printed_lines
from assistant.amazon.layouts.orders.item import read_quantity
from assistant.amazon.notes import Notes
from assistant.amazon.values.folding import after, pattern
from assistant.amazon.values.money import read_money
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Item

QUANTITY = pattern(r"(?:qty|quantity)\s*[:：]?\s*")


def read_receipt_items(root: LexborNode, notes: Notes, where: str) -> tuple[Item, ...]:
    """Read every line with a quantity as an item. The unit price is only known if one piece was bought."""
    lines = printed_lines(root)
    counted = [after(QUANTITY, line) for line in lines]
    # A quantity right below another one does not belong to a new item.
    places = [place for place, count in enumerate(counted) if count and not (place and counted[place - 1])]
    return tuple(_receipt_item(lines, place, notes, f"{where}.items[{index}]") for index, place in enumerate(places))


def _receipt_item(lines: Sequence[str], place: int, notes: Notes, where: str) -> Item:
    above = (line for line in reversed(lines[max(0, place - 2) : place]) if not _is_money(line, notes))
    title = next((line for line in above if after(QUANTITY, line) is None), None)
    if title is None:
        notes.problem(f"{where}.title", "missing", sentence_of("The item has no title on the page."))
    pieces = read_quantity(after(QUANTITY, lines[place]) or "", notes, f"{where}.quantity")
    prices = (line for line in (*lines[place - 1 : place], *lines[place + 1 : place + 3]) if _is_money(line, notes))
    price = notes.money(next(prices, ""), f"{where}.unit_price") if pieces == 1 else None
    return Item(title=title, quantity=pieces, unit_price=price)


def _is_money(text: str, notes: Notes) -> bool:
    return any(sign.isdigit() for sign in text) and read_money(text, notes.currency) is not None
