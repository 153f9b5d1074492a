"""Periods of filters."""

from datetime import date

import pytest

from assistant.domain.filters import period


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
