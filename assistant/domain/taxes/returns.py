"""A filled form: the sums of its lines, equipment, income from refunds, and what the form does not count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from assistant.domain.languages.sentences import Sentence
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.domain.taxes.forms import Grade, Treatment

NOTICE = to_translate("Data for filling in a form, not tax advice.")


class YearStatus(StrEnum):
    """Whether a year may still change."""

    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPart:
    """The part of a line that the form wants by name."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLine:
    """The sum of a line and the ids of its entries."""

    line: str
    key: str
    name: str
    amount: Money
    entries: tuple[str, ...]
    parts: tuple[NamedPart, ...] = ()
    grade: Grade = Grade.VERIFIED
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledAsset:
    """Equipment: what it cost, what happens to it, and why."""

    entry: str
    amount: Money
    treatment: Treatment
    line: str
    reason: Sentence

    @property
    def why(self) -> str:
        """The reason in the current language."""
        return str(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An amount that the form does not count."""

    entry: str
    amount: Money
    reason: Sentence

    @property
    def why(self) -> str:
        """The reason in the current language."""
        return str(self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedRate:
    """The rate of a foreign amount: one unit of `unit` is `rate` of `home`. `day` is the day of the rate."""

    entry: str
    unit: str
    home: str
    day: date
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpReturn:
    """A form, business and year that a person set up; no accounts mean all. `reason` is why it is locked."""

    form: str
    year: str
    accounts: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    locked: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxReturn:
    """A form with its sums. `export` is the number of the last export or correction, None if there is none."""

    form: str
    year: str
    title: str
    first: date
    last: date
    currency: str
    status: YearStatus = YearStatus.OPEN
    export: int | None = None
    lines: tuple[FilledLine, ...] = ()
    income: tuple[FilledLine, ...] = ()
    assets: tuple[FilledAsset, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    questions: int = 0
    rates: tuple[UsedRate, ...] = ()
    grade: Grade = Grade.VERIFIED
    notice: str = NOTICE


class ExportKind(StrEnum):
    """Why a number was given."""

    EXPORT = "export"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two fillings of a form: two amounts in its currency; one that is missing is "0.00"."""

    said: Sentence
    before: str
    after: str

    @property
    def what(self) -> str:
        """What differs, in the current language."""
        return str(self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedExport:
    """An export or correction of a form and year. `written` is false for a correction that no pack has been written of."""

    number: int
    kind: ExportKind
    at: datetime
    why: str
    differences: Sequence[Difference]
    written: bool


class Numbered(Protocol):
    """What has the number of an export."""

    @property
    def number(self) -> int:
        """The number."""

    @property
    def written(self) -> bool:
        """Whether a pack has been written of it."""


def next_number(exports: Sequence[Numbered]) -> int:
    """Return the number of the next pack: a correction without one keeps its own."""
    if not exports:
        return 1
    return exports[-1].number + exports[-1].written


def pack_name(form: str, year: str, number: int, ending: str = "zip") -> str:
    """Return the usual name of a pack: "schedule-c-design-2025-3.zip"."""
    return f"{form.replace(':', '-')}-{year}-{number}.{ending}"
