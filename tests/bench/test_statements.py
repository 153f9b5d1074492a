"""Matching statements of 20,000 lines to 100,000 charges takes at most ten seconds of processor time."""

import random
import time
from datetime import date, timedelta

import pytest

from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge, LineState
from assistant.domain.books.statements.matching import match
from assistant.domain.books.statements.statement_lines import StatementDays, StatementLine, distinct_lines
from assistant.domain.money import Money

CHARGES, LINES, MOST_SECONDS = 100_000, 20_000, 10
CARD = "visa/1234"
FIRST = date(2016, 1, 1)


def charges(chance):
    """Return charges of orders with one to five items on two cards; popular prices occur often, as in real data."""
    found, number = [], 0
    while len(found) < CHARGES:
        number += 1
        on, last4 = FIRST + timedelta(days=chance.randrange(3600)), chance.choice(("1234", "5678"))
        for item in range(chance.choice((1, 1, 2, 3, 5))):
            price = chance.choice((999, 1299)) if chance.random() < 0.1 else chance.randrange(100, 30_000)
            entry = f"{number}.{item}.0.0"
            found.append(
                CardCharge(
                    entry=entry,
                    number=f"112-{number:07d}-0000001",
                    account="biz",
                    on=on,
                    basis=DateBasis.CHARGED,
                    amount=price,
                    currency="USD",
                    network="visa",
                    last4=last4,
                )
            )
    return found


def booked(chance, known):
    """Return one line per order of the card; some are split in two, some match no order."""
    orders = {}
    for charge in known:
        if charge.last4 == "1234":
            orders.setdefault(charge.number, []).append(charge)
    lines = []
    for mine in chance.sample(list(orders.values()), min(len(orders), LINES * 9 // 10)):
        amounts = [sum(charge.amount for charge in mine)]
        if len(mine) > 3 and chance.random() < 0.3:
            amounts = [mine[0].amount + mine[2].amount, amounts[0] - mine[0].amount - mine[2].amount]
        lines += [(mine[0].on + timedelta(days=chance.randrange(4)), amount) for amount in amounts]
    while len(lines) < LINES:
        lines.append((FIRST + timedelta(days=chance.randrange(3600)), chance.randrange(100, 30_000)))
    return [StatementLine(on=on, amount=Money(-minor, "USD"), text="AMZN Mktp US") for on, minor in lines[:LINES]]


@pytest.mark.bench
@pytest.mark.timeout(120)
def test_twenty_thousand_lines_are_matched_to_a_hundred_thousand_charges_in_ten_seconds(capsys):
    chance = random.Random(7)
    known = charges(chance)
    lines = booked(chance, known)
    days = [StatementDays(card=CARD, since=FIRST, until=FIRST + timedelta(days=3700))]
    started = time.process_time()
    found = match(distinct_lines(CARD, [lines]), known, days, {})
    seconds = time.process_time() - started
    states = [line.state for line in found.lines]
    with capsys.disabled():
        matched, tied = states.count(LineState.MATCHED), states.count(LineState.TIED)
        print(f"\n{LINES} lines, {CHARGES} charges: {seconds:.1f} s, {matched} matched, {tied} tied")
    assert states.count(LineState.MATCHED) > LINES / 2
    assert seconds <= MOST_SECONDS
