"""The shares of an entry's purposes."""

from decimal import Decimal

import pytest

from assistant.domain.books.shares import SplitPart, checked, shares_of
from assistant.domain.errors import InvalidInput


def shared(gross, *parts, base=10_000):
    return {share.purpose: (share.share, share.gross) for share in shares_of(gross, parts, "personal", base)}


def test_the_rest_of_a_split_has_the_purpose_of_the_account():
    assert shared(9_999, SplitPart(purpose="business", percent=6_000)) == {
        "business": (Decimal("0.60"), 5_999),
        "personal": (Decimal("0.40"), 4_000),
    }
    assert shared(9_999) == {"personal": (Decimal("1.00"), 9_999)}


def test_a_refund_follows_a_split_by_amounts_in_proportion():
    parts = (SplitPart(purpose="business", amount=7_500), SplitPart(purpose="family", amount=2_500))
    assert shared(10_000, *parts) == {"business": (Decimal("0.75"), 7_500), "family": (Decimal("0.25"), 2_500)}
    assert shared(-1_000, *parts) == {"business": (Decimal("0.75"), -750), "family": (Decimal("0.25"), -250)}


def test_parts_of_one_purpose_are_added_and_a_third_is_kept_to_four_digits():
    third = shared(900, SplitPart(purpose="business", amount=1), SplitPart(purpose="business", amount=1), base=6)
    assert third == {"business": (Decimal("0.3333"), 300), "personal": (Decimal("0.6667"), 600)}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((SplitPart(purpose="business", percent=6_000), SplitPart(purpose="family", percent=5_000)), "add up to 110 %"),
        ((SplitPart(purpose="business", amount=6_000), SplitPart(purpose="family", amount=5_000)), "more than was paid"),
        ((SplitPart(purpose="business", amount=6_000), SplitPart(purpose="family", percent=5_000)), "more than was paid"),
    ],
)
def test_parts_beyond_the_whole_are_refused(parts, words):
    with pytest.raises(InvalidInput, match=words):
        checked(parts, 10_000)
