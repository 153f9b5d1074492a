"""Amounts as parameters of sentences."""

from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.judging.verdict import Amount
from assistant.domain.money import Money, exponent


def stated(amount: Decimal, unit: str | None) -> Amount | str:
    """Return an amount with the digits of its currency; without a currency just the number."""
    if not unit:
        return str(amount)
    try:
        return Amount(str(Money.of(amount, unit).decimal), unit)
    except InvalidInput:
        return Amount(str(amount), unit)


def decimal_of(money: Money) -> Decimal:
    """Return an amount in major units."""
    return Decimal(money.minor).scaleb(-exponent(money.currency))
