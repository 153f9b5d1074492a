"""Reads QIF: one letter per field, "^" ends a line of the statement."""

import re
from collections.abc import Iterator

from assistant.domain.books.statements.statement_lines import StatementLine
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from assistant.domain.text import clean_text
from assistant.importers.statements.read_statement import ReadStatement, UnknownCurrency, day_in, number_in, slashed_order

_APOSTROPHE = re.compile(r"(\d{1,2})/ ?(\d{1,2})' ?(\d{2,4})")
_MONEY_TYPES = ("bank", "ccard", "cash", "oth a", "oth l")


def is_qif(text: str) -> bool:
    """Return whether a text is QIF."""
    return text.lstrip("\ufeff \r\n").upper().startswith(("!TYPE:", "!ACCOUNT", "!OPTION", "!CLEAR"))


def read_qif(name: str, text: str, *, currency: str, days: str) -> ReadStatement:
    """Return the lines. QIF names no currency, so one must be given. Raises InvalidInput for a line that cannot be read."""
    if not currency:
        raise UnknownCurrency.of(
            name, to_translate("'{name}' is QIF, which names no currency. Name the currency, like EUR (--currency in the command).")
        )
    records = list(_records(text))
    order = slashed_order((record.get("D", "") for record in records), currency, days)
    lines = []
    for place, record in enumerate(records, 1):
        where = translated("Line {line} of '{name}'", line=place, name=name[:60])
        words = " ".join(dict.fromkeys(filter(None, (record.get("P"), record.get("M")))))
        number = number_in(record.get("T") or record.get("U", ""), currency, where)
        lines.append(StatementLine(on=day_in(record.get("D", ""), order, where), amount=Money.of(number, currency), text=words))
    return ReadStatement(lines=tuple(lines))


def _records(text: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each line of a bank's or card's part; splits, categories and securities are left out."""
    inside = False
    record: dict[str, str] = {}
    for raw in text.splitlines():
        line = raw.strip("\ufeff").strip()
        if line.startswith("!"):
            kind, _, value = line[1:].partition(":")
            inside, record = kind.lower() == "type" and value.strip().lower() in _MONEY_TYPES, {}
        elif line == "^":
            if inside and "D" in record:
                yield record
            record = {}
        elif line and inside:
            record.setdefault(line[0].upper(), _APOSTROPHE.sub(r"\1/\2/\3", clean_text(line[1:])))
