"""Money: integer minor units and an ISO 4217 currency, never a float, never summed across currencies."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from assistant.domain.errors import InvalidInput

# ISO 4217 (2026-01): currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_USUAL = 2
# The range of a database column.
_LARGEST = 2**63
NO_CURRENCY = "XXX"
"""ISO 4217's "no currency": the amount is known, its currency is not."""


def exponent(currency: str) -> int:
    """Return how many digits follow the point in amounts of this currency."""
    return _EXPONENTS.get(currency, _USUAL)


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
            raise InvalidInput(f"'{str(amount)[:40]}' is not an amount of money. Write it like 1234.56.") from error
        if abs(minor) >= _LARGEST:
            raise InvalidInput(f"{str(amount)[:40]} {currency} is more than the ledger can hold.")
        return cls(minor, currency)

    @classmethod
    def typed(cls, text: str, currency: str) -> "Money":
        """Return an amount that a person typed. Raises InvalidInput as `of` does, and for more digits than the currency has."""
        found = cls.of(text, currency)
        if Decimal(found.decimal) != Decimal(text):
            digits = exponent(currency)
            raise InvalidInput(f"'{text[:40]}' is too precise: {currency} has {digits or 'no'} digits after the point.")
        return found

    @property
    def decimal(self) -> str:
        """The amount in major units with the currency's own number of digits: "-5.00"."""
        digits = _EXPONENTS.get(self.currency, _USUAL)
        if not digits:
            return str(self.minor)
        sign, figures = "-" if self.minor < 0 else "", str(abs(self.minor)).zfill(digits + 1)
        return f"{sign}{figures[:-digits]}.{figures[-digits:]}"

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
            raise InvalidInput(f"{self.currency} and {other.currency} cannot be added without a rate.")
        return other.minor
