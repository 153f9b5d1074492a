"""Text for the book entries of an order: what each item cost and came back, what it is for, and how the lines tie to the total."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind
from assistant.domain.books.ledger_entry import Entry
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.money import Money
from assistant.domain.orders.order import Amount, Order
from tui.formatting import Pen, plain

_NAME = 23
_DAYS = {
    DateBasis.CHARGED: to_translate("charged"),
    DateBasis.SHIPPED: to_translate("shipped"),
    DateBasis.PLACED: to_translate("ordered"),
    DateBasis.REFUNDED: to_translate("refunded"),
}


def pair(name: str, value: Content) -> Content:
    """Return a name and an amount, the amounts of several lines below each other."""
    return Content.assemble((name, "$muted"), " " * max(1, _NAME + 14 - cell_len(name) - value.cell_length), value)


def book_lines(order: Order, entries: Sequence[Entry], pen: Pen) -> Iterator[Content]:
    """Yield every entry with its parts and shares, then what the order cost, what came back, and how that fits the printed total."""
    for entry in entries:
        yield from _entry(entry, pen, named=len(order.items) > 1)
    if entries:
        yield from _sums(order, entries, pen)


def _entry(entry: Entry, pen: Pen, *, named: bool) -> Iterator[Content]:
    def amount(minor: int) -> str:
        return pen.amount(Money(minor, entry.currency))

    sure = "~" if entry.certainty is Certainty.ESTIMATED else ""
    value = Content.styled(f"{sure}{pen.amount(entry.gross)}", "$refund" if entry.gross.minor < 0 else "")
    yield pair(f"{pen.day(entry.on)} {translated(_DAYS[entry.basis])}", value)
    if named and entry.item and entry.item.title:
        yield Content.styled(f"  {plain(entry.item.title)}", "$muted")
    parts = [f"{shown_word(name)} {amount(minor)}" for name, minor in entry.parts._asdict().items() if minor]
    if len(parts) > 1:
        yield Content.styled(f"  {' · '.join(parts)}", "$muted")
    if len(entry.shares) > 1:
        shares = [f"{plain(shown_purpose(share.purpose))} {share.share:.0%} {amount(share.gross)}" for share in entry.shares]
        yield Content.styled(f"  {' · '.join(shares)}", "$muted")


def _sums(order: Order, entries: Sequence[Entry], pen: Pen) -> Iterator[Content]:
    unit = entries[0].currency
    cost = sum(entry.parts.gross for entry in entries if entry.kind is not EntryKind.REFUND)
    back = sum(entry.parts.gross for entry in entries if entry.kind is EntryKind.REFUND)
    yield pair(translated("Cost"), Content.styled(pen.amount(Money(cost, unit)), "bold"))
    if back:
        yield pair(translated("Refunded"), Content.styled(pen.amount(Money(back, unit)), "$refund"))
        yield pair(translated("Left"), Content.styled(pen.amount(Money(cost + back, unit)), "bold"))
    for purse, minor in _paid(entries).items():
        yield pair(f"  {purse}"[:_NAME], Content(pen.amount(Money(minor, unit))))
    yield Content.styled(_tie(order, Money(cost, unit), pen), "$muted")


def _paid(entries: Sequence[Entry]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries:
        for paid in entry.paid if entry.kind is not EntryKind.REFUND else ():
            words = (paid.network or shown_word(paid.instrument), f"•{paid.last4}" if paid.last4 else "")
            name = " ".join(plain(word) for word in words if word)
            found[name] = found.get(name, 0) + paid.amount
    return found


def _tie(order: Order, cost: Money, pen: Pen) -> str:
    """Return how the lines fit the total that the sources print."""
    total, card = order.total, order.amounts.get(Amount.GIFT_CARD)
    if total is None or total.currency != cost.currency:
        return translated("No source prints a total.")
    if total.minor == cost.minor:
        return translated("The lines add up to the printed total.")
    if card is not None and total.minor + abs(card.minor) == cost.minor:
        return translated(
            "The lines add up to the printed total {total} and the gift card {amount}.",
            total=pen.amount(total),
            amount=pen.amount(cost - total),
        )
    if total.minor > cost.minor:
        return translated(
            "The printed total is {amount} more: not everything is charged or shipped yet, or a part was cancelled.",
            amount=pen.amount(total - cost),
        )
    return translated(
        "The printed total {total} is {amount} less: see below what the sources say.",
        total=pen.amount(total),
        amount=pen.amount(cost - total),
    )
