"""Details of terms as people read and write them."""

import pytest

from assistant.domain.term_sentences import detail_of, written


@pytest.mark.parametrize(
    ("detail", "words"),
    [(True, "yes"), (False, "no"), (None, ""), (2, "2"), ("trial", "trial"), (["B0INVENT01", "B0INVENT02"], "B0INVENT01, B0INVENT02")],
)
def test_a_detail_is_written_in_plain_words(detail, words):
    assert written(detail) == words


@pytest.mark.parametrize("detail", [True, False, None, 2, "trial"])
def test_written_details_are_read_back(detail):
    assert detail_of(written(detail)) == detail
