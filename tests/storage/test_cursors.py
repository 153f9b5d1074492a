"""Cursors of lists."""

import pytest

from assistant.domain.errors import InvalidInput
from assistant.storage.cursors import id_of


def test_a_cursor_is_the_last_id_of_the_page_before():
    assert (id_of("7"), id_of("123456789012345678")) == (7, 123456789012345678)


@pytest.mark.parametrize("cursor", ["", "-1", "1.0", "٣", "²", "7; DROP TABLE orders", "1234567890123456789", "2026-01-01~7"])
def test_any_other_text_is_refused_with_the_next_step(cursor):
    with pytest.raises(InvalidInput, match="Start again without it"):
        id_of(cursor)
