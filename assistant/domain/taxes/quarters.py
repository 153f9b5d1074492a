"""Quarterly updates of Making Tax Digital: sums from the start of the tax year to the end of a quarter.

Sources: since the mandate of April 2026 an update is cumulative; it is due on the seventh of the month after next; calendar quarters may be
chosen instead of those of the tax year. The names are those of HMRC's API: `periodExpenses` with `periodDisallowableExpenses` beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.taxes.forms import LineUse, TaxForm
from assistant.domain.taxes.returns import TaxReturn

_COUNTRY = "uk"
_ENDS = ((0, 7, 5), (0, 10, 5), (1, 1, 5), (1, 4, 5))
"""Years after the start of the tax year, month and day."""
_CALENDAR_ENDS = ((0, 6, 30), (0, 9, 30), (0, 12, 31), (1, 3, 31))
_DUE = ((0, 8, 7), (0, 11, 7), (1, 2, 7), (1, 5, 7))
_DISALLOWABLE = "Disallowable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """The days of a cumulative update, both included, and when it is due."""

    number: int
    first: date
    last: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterlyUpdate:
    """A cumulative update: the filled form of its days, and its sums by HMRC's names, decimal strings."""

    quarter: Quarter
    filled: TaxReturn
    income: Mapping[str, str]
    expenses: Mapping[str, str]
    disallowable: Mapping[str, str]


def quarter_of(form: TaxForm, number: int, *, calendar: bool = False) -> Quarter:
    """Return a quarter from 1 to 4. Raises InvalidInput for another number, or a form of another country."""
    if form.country != _COUNTRY:
        raise InvalidInput(
            translated("{name} has no quarterly updates: Making Tax Digital is British. Use sa103f or sa103s.", name=form.name)
        )
    if not 1 <= number <= len(_ENDS):
        raise InvalidInput(translated("There is no quarter {number}. Write 1, 2, 3 or 4.", number=number))
    first = form.first.replace(day=1) if calendar else form.first
    last, due = (_CALENDAR_ENDS if calendar else _ENDS)[number - 1], _DUE[number - 1]
    return Quarter(number=number, first=first, last=_after(first, *last), due=_after(first, *due))


def _after(first: date, years: int, month: int, day: int) -> date:
    return date(first.year + years, month, day)


def quarterly_update(form: TaxForm, quarter: Quarter, filled: TaxReturn) -> QuarterlyUpdate:
    """Return the sums of an update, without what belongs only on the yearly return (equipment)."""
    yearly = {line.key for line in form.lines if line.use is not LineUse.EXPENSE}
    sums = {line.key: line.amount.decimal for line in filled.lines if line.key not in yearly}
    return QuarterlyUpdate(
        quarter=quarter,
        filled=filled,
        income=dict(zip(("other",), (line.amount.decimal for line in filled.income), strict=False)),
        expenses={key: amount for key, amount in sums.items() if not key.endswith(_DISALLOWABLE)},
        disallowable={key: amount for key, amount in sums.items() if key.endswith(_DISALLOWABLE)},
    )
