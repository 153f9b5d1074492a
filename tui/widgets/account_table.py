"""The accounts of the overview, one line each: a bar for the month, amounts per currency, freshness, open warnings."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget

from assistant.domain.accounts.account import AccountOverview
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from tui.formatting import Pen, bar, plain

_NAME, _AMOUNT, _OF, _YEAR, _SEEN, _ALERTS = 16, 13, 14, 23, 17, 6
_WIDE, _MIDDLE = 104, 74  # cells from which budget and freshness, and the bar, have room


class AccountTable(Widget):
    """Draws one line per account and currency. All bars of a currency have one scale; dots go on to the budget, where the user set one."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  # textual's name for it
        super().__init__(id=id)
        self._rows: Sequence[AccountOverview] = ()
        self._budgets: Mapping[str, Money] = {}
        self._pen: Pen | None = None

    def show(self, rows: Sequence[AccountOverview], budgets: Mapping[str, Money], pen: Pen) -> None:
        """Draw these accounts; `budgets` are monthly, by account key."""
        self._rows, self._budgets, self._pen = rows, budgets, pen
        self.set_class(not rows, "empty")
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the lines."""
        if self._pen is None:
            return Content("")
        if not self._rows:
            keys = translated("{first}, then {second},", first=self._pen.key("A", "go-accounts"), second=self._pen.key("a", "accounts.add"))
            return Content.styled(translated("No accounts yet. Press {keys} to name your first Amazon account.", keys=keys), "$muted")
        lines = [line for row in self._rows for line in self._lines(row, self._pen)]
        return Content("\n").join(lines)

    def _lines(self, row: AccountOverview, pen: Pen) -> list[Content]:
        year = {money.currency: money for money in row.year}
        month = {money.currency: money for money in row.month}
        currencies = list(dict.fromkeys(money.currency for money in pen.main_first((*row.month, *row.year)))) or [""]
        lines = []
        for place, currency in enumerate(currencies):
            spent = month.get(currency, Money(0, currency) if currency else None)
            lead = _lead(row, pen) if place == 0 else Content(" " * (_NAME + 10))
            tail = self._tail(row, pen) if place == 0 else Content("")
            lines.append(Content("").join([lead, *self._amounts(row, spent, year.get(currency), pen), tail]))
        return lines

    def _amounts(self, row: AccountOverview, spent: Money | None, year: Money | None, pen: Pen) -> list[Content]:
        budget = self._budget(row, spent)
        of = " " + translated("of {budget}", budget=pen.amount(budget)) if budget else ""
        parts = [self._bar(row, spent, pen), _right(pen.money(spent), self._amount_width)]
        if self._with_budgets:
            parts.append(Content.styled(f"{of:<{_OF}}", "$muted"))
        parts.append(
            _right(
                Content.styled(
                    translated("{amount} this year", amount=pen.amount(year)) + (" …" if row.gaps else "") if year else "", "$muted"
                ),
                _YEAR,
            )
        )
        return parts

    @property
    def _with_budgets(self) -> bool:
        return bool(self._budgets) and self.size.width >= _WIDE

    @property
    def _amount_width(self) -> int:
        """The cells of the longest amount of the month and a gap: "refund" is part of it."""
        longest = max((self._pen.money(money).cell_length for row in self._rows for money in row.month), default=0) if self._pen else 0
        return max(_AMOUNT, longest + 1)

    @property
    def _bar_width(self) -> int:
        taken = (
            _NAME
            + 10
            + self._amount_width
            + _YEAR
            + _ALERTS
            + (_OF if self._with_budgets else 0)
            + (_SEEN if self.size.width >= _WIDE else 0)
        )
        return min(40, self.size.width - taken) if self.size.width >= _MIDDLE else 0

    def _bar(self, row: AccountOverview, spent: Money | None, pen: Pen) -> Content:
        width = self._bar_width
        if spent is None or width < 2:  # noqa: PLR2004  # a bar and a gap
            return Content(" " * width)
        amounts = [*(money for other in self._rows for money in other.month), *self._budgets.values()]
        longest = max((money.minor for money in amounts if money.currency == spent.currency), default=0)
        budget = self._budget(row, spent)
        drawn = bar(spent.minor / longest if longest > 0 else 0, width - 1)
        track = "·" * (round(budget.minor / longest * (width - 1)) - len(drawn)) if budget else ""
        return Content.assemble((drawn, pen.tint(row.account.key)), (track, "$faint")).truncate(width, pad=True)

    def _budget(self, row: AccountOverview, spent: Money | None) -> Money | None:
        budget = self._budgets.get(row.account.key)
        return budget if budget and spent and budget.currency == spent.currency else None

    def _tail(self, row: AccountOverview, pen: Pen) -> Content:
        parts = []
        if self.size.width >= _WIDE:
            seen = translated("seen {day}", day=pen.moment(row.account.last_seen)) if row.account.last_seen else translated("not seen yet")
            parts.append(_right(Content.styled(seen, "$muted"), _SEEN))
        if row.alerts:
            parts.append(Content.styled(f"  ▲ {row.alerts}", "bold $warning"))
        if row.account.status != "ok":
            parts.append(Content.styled(f"  {plain(row.account.status).replace('_', ' ')}", "$error"))
        return Content("").join(parts)


def _lead(row: AccountOverview, pen: Pen) -> Content:
    badge = pen.badge(row.account.key)
    name = Content(plain(row.account.label)).truncate(_NAME, ellipsis=True, pad=True)
    return badge + Content(" " * max(1, 9 - badge.cell_length)) + name + Content(" ")


def _right(text: Content, width: int) -> Content:
    return text.pad_left(max(1, width - text.cell_length))
