"""Sums of expenses laid out as a table: account and purpose by month, one section and one total per currency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import DataTable

from assistant.domain.books.ledger_entry import ExpenseRow
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from tui.filter_text import with_value
from tui.formatting import Pen, month_name

_MOST_GAPS = 2


class ExpenseTable(DataTable[Text]):
    """A table of ready-made texts: a name that stays, then amounts in columns of one width, of which only whole ones are shown."""

    HELP = to_translate(
        "Sums for each month, less refunds. Enter shows the entries behind the amount under the cursor. A month with … may be incomplete."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "cursor_left", "To the left", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("l", "cursor_right", "To the right", show=False),
    ]

    def set_columns(self, name: str, names: Sequence[Text], heads: Sequence[str], cells: Sequence[Sequence[Text]]) -> None:
        """Replace the columns: one for the names and one for each heading, as wide as the widest text."""
        self._amount_width = max(*map(len, heads), *(text.cell_len for row in cells for text in row))
        self.add_column(Text(name), key="name", width=max(len(name), *(text.cell_len for text in names)))
        for place, head in enumerate(heads):
            self.add_column(Text(head, justify="right"), key=f"{place}", width=self._amount_width)
        self._fit()

    def on_resize(self) -> None:
        """Show only whole columns, so that no amount is cut."""
        self._fit()

    def _fit(self) -> None:
        room = self.parent.size.width if isinstance(self.parent, Widget) else 0
        if not self.ordered_columns or not room:
            return
        name, *amounts = self.ordered_columns
        step = self._amount_width + 2 * self.cell_padding
        fixed = name.get_render_width(self)
        whole = max(1, (room - fixed - self.scrollbar_size_vertical) // step)
        self.styles.width = "1fr" if whole >= len(amounts) else fixed + whole * step + self.scrollbar_size_vertical


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseLine:
    """One row of the table. `kind`: spent, refunded, net (of a category, a seller, …, by `name`), or total (spent less refunded).

    `before` is the sum of the same days a year earlier, None where it is not shown.
    """

    key: str
    kind: str
    currency: str
    account: str | None = None
    purpose: str | None = None
    name: str = ""
    before: Money | None = None
    months: dict[str, Money] = field(default_factory=dict)

    @property
    def sum(self) -> Money:
        """All months together."""
        return Money(sum(money.minor for money in self.months.values()), self.currency)


def months_of(rows: Iterable[ExpenseRow]) -> list[str]:
    """Return the months that occur, newest first."""
    return sorted({row.month for row in rows}, reverse=True)


def lines(rows: Sequence[ExpenseRow], currencies: Sequence[str]) -> list[ExpenseLine]:
    """Return the table's rows: for each currency the accounts with their purposes, refunds below them, then the total."""
    found: list[ExpenseLine] = []
    for currency in currencies:
        mine = [row for row in rows if row.currency == currency]
        for account, purpose in dict.fromkeys((row.account, row.purpose) for row in mine):
            group = [row for row in mine if (row.account, row.purpose) == (account, purpose)]
            found += _group(group, currency, account, purpose)
        net: dict[str, int] = defaultdict(int)
        for row in mine:
            net[row.month] += row.spent.minor - row.refunded.minor
        months = {month: Money(minor, currency) for month, minor in net.items()}
        found.append(ExpenseLine(key=f"total|{currency}", kind="total", currency=currency, months=months))
    return found


def _group(group: Sequence[ExpenseRow], currency: str, account: str, purpose: str) -> list[ExpenseLine]:
    spent = {row.month: row.spent for row in group if row.spent.minor or not row.refunded.minor}
    back = {row.month: -row.refunded for row in group if row.refunded.minor}
    key = f"{currency}|{account}|{purpose}"
    found = [ExpenseLine(key=f"spent|{key}", kind="spent", currency=currency, account=account, purpose=purpose, months=spent)]
    if back:
        found.append(ExpenseLine(key=f"refunded|{key}", kind="refunded", currency=currency, account=account, purpose=purpose, months=back))
    return found


def filter_behind(line: ExpenseLine, text: str, when: str) -> str:
    """Return the filter that finds exactly the entries behind an amount: the screen's own, narrowed to a row and a month or year."""
    kind = {"spent": "purchase", "refunded": "refund"}.get(line.kind, "expense")
    narrowed = {"account": line.account, "purpose": line.purpose, "cur": line.currency, "kind": kind, "date": when}
    for key, value in reversed(narrowed.items()):
        if value:
            text = with_value(text, key, value)
    return text


def gaps_text(rows: Iterable[ExpenseRow], pen: Pen) -> str:
    """Return in one line which months may be incomplete, and why; "" if none."""
    found = {(row.month, row.account): row.gaps for row in rows if row.gaps}
    said = [
        f"{month_name(int(month[5:]))} {pen.label(account)}: {', '.join(gaps)}"
        for (month, account), gaps in sorted(found.items(), reverse=True)
    ]
    more = (
        " "
        + translated(
            "· and {number} more: press {first}, then {second}",
            number=len(said) - _MOST_GAPS,
            first=pen.key("I", "go-imports"),
            second=pen.key("v", "imports.coverage"),
        )
        if len(said) > _MOST_GAPS
        else ""
    )
    return f"… {' · '.join(said[:_MOST_GAPS])}{more}" if said else ""
