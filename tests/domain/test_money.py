"""Money is whole minor units of one currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import InvalidInput
from assistant.domain.filter_language import in_english, mistake_in, parse_filter
from assistant.domain.languages.formats import FORMATS, decimal_text, number
from assistant.domain.languages.language import speak, speaking
from assistant.domain.money import Money, number_to_type, typed_number, typed_share


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


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "1,234", "1234"),
        ("en", "1,234,567.50", "1234567.50"),
        ("en", "-12.5", "-12.5"),
        ("en", "1.234", "1.234"),
        ("ja", "1,234", "1234"),
        ("de", "50,5", "50.5"),
        ("de", "19.49", "19.49"),
        ("de", "1.234", "1234"),
        ("de", "1.234,50", "1234.50"),
        ("de", "−1.234,50", "-1234.50"),
        ("es", "1234,5", "1234.5"),
        ("it", "1.234.567", "1234567"),
        ("fr", "1 234,50", "1234.50"),
        ("fr", "1\u202f234\u202f567,5", "1234567.5"),
        ("fr", "19,49", "19.49"),
    ],
)
def test_a_number_is_read_as_the_language_writes_it(language, text, read):
    with speaking(language):
        assert typed_number(text) == read


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "19,49"), ("en", "1.234,50"), ("en", "12,34,567"), ("de", "1,234.50"), ("de", "12.34,5"), ("de", "1,2,3"), ("fr", "1.234,50")],
)
def test_a_number_of_another_language_is_left_to_be_refused(language, text):
    with speaking(language):
        assert typed_number(text) == text
        assert mistake_in(f">{text}")


def test_a_number_with_two_meanings_is_refused_with_both():
    with speaking("fr"), pytest.raises(InvalidInput, match=r"1\.234.*1234.*1,234"):
        typed_number("1.234")


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from(sorted(FORMATS)))
def test_what_a_language_shows_can_be_typed_back_exactly(amount, language):
    with speaking(language):
        assert Decimal(typed_number(decimal_text(f"{amount}"))) == amount
        assert Decimal(typed_number(number_to_type(f"{amount}"))) == amount
        assert Decimal(typed_number(number(int(amount)))) == int(amount)


def test_shares_of_a_split_are_read_the_same():
    with speaking("de"):
        assert [typed_share(text) for text in ("privat=12,50", "privat=33,5 %", "privat", "a=b")] == [
            "privat=12.50",
            "privat=33.5%",
            "privat",
            "a=b",
        ]


def test_a_filter_takes_numbers_of_the_language():
    with speaking("de"):
        assert parse_filter(">50,5 <1.234").above == Decimal("50.5")
        assert parse_filter(">50,5 <1.234").below == Decimal(1234)
    with speaking("fr"):
        assert parse_filter(">1\u202f234,5 toner").above == Decimal("1234.5")
        assert "1,234" in mistake_in(">1.234").text
        assert ">1234,5" in mistake_in("toner >1 234,5").text
        assert parse_filter('>1 "234"').words == ("234",)
    assert parse_filter(">1,234").above == Decimal(1234)
    assert mistake_in(">50,5")


def test_a_command_that_writes_data_reads_numbers_in_the_users_language():
    with speaking("en"):
        speak("en", typed="de")
        assert parse_filter(">50,5").above == Decimal("50.5")


def test_a_saved_filter_means_the_same_in_every_language():
    with speaking("de"):
        stored = in_english("toner >1.234,5 -<0,5", {})
    assert stored == "toner >1234.5 -<0.5"
    for language in FORMATS:
        with speaking(language):
            assert parse_filter("@dear", {"dear": ">1.234"}).either[0][0].above == Decimal("1.234")
