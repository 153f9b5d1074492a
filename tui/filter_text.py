"""Changes to the text of a filter that keys make: another account, another period."""

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.domain.errors import InvalidInput
from assistant.domain.filter_language import OR, days_of, quoted, words_of
from assistant.domain.languages.formats import month_text
from assistant.domain.languages.translating import translated

ALL_DAYS = "all"
"""The value of `date:` for every day, on screens that show one year by default."""


def value_of(text: str, key: str) -> str:
    """Return the value of a key in a filter, "" if it is not there."""
    return next((word.partition(":")[2].strip('"') for word in words_of(text) if word.startswith(f"{key}:")), "")


def with_value(text: str, key: str, value: str) -> str:
    """Return a filter with this value of a key instead of its own, in each of its alternatives; "" removes it."""
    groups: list[list[str]] = [[]]
    for word in words_of(text):
        if word == OR:
            groups.append([])
        elif not word.startswith(f"{key}:"):
            groups[-1].append(word)
    added = [f"{key}:{quoted(value)}"] if value else []
    return f" {OR} ".join(" ".join([*added, *group]) for group in groups if group or added)


def with_words(text: str, words: Sequence[str]) -> str:
    """Return a filter with these words at the end of each of its alternatives."""
    groups: list[list[str]] = [[]]
    for word in words_of(text):
        if word == OR:
            groups.append([])
        else:
            groups[-1].append(word)
    return f" {OR} ".join(" ".join([*group, *words]) for group in groups)


def turned(text: str, accounts: Sequence[str], by: int) -> str:
    """Return a filter for the next or the previous account; after the last one for all accounts."""
    keys = ["", *accounts]
    now = value_of(text, "account")
    return with_value(text, "account", keys[((keys.index(now) if now in keys else 0) + by) % len(keys)])


def other_length(period: str, today: date) -> str:
    """Return a period of the next length around the same days: year, quarter, month, all, year."""
    if period == ALL_DAYS:
        return str(today.year)
    day = _a_day_in(period, today)
    return {12: _period_text(day, 3), 3: _period_text(day, 1)}.get(_months(period), ALL_DAYS)


def moved(period: str, by: int) -> str:
    """Return the period of the same length before or after; a range of days moves by its own length.

    A period that has no first or last day, or none before or after it in the calendar, stays.
    """
    try:
        first, last = days_of(period)
        if first is None or last is None:
            return period
        months = _months(period)
        if months:
            year, month = divmod(first.year * 12 + first.month - 1 + months * by, 12)
            return _period_text(date(year, month + 1, 1), months)
        step = timedelta(days=((last - first).days + 1) * by)
        return f"{first + step}..{last + step}"
    except (InvalidInput, ValueError, OverflowError):
        return period


def now_like(period: str, today: date) -> str:
    """Return the period of the same length that contains today."""
    return _period_text(today, _months(period) or 12)


def shown_period(period: str) -> str:
    """Return a period in words: "2026", "Q1 2026", "Nov 2026", "all days"."""
    if period == ALL_DAYS:
        return translated("all days")
    months = _months(period)
    if months == 3:  # noqa: PLR2004  # a quarter
        return translated("Q{quarter} {year}", quarter=period[-1], year=period[:4])
    return month_text(int(period[:4]), int(period[5:])) if months == 1 else period


def _months(period: str) -> int:
    """Return how many months a period has: 12, 3 or 1; 0 for other days."""
    if ".." in period or len(period) not in (len("2026"), len("2026-11")):
        return 0
    try:
        days_of(period)
    except InvalidInput:
        return 0
    return 12 if len(period) == len("2026") else 3 if "Q" in period.upper() else 1


def _period_text(day: date, months: int) -> str:
    """Return the period of this many months that contains a day."""
    if months == 12:  # noqa: PLR2004  # a year
        return str(day.year)
    return f"{day.year}-Q{(day.month + 2) // 3}" if months == 3 else f"{day:%Y-%m}"  # noqa: PLR2004  # a quarter


def _a_day_in(period: str, today: date) -> date:
    """Return today if a period contains it, else the period's last day."""
    try:
        first, last = days_of(period)
    except InvalidInput:
        return today
    if (first is None or first <= today) and (last is None or today <= last):
        return today
    return last or first or today
