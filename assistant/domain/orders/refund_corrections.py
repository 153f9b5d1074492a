"""The user's corrections of refunds: the item one was for, its day, and refunds that no source gives a day.

Stored among the user's own refunds of the order: one that corrects another has its key, or without a key its amount; one that the user
adds has a key of its own. `item` and `refunded_on` are corrections where they are set. `item` is a position among the user's own items,
which name the order's items by product, so it stays right when a better source lists them in another order.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.domain.days import written_day
from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.domain.orders.order import Order, Refund

REFUND_WORD = re.compile(r"refund([1-9]\d?)\.(item|date|amount)\Z")
_ADDED = "yours-"


def corrected_refunds(told: Sequence[Refund], yours: Sequence[Refund]) -> tuple[Refund, ...]:
    """Return the refunds of the sources with the user's corrections, then those that the user added."""
    found = []
    for refund, right in zip(told, aligned_refunds(told, yours), strict=True):
        found.append(refund if right is None else _corrected(refund, right))
    return (*found, *(refund for refund in yours if _is_added(refund)))


def _corrected(refund: Refund, right: Refund) -> Refund:
    item = right.item if right.item is not None else refund.item
    if right.refunded_on is None:
        return replace(refund, item=item)
    return replace(refund, item=item, refunded_on=right.refunded_on, refunded_at=None)


def moved_refunds(yours: Sequence[Refund], places: Sequence[int | None]) -> tuple[Refund, ...]:
    """Return the user's refunds with items moved from position N to `places[N]`; None if the order no longer has the item."""
    return tuple(
        replace(refund, item=places[refund.item] if refund.item < len(places) else None) if refund.item is not None else refund
        for refund in yours
    )


def aligned_refunds(told: Sequence[Refund], yours: Sequence[Refund]) -> list[Refund | None]:
    """Return the user's correction of each refund, or None."""
    free = [refund for refund in yours if not _is_added(refund)]
    found: list[Refund | None] = []
    for refund in told:
        keyed = (right for right in free if right.key and right.key == refund.key)
        alike = (right for right in free if not right.key and right.amount == refund.amount)
        right = next(keyed, None) or next(alike, None)
        if right is not None:
            free.remove(right)
        found.append(right)
    return found


def refund_fields(told: Order, yours: Order) -> list[str]:
    """Return the fields that the user corrected or added: "refunds[0].item"."""
    found = []
    for place, right in enumerate(aligned_refunds(told.refunds, yours.refunds)):
        if right is not None:
            found += [f"refunds[{place}].{name}" for name in ("item", "refunded_on") if getattr(right, name) is not None]
    added = sum(map(_is_added, yours.refunds))
    return found + [f"refunds[{len(told.refunds) + place}]" for place in range(added)]


def with_refund(yours: Order, told: Order, word: str, text: str) -> tuple[Refund, ...]:
    """Return the user's refunds with a change: "refund1.item" of "2". "" removes it. Raises InvalidInput."""
    match = REFUND_WORD.match(word)
    if match is None:
        raise InvalidInput(translated("'{word}' is no refund. Write refund1.item, refund1.date or refund1.amount.", word=word[:40]))
    place, name = int(match[1]) - 1, match[2]
    rights = aligned_refunds(told.refunds, yours.refunds)
    added = [refund for refund in yours.refunds if _is_added(refund)]
    if place < len(rights):
        if name == "amount":
            raise InvalidInput(translated("The amount of a refund that a source tells cannot be corrected. Correct its item or its day."))
        known = told.refunds[place]
        right = rights[place] or Refund(key=known.key, amount=None if known.key else known.amount)
        rights[place] = replace(right, **_value(yours, told, name, text))
    else:
        place -= len(rights)
        if place > len(added):
            raise InvalidInput(_no_such_refund(match[1], len(rights) + len(added)))
        if place == len(added):
            if name == "item" or not text:
                raise InvalidInput(_no_such_refund(match[1], len(rights) + len(added)))
            added.append(Refund(key=f"{_ADDED}{place + 1}"))
        added[place] = replace(added[place], **_value(yours, told, name, text))
    kept = [right for right in rights if right is not None and (right.item is not None or right.refunded_on is not None)]
    return (*kept, *(refund for refund in added if refund.amount or refund.refunded_on))


def _no_such_refund(number: str, known: int) -> str:
    return translated(
        "The order has no refund {number}. It has {known}. To add one: refund{next}.amount=5.00 and refund{next}.date=2025-03-20.",
        number=number,
        known=known or translated("none"),
        next=known + 1,
    )


def _value(yours: Order, told: Order, name: str, text: str) -> dict[str, Any]:
    if name == "date":
        return {"refunded_on": written_day(text) if text else None}
    if name == "item":
        return {"item": _place(told, text) if text else None}
    unit = yours.currency or told.currency
    if text and unit is None:
        raise InvalidInput(translated("No source states the currency of this order. Add it: currency=USD."))
    amount = Money.typed(text, unit or "") if text else None
    if amount is not None and amount.minor <= 0:
        raise InvalidInput(translated("A refund is an amount above zero."))
    return {"amount": amount}


def _place(told: Order, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 0 < int(text) <= len(told.items)):  # noqa: PLR2004  # an item's number
        raise InvalidInput(translated("The order has no item '{text}'. It has {count}.", text=text[:20], count=len(told.items)))
    return int(text) - 1


def _is_added(refund: Refund) -> bool:
    return (refund.key or "").startswith(_ADDED)
