"""Invented book entries and steps of the history that the tests of the terminal app show."""

from datetime import date, timedelta
from decimal import Decimal

from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.shares import PurposeShare
from assistant.domain.journal import Action, Step
from tests.tui.household import NOON

_TONER = EntryItem(asin="B0INVENT01", title="Toner cartridge, black", nth=1, quantity=1)
ENTRIES = (
    Entry(
        id="e1",
        kind=EntryKind.PURCHASE,
        on=date(2026, 11, 20),
        basis=DateBasis.CHARGED,
        account="biz",
        order=EntryOrder(number="112-0000001-0000007"),
        item=_TONER,
        parts=Parts(goods=10000, discount=-500, tax=784),
        currency="USD",
        certainty=Certainty.STATED,
        taxes=(TaxShare(code="sales", rate=None, base=9500, amount=784, certainty=Certainty.STATED),),
        paid=(PurseShare(instrument="card", amount=10284, network="visa", last4="1234"),),
        shares=(
            PurposeShare(purpose="business", share=Decimal("0.6"), gross=6170),
            PurposeShare(purpose="personal", share=Decimal("0.4"), gross=4114),
        ),
    ),
    Entry(
        id="e2",
        kind=EntryKind.REFUND,
        on=date(2026, 11, 21),
        basis=DateBasis.REFUNDED,
        account="biz",
        order=EntryOrder(number="112-0000001-0000007"),
        item=_TONER,
        parts=Parts(goods=-2000),
        currency="USD",
        certainty=Certainty.ESTIMATED,
        shares=(PurposeShare(purpose="business", share=Decimal(1), gross=-2000),),
    ),
    Entry(
        id="e3",
        kind=EntryKind.TOP_UP,
        on=date(2025, 12, 31),
        basis=DateBasis.PLACED,
        account="home",
        order=EntryOrder(number="302-0000002-0000008"),
        item=None,
        parts=Parts(goods=5000),
        currency="EUR",
        certainty=Certainty.STATED,
    ),
)
STEPS = (
    Step(id=2, at=NOON, who="you", action=Action.IMPORTED, what="Imported 'Your Orders.zip' for Personal: 117 new orders"),
    Step(
        id=1,
        at=NOON - timedelta(days=1),
        who="Kim",
        action=Action.ACCOUNT_EDITED,
        what="Changed the account Household",
        why="The name was wrong",
    ),
)
