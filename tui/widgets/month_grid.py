"""A month as a grid of days: what is due, and how much was spent, readable without colour. Arrows and h j k l move the day."""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from assistant.domain.languages.formats import current_format, month_text
from assistant.domain.languages.translating import to_translate, translated
from tui.formatting import padded

_CELL, _ROOMY = 6, 16
_SHADES = " ░▒▓█"


class MonthGrid(Widget, can_focus=True):
    """One month. Each day has a shade for what was spent and the number of dates that are due."""

    HELP = to_translate("A month: the shade of a day is what was spent on it, the number is how many dates are due.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "Day before", show=False, id="calendar.left"),
        Binding("right,l", "move(1)", "Day after", show=False, id="calendar.right"),
        Binding("up,k", "move(-7)", "Week before", show=False, id="calendar.up"),
        Binding("down,j", "move(7)", "Week after", show=False, id="calendar.down"),
    ]

    class DayChosen(Message):
        """The cursor is on another day, perhaps of another month."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, day: date, first_weekday: int) -> None:
        super().__init__(id="month-grid")
        self.day = day
        self._today = day
        self._weeks = Calendar(first_weekday)
        self._due: Mapping[date, int] = {}
        self._late: frozenset[date] = frozenset()
        self._spent: Mapping[date, int] = {}

    def set_up(self, today: date, first_weekday: int) -> None:
        """Mark another day as today, and begin the weeks on another weekday (0 is Monday)."""
        self._today, self._weeks = today, Calendar(first_weekday)
        self.refresh()

    def show(self, day: date, due: Mapping[date, int], late: frozenset[date], spent: Mapping[date, int]) -> None:
        """Draw the month of this day. `due` counts the dates of a day, `late` are days with a late parcel, `spent` is in minor units."""
        self.day, self._due, self._late, self._spent = day, due, late, spent
        self.refresh()

    def render(self) -> Content:
        """Return the month, its weekdays on top, with a legend below."""
        heads = [current_format().weekdays[(self._weeks.firstweekday + place) % 7][:2] for place in range(7)]
        lines = [
            Content.styled(month_text(self.day.year, self.day.month), "bold"),
            Content(""),
            Content.styled("".join(" " + padded(head, _CELL - 1) for head in heads), "$muted"),
        ]
        most = max(self._spent.values(), default=0)
        for week in self._weeks.monthdatescalendar(self.day.year, self.day.month):
            lines += [Content("").join(self._cell(day, most) for day in week), *[Content("")] * (self._lines_of_week - 1)]
        lines.append(Content.styled(translated("░▒▓█ spent   2 dates due   ▲ late parcel"), "$muted"))
        return Content("\n").join(lines)

    @property
    def _lines_of_week(self) -> int:
        """How many lines a week takes: two where there is room for six weeks and the legend, else one."""
        return 2 if self.size.height >= _ROOMY else 1

    def _cell(self, day: date, most: int) -> Content:
        if day.month != self.day.month:
            return Content(" " * _CELL)
        spent = self._spent.get(day, 0)
        shade = _SHADES[min(4, 1 + spent * 4 // (most + 1))] if spent > 0 else " "
        count = self._due.get(day, 0)
        mark = "▲" if day in self._late else str(min(count, 9)) if count else " "
        number = "bold reverse" if day == self.day else "bold underline" if day == self._today else ""
        return Content.assemble((f"{day.day:>3}", number), (shade, "$primary"), (mark, "bold $warning"), " ")

    def action_move(self, days: int) -> None:
        """Move the cursor by so many days."""
        self.choose(self.day + timedelta(days=days))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the day that was clicked."""
        week, place = (event.y - 3) // self._lines_of_week, event.x // _CELL
        weeks = self._weeks.monthdatescalendar(self.day.year, self.day.month)
        if 0 <= week < len(weeks) and 0 <= place < len(weeks[0]) and weeks[week][place].month == self.day.month:
            self.choose(weeks[week][place])

    def choose(self, day: date) -> None:
        """Put the cursor on a day, and report it."""
        same, self.day = (day.year, day.month) == (self.day.year, self.day.month), day
        if same:
            self.refresh()
        self.post_message(self.DayChosen(day))
