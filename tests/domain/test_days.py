"""Days as people write them."""

from datetime import date

import pytest

from assistant.domain.days import written_day
from assistant.domain.errors import InvalidInput


def test_a_day_is_read_and_an_empty_text_is_none():
    assert written_day("2028-02-29") == date(2028, 2, 29)
    assert (written_day(""), written_day(None)) == (None, None)


@pytest.mark.parametrize("text", ["2027-02-29", "29.02.2028", "tomorrow", " 2028-02-29"])
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(InvalidInput, match=r"Write it like 2026-11-25\."):
        written_day(text)
