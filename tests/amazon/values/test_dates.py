"""Printed days in every language of Amazon's shops."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.amazon.values.dates import read_day
from assistant.amazon.values.months import MONTHS


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("July 15, 2025", date(2025, 7, 15)),
        ("Ordered on Dec 9, 2023", date(2023, 12, 9)),
        ("14 October 2024", date(2024, 10, 14)),
        ("07 Sept 2026", date(2026, 9, 7)),
        ("06. September 2026", date(2026, 9, 6)),
        ("31 Mai 2020", date(2020, 5, 31)),
        ("3. März 2024", date(2024, 3, 3)),
        ("16 de noviembre de 2018", date(2018, 11, 16)),
        ("22. luglio 2016", date(2016, 7, 22)),
        ("1er août 2018", date(2018, 8, 1)),
        ("9 de março de 2024", date(2024, 3, 9)),
        ("5 mei 2024", date(2024, 5, 5)),
        ("5 maj 2024", date(2024, 5, 5)),
        ("14 października 2024", date(2024, 10, 14)),
        ("3 Mayıs 2021", date(2021, 5, 3)),
        ("2024年8月23日", date(2024, 8, 23)),
        ("16 Temmuz 2024 Salı", date(2024, 7, 16)),
        ("29 mai 2018", date(2018, 5, 29)),
        ("2 de enero de 2024", date(2024, 1, 2)),
        ("den 14 december 2024", date(2024, 12, 14)),
        ("١٤ ديسمبر ٢٠٢٤", date(2024, 12, 14)),
        ("2024-02-29", date(2024, 2, 29)),
        ("23/04/2024", date(2024, 4, 23)),
        ("4/23/2024", date(2024, 4, 23)),
        ("23.04.2024", date(2024, 4, 23)),
        ("5. září 2025", date(2025, 9, 5)),
    ],
)
def test_full_dates_are_read_in_every_language(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "ordered", "day"),
    [
        ("Delivered May 18", date(2025, 5, 16), date(2025, 5, 18)),
        ("Zugestellt: 19. Juli", date(2026, 7, 16), date(2026, 7, 19)),
        ("Delivered January 2", date(2024, 12, 30), date(2025, 1, 2)),
        ("Delivered Friday, January 3 at 8:04 PM", date(2025, 1, 3), date(2025, 1, 3)),
        ("Livré le 4 janvier", date(2024, 12, 28), date(2025, 1, 4)),
        ("8月23日", date(2024, 8, 20), date(2024, 8, 23)),
        ("2 items and 1 cup on May 18", date(2025, 5, 16), date(2025, 5, 18)),
        ("Delivered 18 May and 2 more", date(2025, 5, 16), date(2025, 5, 18)),
    ],
)
def test_a_missing_year_comes_from_the_order_date(text, ordered, day):
    assert read_day(text, near=ordered) == day
    assert read_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Arriving May 15-May31",
        "15 - 18 May 2024",
        "May 15 - 18",
        "15.-18. Mai",
        "Arriving today",
        "",
        "February 30, 2024",
        "03/04/2024",
        "entre el 15 y el 18 de mayo",
        "tra il 15 e l'18 maggio",
        "zwischen 15. und 18. Mai",
        "between 15 May and 18 May",
        "15 May or 16 May",
    ],
)
def test_ranges_and_ambiguous_dates_are_not_guessed(text):
    assert read_day(text, near=date(2024, 1, 1)) is None


@pytest.mark.parametrize("name", sorted(MONTHS))
def test_every_month_name_is_read_before_and_after_the_day(name):
    assert read_day(f"14 {name} 2024") == date(2024, MONTHS[name], 14)
    assert read_day(f"{name} 14, 2024") == date(2024, MONTHS[name], 14)


@given(ordered=st.dates(date(2000, 1, 1), date(2090, 1, 1)), after=st.integers(0, 300))
def test_a_date_soon_after_the_order_gets_the_right_year(ordered, after):
    day = ordered + timedelta(days=after)
    assert read_day(f"Delivered {day:%B} {day.day}", near=ordered) == day


@given(st.text(max_size=400))
def test_any_text_gives_a_date_or_none(text):
    found = read_day(text, near=date(2024, 5, 5))
    assert found is None or found.year >= 1995
