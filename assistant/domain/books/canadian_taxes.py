"""Canadian taxes: which of GST, HST, PST and QST a sum is, by the province that the goods were sent to, else by the rate.

Rates: federal and provincial laws as of 2026-01; Nova Scotia lowered its HST from 15 % to 14 % on 2025-04-01.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.domain.books.entries import Certainty, TaxShare
from assistant.domain.books.sharing import share_out

_GST = Decimal("0.05")
_HST = (Decimal("0.13"), Decimal("0.15"), Decimal("0.14"))
_QST = Decimal("0.09975")
_PST = (Decimal("0.07"), Decimal("0.06"), Decimal("0.08"))
_HARMONIZED = frozenset({"ON", "NB", "NL", "NS", "PE"})
_PROVINCIAL = {
    "QC": (("qst", _QST),),
    "BC": (("pst", _PST[0]),),
    "MB": (("pst", _PST[0]), ("pst", _PST[2])),
    "SK": (("pst", _PST[1]),),
}
_ANYWHERE = (("qst", _QST), *(("pst", rate) for rate in _PST))
_BY_POSTCODE = {
    **dict.fromkeys("GHJ", "QC"),
    **dict.fromkeys("KLMNP", "ON"),
    "A": "NL",
    "B": "NS",
    "C": "PE",
    "E": "NB",
    "R": "MB",
    "S": "SK",
    "T": "AB",
    "V": "BC",
    "X": "NT",
    "Y": "YT",
}
_POSTCODE = re.compile(r"\b([A-Z])\d[A-Z][ -]?\d[A-Z]\d\b")
_PROVINCE = re.compile(r"\b(AB|BC|MB|NB|NL|NS|NT|NU|ON|PE|QC|SK|YT)\b")


@lru_cache(maxsize=1024)
def province_of(address: str | None) -> str | None:
    """Return the province of an address by its postcode, else by its abbreviation, such as "QC"."""
    upper = (address or "").upper()
    postcodes = _POSTCODE.findall(upper)
    if postcodes and postcodes[-1] in _BY_POSTCODE:
        return _BY_POSTCODE[postcodes[-1]]
    named = _PROVINCE.findall(upper)
    return named[-1] if named else None


def canadian_taxes(
    base: int, amount: int, certainty: Certainty, kinds: Sequence[tuple[str, int]], province: str | None
) -> Iterator[TaxShare]:
    """Yield the taxes of an entry. `kinds` are those that the order prints by name; without them the province and the rate decide."""
    if not kinds:
        kinds = _by_rate(base, amount, province)
        certainty = certainty.at_most(Certainty.DERIVED)
    for (name, _), part in zip(kinds, share_out(amount, [minor for _, minor in kinds]), strict=True):
        if part:
            code, rate = _named(name, base, part, province)
            yield TaxShare(code=code, rate=rate, base=base, amount=part, certainty=certainty)


def _named(name: str, base: int, amount: int, province: str | None) -> tuple[str, Decimal | None]:
    """Return the kind and rate of a tax: "GST/HST" and "PST/QST" lines are distinguished by their province and rate."""
    if name in ("gst", "hst"):
        if (province is None or province in _HARMONIZED) and (rate := _near(_HST, base, amount)):
            return "hst", rate
        return name, _near((_GST,), base, amount)
    if name in ("pst", "qst") and (province in (None, "QC")) and _near((_QST,), base, amount):
        return "qst", _QST
    return name, _near(_PST, base, amount)


def _near(rates: Sequence[Decimal], base: int, amount: int) -> Decimal | None:
    """Return the rate that gives an amount, allowing for what was rounded and shared out."""
    slack = max(Decimal(1), abs(base) * Decimal("0.0005"))
    fitting = [rate for rate in rates if abs(base * rate - amount) <= slack]
    return min(fitting, key=lambda rate: abs(base * rate - amount)) if fitting else None


def _by_rate(base: int, amount: int, province: str | None) -> list[tuple[str, int]]:
    """Return which taxes one sum is: GST alone, HST, or GST with a tax of the province."""
    harmonized = _HST if province is None or province in _HARMONIZED else ()
    # What an invoice rounds per unit adds up: a known province leaves few rates, far enough apart to be lenient.
    slack = 2 if province is None else max(2, abs(base) // 200)
    ways = [(abs(base * rate - amount), [(code, amount)]) for code, rate in (("gst", _GST), *(("hst", rate) for rate in harmonized))]
    federal = int((base * _GST).quantize(Decimal(1), ROUND_HALF_UP))
    for code, rate in _PROVINCIAL.get(province, ()) if province else _ANYWHERE:
        ways.append((abs(base * (_GST + rate) - amount), [("gst", federal), (code, amount - federal)]))
    apart, taxes = min(ways, key=lambda way: way[0])
    return taxes if apart <= slack else [("gst", amount)]
