"""Invented book entries, questions, claims and steps of the history that the tests of the terminal app show."""

from datetime import date, timedelta
from decimal import Decimal

from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, QuestionCode, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.questions import Question
from assistant.domain.books.shares import PurposeShare
from assistant.domain.journal import Action, Step
from assistant.domain.money import Money
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
QUESTIONS = (
    Question(
        code=QuestionCode.SOURCES_DISAGREE,
        number="112-0000001-0000007",
        account="biz",
        amount=Money(102_84, "USD"),
        text="The sources differ on the total: 102.84 and 99.00.",
        fix="shopper order 112-0000001-0000007 --account biz --set total=AMOUNT",
        title="Toner cartridge, black",
        on=date(2026, 11, 20),
    ),
    Question(
        code=QuestionCode.UNMATCHED_CHARGE,
        number=None,
        account="home",
        amount=Money(17_17, "EUR"),
        text="A charge names an order that no source knows.",
        fix="shopper import NEWER_EXPORT.zip",
        on=date(2026, 10, 2),
    ),
)
CLAIMS = (
    Claim(
        id="7.1.per",
        order_id=7,
        item=1,
        number="112-0000001-0000007",
        asin="B0INVENT01",
        title="Toner cartridge, black",
        owes="per",
        paid="biz",
        amount=Money(41_14, "USD"),
        state=ClaimState.OPEN,
        opened=date(2026, 11, 20),
    ),
    Claim(
        id="s1",
        order_id=8,
        item=1,
        number="302-0000002-0000008",
        asin=None,
        title="Printer paper, 500 sheets",
        owes="biz",
        paid="home",
        amount=Money(12_00, "EUR"),
        state=ClaimState.SETTLED,
        opened=date(2026, 9, 3),
        settled_on=date(2026, 10, 1),
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
