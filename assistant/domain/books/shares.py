"""What an entry is for: shares of purposes that add up to it, by percent or by amount; the rest is for what it was for before."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from assistant.domain.books.sharing import share_out
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated

WHOLE = 10_000
"""All of an item, in hundredths of a percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPart:
    """A part assigned to a purpose: `percent` in hundredths of a percent, or an `amount` in minor units."""

    purpose: str
    percent: int | None = None
    amount: int | None = None


class PurposeShare(NamedTuple):
    """A purpose's share of one entry: a fraction and minor units."""

    purpose: str
    share: Decimal
    gross: int


def shares_of(gross: int, parts: Sequence[SplitPart], rest: str, base: int) -> tuple[PurposeShare, ...]:
    """Return how an entry of `gross` is shared; `base` is what the split item (or order) cost, for parts that are amounts.

    A refund follows the shares of its line, also where these are amounts: in proportion.
    """
    weights: dict[str, int] = {}
    whole = WHOLE
    if any(part.amount is not None for part in parts):
        whole = max(1, abs(base))
        for part in parts:
            minor = part.amount if part.amount is not None else whole * (part.percent or 0) // WHOLE
            weights[part.purpose] = weights.get(part.purpose, 0) + minor
    else:
        for part in parts:
            weights[part.purpose] = weights.get(part.purpose, 0) + (part.percent or 0)
    left = whole - sum(weights.values())
    if left > 0:
        weights[rest] = weights.get(rest, 0) + left
    total = sum(weights.values())
    if not total:
        return (PurposeShare(purpose=rest, share=Decimal(1), gross=gross),)
    amounts = share_out(gross, list(weights.values()))
    return tuple(
        PurposeShare(purpose=purpose, share=_fraction(weight, total), gross=minor)
        for (purpose, weight), minor in zip(weights.items(), amounts, strict=True)
        if weight
    )


def _fraction(part: int, whole: int) -> Decimal:
    """Return a share with two digits where that is exact, else with four."""
    exact = Decimal(part) / Decimal(whole)
    short = exact.quantize(Decimal("0.01"))
    return short if short == exact else exact.quantize(Decimal("0.0001"))


def checked(parts: Sequence[SplitPart], base: int) -> tuple[SplitPart, ...]:
    """Return the parts of a split. Raises InvalidInput when they exceed the whole."""
    percent = sum(part.percent or 0 for part in parts)
    amount = sum(part.amount or 0 for part in parts)
    if percent > WHOLE:
        raise InvalidInput(
            translated("The parts add up to {percent} %. Together they can be at most 100 %.", percent=f"{Decimal(percent) / 100:g}")
        )
    if amount + base * percent // WHOLE > base:
        raise InvalidInput(translated("The parts add up to more than was paid. Give smaller amounts, or percentages."))
    return tuple(parts)
