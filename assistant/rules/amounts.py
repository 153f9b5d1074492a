"""Amounts as parameters of sentences."""

from decimal import Decimal

from assistant.domain.errors import InvalidInput
from assistant.domain.judging.verdict import SaidAmount
from assistant.domain.money import Money, exponent


def stated(amount: Decimal, unit: str | None) -> SaidAmount | str:
    """Return an amount with the digits of its currency; without a currency just the number."""
    if not unit:
        return str(amount)
    try:
        return SaidAmount(str(Money.of(amount, unit).decimal), unit)
    except InvalidInput:
        return SaidAmount(str(amount), unit)


def decimal_of(money: Money) -> Decimal:
    """Return an amount in major units."""
    return Decimal(money.minor).scaleb(-exponent(money.currency))
