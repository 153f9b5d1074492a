"""Quarters of Making Tax Digital: cumulative, by tax year or by calendar."""

from datetime import date

import pytest

from assistant.domain.errors import InvalidInput
from assistant.domain.taxes.quarters import quarter_of
from assistant.exports.taxes.form_files import tax_form


@pytest.mark.parametrize("name", ["sa103f", "sa103s"])
def test_a_quarter_starts_with_the_year_and_is_due_a_month_after_it(name):
    form = tax_form(name, "2025-26")
    found = [quarter_of(form, number) for number in (1, 2, 3, 4)]
    assert {quarter.first for quarter in found} == {date(2025, 4, 6)}
    assert [quarter.last for quarter in found] == [date(2025, 7, 5), date(2025, 10, 5), date(2026, 1, 5), date(2026, 4, 5)]
    assert [quarter.due for quarter in found] == [date(2025, 8, 7), date(2025, 11, 7), date(2026, 2, 7), date(2026, 5, 7)]
    found = [quarter_of(form, number, calendar=True) for number in (1, 2, 3, 4)]
    assert {quarter.first for quarter in found} == {date(2025, 4, 1)}
    assert [quarter.last for quarter in found] == [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)]


def test_other_quarters_and_forms_of_other_countries_are_refused():
    with pytest.raises(InvalidInput, match="5"):
        quarter_of(tax_form("sa103f", "2024-25"), 5)
    with pytest.raises(InvalidInput, match="British"):
        quarter_of(tax_form("euer", "2025"), 1)
