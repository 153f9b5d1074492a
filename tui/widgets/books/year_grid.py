"""52 weeks of spending as a grid: a column for each week, a row for each weekday, a shade for what a day cost."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from assistant.domain.languages.formats import current_format
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from tui.formatting import Pen, month_name, padded

_WEEKS = 53
_WEEK = 7
_NAMES = 5
"""Cells of the weekdays' names."""
_HEAD = 2
"""Lines above the first weekday."""
_SHADES = "░▒▓█"


class YearGrid(Widget, can_focus=True):
    """The days up to `last`. Shades are readable without colour: a quarter of the days on which money was spent has each of them."""

    HELP = to_translate(
        "52 weeks, one column each. The darker a day, the more was spent on it; − is a day with more refunds than purchases. "
        "Arrows move from day to day and from week to week, Enter shows the entries of the day."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-7)", "Week before", show=False),
        Binding("right,l", "move(7)", "Week after", show=False),
        Binding("up,k", "move(-1)", "Day before", show=False),
        Binding("down,j", "move(1)", "Day after", show=False),
        Binding("enter", "choose", "Entries"),
    ]

    class DayOpened(Message):
        """Enter or a second click chose a day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, last: date, *, id: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id)
        self.day = self._last = last
        self._weekday = 0
        self._spent: Mapping[date, int] = {}
        self._currency = ""
        self._others: Sequence[str] = ()
        self._pen: Pen | None = None

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return first_day(self._last, self._weekday)

    def show(self, last: date, weekday: int, spent: Mapping[date, int], currencies: Sequence[str], pen: Pen) -> None:
        """Draw the weeks up to a day; `weekday` begins a week. `spent` is less refunds, in minor units of the first of the currencies."""
        self._last, self._weekday, self._spent = last, weekday, spent
        self._currency, self._others, self._pen = currencies[0], currencies[1:], pen
        self.day = min(max(self.day, self.first), last)
        self.refresh()

    @property
    def _limits(self) -> tuple[int, ...]:
        """The most that a day of each shade but the darkest cost."""
        dear = sorted(minor for minor in self._spent.values() if minor > 0)
        return tuple(dear[(len(dear) - 1) * part // 4] for part in (1, 2, 3)) if dear else ()

    @property
    def _width(self) -> int:
        """Cells of a week: two where there is room."""
        return 2 if self.size.width >= _NAMES + 2 * _WEEKS else 1

    def render(self) -> Content:
        """Return the grid with months above, and the shades and the chosen day below."""
        pen = self._pen
        if pen is None:
            return Content("")
        limits = self._limits
        lines = [self._heading(pen), self._months()]
        for row in range(_WEEK):
            name = padded(current_format().weekdays[(self._weekday + row) % _WEEK], _NAMES)
            days = (self.first + timedelta(days=week * _WEEK + row) for week in range(_WEEKS))
            lines.append(Content.assemble((name, "$muted"), *(self._cell(day, limits) for day in days)))
        shades = "   ".join(f"{shade} ≤ {pen.amount(Money(most, self._currency))}" for shade, most in zip(_SHADES, limits, strict=False))
        lines += [Content.styled(f"{shades}   {_SHADES[-1]} {translated('more')}" if limits else "", "$muted"), Content("")]
        net = Money(self._spent.get(self.day, 0), self._currency)
        lines.append(Content.assemble((f"{pen.day(self.day)}  ", "bold"), pen.money(net) if net.minor else translated("nothing")))
        if self._others:
            text = translated("Other currencies: {codes}. Choose one with cur:", codes=", ".join(self._others))
            lines += [Content(""), Content.styled(text, "$muted")]
        return Content("\n").join(lines)

    def _heading(self, pen: Pen) -> Content:
        total = Money(sum(self._spent.values()), self._currency) if self._spent else None
        text = translated("52 weeks up to {day}: {amount} less refunds", day=pen.day(self._last), amount=pen.amount(total) or "0")
        return Content.styled(text, "$muted")

    def _months(self) -> Content:
        line = " " * (_NAMES + _WEEKS * self._width + 2)
        for week in range(_WEEKS):
            monday = self.first + timedelta(days=week * _WEEK)
            turn = next((day for place in range(_WEEK) if (day := monday + timedelta(days=place)).day == 1), None)
            if turn is not None:
                name, place = month_name(turn.month)[:3], _NAMES + week * self._width
                line = line[:place] + name + line[place + len(name) :]
        return Content.styled(line.rstrip(), "$muted")

    def _cell(self, day: date, limits: Sequence[int]) -> Content:
        minor = self._spent.get(day, 0)
        if day > self._last:
            sign = " "
        elif minor <= 0:
            sign = "−" if minor < 0 else "·"
        else:
            sign = _SHADES[sum(minor > limit for limit in limits)]
        style = "reverse bold" if day == self.day else "$refund" if minor < 0 else "$primary" if minor else "$muted"
        return Content.assemble((sign, style), " " * (self._width - 1))

    def action_move(self, days: int) -> None:
        """Move to another day."""
        self.day = min(max(self.day + timedelta(days=days), self.first), self._last)
        self.refresh()

    def action_choose(self) -> None:
        """Choose the day under the cursor."""
        self.post_message(self.DayOpened(self.day))

    def on_click(self, event: events.Click) -> None:
        """Move to the day that was clicked; a second click chooses it."""
        week, row = (event.x - _NAMES) // self._width, event.y - _HEAD
        day = self.first + timedelta(days=week * _WEEK + row)
        if 0 <= week < _WEEKS and 0 <= row < _WEEK and day <= self._last:
            again, self.day = day == self.day, day
            self.refresh()
            if again:
                self.action_choose()


def first_day(last: date, weekday: int) -> date:
    """Return the first day of the weeks that end with the one of `last`."""
    return last - timedelta(days=(last.weekday() - weekday) % _WEEK + (_WEEKS - 1) * _WEEK)
