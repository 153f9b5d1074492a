"""Read the sums of business expenses from every format, by currency."""

import csv
import io
import re
from collections import Counter
from decimal import Decimal

import openpyxl

from assistant.domain.money import Money

_POSTING = re.compile(r"^\s+Expenses:Business:.*?\s{2,}(-?[\d.]+) ([A-Z]{3})", re.MULTILINE)


def business_sums(entries):
    """Return the business part of entries by currency, without zero sums."""
    sums = Counter()
    for each in entries:
        sums[each.currency] += Decimal(Money(each.share_for("business"), each.currency).decimal)
    return _nonzero(sums)


def sums_in(name, content):
    """Return the sums in a file; a file without a currency is in EUR."""
    return _nonzero(_READERS[name](content))


def _nonzero(sums):
    return {unit: amount for unit, amount in sums.items() if amount}


def _table(amount, unit=None, *, sign=1, header=None):
    def read(content):
        sums = Counter()
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), fieldnames=header):
            if row[amount]:
                sums[row[unit] if unit else "EUR"] += sign * Decimal(row[amount])
        return sums

    return read


def _journal(content):
    sums = Counter()
    for amount, unit in _POSTING.findall(content.decode()):
        sums[unit] += Decimal(amount)
    return sums


def _ofx(content):
    sums = Counter()
    for unit, statement in re.findall(r"<CURDEF>(...)(.*?)</BANKTRANLIST>", content.decode("cp1252"), re.DOTALL):
        sums[unit] -= sum(map(Decimal, re.findall(r"<TRNAMT>(-?[\d.]+)", statement)))
    return sums


def _qif(content):
    return Counter({"EUR": -sum(map(Decimal, re.findall(r"^T(-?[\d.]+)", content.decode().replace("\r", ""), re.MULTILINE)))})


def _iif(content):
    rows = [line.split("\t") for line in content.decode("cp1252").splitlines()]
    assert sum(Decimal(row[6]) for row in rows if row[0] in ("TRNS", "SPL")) == 0
    return Counter({"EUR": sum(Decimal(row[6]) for row in rows if row[0] == "SPL")})


def _datev(content):
    sums = Counter()
    for row in csv.reader(io.StringIO("\n".join(content.decode("cp1252").split("\r\n")[2:])), delimiter=";"):
        sums["EUR"] += Decimal(row[0].replace(",", ".")) * (1 if row[1] == "S" else -1)
    return sums


def _txf(content):
    return Counter({"USD": -sum(map(Decimal, re.findall(r"^\$(-?[\d.]+)", content.decode().replace("\r", ""), re.MULTILINE)))})


def _gnucash(content):
    sums = Counter()
    for row in csv.DictReader(io.StringIO(content.decode())):
        if row["Full Account Name"].startswith("Expenses:Business:"):
            sums[row["Commodity/Currency"].removeprefix("CURRENCY::")] += Decimal(row["Value Num."])
    return sums


def _ynab(content):
    sums = Counter()
    for row in csv.DictReader(io.StringIO(content.decode())):
        sums["EUR"] += Decimal(row["Outflow"] or 0) - Decimal(row["Inflow"] or 0)
    return sums


def _workbook(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Entries"]
    rows = sheet.iter_rows(values_only=True)
    header = next(rows)
    sums = Counter()
    for row in rows:
        sums[row[header.index("Currency")]] += Decimal(str(row[header.index("Cost")]))
    return sums


_READERS = {
    "accountant-csv": _table("deductible", "currency"),
    "xlsx": _workbook,
    "hledger": _journal,
    "beancount": _journal,
    "ofx": _ofx,
    "qfx": _ofx,
    "qbo": _ofx,
    "qif": _qif,
    "gnucash": _gnucash,
    "quickbooks-csv": _table("Amount", sign=-1),
    "iif": _iif,
    "xero-bank": _table("*Amount", sign=-1),
    "xero-precoded": _table("*Amount", sign=-1),
    "xero-bills": _table("*UnitAmount", "Currency"),
    "freeagent": _table("amount", sign=-1, header=("day", "amount", "description")),
    "datev": _datev,
    "txf": _txf,
    "ynab": _ynab,
    "monarch": _table("Amount", sign=-1),
    "actual": _table("Amount", sign=-1),
}
