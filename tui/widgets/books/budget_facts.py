"""Text for budgets: a gauge on one line, all amounts, and the filter for the entries behind one."""

from textual.content import Content

from assistant.domain.books.budgets import Budget
from assistant.domain.filter_language import OR, quoted
from assistant.domain.languages.labels import shown_category, shown_purpose
from assistant.domain.languages.translating import translated
from tui.filter_text import shown_period
from tui.formatting import Pen, fact_lines, plain, section

_GAUGE = 20


def budget_name(budget: Budget, pen: Pen) -> str:
    """Return what a budget is about: its accounts, purposes and categories."""
    parts = [*(pen.label(key) for key in budget.accounts), *(plain(shown_purpose(word)) for word in budget.purposes)]
    parts += [plain(shown_category(word)) for word in budget.categories]
    return ", ".join(parts) or translated("everything")


def budget_line(budget: Budget, pen: Pen) -> Content:
    """Return a budget as one line: name, gauge, what is left of what, and a word if it is over or likely to be.

    A budget that cannot be counted says so instead: it must not look as if nothing was spent.
    """
    if budget.problem:
        return Content.assemble(f"{budget_name(budget, pen)}  ", (f"▲ {translated('cannot be counted')}", "bold $warning"))
    style = "bold $error" if budget.over else "bold $warning" if budget.likely_over else ""
    word = translated("over") if budget.over else translated("likely over") if budget.likely_over else ""
    left = (
        translated("{left} left", left=pen.amount(budget.left))
        if not budget.over
        else translated("{left} too much", left=pen.amount(-budget.left))
    )
    return Content.assemble(
        Content(f"{budget_name(budget, pen)} ").truncate(22, ellipsis=True, pad=True),
        " ",
        gauge(budget),
        " " + translated("{left} of {available}", left=left, available=pen.amount(budget.available)),
        (f"  {word}" if word else "", style),
    )


def gauge(budget: Budget) -> Content:
    """Return a gauge that is readable without colour: what is spent is solid, the forecast shaded, the end of the budget is a line."""
    most = max(budget.available.minor, budget.spent.minor, budget.forecast.minor, 1)
    spent, likely, end = (
        round(max(0, minor) * _GAUGE / most) for minor in (budget.spent.minor, budget.forecast.minor, budget.available.minor)
    )
    style = "$error" if budget.over else "$warning" if budget.likely_over else "$success"
    cells = "█" * spent + "▒" * max(0, likely - spent)
    cells = f"{cells:░<{end}}" if len(cells) < end else cells
    marked = cells[:end] + "│" + cells[end:] if end < len(cells) else cells + "│"
    return Content.assemble((f"{marked:<{_GAUGE + 1}}", style))


def budget_facts(budget: Budget, pen: Pen) -> Content:
    """Return everything about a budget."""
    amounts = [(translated("Planned"), budget.planned)]
    if budget.carried.minor:
        amounts += [(translated("Carried over"), budget.carried), (translated("Available"), budget.available)]
    amounts += [
        (translated("Spent, less refunds"), budget.spent),
        (translated("Left"), budget.left),
        (translated("Likely at the end"), budget.forecast),
    ]
    wide = max(len(pen.amount(money)) for _, money in amounts)
    lines = [
        Content.styled(budget_name(budget, pen), "bold"),
        Content.styled(translated("{period} · rule {rule}", period=shown_period(budget.period), rule=budget.rule), "$muted"),
        Content(""),
        *fact_lines(((name, f"{pen.amount(money):>{wide}}") for name, money in amounts), 21),
        *section(translated("Why it cannot be counted"), [plain(budget.problem)] if budget.problem else []),
        *section(translated("How it is likely to end"), [] if budget.problem else [_outlook(budget, pen)]),
        Content(""),
        Content.styled(translated("The forecast adds, for each day left, what the three months before cost on a day."), "$muted"),
    ]
    return Content("\n").join(lines)


def _outlook(budget: Budget, pen: Pen) -> str:
    rest = budget.available - budget.forecast
    if budget.over:
        return translated("{left} more than available is spent already.", left=pen.amount(-budget.left))
    if rest.minor < 0:
        return translated("About {rest} more than available, if you go on as usual.", rest=pen.amount(-rest))
    return translated("About {rest} will be left, if you go on as usual.", rest=pen.amount(rest))


def entries_behind(budget: Budget) -> str:
    """Return the filter for the entries that a budget counts."""
    common = [
        *(f"account:{quoted(key)}" for key in budget.accounts),
        f"cur:{budget.planned.currency}",
        f"date:{budget.period}",
        "kind:expense",
    ]
    purposes = [f"purpose:{quoted(word)}" for word in budget.purposes] or [""]
    categories = [f"cat:{quoted(word)}" for word in budget.categories] or [""]
    either = [" ".join(filter(None, [*common, purpose, category])) for purpose in purposes for category in categories]
    return f" {OR} ".join(either)
