"""The parcel that a mail announces or reports: its status line, day of delivery and tracking number."""

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.amazon.labels.greeting import without_greeting
from assistant.amazon.mails.context import Context
from assistant.amazon.mails.labels import TRACKING, TRACKING_CODE
from assistant.amazon.mails.lines import MailLine
from assistant.amazon.mails.wording import Sort, opening, sort_of_state
from assistant.amazon.values.dates import read_day
from assistant.amazon.values.folding import pattern, plain
from assistant.domain.orders.order import Shipment

_LONGEST_STATUS = 160
_BAR = 3
"""This many short states in a row are a progress bar, not events."""
_LONGEST_STEP = 3
_RECENT = timedelta(days=90)
_TODAY = pattern(r"\b(?:today|heute|aujourd'hui|oggi|hoy|hoje|vandaag|idag|i dag|dzis|dzisiaj|bugun)\b|本日|今日|اليوم")
_PREVIOUS = pattern(
    r"(?:previously|originally|ursprunglich|bisher|initialement|precedentemente|anteriormente|eerder|tidigare|poprzednio)\b"
)
_TELLS_PARCELS = (Sort.SHIPMENT, Sort.DELIVERY)


def shipments(lines: Sequence[MailLine], mail: Context, items: int, *, part: bool) -> tuple[Shipment, ...]:
    """Return the parcel in a mail. A cancelled part of an order counts as a parcel, as on Amazon's pages."""
    if mail.sort not in _TELLS_PARCELS and not part:
        return ()
    headline = _headline(lines, mail.sort)
    status = headline or opening(mail.subject) or None
    delivered = _delivered_on(lines, mail) if mail.sort is Sort.DELIVERY else None
    shipped = mail.day if mail.sort is Sort.SHIPMENT else None
    parcel = tuple(range(items))
    return (Shipment(status=status, shipped_on=shipped, delivered_on=delivered, tracking=_tracking(lines), items=parcel),)


def _headline(lines: Sequence[MailLine], sort: Sort) -> str | None:
    steps = progress_bar(lines)
    for place, line in enumerate(lines):
        if (
            place not in steps
            and not line.asin
            and len(line.text) <= _LONGEST_STATUS
            and "?" not in line.text
            and sort_of_state(line.text) is sort
            and not _PREVIOUS.match(plain(line.text))
        ):
            return without_greeting(line.text)
    return None


def progress_bar(lines: Sequence[MailLine]) -> set[int]:
    """Return the places of "Ordered · Shipped · Out for delivery · Delivered": the bar prints future steps too."""
    steps: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, MailLine("", 0)]):
        if len(line.text.split()) <= _LONGEST_STEP and sort_of_state(line.text) is not None and not any(map(str.isdigit, line.text)):
            run.append(place)
            continue
        if len(run) >= _BAR:
            steps.update(run)
        run = []
    return steps


def _delivered_on(lines: Sequence[MailLine], mail: Context) -> date | None:
    """Return the printed day of a delivery. "today" is the day the mail was sent; a day without a year is the last one before it."""
    near = mail.day - _RECENT if mail.day else None
    for line in lines:
        if len(line.text) <= 2 * _LONGEST_STATUS and not line.asin and sort_of_state(line.text) is Sort.DELIVERY:
            found = mail.day if _TODAY.search(plain(line.text)) else read_day(line.text, near=near)
            if found is not None and (mail.day is None or found <= mail.day + timedelta(days=1)):
                return found
    return None


def _tracking(lines: Sequence[MailLine]) -> str | None:
    for place, line in enumerate(lines):
        label = TRACKING.search(plain(line.text))
        if label is None:
            continue
        rest = plain(line.text)[label.end() :].upper() or (lines[place + 1].text if place + 1 < len(lines) else "")
        code = TRACKING_CODE.match(rest)
        if code:
            return code[0]
    return None
