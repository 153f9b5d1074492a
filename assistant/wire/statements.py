"""Statements of cards: their lines, what these pay for, and the months of a card."""

from datetime import date
from typing import Self

from msgspec import Struct

from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine, StatementMatches
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.wire.shape import Count, DecimalText, MoneyJson


class CardChargeJson(Struct):
    """What a card paid of one entry, negative for money that came back."""

    entry: str
    order_id: str
    account: str
    date: date
    date_basis: DateBasis
    amount: DecimalText
    currency: str
    network: str | None
    last4: str | None

    @classmethod
    def of(cls, value: CardCharge) -> Self:
        """Return a charge or refund."""
        return cls(
            entry=value.entry,
            order_id=value.number,
            account=value.account,
            date=value.on,
            date_basis=value.basis,
            amount=DecimalText(value.money.decimal),
            currency=value.currency,
            network=value.network,
            last4=value.last4,
        )


class ChargeCandidateJson(Struct):
    """Charges that add up to a line, or to the `lines` together; `score` is at most 100."""

    score: int
    reasons: tuple[str, ...]
    charges: tuple[CardChargeJson, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, value: ChargeCandidate) -> Self:
        """Return a candidate."""
        return cls(value.score, value.reasons, tuple(map(CardChargeJson.of, value.charges)), value.lines)


class StatementLineJson(Struct):
    """A line of a statement: money that left the card is negative. `match` is what it pays for, `candidates` are open ones."""

    id: str
    card: str
    date: date
    amount: DecimalText
    currency: str
    text: str
    original: MoneyJson | None
    state: LineState
    match: ChargeCandidateJson | None
    candidates: tuple[ChargeCandidateJson, ...]

    @classmethod
    def of(cls, value: MatchedLine) -> Self:
        """Return a line."""
        line = value.entry.line
        return cls(
            id=value.entry.id,
            card=value.entry.card,
            date=line.on,
            amount=DecimalText(line.amount.decimal),
            currency=line.amount.currency,
            text=line.text,
            original=MoneyJson.of(line.original) if line.original else None,
            state=value.state,
            match=ChargeCandidateJson.of(value.match) if value.match else None,
            candidates=tuple(map(ChargeCandidateJson.of, value.candidates)),
        )


class UnmatchedJson(Struct):
    """Lines that pay for nothing known or for one of several things, and charges that no statement has."""

    lines: tuple[StatementLineJson, ...]
    charges: tuple[CardChargeJson, ...]

    @classmethod
    def of(cls, value: StatementMatches) -> Self:
        """Return what is open."""
        open_ = (line for line in value.lines if line.state in {LineState.TIED, LineState.UNMATCHED})
        return cls(tuple(map(StatementLineJson.of, open_)), tuple(map(CardChargeJson.of, value.missing)))


class StatementMonthJson(Struct):
    """A month of a card; `changes` are sentences about what is not as it was when the month was closed."""

    card: str
    month: str
    state: MonthState
    lines: Count
    matched: Count
    missing: Count
    amounts: tuple[MoneyJson, ...]
    changes: tuple[str, ...]

    @classmethod
    def of(cls, value: StatementMonth) -> Self:
        """Return a month."""
        amounts = tuple(map(MoneyJson.of, value.amounts))
        return cls(value.card, value.month, value.state, value.lines, value.matched, value.missing, amounts, value.changes)


class StatementImportJson(Struct):
    """What an import of a statement brought; `others` counts lines that are not about Amazon and were not kept."""

    name: str
    card: str
    lines: Count
    new: Count
    others: Count
    matched: Count
    tied: Count
    unmatched: Count
    again: bool
