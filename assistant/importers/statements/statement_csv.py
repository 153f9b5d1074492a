"""Reads CSV statements. Every bank has other columns, so a profile names them: by their headings, or once by the user."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal

from assistant.domain.books.statements.statement_lines import StatementLine
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.money import NO_CURRENCY, Money
from assistant.domain.text import clean_text
from assistant.importers.files.sheets import MOST_CELL, column_key
from assistant.importers.statements.read_statement import (
    ColumnProfile,
    ReadStatement,
    UnknownColumns,
    UnknownCurrency,
    day_in,
    number_in,
    slashed_order,
)

csv.field_size_limit(MOST_CELL)
# The booking day comes before the day of the purchase: it is what other formats of the same bank have.
_HEADINGS = {
    "date": "posted date,posting date,post date,date posted,buchungstag,buchungsdatum,buchung,booking date,completed date,date,datum,"
    "transaction date,trans date,trans. date,valuta,wertstellung,fecha,data,date operation,date de comptabilisation,processed on",
    "amount": "amount,betrag,umsatz,amount (usd),amount (eur),amount (gbp),betrag (eur),betrag (€),montant,importe,importo,bedrag,valor,"
    "transaction amount,billing amount,belopp,kwota",
    "debit": "debit,soll,withdrawal,withdrawals,paid out,money out,debit amount,ausgang,debito,cargo,lastschrift",
    "credit": "credit,haben,deposit,deposits,paid in,money in,credit amount,eingang,credito,abono,gutschrift",
    "text": "description,payee,merchant,merchant name,name,memo,details,transaction details,narrative,reference text,beguenstigter/"
    "zahlungspflichtiger,begünstigter/zahlungspflichtiger,auftraggeber/empfänger,auftraggeber / begünstigter,zahlungsempfänger,empfänger,"
    "empfaenger,verwendungszweck,buchungstext,beschreibung,umsatztext,libelle,libellé,concepto,descrizione,omschrijving,"
    "appears on your statement as,extended details,zahlungsempfänger*in,description 1",
    "reference": "reference,transaction id,reference number,fitid,referenz,transaktionsnummer,id,transaction reference",
    "currency_column": "currency,währung,waehrung,devise,moneda,valuta code,currency code,waehrung des betrags",
    "original_amount": "foreign amount,original amount,foreign spend amount,betrag in fremdwährung,originalbetrag,"
    "amount in foreign currency,local amount,transaction currency amount,fremdwährungsbetrag",
    "original_currency": "foreign currency,original currency,fremdwährung,originalwährung,local currency,transaction currency",
    "card": "card no.,card number,card no,last 4 digits,kartennummer,card,karte,account number,last 4 card digits",
}
_MOST_PREAMBLE = 30
_LAST = 4


def read_csv(name: str, text: str, wanted: ColumnProfile, known: Mapping[str, ColumnProfile]) -> ReadStatement:
    """Return the lines of a CSV file. What `wanted` names wins over the profile that is known for this header, then over headings.

    Raises UnknownColumns for a column that nobody named, InvalidInput for a row that cannot be read.
    """
    rows = _rows(text)
    start, header = _header(name, rows)
    key = "|".join(column_key(cell) for cell in header) if start >= 0 else f"{len(rows[0])} columns without headings"
    profile = _merged(known.get(key, ColumnProfile()), wanted)
    profile = _found(profile, header)
    places = {column_key(cell): place for place, cell in reversed(list(enumerate(header)))}
    _check(name, profile, header, places)
    body = [(number, row) for number, row in enumerate(rows[start + 1 :], start + 2) if sum(map(bool, row)) > 1]
    table = _Table(name, places, profile)
    lines = table.lines(body)
    return ReadStatement(lines=tuple(lines), last4=table.last4(body), header=key, profile=table.profile)


def _rows(text: str) -> list[list[str]]:
    head = "\n".join(line for line in text[:8000].splitlines() if not line.startswith("sep="))
    separator = max(",;\t|", key=head.count)
    lines = (line for line in io.StringIO(text, newline="") if not line.startswith("sep="))
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator) if any(row)]
    except csv.Error as error:
        raise InvalidInput(translated("The file is no CSV that can be read: {error}.", error=error)) from error


def _header(name: str, rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Return the place of the headings and them; place -1 and numbers from 1 for a file without headings."""
    if not rows:
        raise InvalidInput(translated("'{name}' is empty.", name=name[:60]))
    known = {column_key(word) for words in _HEADINGS.values() for word in words.split(",")}
    scored = [(sum(column_key(cell) in known for cell in row), -at) for at, row in enumerate(rows[:_MOST_PREAMBLE])]
    hits, place = max(scored)
    if hits:
        return -place, list(rows[-place])
    if any(any(sign.isdigit() for sign in cell) for cell in rows[0]):
        return -1, [str(number) for number in range(1, len(rows[0]) + 1)]
    return 0, list(rows[0])


def _merged(known: ColumnProfile, wanted: ColumnProfile) -> ColumnProfile:
    given = {entry.name: value for entry in fields(wanted) if (value := getattr(wanted, entry.name))}
    if given.keys() & {"debit", "credit"}:
        known = replace(known, amount="")
    return replace(known, **given)


def _found(profile: ColumnProfile, header: Sequence[str]) -> ColumnProfile:
    """Return the profile with columns known by their headings where none is named."""
    by_key: dict[str, str] = {}
    for cell in header:
        by_key.setdefault(column_key(cell), cell)
    found: dict[str, object] = {}
    for part, words in _HEADINGS.items():
        if getattr(profile, part):
            continue
        here = [by_key[column_key(word)] for word in words.split(",") if column_key(word) in by_key]
        if here:
            found[part] = tuple(here) if part == "text" else here[0]
    if profile.debit or profile.credit or (("debit" in found or "credit" in found) and "amount" not in found and not profile.amount):
        found.pop("amount", None)
    else:
        found = {part: value for part, value in found.items() if part not in {"debit", "credit"}}
    return replace(profile, **found)  # type: ignore[arg-type]  # each part has the type of its field


