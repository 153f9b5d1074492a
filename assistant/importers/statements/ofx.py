"""Reads OFX and QFX: version 1 is SGML without closing tags, version 2 is XML. Both have the same tags."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from html import unescape

from assistant.domain.books.statements.statement_lines import StatementLine
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.text import clean_text
from assistant.importers.statements.read_statement import ReadStatement

_TAG = re.compile(r"<(/?)([A-Z0-9.]+)>([^<]*)")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_LAST = 4


def is_ofx(text: str) -> bool:
    """Return whether a text is OFX: its header, or its root tag."""
    head = text[:2000].upper()
    return "OFXHEADER" in head or "<OFX>" in head


def read_ofx(name: str, text: str) -> ReadStatement:
    """Return the lines of a file with one card or account. Raises InvalidInput for several, for bad days and amounts."""
    found = list(_statements(text))
    if len({account for account, _ in found}) > 1:
        raise InvalidInput(translated("'{name}' holds statements of several accounts. Download one file per card.", name=name))
    lines = [line for _, statement in found for line in statement.lines]
    spans = [day for _, statement in found for day in (statement.since, statement.until) if day]
    last4 = next((account for account, _ in found), None)
    return ReadStatement(lines=tuple(lines), last4=last4, since=min(spans, default=None), until=max(spans, default=None))


def _statements(text: str) -> Iterator[tuple[str | None, ReadStatement]]:
    """Yield each statement with the last digits of its account."""
    fields: dict[str, str] = {}
    currency, account, lines = "", None, []
    days: dict[str, date] = {}
    inside = None
    for closing, tag, raw in _TAG.findall(text.upper() if "<ofx>" in text[:4000] else text):
        value = clean_text(unescape(raw))
        if tag == "STMTTRN":
            if closing:
                lines.append(_statement_line(fields, currency))
            fields, inside = {}, None if closing else "line"
        elif closing and tag in {"STMTRS", "CCSTMTRS"}:
            yield account, ReadStatement(lines=tuple(lines), since=days.get("DTSTART"), until=days.get("DTEND"))
            account, lines, days = None, [], {}
        elif closing:
            continue
        elif inside:
            fields.setdefault(tag, value)
        elif tag == "CURDEF":
            currency = value
        elif tag == "ACCTID":
            account = "".join(sign for sign in value if sign.isdigit())[-_LAST:] or None
        elif tag in {"DTSTART", "DTEND"}:
            days[tag] = _printed_day(value)


def _statement_line(fields: dict[str, str], currency: str) -> StatementLine:
    try:
        number = Decimal(fields.get("TRNAMT", "").replace(",", "."))
    except InvalidOperation as error:
        raise InvalidInput(
            translated("A line of the statement has no amount: '{amount}'. Download the file again.", amount=fields.get("TRNAMT", "")[:40])
        ) from error
    if not _CURRENCY.match(currency):
        raise InvalidInput(translated("The statement does not name its currency (CURDEF). Download the file again."))
    words = " ".join(dict.fromkeys(filter(None, (fields.get("NAME"), fields.get("PAYEE"), fields.get("MEMO")))))
    return StatementLine(
        on=_printed_day(fields.get("DTPOSTED", "")),
        amount=Money.of(number, currency),
        text=words,
        reference=fields.get("FITID") or None,
        original=_original(fields, number, currency),
    )


def _original(fields: dict[str, str], number: Decimal, currency: str) -> Money | None:
    """Return the amount in the currency of the purchase: CURRATE is the price of one of its units, ORIGCURRENCY names it."""
    unit, rate = fields.get("CURSYM"), fields.get("CURRATE")
    if "ORIGCURRENCY" not in fields or not unit or not rate or unit == currency or not _CURRENCY.match(unit):
        return None
    try:
        return Money.of(number / Decimal(rate), unit)
    except (InvalidOperation, ZeroDivisionError):
        return None


def _printed_day(value: str) -> date:
    """Return the day of "20250302120000[-5:EST]", as the bank prints it."""
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError as error:
        raise InvalidInput(
            translated("A line of the statement has no day: '{value}'. Download the file again.", value=value[:40])
        ) from error
