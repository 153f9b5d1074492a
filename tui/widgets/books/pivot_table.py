"""Sums of expenses by category, seller, card or another word, laid out as rows of the table: with bars, and beside the year before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from assistant.domain.books.pivot import Pivot, PivotRow, year_over_year
from assistant.domain.categories import CategoryPlace
from assistant.domain.filter_language import quoted
from assistant.domain.languages.labels import shown_label
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from tui.filter_text import with_value, with_words
from tui.formatting import Pen, bar, plain
from tui.widgets.books.expense_table import ExpenseLine

_NAME, _BAR = 24, 10
_KEYS: Mapping[Pivot, str] = {
    Pivot.ACCOUNT: "account",
    Pivot.PURPOSE: "purpose",
    Pivot.CATEGORY: "cat",
    Pivot.SELLER: "seller",
    Pivot.PERSON: "person",
}
"""The key of the filter language for each kind of sum; there is none for cards."""


def pivot_lines(rows: Sequence[PivotRow], before: Sequence[PivotRow], currencies: Sequence[str]) -> list[ExpenseLine]:
    """Return the table's rows: for each currency the names, the dearest first, then their total.

    `currencies` come first, in this order; those that only the year before has come last.
    """
    months: dict[tuple[str, str], dict[str, Money]] = defaultdict(dict)
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        months[row.currency, row.name][row.month] = row.net
        totals[row.currency][row.month] += row.net.minor
    found: list[ExpenseLine] = []
    compared = year_over_year(rows, before)
    for unit in dict.fromkeys([*(unit for unit in currencies if unit in totals), *(entry.net.currency for entry in compared)]):
        mine = [entry for entry in compared if entry.net.currency == unit]
        found += [
            ExpenseLine(
                key=f"net|{unit}|{entry.name}",
                kind="net",
                currency=unit,
                name=entry.name,
                months=months.get((unit, entry.name), {}),
                before=entry.before,
            )
            for entry in mine
        ]
        earlier = Money(sum(entry.before.minor for entry in mine), unit)
        sums = {month: Money(minor, unit) for month, minor in totals[unit].items()}
        found.append(ExpenseLine(key=f"total|{unit}", kind="total", currency=unit, months=sums, before=earlier))
    return found


def pivot_name(line: ExpenseLine, dearest: int, by: Pivot, pen: Pen) -> Text:
    """Return the name of a row with a bar that shows its part of the dearest one."""
    if line.kind == "total":
        return Text(translated("All in {currency}, less refunds", currency=line.currency), style="bold")
    shown = shown_label(by.value, line.name) if by in (Pivot.CATEGORY, Pivot.PURPOSE) else line.name
    said = pen.label(line.name) if by is Pivot.ACCOUNT and line.name else plain(shown) or translated("not known")
    name = Text(said, style="" if line.name else "dim")
    name.truncate(_NAME, overflow="ellipsis", pad=True)
    share = max(0, line.sum.minor) / dearest if dearest > 0 else 0
    return Text.assemble(name, " ", f"{bar(share, _BAR):<{_BAR}}")


def change_text(line: ExpenseLine) -> str:
    """Return how a row changed since the year before: "+12 %", "new", ""."""
    if line.before is None or not line.before.minor:
        return translated("new") if line.sum.minor > 0 else ""
    return f"{round((line.sum.minor - line.before.minor) * 100 / abs(line.before.minor)):+d} %".replace("-", "−")


def pivot_filter(
    line: ExpenseLine, by: Pivot, text: str, when: str, *, names: Iterable[str], categories: Sequence[CategoryPlace]
) -> str | None:
    """Return the filter for the entries behind an amount, None if the filter language cannot say it.

    `names` are those of all rows, `categories` the tree: `seller:` also finds longer names, `cat:` also what is below a category.
    """
    if line.kind == "net":
        key = _KEYS.get(by)
        if by is Pivot.CATEGORY and not line.name:
            text = with_words(text, ["is:uncategorized"])
        elif key is None or not line.name or '"' in line.name:
            return None
        else:
            others = _found_too(line.name, by, names, categories)
            if any('"' in other or other.casefold() == line.name.casefold() for other in others):
                return None
            text = with_words(with_value(text, key, line.name), [f"-{key}:{quoted(other)}" for other in others])
    return with_value(with_value(with_value(text, "date", when), "kind", "expense"), "cur", line.currency)


def _found_too(name: str, by: Pivot, names: Iterable[str], categories: Sequence[CategoryPlace]) -> list[str]:
    """Return what a filter for a name also finds and has to leave out."""
    sought = name.casefold()
    if by is Pivot.SELLER:
        return sorted({other for other in names if other != name and sought in other.casefold()})
    if by is Pivot.CATEGORY:
        return [place.category for place in categories if place.under is not None and place.under.casefold() == sought]
    return []
