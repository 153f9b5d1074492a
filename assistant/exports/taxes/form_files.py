"""Reads the files of tax forms in `forms/` and checks them.

FORM.toml holds what stays the same over the years, FORM-YEAR.toml the numbers and limits of a year, each with its source, the day it
was checked and how well it is known. A line without a number in a year does not exist in it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from assistant.domain.errors import NotFound
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.domain.taxes.forms import AssetStep, FormLine, Grade, InputTax, LineUse, Placement, TaxForm, Treatment, ValueSource

_FORMS = files("assistant.exports.taxes") / "forms"
_YEAR = re.compile(r"(?P<form>[a-z0-9-]+?)-(?P<year>20\d\d(?:-\d\d)?)\.toml\Z")
_MonthDay = Annotated[str, Meta(pattern=r"^\d\d-\d\d$")]


class _Strict(Struct, forbid_unknown_fields=True):
    """A table in a file; a misspelt key is an error."""


class LineTable(_Strict):
    """A line: its name and its categories."""

    name: str
    use: LineUse = LineUse.EXPENSE
    counts: Annotated[int, Meta(ge=0, le=100)] = 100
    why: str = ""
    by_name: bool = False
    field: str = ""


class StepTable(_Strict):
    """A step of deciding about equipment."""

    key: str
    setting: str = ""
    categories: tuple[str, ...] = ()
    limit: str = ""
    basis: str = "gross"
    treatment: Treatment | None = None
    why: str = ""


class AssetTable(_Strict):
    """The steps for the categories of a line."""

    key: str
    steps: tuple[StepTable, ...]


class TwinTable(_Strict):
    """How the lines for what is not allowable are numbered and named."""

    add: int
    suffix: str
    name: str


class IncomeTable(_Strict):
    """The line for refunds of earlier years."""

    key: str
    by_setting: dict[str, str] = {}


class InputTaxTable(_Strict):
    """Which taxes are claimed back."""

    setting: str
    codes: tuple[str, ...]
    marketplaces: tuple[str, ...]
    why: str
    rates: tuple[str, ...] = ()
    key: str = ""


class PlacementTable(_Strict):
    """The line of a category whose amount is limited."""

    key: str
    cap: str
    cap_drops_all: bool = False


class FormTable(_Strict):
    """FORM.toml."""

    title: str
    country: str
    currency: str
    year_starts: _MonthDay
    settings: dict[str, tuple[str, ...]]
    lines: dict[str, LineTable]
    income: IncomeTable
    assets: tuple[AssetTable, ...]
    categories: dict[str, str | PlacementTable]
    twins: TwinTable | None = None
    input_tax: InputTaxTable | None = None


class ValueTable(_Strict):
    """Values of a year that have one source."""

    source: str
    verified_on: date
    grade: Grade
    lines: dict[str, str] = {}
    limits: dict[str, str] = {}


class YearTable(_Strict):
    """FORM-YEAR.toml."""

    grade: Grade
    values: tuple[ValueTable, ...]


def form_years() -> list[tuple[str, str]]:
    """Return every form and year with data, sorted."""
    found = (_YEAR.match(file.name) for file in _FORMS.iterdir())
    return sorted((match["form"], match["year"]) for match in found if match)


def tax_form(name: str, year: str) -> TaxForm:
    """Return a form of a year. Raises NotFound for a form or year without data."""
    known = form_years()
    names = sorted({form for form, _ in known})
    if name not in names:
        raise NotFound(translated("There is no form '{name}'. There are: {names}.", name=name[:40], names=", ".join(names)))
    wanted, years = year.strip().replace("/", "-"), [each for form, each in known if form == name]
    if wanted not in years:
        text = to_translate("There is no checked data for {form} {year}. There is for {years}.")
        raise NotFound(translated(text, form=name, year=year[:20], years=", ".join(years)))
    return _load(name, wanted)


def newest_lines(name: str, text: str) -> list[FormLine]:
    """Return the lines with a number or key in the newest year that has one. Raises NotFound for an unknown form."""
    years = [year for form, year in form_years() if form == name] or [""]
    for year in reversed(years):
        if found := tax_form(name, year).lines_named(text):
            return found
    return []


@cache
def _load(name: str, year: str) -> TaxForm:
    """Read and check a form. Raises ValueError that names the file and what is wrong."""
    try:
        form = msgspec.toml.decode((_FORMS / f"{name}.toml").read_bytes(), type=FormTable)
        of_year = msgspec.toml.decode((_FORMS / f"{name}-{year}.toml").read_bytes(), type=YearTable)
        return _checked(_form(name, year, form, of_year))
    except (msgspec.DecodeError, KeyError, ValueError) as error:
        raise ValueError(f"The file of {name} {year} is wrong: {error}") from error


def _form(name: str, year: str, form: FormTable, of_year: YearTable) -> TaxForm:
    numbers = {key: (line, values.grade) for values in of_year.values for key, line in values.lines.items()}
    first = date.fromisoformat(f"{year[:4]}-{form.year_starts}")
    return TaxForm(
        name=name,
        year=year,
        title=form.title,
        country=form.country,
        currency=form.currency,
        first=first,
        last=first.replace(year=first.year + 1) - timedelta(days=1),
        grade=of_year.grade,
        lines=tuple(_form_line(key, about, numbers[key], form.twins) for key, about in form.lines.items() if key in numbers),
        settings=form.settings,
        categories={
            word: Placement(key=at) if isinstance(at, str) else Placement(key=at.key, cap=at.cap, cap_drops_all=at.cap_drops_all)
            for word, at in form.categories.items()
        },
        assets={asset.key: tuple(AssetStep(**msgspec.structs.asdict(step)) for step in asset.steps) for asset in form.assets},
        limits={limit: Money.of(amount, form.currency).minor for values in of_year.values for limit, amount in values.limits.items()},
        income_key=form.income.key,
        income_by_setting=form.income.by_setting,
        input_tax=_input_tax(form.input_tax),
        sources=tuple(ValueSource(text=each.source, verified_on=each.verified_on, grade=each.grade) for each in of_year.values),
    )


def _form_line(key: str, about: LineTable, number: tuple[str, Grade], twins: TwinTable | None) -> FormLine:
    line, grade = number
    twin = None
    if twins is not None and about.use is LineUse.EXPENSE:
        twin = FormLine(line=str(int(line) + twins.add), key=f"{key}{twins.suffix}", name=f"{twins.name}{about.name}", grade=grade)
    return FormLine(
        line=line,
        key=key,
        name=about.name,
        use=about.use,
        counts=about.counts,
        why=about.why,
        twin=twin,
        by_name=about.by_name,
        field=about.field,
        grade=grade,
    )


def _input_tax(table: InputTaxTable | None) -> InputTax | None:
    if table is None:
        return None
    rates = tuple(map(Decimal, table.rates))
    return InputTax(setting=table.setting, codes=table.codes, marketplaces=table.marketplaces, rates=rates, key=table.key, why=table.why)


def _checked(form: TaxForm) -> TaxForm:
    """Return the form if everything that it names exists. Raises ValueError."""
    wrong = [*_unknown_keys(form), *_unknown_settings(form), *_unknown_limits(form)]
    if wrong:
        raise ValueError("; ".join(wrong))
    return form


def _unknown_keys(form: TaxForm) -> Iterator[str]:
    keys = {line.key for line in form.lines}
    named = {placement.key for placement in form.categories.values()} | {form.income_key, *form.income_by_setting.values()}
    named |= set(form.assets) | {step.key for steps in form.assets.values() for step in steps}
    if form.input_tax and form.input_tax.key:
        named.add(form.input_tax.key)
    yield from (f"there is no line '{key}'" for key in sorted(named - keys))


def _unknown_settings(form: TaxForm) -> Iterator[str]:
    named = {step.setting for steps in form.assets.values() for step in steps if step.setting} | set(form.income_by_setting)
    if form.input_tax:
        named.add(form.input_tax.setting)
    known = {f"{name}={value}" for name, values in form.settings.items() for value in values}
    yield from (f"there is no setting '{setting}'" for setting in sorted(named - known))


def _unknown_limits(form: TaxForm) -> Iterator[str]:
    named = {step.limit for steps in form.assets.values() for step in steps if step.limit}
    named |= {placement.cap for placement in form.categories.values() if placement.cap}
    yield from (f"there is no limit '{limit}'" for limit in sorted(named - set(form.limits)))
