"""Splits an amount over lines by largest remainder, so that the shares always add up to the whole."""

from collections.abc import Sequence


def share_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Return one share per weight, in minor units; their sum is `whole`. Equal remainders: the earlier line first.

    A negative amount is split like its absolute value. Without any weight the shares are equal.
    """
    if not weights:
        return []
    if whole < 0:
        return [-share for share in share_out(-whole, weights)]
    sizes = [abs(weight) for weight in weights]
    total = sum(sizes)
    if not total:
        sizes, total = [1] * len(weights), len(weights)
    shares = [whole * size // total for size in sizes]
    rest = whole - sum(shares)
    if rest:
        order = sorted(range(len(shares)), key=lambda at: (-(whole * sizes[at] % total), at))
        for at in order[:rest]:
            shares[at] += 1
    return shares
