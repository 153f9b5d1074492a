"""Taxes by marketplace: their names, the legal rates on a day, and the tax contained in an amount.

Rates: national VAT and consumption tax laws as of 2026-01; Germany lowered its rates from 2020-07-01 to 2020-12-31.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product

from assistant.domain.books.canadian_taxes import canadian_taxes, province_of
from assistant.domain.books.entries import Certainty, TaxShare

_COUNTRY_OF_CURRENCY = {"USD": "us", "CAD": "ca", "GBP": "uk", "JPY": "jp", "AUD": "au", "INR": "in", "MXN": "mx", "BRL": "br"}
_EURO = "eu"
_CANADA = "ca"
_CODES = {"us": "sales_tax", "ca": "gst", "jp": "consumption_tax", "au": "gst", "in": "gst", "sg": "gst"}
_RATES: dict[str, tuple[str, ...]] = {
    "de": ("0.19", "0.07"),
    "at": ("0.20", "0.10", "0.13"),
    "uk": ("0.20", "0.05"),
    "fr": ("0.20", "0.055", "0.10", "0.021"),
    "it": ("0.22", "0.10", "0.04", "0.05"),
    "es": ("0.21", "0.10", "0.04", "0.05"),
    "nl": ("0.21", "0.09"),
    "be": ("0.21", "0.06", "0.12"),
    "ie": ("0.23", "0.135", "0.09", "0.048"),
    "se": ("0.25", "0.06", "0.12"),
    "pl": ("0.23", "0.05", "0.08"),
    "tr": ("0.20", "0.10", "0.01", "0.18", "0.08"),
    "jp": ("0.10", "0.08"),
    "au": ("0.10",),
    "sg": ("0.09", "0.08", "0.07"),
    "ae": ("0.05",),
    "sa": ("0.15",),
    "eg": ("0.14",),
    "za": ("0.15",),
    "mx": ("0.16", "0.08"),
    "in": ("0.18", "0.12", "0.05", "0.28", "0.03", "0.40"),
    "eu": ("0.19", "0.20", "0.21", "0.22", "0.07", "0.10", "0.055", "0.09", "0.23", "0.25"),
}
_GERMANY_2020 = ("0.16", "0.05")
_LOWERED = (date(2020, 7, 1), date(2020, 12, 31))
_MOST_ASSIGNMENTS = 4096


@dataclass(frozen=True, slots=True)
class TaxLaw:
    """What a marketplace's country calls its tax, the rates of a day, and whether printed prices may contain it.

    `province` is the Canadian one that goods were sent to, such as "QC": it decides which taxes there are.
    """

    country: str
    code: str
    rates: tuple[Decimal, ...]
    inclusive: bool
    province: str | None = None


def law_of(marketplace: str | None, currency: str | None, on: date | None, address: str | None = None) -> TaxLaw:
    """Return the tax law of a marketplace, or of the currency if the marketplace is unknown. `address` is where the goods were sent."""
    law = _law(marketplace, currency, on is not None and _LOWERED[0] <= on <= _LOWERED[1])
    return _of_province(law, province_of(address)) if law.country == _CANADA and address else law


@lru_cache(maxsize=64)
def _of_province(law: TaxLaw, province: str | None) -> TaxLaw:
    return replace(law, province=province)


@lru_cache(maxsize=256)
def _law(marketplace: str | None, currency: str | None, lowered: bool) -> TaxLaw:  # noqa: FBT001  # a key of the cache
    country = _country(marketplace, currency)
    rates = _GERMANY_2020 if country == "de" and lowered else _RATES.get(country, ())
    return TaxLaw(country, _CODES.get(country, "vat"), tuple(map(Decimal, rates)), inclusive=country not in ("us", "ca"))


def _country(marketplace: str | None, currency: str | None) -> str:
    if marketplace:
        end = marketplace.rpartition(".")[2].lower()
        return "us" if end == "com" else end
    return _COUNTRY_OF_CURRENCY.get(currency or "", _EURO)


def rate_of(law: TaxLaw, base: int, amount: int) -> Decimal | None:
    """Return the legal rate that gives this amount of tax on a base, to the rounding of one minor unit; None if no rate does."""
    if not base or not amount:
        return None
    fitting = [rate for rate in law.rates if abs(base * rate - amount) <= 1]
    return min(fitting, key=lambda rate: abs(base * rate - amount)) if fitting else None


def inside(gross: int, rate: Decimal) -> int:
    """Return the tax that a gross amount contains."""
    return round_half(Decimal(gross) * rate / (1 + rate))


def round_half(value: Decimal) -> int:
    """Round to the nearest whole number, halves away from zero, as Amazon does."""
    return int(abs(value) + Decimal("0.5")) * (1 if value >= 0 else -1)


def solved_rates(law: TaxLaw, amounts: Sequence[int], tax: int, *, contained: bool) -> tuple[Decimal, ...] | None:
    """Return the rate of each line where exactly one choice of legal rates gives the printed tax to the cent.

    `contained`: the amounts contain the tax, else it comes on top. A single rate for all lines is preferred.
    """
    rates = law.rates[:3]
    if not rates or not tax:
        return None
    for rate in rates:
        if abs(_tax_of(amounts, [rate] * len(amounts), contained=contained) - tax) <= max(1, len(amounts) // 2):
            return (rate,) * len(amounts)
    choices = (*rates, Decimal(0))
    if len(choices) ** len(amounts) > _MOST_ASSIGNMENTS:
        return None
    found = [each for each in product(choices, repeat=len(amounts)) if _tax_of(amounts, each, contained=contained) == tax]
    return found[0] if len(found) == 1 else None


def _tax_of(amounts: Sequence[int], rates: Sequence[Decimal], *, contained: bool) -> int:
    return sum(tax_at(amount, rate, contained=contained) for amount, rate in zip(amounts, rates, strict=True))


def tax_at(amount: int, rate: Decimal, *, contained: bool) -> int:
    """Return the tax on an amount, or in it."""
    return inside(amount, rate) if contained else round_half(amount * rate)


def tax_shares(
    law: TaxLaw, base: int, amount: int, certainty: Certainty, *, rate: Decimal | None = None, kinds: Sequence[tuple[str, int]] = ()
) -> tuple[TaxShare, ...]:
    """Return the taxes of an entry. `kinds` are the taxes that the order prints by name; the entry's tax is shared over them."""
    if not amount:
        return ()
    if law.country == _CANADA:
        return tuple(canadian_taxes(base, amount, certainty, kinds, law.province))
    known = rate if rate is not None else rate_of(law, base, amount)
    return (TaxShare(code=law.code, rate=known, base=base, amount=amount, certainty=certainty),)
