"""A tax form of one year: its lines, limits and rules. All of it is data for a form filler, never advice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import any_of, translated


class Grade(StrEnum):
    """How well a value is known: read in the form or in code that reads it, last year's value, or our own assumption."""

    VERIFIED = "verified"
    CARRIED = "carried"
    UNVERIFIED = "unverified"


class LineUse(StrEnum):
    """What a line collects."""

    EXPENSE = "expense"
    ASSET = "asset"
    INCOME = "income"
    INPUT_TAX = "input_tax"


class Treatment(StrEnum):
    """What happens to something that is not simply an expense of the year."""

    EXPENSE = "expense"
    FIRST_YEAR = "first-year"
    DEPRECIATE = "depreciate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One line of a form.

    `line` is the form's own number in that year, `key` stays the same over the years. `counts` is the percentage that the
    form accepts, `why` the reason for the rest. `twin` is the line for the part that is not allowable. `by_name`: the form asks for
    each expense by name. `field` is the field in the tax office's software.
    """

    line: str
    key: str
    name: str
    use: LineUse = LineUse.EXPENSE
    counts: int = 100
    why: str = ""
    twin: "FormLine | None" = None
    by_name: bool = False
    field: str = ""
    grade: Grade = Grade.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The line of a category, by key. `cap` names a limit per unit; above it the rest does not count, or nothing (`cap_drops_all`)."""

    key: str
    cap: str = ""
    cap_drops_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetStep:
    """One step of deciding about equipment; the first step that fits decides.

    It fits when the setting has that value, the category is one of `categories`, and one unit costs at most the limit: with tax
    (`basis` gross) or without (net). Without a treatment it is an ordinary expense.
    """

    key: str
    setting: str = ""
    categories: tuple[str, ...] = ()
    limit: str = ""
    basis: str = "gross"
    treatment: Treatment | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputTax:
    """Taxes within a price that a registered business claims back: in the line `key`, or outside of this form if that is empty.

    A tax counts if its rate is one of `rates`; where they say nothing, if the marketplace is one of `marketplaces`.
    """

    setting: str
    codes: tuple[str, ...]
    marketplaces: tuple[str, ...]
    rates: tuple[Decimal, ...] = ()
    key: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSource:
    """Where some values of a form were found, and when."""

    text: str
    verified_on: date
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxForm:
    """A form of one year. `name` and `year` are as on the command line; `first` to `last` are its days, both included."""

    name: str
    year: str
    title: str
    country: str
    currency: str
    first: date
    last: date
    grade: Grade
    lines: tuple[FormLine, ...]
    settings: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, Placement]
    assets: Mapping[str, tuple[AssetStep, ...]]
    limits: Mapping[str, int]
    income_key: str
    income_by_setting: Mapping[str, str] = field(default_factory=dict)
    input_tax: InputTax | None = None
    sources: tuple[ValueSource, ...] = ()

    def line(self, key: str) -> FormLine | None:
        """Return the line with this key."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def expense_lines(self) -> list[FormLine]:
        """The lines that a category can be put into."""
        return [line for line in self.lines if line.use in (LineUse.EXPENSE, LineUse.ASSET)]

    def lines_named(self, text: str) -> list[FormLine]:
        """Return the lines with this number or key that take expenses; a number wins over a key."""
        usable = self.expense_lines
        wanted = text.strip().casefold()
        return [line for line in usable if line.line.casefold() == wanted] or [line for line in usable if line.key.casefold() == wanted]

    def checked(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Return every setting, those not given with their first value. Raises InvalidInput for an unknown one."""
        for name, value in settings.items():
            if name not in self.settings:
                raise InvalidInput(
                    translated(
                        "{name} has no setting '{setting}'. There are: {choices}.",
                        name=self.name,
                        setting=name[:40],
                        choices=", ".join(self.settings),
                    )
                )
            if value not in self.settings[name]:
                raise InvalidInput(
                    translated(
                        "'{value}' is no value of {name}. Write {choices}.",
                        value=value[:40],
                        name=name,
                        choices=any_of(f"{name}={each}" for each in self.settings[name]),
                    )
                )
        return {name: settings.get(name, values[0]) for name, values in self.settings.items()}


@dataclass(frozen=True, slots=True)
class FormRef:
    """A form and the name of a business: "schedule-c", "schedule-c:design"."""

    form: str
    business: str = ""

    @classmethod
    def of(cls, text: str) -> "FormRef":
        """Read the name of a form. Raises InvalidInput for an empty business."""
        form, colon, business = text.strip().partition(":")
        if colon and not business.strip():
            raise InvalidInput(
                translated("'{text}' names no business. Write it like {form}:design.", text=text[:40], form=form[:20] or "schedule-c")
            )
        return cls(form.strip().casefold(), business.strip().casefold()[:40])

    def __str__(self) -> str:
        return f"{self.form}:{self.business}" if self.business else self.form


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSetup:
    """The user's choices for a form and year: the accounts (none means all), the settings, and lines for categories, by key."""

    accounts: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    known: bool = False

    def has(self, setting: str) -> bool:
        """Return whether "name=value" is chosen; an empty text always is."""
        name, _, value = setting.partition("=")
        return not setting or self.settings.get(name) == value
