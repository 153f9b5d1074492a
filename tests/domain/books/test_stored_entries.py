"""Ledgers store entries, so a change in how they are derived needs a migration that marks the orders it concerns."""

from dataclasses import replace
from hashlib import sha256
from random import Random

from assistant.domain.orders.order import Order
from tests.domain.books.test_derive import back, books, item, order

ORDERS = 400
DERIVED_SINCE = {"0016": "46dbd5eb2c986ec7dc240b241abefe5f83c2be8d102ff0dcc8400d89806844cc"}
"""The newest migration that marks orders as not booked, and what was derived from these orders since then."""


def _random_order(dice: Random) -> Order:
    """Return an order of up to four items, some of them equal or returned, with up to three refunds that often fit."""
    prices = [dice.choice((500, 1000, 1299, 2000)) for _ in range(dice.randint(1, 4))]
    items = [
        item(
            "ABC"[price % 3],
            price,
            price // 10,
            quantity=dice.choice((1, 1, 2)),
            shipping=dice.choice((0, 0, 499)),
            returned=dice.choice((None, None, 1)),
        )
        for price in prices
    ]
    refunds = []
    for _ in range(dice.randint(1, 3)):
        minor = dice.choice(
            (dice.choice(items).total.minor, sum(dice.sample(prices, dice.randint(1, len(prices)))), 499, dice.randint(1, 4000))
        )
        refunds.append(back(minor, dice.choice((12, 12, 20)), item=dice.choice((None, None, None, 0))))
    return replace(order(*items), refunds=tuple(refunds))


def derived_from_random_orders() -> str:
    dice = Random(7)
    found = [books(_random_order(dice)) for _ in range(ORDERS)]
    told = [
        (
            [(each.item, each.kind, each.on, each.parts, each.certainty) for each in one.entries],
            [(doubt.code, doubt.minor) for doubt in one.doubts],
        )
        for one in found
    ]
    return sha256(repr(told).encode()).hexdigest()


def test_entries_come_out_as_they_are_stored():
    (since,) = DERIVED_SINCE.values()
    assert derived_from_random_orders() == since, (
        "Entries are derived differently now, and stored ledgers keep the old ones. Add a migration that marks the orders concerned "
        "(.github/CONTRIBUTING.md says how), then write its number and the new value into DERIVED_SINCE."
    )
