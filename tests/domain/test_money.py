"""Money is whole minor units of one currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import InvalidInput
from assistant.domain.money import Money


@pytest.mark.parametrize(
    ("text", "currency", "minor", "decimal"),
    [
        ("19.49", "USD", 1949, "19.49"),
        ("-5", "EUR", -500, "-5.00"),
        ("5980", "JPY", 5980, "5980"),
        ("1.234", "KWD", 1234, "1.234"),
        ("-0.05", "USD", -5, "-0.05"),
    ],
)
def test_amounts_keep_the_digits_of_their_currency(text, currency, minor, decimal):
    assert Money.of(text, currency) == Money(minor, currency)
    assert Money(minor, currency).decimal == decimal


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_survives_a_round_trip(minor, currency):
    assert Money.of(Money(minor, currency).decimal, currency) == Money(minor, currency)


def test_two_currencies_are_never_added():
    with pytest.raises(InvalidInput, match="without a rate"):
        Money(1, "USD") + Money(1, "EUR")


@pytest.mark.parametrize("text", ["", "abc", "1,5", "NaN", "Infinity", "1e9999", "9" * 40, "1e20"])
def test_text_that_is_not_an_amount_is_refused(text):
    with pytest.raises(InvalidInput):
        Money.of(text, "USD")


def test_an_amount_that_a_person_typed_is_never_rounded():
    assert Money.typed("12.5", "USD") == Money(1250, "USD")
    assert Money.typed("1.234", "KWD") == Money(1234, "KWD")
    for text, currency in (("1.234", "USD"), ("12.5", "JPY")):
        with pytest.raises(InvalidInput, match="too precise"):
            Money.typed(text, currency)
