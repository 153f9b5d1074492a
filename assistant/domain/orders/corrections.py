"""The user's corrections of an order: one more source, trusted above all others, that can be undone field by field.

Stored as an order with only the corrected fields. Its items match the order's lines: `asin` (or, if
there is none, `title`) identifies the line, the other fields are the corrections.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.domain.days import written_day
from assistant.domain.errors import InvalidInput, naming_field
from assistant.domain.languages.translating import translated, translated_count
from assistant.domain.money import NO_CURRENCY, Money, checked_currency, typed_number
from assistant.domain.orders.order import Amount, Item, Order, OrderStatus, Recipient, Refund
from assistant.domain.orders.refund_corrections import REFUND_WORD, corrected_refunds, moved_refunds, refund_fields, with_refund
from assistant.domain.text import clean_text, fold

STATUSES = tuple(status for status in OrderStatus if status is not OrderStatus.UNKNOWN)
_AMOUNTS = {("total" if name is Amount.GRAND_TOTAL else name.value): name for name in Amount}
_ITEM_WORDS = {"title": "title", "quantity": "quantity", "price": "unit_price"}
WORDS = ("total", "date", "currency", "status", "recipient", "address", *(word for word in _AMOUNTS if word != "total"))
"""The order fields that can be corrected; for items "item1.title", "item1.quantity", "item1.price", counted from 1."""

_ITEM = re.compile(r"item([1-9]\d{0,3})\.(title|quantity|price)\Z")
_LONGEST_NUMBER = 5
_ITEM_MONEY = ("unit_price", "unit_tax", "tax", "total", "shipping", "discount")


def corrected(order: Order, yours: Order) -> Order:
    """Return an order from the other sources with the user's corrections applied."""
    known = _in_currency(order, yours.currency or order.currency)
    stated = yours.status is not OrderStatus.UNKNOWN
    amounts = {**known.amounts, **yours.amounts}
    return replace(
        known,
        placed_on=yours.placed_on or known.placed_on,
        status=yours.status if stated else known.status,
        cancelled=yours.status is OrderStatus.CANCELLED if stated else known.cancelled,
        recipient=Recipient(
            name=yours.recipient.name or known.recipient.name,
            address=yours.recipient.address or known.recipient.address,
        ),
        amounts={name: amounts[name] for name in Amount if name in amounts},
        items=tuple(_corrected_item(item, right) for item, right in zip(known.items, aligned(known.items, yours.items), strict=True)),
        refunds=corrected_refunds(known.refunds, _refunds_for(known.items, yours)),
    )


def fields_of(told: Order, yours: Order) -> tuple[str, ...]:
    """Return the fields that the user corrected: "amounts.grand_total", "items[0].quantity". `told`: the order from the other sources."""
    found = [f"amounts.{name.value}" for name in yours.amounts]
    if yours.placed_on:
        found.append("placed_on")
    if yours.currency not in (None, told.currency):
        found.append("currency")
    if yours.status is not OrderStatus.UNKNOWN:
        found.append("status")
    found += [f"recipient.{name}" for name in ("name", "address") if getattr(yours.recipient, name)]
    for line, (item, right) in enumerate(zip(told.items, aligned(told.items, yours.items), strict=True)):
        found += [f"items[{line}].{name}" for name in _ITEM_WORDS.values() if _states(item, right, name)]
    return (*found, *refund_fields(told, yours))


