"""The books in one currency: the amount charged to the card, or else the last known rate, with its day."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistant.domain.books.entries import EntryKind
from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter
from assistant.domain.languages.language import speaking
from assistant.services.books.exchange_rates import ecb_rate


@pytest.mark.parametrize(
    ("day", "rate", "known"),
    [
        (date(2025, 3, 14), "1.0889", date(2025, 3, 14)),
        (date(2025, 3, 15), "1.0889", date(2025, 3, 14)),
        (date(2025, 12, 26), "1.1787", date(2025, 12, 24)),
    ],
)
def test_weekends_and_holidays_use_the_last_known_rate_and_not_an_interpolated_one(day, rate, known):
    found = ecb_rate("EUR", "USD", day)
    assert found.day == known
    assert day != known or found.rate == Decimal(rate)
    assert ecb_rate("USD", "EUR", day).rate == 1 / found.rate


def test_a_hundred_dollars_on_a_saturday_are_converted_at_the_rate_of_friday():
    assert round(100 * ecb_rate("USD", "EUR", date(2025, 3, 15)).rate, 4) == Decimal("91.8358")


def test_a_currency_without_rates_and_a_day_before_the_first_rate_have_no_rate():
    assert ecb_rate("AED", "EUR", date(2025, 3, 14)) is None
    assert ecb_rate("USD", "EUR", date(1998, 3, 14)) is None


def test_a_day_after_the_last_rate_uses_the_last_rate():
    late = ecb_rate("USD", "EUR", date(2099, 1, 1))
    assert late.day < date(2099, 1, 1) - timedelta(days=1)


def test_amounts_are_converted_only_on_request_and_each_one_has_its_rate(two_currencies):
    assert {row.currency for row in two_currencies.ledger.expenses(Filter()).items} == {"USD", "EUR"}
    found = list(two_currencies.one_currency.entries(Filter(), "eur"))
    assert {entry.amount.currency for entry in found} == {"EUR"}
    for entry in found:
        assert (entry.rate is None) is (entry.entry.currency == "EUR")
        if entry.rate:
            assert entry.rate.day <= entry.entry.on
            assert abs(Decimal(entry.amount.decimal) - Decimal(entry.entry.gross.decimal) * entry.rate.rate) <= Decimal("0.005")


def test_sums_in_one_currency_are_those_of_the_converted_entries(two_currencies):
    rows, without = two_currencies.one_currency.expenses(Filter(), "EUR")
    entries = [entry for entry in two_currencies.one_currency.entries(Filter(), "EUR") if entry.entry.kind is not EntryKind.TOP_UP]
    assert without == []
    assert sum(row.net.minor for row in rows) == sum(entry.amount.minor for entry in entries)
    assert all(sum(entry.shares) == entry.amount.minor for entry in entries)


@pytest.mark.parametrize(("unit", "said"), [("EUR", r"ECB: 1 EUR = [\d.]+ USD"), ("GBP", r"ECB: 1 EUR = [\d.]+ GBP = [\d.]+ USD")])
def test_a_rate_names_what_the_bank_printed(two_currencies, unit, said):
    entry = next(two_currencies.one_currency.entries(Filter(currency="USD"), unit))
    assert re.fullmatch(said, entry.rate.source)


def test_the_amount_charged_to_the_card_is_used_instead_of_the_rate(two_currencies, tmp_path):
    euros = Filter(currency="EUR")
    (entry,) = two_currencies.one_currency.entries(euros, "USD")
    statement = tmp_path / "visa.csv"
    on = entry.entry.on + timedelta(days=1)
    statement.write_text(
        f"Date,Description,Amount,Currency,Original amount,Original currency\n{on},AMAZON.DE,-61.23,USD,{entry.entry.gross.decimal},EUR\n"
    )
    two_currencies.statements.import_file(statement, card="visa/2222")
    (settled,) = two_currencies.one_currency.entries(euros, "USD")
    assert (settled.amount.decimal, settled.rate.day, settled.rate.source) == ("61.23", on, "charged to visa/2222")
    assert entry.amount != settled.amount


def test_a_currency_without_rates_is_refused(two_currencies):
    with pytest.raises(InvalidInput, match="no rates of 'XYZ'"):
        list(two_currencies.one_currency.entries(Filter(), "XYZ"))


def test_sums_for_a_purpose_take_its_name_in_the_users_language(two_currencies):
    expected, _ = two_currencies.one_currency.expenses(Filter(purpose="business"), "EUR")
    with speaking("de"):
        found, _ = two_currencies.one_currency.expenses(Filter(purpose="geschäftlich"), "EUR")
    assert found == expected
    assert {row.purpose for row in found} == {"business"}
