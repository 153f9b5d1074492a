"""Calendar: return windows, trials, renewals, payments and parcels by day, and how much was spent on each."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from assistant.domain.books.ledger_entry import Entry
from assistant.domain.due_dates import Due
from assistant.domain.filter_language import days_of
from assistant.domain.filters import period
from assistant.domain.languages.translating import to_translate, translated, translated_count
from assistant.domain.money import main_first
from assistant.domain.orders.deliveries import Delivery, DeliveryState
from tui.filter_text import ALL_DAYS, with_value
from tui.formatting import Pen, plain
from tui.messages import AccountsChanged, AlertsChanged, OrdersChanged, ServerChange, ShowOrders
from tui.screens.filtered_screen import FilteredScreen
from tui.store import Store
from tui.widgets.delivery_facts import LOOKS_BACK, STATES, day_of
from tui.widgets.month_grid import MonthGrid
from tui.widgets.row_list import RowList

_FURTHEST, _PAGE = 400, 500
_EMPTY = to_translate("Nothing is due in this month. Return windows, trials, renewals and parcels appear here. Press } for the next month.")


class CalendarScreen(FilteredScreen):
    """A month and, beside it, its dates; Enter on a date shows its order."""

    PLACE = "calendar"
    CSS_PATH = "../../styles/lists.tcss"
    STALE_ON: ClassVar[tuple[type[ServerChange], ...]] = (OrdersChanged, AccountsChanged, AlertsChanged)

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._orders: dict[str, str] = {}
        self._days: list[date] = []
        self._wanted: date | None = None

    def content(self) -> ComposeResult:
        """Compose the month and the list."""
        with Horizontal():
            with Vertical(classes="panel", id="calendar-panel"):
                yield MonthGrid(self.store.today, self.store.settings.first_weekday)
            with Vertical(classes="panel", id="dates-panel"):
                yield RowList(empty=translated(_EMPTY), id="date-list")

    def on_mount(self) -> None:
        """Start on the month."""
        self.query_one("#dates-panel").border_title = translated("Dates")
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus on the month."""
        self.query_one(MonthGrid).focus()

    @property
    def usual_period(self) -> str:
        """The month of today."""
        return f"{self.store.today:%Y-%m}"

    def action_this_period(self) -> None:
        """Go to today."""
        self.query_one(MonthGrid).choose(self.store.today)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A calendar shows months, no other periods."""
        return False if action == "other_length" else super().check_action(action, parameters)

    async def find(self, text: str) -> str:
        """Load and draw the month that the filter's days begin in."""
        first = days_of(self.period)[0] if self.period != ALL_DAYS else None
        day = self._day_in(first or self.store.today)
        month = with_value(text, "date", f"{day:%Y-%m}")
        client, ordered = self.store.client, with_value(text, "date", _order_days(day))
        dues, parcels, entries = await asyncio.gather(
            client.reminders(month, _FURTHEST), client.deliveries(ordered), self._entries(with_value(month, "kind", "expense"))
        )
        here = [parcel for parcel in parcels if (shown := _shown_day(parcel)) and (shown.year, shown.month) == (day.year, day.month)]
        self._draw(day, dues, here, entries)
        return translated_count("{count} date", "{count} dates", len(dues) + len(here))

    async def _entries(self, text: str) -> list[Entry]:
        """Read all pages of book entries."""
        entries: list[Entry] = []
        cursor: str | None = None
        while True:
            page = await self.store.client.books(text, cursor=cursor, limit=_PAGE)
            entries += page.items
            cursor = page.next
            if cursor is None:
                return entries

    def _day_in(self, first: date) -> date:
        """Return the day under the cursor: the one that was moved to, today in today's month, else the first."""
        for day in (self._wanted, self.query_one(MonthGrid).day, self.store.today):
            if day is not None and (day.year, day.month) == (first.year, first.month):
                return day
        return first

    def _draw(self, day: date, dues: Sequence[Due], parcels: Sequence[Delivery], entries: Iterable[Entry]) -> None:
        pen = self.store.pen
        lines = [(due.due, due.account, due.number, _due_line(due, pen)) for due in dues]
        lines += [(day_of(parcel) or day, parcel.account, parcel.number, _parcel_line(parcel, pen)) for parcel in parcels]
        lines.sort(key=lambda line: (line[0], line[1], line[2] or ""))
        self._days = [line[0] for line in lines]
        self._orders = {str(place): f'account:{line[1]} "{line[2]}"' for place, line in enumerate(lines) if line[2]}
        self.query_one(RowList).show((str(place), line[3]) for place, line in enumerate(lines))
        late = frozenset(when for parcel in parcels if parcel.state is DeliveryState.LATE and (when := day_of(parcel)))
        grid = self.query_one(MonthGrid)
        grid.set_up(self.store.today, self.store.settings.first_weekday)
        grid.show(day, Counter(self._days), late, self._spent(entries))
        self._point_at(day)

    def _spent(self, entries: Iterable[Entry]) -> dict[date, int]:
        """Return what was spent on each day, in the currency of the country, else in the one that most entries have."""
        sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        counts: Counter[str] = Counter()
        for entry in entries:
            counts[entry.currency] += 1
            sums[entry.currency][entry.on] += max(0, entry.parts.gross)
        return sums[main_first(counts, self.store.settings.currency)[0]] if counts else {}

    @on(MonthGrid.DayChosen)
    def day_chosen(self, event: MonthGrid.DayChosen) -> None:
        """Show the dates of the day; load another month when the cursor leaves this one."""
        self._wanted = event.day
        shown = days_of(self.period)[0] if self.period != ALL_DAYS else self.store.today
        if shown is not None and (event.day.year, event.day.month) != (shown.year, shown.month):
            self._show_days(f"{event.day:%Y-%m}")
        else:
            self._point_at(event.day)

    def _point_at(self, day: date) -> None:
        """Put the list's cursor on the first date of that day or after it."""
        place = next((place for place, known in enumerate(self._days) if known >= day), None)
        if place is not None:
            self.query_one(RowList).point_at(str(place))

    @on(OptionList.OptionSelected)
    def show_order(self, event: OptionList.OptionSelected) -> None:
        """Show the order of a date."""
        text = self._orders.get(event.option_id or "")
        if text is not None:
            self.post_message(ShowOrders(text))


def _order_days(day: date) -> str:
    """Return the days on which orders were placed whose parcels can be in a month, as the filter language writes them."""
    first, last = period(f"{day:%Y-%m}")
    return f"{first - timedelta(days=LOOKS_BACK)}..{last}"


def _shown_day(parcel: Delivery) -> date | None:
    """Return the day on which a parcel is in the calendar: when it arrived or is expected."""
    return parcel.delivered_on or parcel.expected_on


def _due_line(due: Due, pen: Pen) -> Content:
    return Content.assemble(
        (pen.day_column(due.due), "$muted"), pen.badge(due.account), f" {plain(due.what)}", (f"  {plain(due.title)}", "$muted")
    )


def _parcel_line(parcel: Delivery, pen: Pen) -> Content:
    word, symbol, style = STATES[parcel.state]
    return Content.assemble(
        (pen.day_column(day_of(parcel)), "$muted"),
        pen.badge(parcel.account),
        (f" {symbol} {translated(word)}", style),
        (f"  {plain(parcel.title) or plain(parcel.number)}", "$muted"),
    )
