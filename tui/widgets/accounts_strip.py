"""The line on top: every account with its badge, month and freshness; a click shows its orders."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from assistant.domain.accounts.account import AccountOverview
from assistant.domain.languages.formats import month_text
from assistant.domain.languages.translating import translated
from tui.formatting import Pen, fresh, plain

_LABEL = 18  # cells of an account's name at most


class AccountsStrip(Widget):
    """Shows accounts in as much detail as the width allows: all, without names, without amounts."""

    class AccountClicked(Message):
        """An account in the strip was clicked; "" means the warnings at the right end."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[AccountOverview] = ()
        self._pen: Pen | None = None
        self._alerts = 0
        self._places: list[tuple[int, int, str]] = []

    def show(self, rows: Sequence[AccountOverview], alerts: int, pen: Pen) -> None:
        """Draw these accounts, and how many warnings are open."""
        self._rows, self._alerts, self._pen = rows, alerts, pen
        self.refresh()

    def render(self) -> Content:
        """Return the line, and remember the position of each account in it."""
        pen = self._pen
        if pen is None:
            return Content.styled(" Shopper", "$muted")
        tail = self._tail(pen)
        room = self.size.width - tail.cell_length - 1
        chips = [_chip(row, pen, detail=2) for row in self._rows]
        for detail in (1, 0):
            if sum(chip.cell_length + 2 for chip in chips) <= room:
                break
            chips = [_chip(row, pen, detail=detail) for row in self._rows]
        return self._placed(chips, tail, room, pen)

    def _tail(self, pen: Pen) -> Content:
        parts = [Content.styled(month_text(pen.today.year, pen.today.month) + " ", "$muted")]
        if self._alerts:
            parts.append(Content.styled(f" ⚠ {self._alerts} ", "bold $warning"))
        return Content("").join(parts)

    def _placed(self, chips: list[Content], tail: Content, room: int, pen: Pen) -> Content:
        line, self._places = Content(""), []
        for row, chip in zip(self._rows, chips, strict=True):
            if line.cell_length + chip.cell_length > room:
                line = line + Content.styled("…", "$muted")
                break
            self._places.append((line.cell_length, line.cell_length + chip.cell_length, row.account.key))
            line = line + chip + Content("  ")
        if not self._rows:
            line = Content.styled(
                " "
                + translated(
                    "Shopper · no accounts yet, press {first} then {second}",
                    first=pen.key("A", "go-accounts"),
                    second=pen.key("a", "accounts.add"),
                ),
                "$muted",
            )
        gap = max(1, self.size.width - line.cell_length - tail.cell_length)
        self._places.append((self.size.width - tail.cell_length, self.size.width, ""))
        return line + Content(" " * gap) + tail

    def on_click(self, event: events.Click) -> None:
        """Post which account was clicked."""
        for start, end, key in self._places:
            if start <= event.x < end:
                self.post_message(self.AccountClicked(key))
                return


def _chip(row: AccountOverview, pen: Pen, *, detail: int) -> Content:
    account = row.account
    parts = [pen.badge(account.key)]
    if detail:
        label = Content(" " + plain(account.label)).truncate(_LABEL, ellipsis=True) if detail > 1 else Content("")
        parts += [label, Content.styled(" " + pen.amounts(row.month), "bold")]
    parts.append(Content.styled(" " + fresh(account, pen.today), "$muted"))
    return Content("").join(parts)
