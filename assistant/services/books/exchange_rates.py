"""Exchange rates of the European Central Bank: the last known rate on or before a day, never one interpolated between two days."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assistant.domain.books.conversion import DayRate

_LONGEST_PAUSE = 10
"""Days without a rate: the longest holidays have five."""


@lru_cache(maxsize=4096)
def ecb_rate(unit: str, home: str, day: date) -> DayRate | None:
    """Return what one `unit` is worth in `home`; None for a currency or time without rates.

    The rates are part of an installed package. After its last day, that day's rate is the last known one.
    """
    if not knows_currency(unit) or not knows_currency(home):
        return None
    bounds = [_converter().bounds[currency].last_date for currency in (unit, home)]
    latest = min(day, *bounds)
    for back in range(_LONGEST_PAUSE):
        on = latest - timedelta(days=back)
        of_unit, of_home = _per_euro(unit, on), _per_euro(home, on)
        if of_unit and of_home:
            printed = [f"{rate} {name}" for rate, name in ((of_home, home), (of_unit, unit)) if name != "EUR"]
            return DayRate(of_home / of_unit, on, f"ECB: 1 EUR = {' = '.join(printed)}")
    return None


def knows_currency(unit: str) -> bool:
    """Return whether the bank publishes rates of a currency."""
    return unit in _converter().currencies


def _per_euro(unit: str, on: date) -> Decimal | None:
    from currency_converter import RateNotFoundError  # noqa: PLC0415  # most ledgers have one currency

    try:
        return Decimal(_converter().convert(1, "EUR", unit, date=on))
    except RateNotFoundError:
        return None


@lru_cache(maxsize=1)
def _converter() -> Any:
    from currency_converter import CurrencyConverter  # noqa: PLC0415  # reading all rates takes most of a second

    return CurrencyConverter(decimal=True)
