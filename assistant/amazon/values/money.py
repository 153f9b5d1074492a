"""Reads printed amounts of money, as Amazon writes them in every country, into exact minor units."""

import re
import unicodedata
from functools import lru_cache

from assistant.amazon.values.folding import western_digits
from assistant.domain.money import Money, exponent
from assistant.domain.text import fold

_DOLLARS = frozenset({"USD", "CAD", "AUD", "SGD", "MXN", "NZD", "HKD"})
_KRONOR = frozenset({"SEK", "NOK", "DKK"})

_CODE_LIST = """
USD CAD MXN BRL GBP EUR SEK PLN TRY AED SAR EGP ZAR INR JPY AUD SGD CHF DKK NOK CZK HUF RON BGN ISK NZD HKD CNY TWD KRW
ILS THB IDR MYR PHP VND CLP COP PEN ARS UYU KWD BHD OMR QAR JOD MAD NGN KES
"""
_CODES = frozenset(_CODE_LIST.split())
CURRENCY_SIGNS = {
    "US$": "USD", "CA$": "CAD", "CDN$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "MX$": "MXN", "S$": "SGD", "SG$": "SGD",
    "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "€": "EUR", "£": "GBP", "E£": "EGP", "¥": "JPY", "円": "JPY", "JP¥": "JPY",
    "CN¥": "CNY", "₹": "INR", "RS": "INR", "ZŁ": "PLN", "₺": "TRY", "TL": "TRY", "KČ": "CZK", "FT": "HUF", "₩": "KRW", "₪": "ILS",
    "$CA": "CAD", "$US": "USD", "$AU": "AUD", "$MX": "MXN", "$C": "CAD",
    "ر.س": "SAR", "SR": "SAR", "ریال": "SAR", "\u20c1": "SAR", "ريال": "SAR", "درهم": "AED", "د.إ": "AED",
    "ج.م": "EGP", "جنيه": "EGP", "EURO": "EUR",
}  # fmt: skip  # a table reads better in rows
_FREE_WORDS = """
free gratis kostenlos kostenfrei gratuit gratuite gratuito gratuita bezplatnie bezpłatnie bezpłatna darmowa ucretsiz bedava 無料 مجانا
"""
_FREE = frozenset(_FREE_WORDS.split())

_SEPARATORS = {0x066B: ".", 0x066C: ",", 0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2019: "'"}
_WESTERN = re.compile(r"[ -~€£]*")
_DIRECTIONS = re.compile(r"[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]+")
_MOST_DIGITS = 15
_SHAPE = re.compile(r"([^\d]*?)(\d[\d.,' ^]*\d|\d)([^\d]*)\Z")
_AROUND_SEPARATOR = re.compile(r"(?<=\d)[ ^]*([.,'])[ ^]*(?=\d)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")
_CENTS_APART = re.compile(r"(?P<whole>\d{1,3}(?:[.,' ]?\d{3})*) ?(?P<raised>\^)?(?(raised)| )(?P<cents>\d\d)")
_NOT_DIGITS = re.compile(r"\D")
_RAISED = re.compile(r" ?\^ ?")
_FOOTNOTE = re.compile(r"(?P<amount>.*?) ?\^\d{1,2}")
_WHOLE = re.compile(r"(?P<number>\d[.,])[-–—]{1,2}(?=\s|\D|\Z)")
"""Whole amounts are printed as "12,-" in several countries."""
_TAX_WORDS = re.compile(r"\s*(?:\(?税[込抜]み?\)?|incl\.? vat|inkl\.? mwst\.?|ttc)\Z", re.IGNORECASE)
_POINT_IS_DECIMAL = frozenset({"GBP", "USD", "CAD", "AUD", "SGD", "INR", "MXN", "AED", "SAR", "EGP"})
"""Currencies in whose countries a point never groups thousands: "12.999" is then not a printed amount."""


@lru_cache(maxsize=4096)  # cached, because an order prints the same amount as price, subtotal, total and charge
def read_money(text: str, site_currency: str | None = None) -> Money | None:
    """Return the amount in a printed text; None if it contains no or several amounts, or an unknown currency.

    `site_currency` is the marketplace's own: a bare "$" or "kr" means its dollar or krona, and "FREE" is zero in it. Without it
    they mean nothing. Digits after a space are groups of three, or cents if there are two: "$12 49".
    """
    if len(text) > 80:  # noqa: PLR2004  # no printed price is longer; saves work on hostile pages
        return None
    plain = _readable(text)
    shape = _SHAPE.fullmatch(plain.strip("()^*† "))
    if shape is None:
        return Money(0, site_currency) if site_currency and fold(plain).strip(".! ") in _FREE else None
    negative = plain.startswith("(") and plain.endswith(")")
    before, digits, after = shape.groups()
    before, after = before.replace(" ", ""), after.replace(" ", "")
    if before.endswith((".", ",")) and not before[-2:-1].isalpha():
        before, digits = before[:-1], f"0.{digits}"
    signs = before.count("-") + after.count("-")
    currency = _currency(before.replace("-", "").replace("+", ""), after.replace("-", "").replace("+", ""), site_currency)
    joined = _joined(digits, exponent(currency)) if currency else None
    if currency is None or joined is None or signs > 1:
        return None
    if currency in _POINT_IS_DECIMAL and re.fullmatch(r"\d+\.\d{3}", joined):
        return None
    number = _plain_number(joined, exponent(currency))
    if number is None or len(number) > _MOST_DIGITS:
        return None
    money = Money.of(number, currency)
    return -money if negative or signs else money


