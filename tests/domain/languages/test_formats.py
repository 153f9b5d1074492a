"""Numbers, amounts and days in each language."""

from datetime import date

import pytest

from assistant.domain.languages.formats import amount_text, day_text, month_text, shown_value, with_sign
from assistant.domain.languages.language import LANGUAGES, speaking

TODAY = date(2026, 11, 25)
WRITTEN = {
    "en": ("−€1,234.50", "¥3,000", "CHF 12.00", "Tue 24 Nov", "5 Mar 2024", "Nov 2026"),
    "de": ("−1.234,50 €", "3.000 ¥", "12,00 CHF", "Di 24.11.", "5.3.2024", "Nov 2026"),
    "es": ("−1.234,50 €", "3.000 ¥", "12,00 CHF", "mar 24/11", "5/3/2024", "nov 2026"),
    "fr": ("−1\u202f234,50 €", "3\u202f000 ¥", "12,00 CHF", "mar 24/11", "5/3/2024", "nov 2026"),
    "it": ("−1.234,50 €", "3.000 ¥", "12,00 CHF", "mar 24/11", "5/3/2024", "nov 2026"),
    "ja": ("−€1,234.50", "¥3,000", "CHF 12.00", "11/24(火)", "2024/3/5", "2026年11月"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_and_days_are_written_as_in_the_language(language):
    with speaking(language):
        assert (
            amount_text("-1234.50", "€"),
            amount_text("3000", "¥"),
            amount_text("12.00", "CHF"),
            day_text(date(2026, 11, 24), TODAY),
            day_text(date(2024, 3, 5), TODAY),
            month_text(2026, 11),
        ) == WRITTEN[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_fits_into_the_column_of_a_list(language):
    with speaking(language):
        assert all(len(day_text(date(2026, month, 28), TODAY)) <= 11 for month in range(1, 13))
        assert with_sign("•••", "€") in ("€•••", "••• €")


def test_a_value_of_the_data_is_written_as_in_the_language():
    values = ("-1234.50 USD", "2025-03-02", "3", "Desk lamp 2025-03-02", "19.49", "shipped by EUR")
    assert tuple(map(shown_value, values)) == values
    with speaking("de"):
        assert tuple(map(shown_value, values)) == ("-1.234,50 USD", "02.03.2025", "3", "Desk lamp 2025-03-02", "19.49", "shipped by EUR")
