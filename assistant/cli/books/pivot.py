"""`shopper expenses --by category`: other sums of what was spent, and beside the same days a year earlier."""

from collections import Counter
from typing import TYPE_CHECKING, Literal

import typer

from assistant.cli.console import print_csv, print_json, print_table, print_text
from assistant.cli.filter_flags import own_currency
from assistant.cli.open_services import services_of
from assistant.domain.categories import LABEL_PLURALS
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import shown_label
from assistant.domain.languages.translating import to_translate, translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.domain.books.pivot import PivotRow, YearOverYear
    from assistant.domain.filters import Filter

Form = Literal["json", "csv", "text"]
_TITLES = {"net": to_translate("net"), "year_before": to_translate("year before"), "change": to_translate("change")}
_UNKNOWN = to_translate("(not known)")


def print_pivot(context: typer.Context, found: "Filter", by: str, *, compare: bool, form: Form) -> None:
    """Print the sums by account, purpose, category, seller, card, person or day. Raises InvalidInput."""
    from assistant.domain.books.pivot import Pivot, a_year_earlier, year_over_year
    from assistant.domain.errors import InvalidInput
    from assistant.domain.filter_language import near_words
    from assistant.domain.money import main_first

    try:
        what = Pivot(by.casefold())
    except ValueError:
        near = near_words(by, tuple(Pivot)) or translated("Use {words}.", words=", ".join(Pivot))
        raise InvalidInput(translated("There are no sums by '{by}'. {near}", by=by[:40], near=near)) from None
    if compare and found.since is None:
        raise InvalidInput(translated("--compare needs days: --year 2026, or a filter like date:2026-Q3."))
    with services_of(context) as services:
        rows = services.ledger.pivot(found, what)
        before = services.ledger.pivot(a_year_earlier(found, services.today), what) if compare else []
    if form == "text":
        ranked = main_first(Counter(row.currency for row in (*rows, *before)), own_currency(context))
        rows = sorted(sorted(rows, key=lambda row: ranked.index(row.currency)), key=lambda row: row.month, reverse=True)
        compared = sorted(year_over_year(rows, before), key=lambda row: ranked.index(row.net.currency))
    else:
        compared = year_over_year(rows, before)
    if compare:
        _print_comparison(compared, what, form)
    else:
        _print_months(rows, what, form)


def _print_months(rows: "Sequence[PivotRow]", what: str, form: Form) -> None:
    from assistant.wire.spending import PivotJson

    header = (what, "month", "currency", "spent", "refunded", "net")
    cells = [(row.name, row.month, row.currency, row.spent.decimal, row.refunded.decimal, row.net.decimal) for row in rows]
    items = [PivotJson.of(row) for row in rows] if form == "json" else []
    _print(header, cells, items, form, right=(3, 4, 5))


def _print_comparison(rows: "Sequence[YearOverYear]", what: str, form: Form) -> None:
    header = (what, "currency", "net", "year_before", "change")
    changes = ["" if row.change is None else f"{row.change:+d} %" for row in rows]
    cells = [(row.name, row.net.currency, row.net.decimal, row.before.decimal, change) for row, change in zip(rows, changes, strict=True)]
    items = [
        {"name": row.name, "currency": row.net.currency, "net": row.net.decimal, "year_before": row.before.decimal, "change": row.change}
        for row in rows
    ]
    _print(header, cells, items, form, right=(2, 3, 4))


def _print(
    header: "Sequence[str]", cells: "Sequence[Sequence[str]]", items: "Sequence[object]", form: Form, *, right: tuple[int, ...]
) -> None:
    if form == "json":
        print_json({"items": items, "next": None, "total": len(items)})
    elif form == "csv":
        print_csv(header, cells)
    elif cells:
        titles = [_TITLES.get(title, title) for title in header]
        rows = [[decimal_text(cell) if place in right and cell[-1:].isdigit() else cell for place, cell in enumerate(row)] for row in cells]
        kind = header[0] if header[0] in LABEL_PLURALS else "person"
        print_table(titles, [(shown_label(kind, row[0]) or translated(_UNKNOWN), *row[1:]) for row in rows], right=right)
    else:
        print_text(translated("No expenses match. Import Amazon's export with 'shopper import FILE', or widen the filter."))
