"""How keys change the text of a filter."""

from datetime import date

import pytest

from tui.filter_text import moved, now_like, other_length, shown_period, turned, value_of, with_value

TODAY = date(2026, 11, 25)


def test_a_value_is_replaced_in_every_alternative():
    assert with_value('toner date:2025 or "my ink"', "date", "2026-11") == 'date:2026-11 toner or date:2026-11 "my ink"'
    assert with_value("date:2025 toner", "date", "") == "toner"
    assert with_value("", "purpose", "my shop") == 'purpose:"my shop"'
    assert value_of('x purpose:"my shop"', "purpose") == "my shop"


def test_the_next_and_the_previous_account_are_put_into_a_filter():
    keys = ["per", "biz"]
    assert [turned(text, keys, 1) for text in ("", "account:per", "account:biz toner")] == ["account:per", "account:biz", "toner"]
    assert turned("", keys, -1) == "account:biz"


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        ("2026", "2025", "2027"),
        ("2026-Q1", "2025-Q4", "2026-Q2"),
        ("2026-12", "2026-11", "2027-01"),
        ("2026-03-01..2026-03-10", "2026-02-19..2026-02-28", "2026-03-11..2026-03-20"),
        ("2026-13", "2026-13", "2026-13"),
    ],
)
def test_a_period_moves_by_its_own_length(period, before, after):
    assert (moved(period, -1), moved(period, 1)) == (before, after)


def test_the_length_of_a_period_changes_from_year_to_quarter_to_month_to_all():
    assert [other_length(period, TODAY) for period in ("2026", "2026-Q4", "2026-11", "all")] == ["2026-Q4", "2026-11", "all", "2026"]
    assert other_length("2024", TODAY) == "2024-Q4"
    assert [now_like(period, TODAY) for period in ("2024", "2024-Q1", "2024-02")] == ["2026", "2026-Q4", "2026-11"]
    assert [shown_period(period) for period in ("2026", "2026-Q4", "2026-11", "all")] == ["2026", "Q4 2026", "Nov 2026", "all days"]


@pytest.mark.parametrize(("period", "by"), [("9999", 1), ("0001", -1), ("9999-Q4", 1), ("9999-12-30..9999-12-31", 1), ("0001-01", -1)])
def test_the_first_and_last_periods_of_the_calendar_do_not_move(period, by):
    assert moved(period, by) == period
    assert moved(moved("2025-12", 1), -1) == "2025-12"
