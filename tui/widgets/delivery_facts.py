"""Text for parcels: one line of a list, all details, and how many are where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from textual.content import Content

from assistant.domain.languages.formats import number
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.languages.words import shown_word
from assistant.domain.orders.deliveries import Delivery, DeliveryState, has_probably_arrived
from assistant.domain.orders.order import OrderStatus
from tui.formatting import Pen, fact_lines, padded, plain, section

STATES: Mapping[DeliveryState, tuple[str, str, str]] = {
    DeliveryState.LATE: (to_translate("late"), "▲", "bold $warning"),
    DeliveryState.EXPECTED: (to_translate("expected"), "→", "$primary"),
    DeliveryState.ON_THE_WAY: (to_translate("on its way"), "→", "$primary"),
    DeliveryState.NOT_SENT: (to_translate("not sent"), "·", "$muted"),
    DeliveryState.DELIVERED: (to_translate("arrived"), "✓", "$success"),
    DeliveryState.PROBABLY_DELIVERED: (to_translate("arrived?"), "✓", "$muted"),
}
"""Word, symbol and style of each state."""
_WHY = {
    DeliveryState.LATE: to_translate(
        "The promised day is past, and nothing says that it arrived. Open the order on Amazon: Shopper reads what it says."
    ),
    DeliveryState.ON_THE_WAY: to_translate("No source names a day. Open the order on Amazon: Shopper reads what it says."),
    DeliveryState.NOT_SENT: to_translate("No source says that it was sent."),
    DeliveryState.PROBABLY_DELIVERED: to_translate("It was sent long ago. Exports never say that something arrived."),
}


def delivery_sums(found: Iterable[Delivery]) -> Content:
    """Return how many parcels are in each state, in one line."""
    counts = Counter(parcel.state for parcel in found)
    parts = [
        Content.styled(f"{symbol} " + translated("{count} {state}", count=number(counts[state]), state=translated(word)), style)
        for state, (word, symbol, style) in STATES.items()
        if counts[state]
    ]
    return Content("   ").join(parts)


def delivery_line(parcel: Delivery, pen: Pen) -> Content:
    """Return a parcel as one line: state, day, account, item, how late."""
    word, symbol, style = STATES[parcel.state]
    return Content.assemble(
        (padded(f"{symbol} {translated(word)}", 12) + " ", style),
        (pen.day_column(day_of(parcel)), "$muted"),
        pen.badge_column(parcel.account),
        (" " + translated("{days} later", days=_days(parcel.slipped)) if parcel.slipped else "", "$warning"),
        f" {_title(parcel)}",
        (f"  +{parcel.items - 1}" if parcel.items > 1 else "", "$muted"),
    )


def order_status(status: str, placed_on: date | None, pen: Pen) -> str:
    """Return the word for the status of an order: one that was sent long ago has probably arrived, though exports never say so."""
    if has_probably_arrived(OrderStatus(status), placed_on, pen.today):
        return translated(STATES[DeliveryState.PROBABLY_DELIVERED][0])
    return shown_word(status) if status != OrderStatus.UNKNOWN else ""


LOOKS_BACK = 120
"""Days after which the server leaves out an order's parcels, unless a filter has days."""


def day_of(parcel: Delivery) -> date | None:
    """Return the day that a list shows: when it arrived, else is expected, else was sent or ordered."""
    return parcel.delivered_on or parcel.expected_on or parcel.shipped_on or parcel.placed_on


def delivery_facts(parcel: Delivery, pen: Pen) -> Content:
    """Return everything about a parcel."""
    word, symbol, style = STATES[parcel.state]
    days = {
        translated("Ordered"): parcel.placed_on,
        translated("Sent"): parcel.shipped_on,
        translated("First promised for"): parcel.promised_on,
        translated("Now expected"): parcel.expected_on if parcel.expected_on != parcel.promised_on else None,
        translated("Arrived"): parcel.delivered_on,
    }
    lines = [
        Content.styled(_title(parcel), "bold"),
        Content.styled(translated("order {number} · {account}", number=plain(parcel.number), account=pen.label(parcel.account)), "$muted"),
        Content(""),
        Content.styled(f"{symbol} {translated(word)}", style),
        *([Content(translated(_WHY[parcel.state]))] if parcel.state in _WHY else []),
        *section(translated("Days"), fact_lines(((name, pen.day(day)) for name, day in days.items()), 20)),
        *section(translated("Later than promised"), [translated("by {days}", days=_days(parcel.slipped))] if parcel.slipped else []),
        *section(translated("Amazon's words"), [f'"{plain(parcel.said)}"'] if parcel.said else []),
        *section(translated("Tracking number"), [plain(parcel.tracking)] if parcel.tracking else []),
    ]
    return Content("\n").join(lines)


def _title(parcel: Delivery) -> str:
    return plain(parcel.title) or translated("order {number}", number=plain(parcel.number))


def _days(count: int) -> str:
    return translated_count("{count} day", "{count} days", count)