def typed_corrections(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return corrections that somebody typed with their amounts as data writes them. Raises InvalidInput as `typed_number` does."""
    found = dict(given)
    for word, text in given.items():
        if text and (word in _AMOUNTS or word.endswith((".price", ".amount"))):
            with naming_field(word):
                found[word] = typed_number(text.strip())
    return found


def revised(told: Order, yours: Order | None, given: Mapping[str, str | None]) -> Order | None:
    """Return the user's corrections with these changes; None or "" removes one. Return None if none is left.

    `told` is the order from the other sources. Raises InvalidInput for an unknown field or a bad value.
    """
    found = yours or Order(number=told.number, kind=told.kind)
    found = replace(found, items=aligned(told.items, found.items), refunds=_refunds_for(told.items, found))
    unit = _unit(told, found, given)
    found = replace(_in_currency(found, unit), currency=unit)
    for word, text in sorted(given.items(), key=_adding_first):
        if word != "currency":
            with naming_field(word):
                found = _with(found, told, word, clean_text(text or ""))
    states = any(_states(item, right, name) for item, right in zip(told.items, found.items, strict=True) for name in _ITEM_WORDS.values())
    if not states and all(refund.item is None for refund in found.refunds):
        found = replace(found, items=())
    has_money = found.amounts or any(item.unit_price for item in found.items) or any(refund.amount for refund in found.refunds)
    if not has_money and found.currency == told.currency:
        found = replace(found, currency=None)
    return found if fields_of(told, found) else None


def _adding_first(change: tuple[str, str | None]) -> tuple[int, int]:
    """Sort changes so that a refund exists while its other fields are changed: its amount is set first and removed last.

    The first refund is added first, and the last one is removed first: the ones after it would get other numbers.
    """
    word, text = change
    refund = REFUND_WORD.match(word)
    if refund is None or refund[2] != "amount":
        return 1, 0
    return (0, int(refund[1])) if text else (2, -int(refund[1]))


def aligned(items: Sequence[Item], yours: Sequence[Item]) -> tuple[Item, ...]:
    """Return the user's corrections for each item of an order: matched by product or title and occurrence, else by position."""
    return tuple(
        Item(asin=item.asin, title=None if item.asin else item.title) if place is None else _named_like(item, yours[place])
        for item, place in zip(items, _places(items, yours), strict=True)
    )


def _named_like(item: Item, right: Item) -> Item:
    """Return the correction of an item by the item's own name: a later source may add the product number of a title."""
    if right.asin or not item.asin:
        return right
    return replace(right, asin=item.asin, title=None if fold(right.title or "") == fold(item.title or "") else right.title)


def _places(items: Sequence[Item], yours: Sequence[Item]) -> list[int | None]:
    """Return for each item of an order the position of the user's corrections, None without corrections."""
    free = {name: place for place, name in enumerate(_names(yours))}
    found: list[int | None] = [free.pop(name, None) for name in _names(items)]
    titles: Counter[str] = Counter()
    for place, item in enumerate(items):
        title = fold(item.title or "")
        if found[place] is None and title:
            found[place] = free.pop((title, titles[title]), None)
        titles[title] += 1
        if found[place] is None and not item.asin and len(yours) == len(items) and not yours[place].asin:
            found[place] = place
    return found


def _refunds_for(items: Sequence[Item], yours: Order) -> tuple[Refund, ...]:
    """Return the user's refunds with the positions that their items have in an order. Early ledgers do not store items with them."""
    if not yours.items:
        return yours.refunds
    now = {at: place for place, at in enumerate(_places(items, yours.items)) if at is not None}
    return moved_refunds(yours.refunds, [now.get(at) for at in range(len(yours.items))])


def _names(items: Sequence[Item]) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for item in items:
        name = item.asin or fold(item.title or "")
        yield name, seen[name]
        seen[name] += 1


def _states(item: Item, right: Item, name: str) -> bool:
    """Return whether the user corrects this field of a line; a title may only identify the line."""
    value = getattr(right, name)
    return value is not None and not (name == "title" and not item.asin and value == item.title)


def _corrected_item(item: Item, right: Item) -> Item:
    changes = {name: getattr(right, name) for name in _ITEM_WORDS.values() if getattr(right, name) is not None}
    if right.quantity is not None or right.unit_price is not None:
        # A file's total for the line was for another price or quantity.
        changes["total"] = None
    return replace(item, **changes) if changes else item


def _unit(told: Order, yours: Order, given: Mapping[str, str | None]) -> str | None:
    """Return the currency that the corrections are in."""
    if "currency" not in given:
        return yours.currency or told.currency
    word = clean_text(given["currency"] or "")
    with naming_field("currency"):
        return checked_currency(word) if word else told.currency


def _with(yours: Order, told: Order, word: str, text: str) -> Order:
    if word in _AMOUNTS:
        others = {name: money for name, money in yours.amounts.items() if name is not _AMOUNTS[word]}
        return replace(yours, amounts=others | ({_AMOUNTS[word]: _money(text, yours.currency)} if text else {}))
    if word == "date":
        return replace(yours, placed_on=written_day(text))
    if word == "status":
        return replace(yours, status=_status(text) if text else OrderStatus.UNKNOWN)
    if word in ("recipient", "address"):
        return replace(yours, recipient=replace(yours.recipient, **{"name" if word == "recipient" else word: text or None}))
    if REFUND_WORD.match(word):
        return replace(yours, refunds=with_refund(yours, told, word, text))
    return replace(yours, items=_with_item(yours, told, word, text))


def _with_item(yours: Order, told: Order, word: str, text: str) -> tuple[Item, ...]:
    found = _ITEM.match(word)
    if found is None:
        raise InvalidInput(
            translated(
                "'{word}' cannot be corrected. Use {choices}, item1.title, .quantity, .price, or refund1.item, .date.",
                word=word[:40],
                choices=", ".join(WORDS),
            )
        )
    line = int(found[1]) - 1
    if line >= len(yours.items):
        raise InvalidInput(
            translated_count(
                "The order has {count} item; there is no item {item}.",
                "The order has {count} items; there is no item {item}.",
                len(yours.items),
                item=found[1],
            )
        )
    values: dict[str, Any] = {
        "title": lambda: text or (None if told.items[line].asin else told.items[line].title),
        "quantity": lambda: _number(text) if text else None,
        "price": lambda: _money(text, yours.currency) if text else None,
    }
    right = replace(yours.items[line], **{_ITEM_WORDS[found[2]]: values[found[2]]()})
    return (*yours.items[:line], right, *yours.items[line + 1 :])


def _money(text: str, unit: str | None) -> Money:
    if unit is None:
        raise InvalidInput(translated("No source states the currency of this order. Add it: currency=USD."))
    return Money.typed(text, unit)


def _status(text: str) -> OrderStatus:
    if text not in STATUSES:
        raise InvalidInput(translated("'{text}' is not a status. Use {choices}.", text=text[:40], choices=", ".join(STATUSES)))
    return OrderStatus(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise InvalidInput(translated("'{text}' is not a quantity. Write a whole number, like 2.", text=text[:40]))
    return int(text)


def _in_currency(order: Order, unit: str | None) -> Order:
    """Return the order with the same figures in another currency: only the currency was wrong."""
    if unit is None or unit == order.currency:
        return order

    def turned(money: Money | None) -> Money | None:
        return Money.of(money.decimal, unit) if money and money.currency in (order.currency, NO_CURRENCY) else money

    def relabelled(item: Item) -> Item:
        values: dict[str, Any] = {name: turned(getattr(item, name)) for name in _ITEM_MONEY}
        return replace(item, **values)

    return replace(
        order,
        currency=unit,
        amounts={name: turned(money) or money for name, money in order.amounts.items()},
        items=tuple(map(relabelled, order.items)),
        payments=tuple(replace(payment, amount=turned(payment.amount)) for payment in order.payments),
        refunds=tuple(replace(refund, amount=turned(refund.amount)) for refund in order.refunds),
    )
