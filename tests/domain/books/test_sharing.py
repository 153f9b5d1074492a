"""Splitting an amount over lines: the shares add up, and each is within a cent of its exact value."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.books.sharing import share_out

WEIGHTS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=6)


@settings(max_examples=30)
@given(st.integers(-100_000, 100_000), WEIGHTS)
def test_shares_add_up_and_are_within_one_unit_of_the_exact_share(whole, weights):
    shares = share_out(whole, weights)
    assert sum(shares) == whole
    total = sum(map(abs, weights))
    for share, weight in zip(shares, weights, strict=True):
        exact = whole * abs(weight) / total if total else whole / len(weights)
        assert abs(share - exact) < 1


def test_the_earlier_of_two_equal_lines_gets_the_odd_cent():
    assert share_out(5, [1, 1]) == [3, 2]
    assert share_out(-5, [1, 1]) == [-3, -2]
    assert share_out(0, [0, 0]) == [0, 0]
    assert share_out(7, []) == []
