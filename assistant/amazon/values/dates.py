"""Reads printed days in the languages of Amazon's marketplaces. A missing year comes from the order's date; nothing is guessed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.amazon.values.months import MONTHS, month_key

_SLACK = timedelta(days=7)
"""A day without a year may be at most this long before the order (time zones, purchases entered late)."""

_FIRST_YEAR, _LAST_YEAR = 1995, 2199

_MONTH = rf"(?<![^\W\d_])(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![^\W\d_])"
_YEAR = r"\d{4}(?!\d)"
# Each with a character that the text must contain; otherwise the search is skipped.
_PATTERNS = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("-", rf"(?P<year>{_YEAR})-(?P<number>\d{{2}})-(?P<day>\d{{2}})(?!\d)"),
        ("月", rf"(?:(?P<year>{_YEAR})\s*年\s*)?(?P<number>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日"),
        ("/", rf"(?P<year>{_YEAR})/(?P<number>\d{{1,2}})/(?P<day>\d{{1,2}})(?!\d)"),
        (
            "",
            (
                rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|º|°)?(?:-|\s*(?:de\s+|of\s+)?)(?P<name>{_MONTH})\.?,?"
                rf"(?:(?:-|\s*(?:de\s+|del\s+|of\s+)?)(?P<year>{_YEAR}))?"
            ),
        ),
        ("", rf"(?P<name>{_MONTH})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d)(?:\s*,?\s*(?P<year>{_YEAR}))?"),
        (".", rf"(?<!\d)(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year>{_YEAR})"),
        ("/", rf"(?<!\d)(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>{_YEAR})"),
    )
)
_AND = r"(?:and|or|und|oder|et|ou|e|y|en|och|i|oraz|ve)\s+(?:el\s+|le\s+|il\s+|l')?"
_RANGE = re.compile(
    rf"\s*(?:(?:[-–—~〜]|to|bis|au|al|a|até|tot|till|do)\s*(?:{_MONTH}|\d{{1,2}}(?![\d:.,]*[\d%]))"
    rf"|{_AND}(?:{_MONTH}|\d{{1,2}}\.?\s*(?:de\s+)?{_MONTH}))"
)
_BEFORE_RANGE = re.compile(rf"(?<!\d)\d{{1,2}}\.?\s*(?:(?:[-–—]|to|bis|au|al|a)\s*|{_AND})\Z")
_DIGIT = re.compile(r"\d")
_LONGEST_BEFORE = max(map(len, MONTHS)) + 10
"""The maximum distance from the start of a day to its first digit: the longest month, a point and some spaces."""
_LONGEST = 300


def read_day(text: str, *, near: date | None = None) -> date | None:
    """Return the first day in a text. None for no day, for a range, and for a day without a year if `near` is None.

    `near` is the order's date: a day without a year is the first such day from then on.
    """
    plain = month_key(text[:_LONGEST])
    found = min(_matches(plain), key=lambda match: match.start(), default=None)
    if found is None or _RANGE.match(plain, found.end()) or _BEFORE_RANGE.search(plain, 0, found.start()):
        return None
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    day_month = _day_month(parts)
    if day_month is None:
        return None
    return _calendar_day(year, *day_month) if year is not None else _placed(*day_month, near)


def _matches(plain: str) -> Iterator[re.Match[str]]:
    digit = _DIGIT.search(plain)
    if digit is None:
        return
    start = max(0, digit.start() - _LONGEST_BEFORE)
    for sign, pattern in _PATTERNS:
        match = pattern.search(plain, start) if sign in plain else None
        if match is not None:
            yield match


def _day_month(parts: dict[str, str | None]) -> tuple[int, int] | None:
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        months = 12
        # 03/04/2024 is March on one marketplace and April on another. Only a day above 12 decides.
        if first > months >= second:
            return first, second
        if second > months >= first or first == second:
            return second, first
        return None
    day = int(parts["day"] or 0)
    return day, int(parts["number"] or 0) if parts.get("number") else MONTHS[parts["name"] or ""]


def _calendar_day(year: int, day: int, month: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _placed(day: int, month: int, near: date | None) -> date | None:
    if near is None:
        return None
    candidates = (_calendar_day(near.year + offset, day, month) for offset in (0, 1))
    return next((found for found in candidates if found is not None and found >= near - _SLACK), None)