def _readable(text: str) -> str:
    """Return a printed text with plain characters and single spaces, without words about tax, and with "12,-" as "12,00"."""
    western = _western(text)
    if western is not text:
        western = _DIRECTIONS.sub("", western)
    plain = " ".join(western.split())
    if plain[-1:] not in "0123456789€":
        plain = _TAX_WORDS.sub("", plain)
    return _WHOLE.sub(r"\g<number>00", plain) if ",-" in plain or ".-" in plain else plain


def _joined(digits: str, places: int) -> str | None:
    """Return the digits without spaces and raised parts, None if they are not one number.

    Mails and cards print cents raised or in a separate element, so that a space or "^" stands for the point.
    """
    if " " not in digits and "^" not in digits:
        return digits
    digits = _AROUND_SEPARATOR.sub(r"\1", digits)
    if " " not in digits and "^" not in digits:
        return digits
    apart = _CENTS_APART.fullmatch(_RAISED.sub("^", digits)) if places == 2 else None  # noqa: PLR2004  # cents are two digits
    if apart is not None:
        return f"{_NOT_DIGITS.sub('', apart['whole'])}.{apart['cents']}"
    note = _FOOTNOTE.fullmatch(digits)
    if note is not None:
        digits = note["amount"]
    if " " in digits and not _SPACED_GROUPS.fullmatch(digits):
        return None
    return None if "^" in digits else digits.replace(" ", "")


def is_amount(text: str) -> bool:
    """Return whether a text is one amount of money, in any currency."""
    return any(read_money(text, currency) is not None for currency in (None, "USD", "SEK", "ZAR"))


def read_plain(text: str, currency: str | None) -> Money | None:
    """Return the amount of a bare number ("19.99", as in data attributes), in the currency given."""
    if currency is None or not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,4})?", text.strip()):
        return None
    return Money.of(text.strip(), currency)


def _western(text: str) -> str:
    """Replace full-width and Arabic characters with plain ones, and U+2212 with a minus."""
    if _WESTERN.fullmatch(text):
        return text
    return western_digits(unicodedata.normalize("NFKC", text).translate(_SEPARATORS))


def _currency(before: str, after: str, site: str | None) -> str | None:
    named = {_named(part, site) for part in (before, after) if part.strip(".")}
    if len(named) > 1 and None not in named and "$" in (before, after):
        # "$5.00 USD": a code says which dollar a bare sign is.
        named &= _DOLLARS - {site}
    return named.pop() if len(named) == 1 else None


def _named(sign: str, site: str | None) -> str | None:
    name = sign.upper().rstrip(".")
    if name in _CODES:
        return name
    if name == "$":
        return site if site in _DOLLARS else None
    if name == "KR":
        return site if site in _KRONOR else None
    if name == "R":
        return "ZAR" if site == "ZAR" else None
    if name[:3] in _CODES and name[3:] in ("$", "€", "£"):
        return name[:3]
    return CURRENCY_SIGNS.get(name) or CURRENCY_SIGNS.get(sign.rstrip("."))


def _plain_number(digits: str, places: int) -> str | None:
    """Return the number with a decimal point and no grouping, None if its separators make no sense."""
    separators = [sign for sign in digits if not sign.isdigit()]
    if not separators:
        return digits
    last = separators[-1]
    whole, _, fraction = digits.rpartition(last)
    decimal = last != "'" and separators.count(last) == 1 and (len(set(separators)) > 1 or _is_fraction(fraction, places))
    if not decimal:
        whole, fraction = digits, ""
    if not whole.isdigit() and not _GROUPED.fullmatch(whole):
        return None
    if places == 0 and fraction.strip("0"):
        return None
    number = "".join(sign for sign in whole if sign.isdigit())
    return f"{number}.{fraction}" if fraction else number


def _is_fraction(fraction: str, places: int) -> bool:
    """Return whether the digits after a single separator are decimals. Three are a group, unless the currency has three places."""
    group = 3
    return len(fraction) < group or len(fraction) == places
