"""Money: integer minor units and an ISO 4217 currency, never a float, never summed across currencies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.formats import current_format
from assistant.domain.languages.language import as_typed
from assistant.domain.languages.translating import any_of, to_translate, translated

# ISO 4217 (2026-01): currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP
CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL MTL NLG PTE SIT SKK
"""
CURRENCIES = frozenset(re.findall(r"\w{3}", _CODES))
"""ISO 4217's currencies that people pay with, and those that became euros, which old orders may be in."""
_USUAL = 2
# The range of a database column.
_LARGEST = 2**63
NO_CURRENCY = "XXX"
"""ISO 4217's "no currency": the amount is known, its currency is not."""
NO_BREAK_SPACES = "\u00a0\u202f"
"""What French writes between thousands; text that is copied from a screen contains them."""
_SPACES = str.maketrans("", "", f" {NO_BREAK_SPACES}")
_GROUPED_BY_SPACES = re.compile(rf"\d{{1,3}}(?:[ {NO_BREAK_SPACES}]\d{{3}})+(?:[.,]\d*)?\Z")
_GROUPED = {sign: re.compile(rf"\d{{1,3}}(?:\{sign}\d{{3}})+\Z") for sign in ".,"}
_PLAIN = re.compile(r"\d+\Z")


def exponent(currency: str) -> int:
    """Return how many digits follow the point in amounts of this currency."""
    return _EXPONENTS.get(currency, _USUAL)


@lru_cache(maxsize=8192)
def decimal_text(minor: int, currency: str) -> str:
    """Return minor units as major ones with the currency's own number of digits: "-5.00". Rows of an export repeat their amounts."""
    digits = _EXPONENTS.get(currency, _USUAL)
    if not digits:
        return str(minor)
    if minor < 0:
        return "-" + decimal_text(-minor, currency)
    figures = str(minor)
    if len(figures) <= digits:
        figures = figures.zfill(digits + 1)
    return f"{figures[:-digits]}.{figures[-digits:]}"


def checked_currency(text: str) -> str:
    """Return the code of a currency that a person wrote, in capitals. Raises InvalidInput for one that ISO 4217 does not have."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        near = sorted(known for known in CURRENCIES if 1 < len(code) <= len("USD") and known.startswith(code[:2]))
        hint = translated("Did you mean {words}?", words=any_of(near)) if near else translated("Write its code of three letters, like USD.")
        raise InvalidInput(translated("'{text}' is not a currency. {hint}", text=text.strip()[:40], hint=hint))
    return code


def main_first(counts: Mapping[str, int], preferred: str) -> list[str]:
    """Return currencies in the order in which sums are listed: the preferred one, then those that occur most often."""
    return sorted(counts, key=lambda unit: (unit != preferred, -counts[unit], unit))


def typed_number(text: str) -> str:
    """Return a number that somebody typed as data writes it: in German "1.234,50" is "1234.50", in English "1,234.50".

    Text that is not a number in the language is returned unchanged; whoever reads the number refuses it.
    Raises InvalidInput for a number that has two meanings: "1.234" in French, where a point is neither.
    """
    with as_typed():
        form = current_format()
    minus, number = ("-", text[1:]) if text[:1] in ("-", "−") else ("", text)
    if form.group not in _GROUPED and _GROUPED_BY_SPACES.match(number):
        number = number.translate(_SPACES)
    whole, mark, rest = number.partition(form.decimal)
    if form.group in _GROUPED and _GROUPED[form.group].match(whole):
        whole = whole.replace(form.group, "")
    elif mark == "" and form.decimal == "," and _GROUPED["."].match(whole):
        raise InvalidInput(
            translated(
                "'{text}' has two meanings. Write {thousands} or {fraction}.",
                text=text[:40],
                thousands=number.replace(".", ""),
                fraction=",".join(number.rsplit(".", 1)).replace(".", ""),
            )
        )
    if not _PLAIN.match(whole) or (mark and not _PLAIN.match(rest)):
        return text
    return f"{minus}{whole}.{rest}" if mark else f"{minus}{whole}"


def splits_thousands(word: str, following: str) -> bool:
    """Return whether two words look like one number of a language that writes a space between thousands: "1" and "234,50"."""
    with as_typed():
        group = current_format().group
    return group not in _GROUPED and _GROUPED_BY_SPACES.match(f"{word} {following}") is not None


def typed_share(text: str) -> str:
    """Return the share of a purpose, "business=12,50" or "business=33,5%", with its number as data writes it. Other text stays."""
    word, mark, value = text.partition("=")
    number = value.strip().removesuffix("%").rstrip()
    return f"{word}{mark}{typed_number(number)}{'%' if value.strip().endswith('%') else ''}"


def number_to_type(decimal: str) -> str:
    """Return a number of the data as the current language types it, to begin with in a form: "1234.50", in German "1234,50"."""
    return decimal.replace(".", current_format().decimal)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen) of one currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Return the amount, given in major units ("19.49"), in the currency's own precision.

        Raises InvalidInput for text that is not a plain decimal number, and for amounts beyond 64 bits of minor units.
        """
        try:
            scaled = Decimal(amount).scaleb(exponent(currency))
            minor = int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
        except (InvalidOperation, ValueError, OverflowError) as error:
            raise InvalidInput(
                translated("'{amount}' is not an amount of money. Write it like 1234.56.", amount=str(amount)[:40])
            ) from error
        if abs(minor) >= _LARGEST:
            raise InvalidInput(
                translated("{amount} {currency} is more than the ledger can hold.", amount=str(amount)[:40], currency=currency)
            )
        return cls(minor, currency)

    @classmethod
    def typed(cls, text: str, currency: str) -> "Money":
        """Return an amount that a person typed, read by `typed_number`.

        Raises InvalidInput as `of` does, and for more digits than the currency has.
        """
        found = cls.of(text, currency)
        if Decimal(found.decimal) != Decimal(text):
            digits = exponent(currency)
            precise = (
                to_translate("'{text}' is too precise: {currency} has {digits} digits after the point.")
                if digits
                else to_translate("'{text}' is too precise: {currency} has no digits after the point.")
            )
            raise InvalidInput(translated(precise, text=text[:40], currency=currency, digits=digits))
        return found

    @property
    def decimal(self) -> str:
        """The amount in major units with the currency's own number of digits: "-5.00"."""
        return decimal_text(self.minor, self.currency)

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract an amount of the same currency."""
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        """Negate."""
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        """Multiply by a whole number."""
        return Money(self.minor * times, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise InvalidInput(
                translated("{currency} and {other} cannot be added without a rate.", currency=self.currency, other=other.currency)
            )
        return other.minor
