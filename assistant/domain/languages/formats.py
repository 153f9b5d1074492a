"""Numbers, amounts and days as they are written in each language, short enough for a column of a list. For people only: data keeps ISO."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.domain.languages.language import DEFAULT, current_language

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DECIMAL, _DAY = re.compile(r"-?\d+(\.\d+)?"), re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFormat:
    """How a language writes numbers and days. The patterns know {weekday}, {day}, {month} (a number), {name} (of the month) and {year}."""

    group: str
    """What separates thousands."""
    decimal: str
    sign_last: bool
    """Whether the currency stands after the number: "5,00 €"."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    this_year: str
    other_year: str
    full_day: str
    """A day in a column: English tables write it as data does."""
    month: str = "{name} {year}"
    day_width: int = 10
    """How many cells a day of this year or of another one needs at most."""


FORMATS: Mapping[str, LocalFormat] = {
    "en": LocalFormat(
        group=",",
        decimal=".",
        sign_last=False,
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        months=_ENGLISH_MONTHS,
        this_year="{weekday} {day} {name}",
        other_year="{day} {name} {year}",
        full_day="{year}-{month:02}-{day:02}",
        day_width=11,
    ),
    "de": LocalFormat(
        group=".",
        decimal=",",
        sign_last=True,
        weekdays=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        months=("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
        this_year="{weekday} {day}.{month}.",
        other_year="{day}.{month}.{year}",
        full_day="{day:02}.{month:02}.{year}",
    ),
    "es": LocalFormat(
        group=".",
        decimal=",",
        sign_last=True,
        weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
        this_year="{weekday} {day}/{month}",
        other_year="{day}/{month}/{year}",
        full_day="{day:02}/{month:02}/{year}",
    ),
    "fr": LocalFormat(
        group="\u202f",
        decimal=",",
        sign_last=True,
        weekdays=("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
        months=("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
        this_year="{weekday} {day}/{month}",
        other_year="{day}/{month}/{year}",
        full_day="{day:02}/{month:02}/{year}",
    ),
    "it": LocalFormat(
        group=".",
        decimal=",",
        sign_last=True,
        weekdays=("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
        months=("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
        this_year="{weekday} {day}/{month}",
        other_year="{day}/{month}/{year}",
        full_day="{day:02}/{month:02}/{year}",
    ),
    "ja": LocalFormat(
        group=",",
        decimal=".",
        sign_last=False,
        weekdays=("月", "火", "水", "木", "金", "土", "日"),
        months=tuple(f"{month}月" for month in range(1, 13)),
        this_year="{month}/{day}({weekday})",
        other_year="{year}/{month}/{day}",
        full_day="{year}/{month:02}/{day:02}",
        month="{year}年{name}",
    ),
}


def current_format() -> LocalFormat:
    """Return the format of the current language."""
    return FORMATS[current_language()]


def number(count: int) -> str:
    """Return a whole number: "12,345", "12.345"."""
    return f"{count:,}".replace(",", current_format().group)


def amount_text(decimal: str, sign: str) -> str:
    """Return an amount with its currency: "-1234.5" and "€" give "−€1,234.5" or "−1.234,5 €". A currency code gets a space."""
    form = current_format()
    whole, point, rest = decimal.removeprefix("-").partition(".")
    written = f"{number(int(whole))}{form.decimal if point else ''}{rest}"
    return f"{'−' if decimal.startswith('-') else ''}{with_sign(written, sign)}"


def with_sign(written: str, sign: str) -> str:
    """Return a number with the sign or code of its currency, where the language puts it."""
    if current_format().sign_last:
        return f"{written} {sign}"
    return f"{sign} {written}" if len(sign) > 2 and sign.isalpha() else f"{sign}{written}"  # noqa: PLR2004  # a code like CHF, no sign


def day_text(day: date, today: date) -> str:
    """Return a day of this year with its weekday, another with its year: "Tue 25 Nov" and "25 Nov 2024", "Di 25.11." and "25.11.2024"."""
    form = current_format()
    return (form.this_year if day.year == today.year else form.other_year).format(
        weekday=form.weekdays[day.weekday()], day=day.day, month=day.month, name=form.months[day.month - 1], year=day.year
    )


def full_day(day: date) -> str:
    """Return a day with its year, ten cells wide: "2026-11-05", "05.11.2026", "05/11/2026", "2026/11/05"."""
    return current_format().full_day.format(day=day.day, month=day.month, year=day.year)


def decimal_text(decimal: str) -> str:
    """Return a decimal number for a column: "-1234.50" in English, as data has it; "-1.234,50" in German."""
    form = current_format()
    if form is FORMATS[DEFAULT]:
        return decimal
    whole, point, rest = decimal.removeprefix("-").partition(".")
    return f"{'-' if decimal.startswith('-') else ''}{number(int(whole))}{form.decimal if point else ''}{rest}"


def shown_value(value: str) -> str:
    """Return a value of the data as the language writes it: "19.49 USD" as "19,49 USD", "2025-03-02" as "02.03.2025"; others unchanged."""
    number_of, _, currency = value.rpartition(" ")
    if _DECIMAL.fullmatch(number_of) and currency.isalpha():
        return f"{decimal_text(number_of)} {currency}"
    return full_day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


def month_text(year: int, month: int) -> str:
    """Return a month of a year: "Nov 2026", "2026年11月"."""
    form = current_format()
    return form.month.format(name=form.months[month - 1], year=year)
