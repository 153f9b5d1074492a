"""The civil day of an instant: that of the marketplace's home zone, unless the user set another zone."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_ZONES = {
    "amazon.com": "America/Los_Angeles",
    "amazon.ca": "America/Toronto",
    "amazon.com.mx": "America/Mexico_City",
    "amazon.com.br": "America/Sao_Paulo",
    "amazon.co.uk": "Europe/London",
    "amazon.de": "Europe/Berlin",
    "amazon.fr": "Europe/Paris",
    "amazon.it": "Europe/Rome",
    "amazon.es": "Europe/Madrid",
    "amazon.nl": "Europe/Amsterdam",
    "amazon.com.be": "Europe/Brussels",
    "amazon.ie": "Europe/Dublin",
    "amazon.se": "Europe/Stockholm",
    "amazon.pl": "Europe/Warsaw",
    "amazon.com.tr": "Europe/Istanbul",
    "amazon.co.jp": "Asia/Tokyo",
    "amazon.in": "Asia/Kolkata",
    "amazon.com.au": "Australia/Sydney",
    "amazon.sg": "Asia/Singapore",
    "amazon.ae": "Asia/Dubai",
    "amazon.sa": "Asia/Riyadh",
    "amazon.eg": "Africa/Cairo",
    "amazon.co.za": "Africa/Johannesburg",
    "amazon.cn": "Asia/Shanghai",
}
_BY_CURRENCY = {
    "USD": "amazon.com",
    "CAD": "amazon.ca",
    "MXN": "amazon.com.mx",
    "BRL": "amazon.com.br",
    "GBP": "amazon.co.uk",
    "EUR": "amazon.de",
    "SEK": "amazon.se",
    "PLN": "amazon.pl",
    "TRY": "amazon.com.tr",
    "JPY": "amazon.co.jp",
    "INR": "amazon.in",
    "AUD": "amazon.com.au",
    "SGD": "amazon.sg",
    "AED": "amazon.ae",
    "SAR": "amazon.sa",
    "EGP": "amazon.eg",
    "ZAR": "amazon.co.za",
    "CNY": "amazon.cn",
}


@lru_cache(maxsize=64)
def zone_of(marketplace: str | None, currency: str | None, setting: str | None = None) -> ZoneInfo:
    """Return the zone whose days count: the user's setting, else the marketplace's, else that of the currency's marketplace."""
    if setting:
        return ZoneInfo(setting)
    home = marketplace if marketplace in _ZONES else _BY_CURRENCY.get(currency or "", "")
    return ZoneInfo(_ZONES.get(home, "UTC"))


def civil_day(zone: ZoneInfo, printed: date | None, instant: datetime | None) -> date | None:
    """Return the day of an instant in a zone; without one, or where the source printed another day, the printed day."""
    if instant is None or (printed is not None and printed != instant.date()):
        return printed
    return instant.astimezone(zone).date()
