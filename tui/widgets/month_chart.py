"""Twelve months as columns drawn by hand, stacked by account in the accounts' colours, for one currency."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rich.cells import set_cell_size
from textual.content import Content
from textual.widget import Widget

from assistant.domain.books.ledger_entry import ExpenseRow, orders_by_currency
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money, main_first
from tui.formatting import Pen, month_name

Months = Mapping[str, Mapping[str, int]]
"""Month ("2026-11") to account key to minor units."""

_FILLS = "█▒░▓"
"""Patterns of accounts where there are no colours."""


def spent_by_month(rows: Collection[ExpenseRow], preferred: str) -> tuple[list[str], Months]:
    """Return the currencies of the rows, and what was spent in the first of them by month and account, in minor units.

    The preferred currency is first, then the one that most orders have.
    """
    ranked = main_first(orders_by_currency(rows), preferred)
    spent: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.currency == ranked[0]:
            spent[row.month][row.account] += row.net.minor
    return ranked, spent


class MonthChart(Widget):
    """Shows when money was spent, and on which account."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id)
        self._months: Sequence[str] = ()
        self._spent: Months = {}
        self._currency = ""
        self._others: Sequence[str] = ()
        self._pen: Pen | None = None

    def show(self, months: Sequence[str], spent: Months, currency: str, others: Sequence[str], pen: Pen) -> None:
        """Draw these months, oldest first; `others` are currencies that are not in the picture."""
        self._months, self._spent, self._currency, self._others, self._pen = months, spent, currency, others, pen
        self.refresh()

    def render(self) -> Content:
        """Return the columns, the months' initials below, the highest month and other currencies beside."""
        if self._pen is None or not self._spent or self.size.height < 3:  # noqa: PLR2004  # heading, one row of columns, months
            return Content.styled(translated("Nothing spent in the last twelve months.") if self._pen else "", "$muted")
        height = self.size.height - 2
        width = max(2, min(6, (self.size.width - 1) // len(self._months)))
        totals = {month: sum(self._spent.get(month, {}).values()) for month in self._months}
        top = max(1, *totals.values())
        columns = [self._column(self._spent.get(month, {}), top, height * 2) for month in self._months]
        lines = [self._heading(totals, self._pen)]
        fills = self._fills()
        for row in range(height):
            upper = height * 2 - 1 - row * 2
            cells = [Content.assemble(_cell(column[upper], column[upper - 1], width - 1, fills), " ") for column in columns]
            lines.append(Content("").join(cells))
        names = [month_name(int(month[5:])) for month in self._months]
        lines.append(Content.styled("".join(set_cell_size(set_cell_size(name, max(1, width - 1)), width) for name in names), "$muted"))
        return Content("\n").join(lines)

    def _fills(self) -> Mapping[str, str]:
        """Return a pattern for each account's colour if the terminal shows none; nothing if it shows colours."""
        if self._pen is None or not self.app.no_color:
            return {}
        used = [key for key in self._pen.accounts if any(months.get(key) for months in self._spent.values())]
        return {self._pen.tint(key): _FILLS[place % len(_FILLS)] for place, key in enumerate(used)}

    def _heading(self, totals: Mapping[str, int], pen: Pen) -> Content:
        best = max(totals, key=lambda month: totals[month])
        text = translated(
            "most in {month}: {amount}", month=month_name(int(best[5:])), amount=pen.amount(Money(totals[best], self._currency))
        )
        for key in pen.accounts if self.app.no_color else ():
            fill = self._fills().get(pen.tint(key))
            text += f" · {fill} {pen.mark(key)}" if fill else ""
        if self._others:
            text += " " + translated("· {others}: press {key}", others=", ".join(self._others), key=pen.key("E", "go-expenses"))
        return Content.styled(text, "$muted")

    def _column(self, spent: Mapping[str, int], top: int, halves: int) -> list[str]:
        """Return the colour of each half cell from the ground up, "" above the column."""
        colours: list[str] = []
        reached = 0
        for key in self._pen.accounts if self._pen else ():
            reached += max(0, spent.get(key, 0))
            upto = max(round(reached * halves / top), len(colours) + 1 if spent.get(key, 0) > 0 else 0)
            colours += [self._pen.tint(key) if self._pen else ""] * (min(upto, halves) - len(colours))
        return colours + [""] * (halves - len(colours))


def _cell(upper: str, lower: str, width: int, fills: Mapping[str, str]) -> tuple[str, str]:
    if fills:
        # Without colours two accounts cannot share a cell: the lower one has it.
        return (fills.get(lower, " ") * width, "")
    if upper == lower:
        return ("█" * width, upper) if upper else (" " * width, "")
    if not upper:
        return "▄" * width, lower
    return "▀" * width, f"{upper} on {lower}"
