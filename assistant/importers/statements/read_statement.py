"""The content of a statement file of any format, and reading its days and amounts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Self

from assistant.amazon.values.money import read_money
from assistant.domain.books.statements.statement_lines import StatementLine
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import NO_CURRENCY, checked_currency
from assistant.importers.files.slashed_days import DayOrder, day_order, read_in_order

_SHORT_YEAR = re.compile(r"(\d{1,2}\.\d{1,2})\.(\d{2})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """Which column of a CSV file is what, by heading (by number from 1 in a file without headings).

    `day_order`: "dmy" or "mdy" where days are written with slashes. `charges` says which sign money has that left the card:
    "negative" or "positive". `currency` is that of the amounts where no column has it.
    """

    date: str = ""
    amount: str = ""
    debit: str = ""
    credit: str = ""
    text: tuple[str, ...] = ()
    reference: str = ""
    currency_column: str = ""
    original_amount: str = ""
    original_currency: str = ""
    card: str = ""
    day_order: str = ""
    charges: str = ""
    currency: str = ""
    skipped: int = 0


PARTS = ("date", "amount", "debit", "credit", "text", "reference", "card", "currency", "original", "original-currency")
"""What a column of a CSV file can be named."""
_OTHER_FIELDS = {"currency": "currency_column", "original": "original_amount", "original-currency": "original_currency"}


def named_profile(
    columns: Sequence[str] = (), *, dates: str | None = None, charges: str | None = None, currency: str | None = None
) -> ColumnProfile:
    """Return the profile that a person describes: columns as "date=Buchungstag". Raises InvalidInput."""
    unit = checked_currency(currency) if currency else ""
    found = ColumnProfile(day_order=dates or "", charges=charges or "", currency=unit)
    for entry in columns:
        part, mark, heading = entry.partition("=")
        if not mark or not heading.strip() or part.strip() not in PARTS:
            raise InvalidInput(
                translated(
                    "'{entry}' names no column. Write date=Buchungstag; parts are {choices}.", entry=entry[:40], choices=", ".join(PARTS)
                )
            )
        found = with_column(found, part.strip(), heading.strip())
    return found


def with_column(profile: ColumnProfile, part: str, heading: str) -> ColumnProfile:
    """Return the profile with one more column; several columns can be text."""
    if part == "text":
        return replace(profile, text=(*profile.text, heading))
    return replace(profile, **{_OTHER_FIELDS.get(part, part): heading})  # type: ignore[arg-type]  # every other part is text


class UnknownColumns(InvalidInput):
    """The columns of a CSV file cannot be told apart. `header` are its headings, `missing` what has to be named."""

    code = "statement/columns"
    field = "columns"

    def __init__(self, text: str, header: Iterable[str] = (), missing: str = "") -> None:
        """Take the message first, like every error: a client makes the error again from its message alone."""
        self.header, self.missing = tuple(header), missing
        super().__init__(text)

    @classmethod
    def of(cls, name: str, header: Sequence[str], missing: str) -> Self:
        """Return the error for a file: which column is missing and how to name it."""
        shown = ", ".join(header)[:400]
        text = translated(
            "'{name}' has no known column for the {part}. Name it once as '{part}=HEADING' (--columns in the command); "
            "it is remembered. Its columns: {columns}.",
            name=name[:60],
            part=missing,
            columns=shown,
        )
        return cls(text, header, missing)


NO_CURRENCY_NAMED = to_translate("'{name}' does not name its currency. Name the currency, like EUR (--currency in the command).")


class UnknownCurrency(InvalidInput):
    """A file does not name the currency of its amounts."""

    code = "statement/currency"
    field = "currency"

    @classmethod
    def of(cls, name: str, text: str = NO_CURRENCY_NAMED) -> Self:
        """Return the error for a file."""
        return cls(translated(text, name=name[:60]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatement:
    """The lines of a statement file. `last4` and `since`, `until` where the file says them; `header`, `profile` of a CSV file."""

    lines: tuple[StatementLine, ...]
    last4: str | None = None
    since: date | None = None
    until: date | None = None
    header: str = ""
    profile: ColumnProfile | None = field(default=None)


def slashed_order(written: Iterable[str], currency: str | None, wanted: str) -> DayOrder | None:
    """Return the order of day and month: the wanted one, else that of the days or the currency."""
    if wanted:
        return DayOrder.DAY_FIRST if wanted == "dmy" else DayOrder.MONTH_FIRST
    return day_order(written, (currency,))


def day_in(cell: str, order: DayOrder | None, where: str) -> date:
    """Return the day in a cell. Raises InvalidInput, also for one that can be read in two ways."""
    text = _SHORT_YEAR.sub(r"\1.20\2", cell.strip())
    if len(text) == len("20250302") and text.isdecimal():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        found = read_in_order(text, order)
    except ValueError as error:
        unclear = "/" in text or "-" in text
        hint = translated("Say --dates dmy or --dates mdy.") if unclear else translated("Check the column of the days.")
        raise InvalidInput(
            translated("{where}: '{text}' could be two different days. {hint}", where=where, text=text[:40], hint=hint)
        ) from error
    if found is None:
        raise InvalidInput(translated("{where}: the day is missing.", where=where))
    return found


def number_in(cell: str, currency: str, where: str) -> Decimal:
    """Return a number as statements print it: "1.234,56", "-12.30", "(12.30)", "12.30 CR". Raises InvalidInput."""
    text = cell.strip().removeprefix("=").strip('"')
    back = text.upper().endswith("CR")
    text = text[:-2].strip() if back or text.upper().endswith("DR") else text
    unit = currency if currency != NO_CURRENCY else "EUR"
    amount = read_money(text, unit) or read_money(f"{text} {unit}", unit)
    if amount is None:
        raise InvalidInput(translated("{where}: '{cell}' is not an amount.", where=where, cell=cell[:40]))
    number = Decimal(amount.decimal)
    return abs(number) if back else number
