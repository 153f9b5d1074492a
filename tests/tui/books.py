"""Invented book entries, questions, claims, statements and steps of the history that the tests of the terminal app show."""

from datetime import date, timedelta
from decimal import Decimal

from assistant.domain.books.claims import Claim, ClaimState
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, QuestionCode, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder
from assistant.domain.books.questions import Question
from assistant.domain.books.shares import PurposeShare
from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.domain.books.statements.statement_lines import CardLine, StatementLine
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


def charge(entry: str, number: str, day: date, minor: int, account: str = "biz") -> CardCharge:
    return CardCharge(
        entry=entry,
        number=number,
        account=account,
        on=day,
        basis=DateBasis.CHARGED if minor > 0 else DateBasis.REFUNDED,
        amount=minor,
        currency="USD",
        network="visa",
        last4="1234",
    )


def statement_line(
    day: date,
    minor: int,
    text: str,
    state: LineState,
    *,
    match: ChargeCandidate | None = None,
    candidates: tuple[ChargeCandidate, ...] = (),
) -> MatchedLine:
    amount = Money(minor, "USD")
    line = CardLine(id=f"visa/1234:{day}:{amount.decimal}USD:1", card="visa/1234", line=StatementLine(on=day, amount=amount, text=text))
    return MatchedLine(entry=line, state=state, match=match, candidates=candidates)


_PAID = ChargeCandidate(
    score=100,
    reasons=("exact amount", "the whole order", "on the day of the charge", "paid with the card 1234"),
    charges=(charge("1.1.0.0", "112-0000001-0000007", date(2026, 11, 20), 102_84),),
)
_EITHER = tuple(
    ChargeCandidate(
        score=88,
        reasons=("exact amount", "the whole order", "on the day of the charge"),
        charges=(charge(f"{number}.1.0.0", f"112-000000{number}-0000009", date(2026, 11, 10), 11_00),),
    )
    for number in (3, 4)
)
STATEMENT_LINES = (
    statement_line(date(2026, 11, 10), -11_00, "AMZN Mktp US*TIED0001", LineState.TIED, candidates=_EITHER),
    statement_line(date(2026, 11, 20), -102_84, "AMZN Mktp US*TONER001", LineState.MATCHED, match=_PAID),
    statement_line(date(2026, 11, 22), -7_77, "AMZN Digital*UNKNOWN01", LineState.UNMATCHED),
    statement_line(date(2026, 10, 5), -12_50, "AMZN Mktp US*OCTOBER1", LineState.MATCHED, match=_PAID),
)
STATEMENT_MONTHS = (
    StatementMonth(
        card="visa/1234",
        month="2026-11",
        state=MonthState.OPEN,
        lines=3,
        matched=1,
        missing=1,
        amounts=(Money(-121_61, "USD"),),
        waits_for=("The newest statement of this card ends on 2026-11-22. Import one that covers 2026-11-30.",),
    ),
    StatementMonth(
        card="visa/1234",
        month="2026-10",
        state=MonthState.CHANGED,
        lines=1,
        matched=1,
        missing=0,
        amounts=(Money(-12_50, "USD"),),
        changes=("The line of -12.50 USD on 2026-10-05 now pays for something else.",),
    ),
)
MISSING_CHARGES = (charge("5.1.0.0", "112-0000005-0000009", date(2026, 11, 12), 30_25, "per"),)
