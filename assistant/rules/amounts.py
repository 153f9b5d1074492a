"""Amounts as they are shown in sentences."""

from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.money import Money, exponent


def amount_text(amount: Decimal, unit: str | None) -> str:
    """Return an amount with the digits of its currency: "41.00 USD"."""
    try:
        return f"{Money.of(amount, unit).decimal} {unit}" if unit else str(amount)
    except InvalidInput:
        return f"{amount} {unit}"


def decimal_of(money: Money) -> Decimal:
    """Return an amount in major units."""
    return Decimal(money.minor).scaleb(-exponent(money.currency))
