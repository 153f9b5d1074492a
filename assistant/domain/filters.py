"""What part of the ledger is meant: the same filter for screens, command line and HTTP."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from assistant.domain.errors import InvalidInput

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{1,2})))?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which orders are meant. All parts must hold; `words` are looked for in titles, order id, seller, recipient.

    `since` and `until` are civil dates, both included. `above` and `below` are major units, currency left open.
    """

    accounts: tuple[str, ...] = ()
    purpose: str | None = None
    category: str | None = None
    status: str | None = None
    currency: str | None = None
    since: date | None = None
    until: date | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    words: tuple[str, ...] = ()


def period(text: str) -> tuple[date, date]:
    """Return first and last day of "2025", "2025-03" or "2025-Q1". Raises InvalidInput."""
    match = _PERIOD.match(text)
    try:
        if match is None:
            raise ValueError(text)
        year, quarter, month = int(match[1]), match[2], match[3]
        first, months = (int(quarter) * 3 - 2, 3) if quarter else (int(month), 1) if month else (1, 12)
        last = first + months - 1
        start, after = date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
    except ValueError as error:
        raise InvalidInput(f"'{text[:40]}' is not a period. Write 2025, 2025-03 or 2025-Q1.") from error
    return start, after - timedelta(days=1)


def parse_filter(text: str) -> Filter:
    """Read `account:biz cat:office purpose:business status:delivered cur:EUR >50 <100 date:2025-Q1 "desk lamp" toner`.

    Raises InvalidInput with the word that is not understood.
    """
    found = Filter()
    for match in _TERM.finditer(text):
        word = match[2]
        if word is None:
            found = replace(found, words=(*found.words, match[1]))
        else:
            found = _with_term(found, word)
    return found


def _with_term(found: Filter, word: str) -> Filter:
    key, colon, value = word.partition(":")
    names = {"cat": "category", "category": "category", "purpose": "purpose", "status": "status"}
    if word[0] in "<>":
        try:
            limit = Decimal(word[1:])
        except InvalidOperation as error:
            raise InvalidInput(f"'{word[:40]}' needs a number, like >50.") from error
        return replace(found, above=limit) if word[0] == ">" else replace(found, below=limit)
    if colon and value and key == "account":
        return replace(found, accounts=(*found.accounts, value))
    if colon and value and key in names:
        return replace(found, **{names[key]: value})
    if colon and value and key in ("cur", "currency"):
        return replace(found, currency=value.upper())
    if colon and value and key == "date":
        since, until = period(value)
        return replace(found, since=since, until=until)
    return replace(found, words=(*found.words, word))
