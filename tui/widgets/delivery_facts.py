"""Text for parcels: one line of a list, all details, and how many are where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from textual.content import Content

from assistant.domain.orders.deliveries import Delivery, DeliveryState
from tui.formatting import Pen, plain, section

STATES: Mapping[DeliveryState, tuple[str, str, str]] = {
    DeliveryState.LATE: ("late", "▲", "bold $warning"),
    DeliveryState.EXPECTED: ("expected", "→", "$primary"),
    DeliveryState.ON_THE_WAY: ("on its way", "→", "$primary"),
    DeliveryState.NOT_SENT: ("not sent", "·", "$muted"),
    DeliveryState.DELIVERED: ("arrived", "✓", "$success"),
    DeliveryState.PROBABLY_DELIVERED: ("arrived?", "✓", "$muted"),
}
"""Word, symbol and style of each state."""
_WHY = {
    DeliveryState.LATE: "The promised day is past, and nothing says that it arrived. Open the order on Amazon: Shopper reads what it says.",
    DeliveryState.ON_THE_WAY: "No source names a day. Open the order on Amazon: Shopper reads what it says.",
    DeliveryState.NOT_SENT: "No source says that it was sent.",
    DeliveryState.PROBABLY_DELIVERED: "It was sent long ago. Exports never say that something arrived.",
}


def delivery_sums(found: Iterable[Delivery]) -> Content:
    """Return how many parcels are in each state, in one line."""
    counts = Counter(parcel.state for parcel in found)
    parts = [Content.styled(f"{symbol} {counts[state]} {word}", style) for state, (word, symbol, style) in STATES.items() if counts[state]]
    return Content("   ").join(parts)


def delivery_line(parcel: Delivery, pen: Pen) -> Content:
    """Return a parcel as one line: state, day, account, item, how late."""
    word, symbol, style = STATES[parcel.state]
    return Content.assemble(
        (f"{symbol} {word:<10} ", style),
        (f"{pen.day(day_of(parcel)):<11} ", "$muted"),
        pen.badge_column(parcel.account),
        (f" {_days(parcel.slipped)} later" if parcel.slipped else "", "$warning"),
        f" {_title(parcel)}",
        (f"  +{parcel.items - 1}" if parcel.items > 1 else "", "$muted"),
    )


LOOKS_BACK = 120
"""Days after which the server leaves out an order's parcels, unless a filter has days."""


def day_of(parcel: Delivery) -> date | None:
    """Return the day that a list shows: when it arrived, else is expected, else was sent or ordered."""
    return parcel.delivered_on or parcel.expected_on or parcel.shipped_on or parcel.placed_on


def delivery_facts(parcel: Delivery, pen: Pen) -> Content:
    """Return everything about a parcel."""
    word, symbol, style = STATES[parcel.state]
    days = {
        "Ordered": parcel.placed_on,
        "Sent": parcel.shipped_on,
        "First promised for": parcel.promised_on,
        "Now expected": parcel.expected_on if parcel.expected_on != parcel.promised_on else None,
        "Arrived": parcel.delivered_on,
    }
    lines = [
        Content.styled(_title(parcel), "bold"),
        Content.styled(f"order {plain(parcel.number)} · {pen.label(parcel.account)}", "$muted"),
        Content(""),
        Content.styled(f"{symbol} {word}", style),
        *([Content(_WHY[parcel.state])] if parcel.state in _WHY else []),
        *section("Days", [f"{name:<19} {pen.day(day)}" for name, day in days.items() if day is not None]),
        *section("Later than promised", [f"by {_days(parcel.slipped)}"] if parcel.slipped else []),
        *section("Amazon's words", [f'"{plain(parcel.said)}"'] if parcel.said else []),
        *section("Tracking number", [plain(parcel.tracking)] if parcel.tracking else []),
    ]
    return Content("\n").join(lines)


def _title(parcel: Delivery) -> str:
    return plain(parcel.title) or f"order {plain(parcel.number)}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
