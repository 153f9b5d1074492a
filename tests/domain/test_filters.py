"""The filter language."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.domain.errors import InvalidInput
from assistant.domain.filters import Filter, parse_filter, period


def test_every_filter_key_is_understood():
    found = parse_filter(
        'account:biz account:per cat:office purpose:business status:delivered cur:eur >50 <100.5 date:2025-Q1 "desk lamp" toner'
    )
    assert found == Filter(
        accounts=("biz", "per"),
        category="office",
        purpose="business",
        status="delivered",
        currency="EUR",
        since=date(2025, 1, 1),
        until=date(2025, 3, 31),
        above=Decimal(50),
        below=Decimal("100.5"),
        words=("desk lamp", "toner"),
    )


def test_a_value_with_spaces_is_quoted_and_a_kind_is_one_of_the_books():
    assert parse_filter('purpose:"my shop" kind:expense "3:2 hub"') == Filter(purpose="my shop", kind="expense", words=("3:2 hub",))


def test_an_unknown_key_with_a_colon_is_a_plain_word():
    assert parse_filter("hub: 3:2 usb:c").words == ("hub:", "3:2", "usb:c")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025", (date(2025, 1, 1), date(2025, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-12", (date(2025, 12, 1), date(2025, 12, 31))),
        ("2025-q4", (date(2025, 10, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_is_its_first_and_last_day(text, days):
    assert period(text) == days


@pytest.mark.parametrize(
    "text", ["date:2025-13", "kind:gift", "date:0000", "date:march", ">much", "<", ">NaN", "<sNaN", ">Infinity", ">1e999999", "<-1e16"]
)
def test_an_invalid_filter_is_named(text):
    with pytest.raises(InvalidInput):
        parse_filter(text)
