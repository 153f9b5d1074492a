"""The items of a Whole Foods receipt, which stand there as plain lines: a name, "Qty: 0.31 lb", a price."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from assistant.amazon.dom import printed_lines
from assistant.amazon.folding import after, pattern
from assistant.amazon.layouts.item import read_quantity
from assistant.amazon.money import read_money
from assistant.amazon.notes import Notes
from assistant.domain.orders import Item

QUANTITY = pattern(r"(?:qty|quantity)\s*[:：]?\s*")


def read_receipt_items(root: LexborNode, notes: Notes, where: str) -> tuple[Item, ...]:
    """Read every line with a quantity as an item. What one piece cost is told only where one was bought."""
    lines = printed_lines(root)
    return tuple(_items(lines, notes, where))


def _items(lines: Sequence[str], notes: Notes, where: str) -> Iterator[Item]:
    index = 0
    for place, line in enumerate(lines):
        quantity = after(QUANTITY, line)
        title = next((text for text in reversed(lines[max(0, place - 2) : place]) if not _is_money(text, notes)), None)
        if not quantity or title is None or after(QUANTITY, title):
            continue
        pieces = read_quantity(quantity, notes, f"{where}.items[{index}].quantity")
        price = next((text for text in (*lines[place - 1 : place], *lines[place + 1 : place + 3]) if _is_money(text, notes)), "")
        yield Item(
            title=title,
            quantity=pieces,
            unit_price=notes.money(price, f"{where}.items[{index}].unit_price") if pieces == 1 else None,
        )
        index += 1


def _is_money(text: str, notes: Notes) -> bool:
    return any(sign.isdigit() for sign in text) and read_money(text, notes.currency) is not None
