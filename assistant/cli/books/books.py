"""`shopper books`: every purchase, refund and top-up."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import typer

from assistant.cli.console import print_csv, print_json_list, print_table, print_text, shown_amount, shown_day
from assistant.cli.filter_flags import CsvFlag, FilterFlags, InFlag, JsonFlag, with_flags
from assistant.cli.open_services import services_of
from assistant.domain.languages.formats import decimal_text
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import translated
from assistant.domain.languages.words import shown_word

if TYPE_CHECKING:
    from assistant.domain.books.conversion import ConvertedEntry
    from assistant.domain.books.ledger_entry import Entry
    from assistant.domain.filters import Filter

_HEADER = ("id", "kind", "date", "date_basis", "account", "order_id", "asin", "title", "quantity", "currency")
_PARTS = ("goods", "shipping", "gift_wrap", "tip", "fee", "discount", "points", "tax")


@with_flags
def books(
    context: typer.Context,
    flags: FilterFlags,
    currency: InFlag = None,
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
) -> None:
    """List purchases, refunds and gift-card top-ups on the day they were paid, item by item."""
    found = flags.filter
    if currency is not None:
        _print_converted(context, found, currency, as_json=as_json, as_csv=as_csv)
        return
    with services_of(context) as services:
        entries = services.books.each(found)
        if as_json:
            from assistant.wire.books import EntryJson

            print_json_list(map(EntryJson.of, entries))
        elif as_csv:
            print_csv((*_HEADER, *_PARTS, "gross", "certainty", "purposes"), map(_csv_row, entries))
        else:
            _print_lines(entries)


def _print_converted(context: typer.Context, found: "Filter", currency: str, *, as_json: bool, as_csv: bool) -> None:
    """Print entries with their amount in one currency, the rate and its day."""
    unit = currency.upper()
    header = ("id", "date", "kind", "account", "order_id", "currency", "gross", f"in_{unit.lower()}", "rate", "rate_day", "source")
    with services_of(context) as services:
        entries = services.one_currency.entries(found, currency)
        if as_json:
            from assistant.wire.books import EntryJson

            print_json_list(EntryJson.of_converted(entry, unit) for entry in entries)
        elif as_csv:
            print_csv(header, map(_converted_row, entries))
        else:
            other = translated("in {currency}", currency=unit)
            print_table(
                ("date", "kind", "account", "order", "currency", "gross", other, "rate", "day", "source"),
                map(_converted_cells, entries),
                right=(5, 6, 7),
            )


def _converted_row(found: "ConvertedEntry") -> tuple[str, ...]:
    entry, rate = found.entry, found.rate
    return (
        entry.id,
        entry.on.isoformat(),
        entry.kind.value,
        entry.account,
        entry.order.number,
        entry.currency,
        entry.gross.decimal,
        found.amount.decimal if found.amount else "",
        f"{rate.rate:.6f}" if rate else "",
        rate.day.isoformat() if rate else "",
        rate.source if rate else "",
    )


def _converted_cells(found: "ConvertedEntry") -> tuple[str, ...]:
    entry, rate = found.entry, found.rate
    return (
        shown_day(entry.on),
        shown_word(entry.kind.value),
        entry.account,
        entry.order.number,
        entry.currency,
        decimal_text(entry.gross.decimal),
        decimal_text(found.amount.decimal) if found.amount else "",
        decimal_text(f"{rate.rate:.6f}") if rate else "",
        shown_day(rate.day) if rate else "",
        rate.source if rate else "",
    )


def _csv_row(entry: "Entry") -> tuple[str, ...]:
    from assistant.domain.money import Money

    item = entry.item
    return (
        entry.id,
        entry.kind.value,
        entry.on.isoformat(),
        entry.basis.value,
        entry.account,
        entry.order.number,
        (item.asin if item else "") or "",
        (item.title if item else "") or "",
        str(item.quantity) if item and item.quantity is not None else "",
        entry.currency,
        *(Money(minor, entry.currency).decimal if minor else "" for minor in entry.parts),
        entry.gross.decimal,
        entry.certainty.value,
        "; ".join(f"{share.purpose}={Money(share.gross, entry.currency).decimal}" for share in entry.shares),
    )


def _print_lines(entries: "Iterator[Entry]") -> None:
    rows = (
        (
            shown_day(entry.on),
            shown_word(entry.kind.value),
            entry.account,
            entry.order.number,
            shown_amount(entry.gross),
            ", ".join(shown_purpose(share.purpose) for share in entry.shares),
            ((entry.item.title if entry.item else None) or translated("whole order"))[:50],
        )
        for entry in entries
    )
    first = next(rows, None)
    if first is not None:
        print_table(("date", "kind", "account", "order", "amount", "purpose", "what"), chain((first,), rows), right=(4,))
    else:
        print_text(translated("No entries. Import Amazon's export with 'shopper import FILE', or widen the filter."))