def _check(name: str, profile: ColumnProfile, header: Sequence[str], places: Mapping[str, int]) -> None:
    for part, value in (("date", profile.date), ("amount", profile.amount or profile.debit or profile.credit), ("text", profile.text)):
        if not value:
            raise UnknownColumns.of(name, header, part)
    named = (profile.date, profile.amount, profile.debit, profile.credit, *profile.text, profile.reference, profile.card)
    absent = next((column for column in named if column and column_key(column) not in places), None)
    if absent is not None:
        raise InvalidInput(
            translated(
                "'{name}' has no column '{absent}'. Its columns: {columns}.",
                name=name[:60],
                absent=absent[:40],
                columns=", ".join(header)[:400],
            )
        )


class _Table:
    """The rows of a file with a profile; the profile's open questions are answered from the rows."""

    def __init__(self, name: str, places: Mapping[str, int], profile: ColumnProfile) -> None:
        self._name, self._places, self.profile = name, places, profile

    def _cell(self, row: Sequence[str], column: str) -> str:
        place = self._places.get(column_key(column), len(row)) if column else len(row)
        return row[place] if place < len(row) else ""

    def last4(self, body: Sequence[tuple[int, Sequence[str]]]) -> str | None:
        """Return the last digits of the card that every row names. Raises InvalidInput for rows of several cards."""
        digits = {"".join(sign for sign in self._cell(row, self.profile.card) if sign.isdigit())[-_LAST:] for _, row in body}
        found = {entry for entry in digits if len(entry) == _LAST}
        if len(found) > 1:
            cards = ", ".join(sorted(found))
            raise InvalidInput(
                translated("'{name}' has lines of several cards ({cards}). Download one file per card.", name=self._name[:60], cards=cards)
            )
        return found.pop() if found else None

    def lines(self, body: Sequence[tuple[int, Sequence[str]]]) -> list[StatementLine]:
        """Return the lines, money that left the card negative."""
        profile = self.profile
        currencies = {self._currency(row) for _, row in body}
        if NO_CURRENCY in currencies:
            raise UnknownCurrency.of(self._name)
        unit = currencies.pop() if len(currencies) == 1 else None
        order = slashed_order((self._cell(row, profile.date) for _, row in body), unit, profile.day_order)
        found = list(self._read(body, order))
        if not profile.charges and profile.amount:
            bought = [number for line, number in found if line.is_amazon] or [number for _, number in found]
            positive = sum(number > 0 for number in bought) * 2 > len(bought)
            profile = self.profile = replace(profile, charges="positive" if positive else "negative")
        turned = profile.amount and profile.charges == "positive"
        return [
            replace(line, amount=-line.amount, original=-line.original if line.original else None) if turned else line for line, _ in found
        ]

    def _read(self, body: Sequence[tuple[int, Sequence[str]]], order: object) -> Iterator[tuple[StatementLine, Decimal]]:
        for number, row in body:
            where = f"Row {number} of '{self._name[:60]}'"
            unit = self._currency(row)
            amount = self._amount(row, unit, where)
            words = " ".join(dict.fromkeys(filter(None, (clean_text(self._cell(row, column)) for column in self.profile.text))))
            line = StatementLine(
                on=day_in(self._cell(row, self.profile.date), order, where),  # type: ignore[arg-type]  # a DayOrder
                amount=Money.of(amount, unit),
                text=words,
                reference=clean_text(self._cell(row, self.profile.reference)) or None,
                original=self._original(row, amount, unit, where),
            )
            yield line, amount

    def _currency(self, row: Sequence[str]) -> str:
        stated = self._cell(row, self.profile.currency_column).upper()
        if len(stated) == len(NO_CURRENCY) and stated.isalpha():
            return stated
        heading = f"{self.profile.amount} {self.profile.debit}".upper()
        signs = {"USD": "USD", "EUR": "EUR", "€": "EUR", "GBP": "GBP", "£": "GBP", "CAD": "CAD", "JPY": "JPY"}
        return self.profile.currency or next((unit for sign, unit in signs.items() if sign in heading), NO_CURRENCY)

    def _amount(self, row: Sequence[str], unit: str, where: str) -> Decimal:
        if self.profile.amount:
            return number_in(self._cell(row, self.profile.amount), unit, where)
        out, back = self._cell(row, self.profile.debit), self._cell(row, self.profile.credit)
        if not out and not back:
            raise InvalidInput(translated("{where} has no amount.", where=where))
        return (abs(number_in(back, unit, where)) if back else Decimal(0)) - (abs(number_in(out, unit, where)) if out else Decimal(0))

    def _original(self, row: Sequence[str], amount: Decimal, unit: str, where: str) -> Money | None:
        cell, stated = self._cell(row, self.profile.original_amount), self._cell(row, self.profile.original_currency).upper()
        if not cell:
            return None
        parts = cell.split()
        if not stated and len(parts) == 2 and max(parts, key=str.isalpha).isalpha():  # noqa: PLR2004  # "19.99 USD"
            stated = max(parts, key=str.isalpha).upper()
            cell = min(parts, key=str.isalpha)
        if len(stated) != len(NO_CURRENCY) or stated == unit:
            return None
        size = abs(number_in(cell, stated, where))
        return Money.of(size if amount > 0 else -size, stated)
