"""Statements of cards: their lines, what these pay for, and the months of a card."""

from datetime import date
from typing import Annotated, Literal, Self

from msgspec import Meta, Struct, field

from assistant.domain.books.entries import DateBasis
from assistant.domain.books.statements.card_charges import CardCharge, ChargeCandidate, LineState, MatchedLine, StatementMatches
from assistant.domain.books.statements.months import MonthState, StatementMonth
from assistant.domain.books.statements.statement_lines import CardLine, StatementImport, StatementLine
from assistant.domain.money import Money
from assistant.wire.shape import Count, DecimalText, JsonShape, MoneyJson, Short


class CardChargeJson(JsonShape[CardCharge]):
    """What a card paid of one entry, negative for money that came back."""

    entry: str
    number: str = field(name="order_id")
    account: str
    on: date = field(name="date")
    basis: DateBasis = field(name="date_basis")
    amount: DecimalText
    currency: str
    network: str | None
    last4: str | None

    @classmethod
    def of(cls, value: CardCharge) -> Self:
        """Return a charge or refund."""
        return cls(
            entry=value.entry,
            number=value.number,
            account=value.account,
            on=value.on,
            basis=value.basis,
            amount=DecimalText(value.money.decimal),
            currency=value.currency,
            network=value.network,
            last4=value.last4,
        )

    def to_domain(self, currency: str = "") -> CardCharge:
        """Return the charge, as far as its JSON goes. Raises InvalidInput for an impossible amount."""
        return CardCharge(
            entry=self.entry,
            number=self.number,
            account=self.account,
            on=self.on,
            basis=self.basis,
            amount=Money.of(self.amount, self.currency or currency).minor,
            currency=self.currency or currency,
            network=self.network,
            last4=self.last4,
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

    def to_domain(self, currency: str = "") -> ChargeCandidate:
        """Return the candidate. Raises InvalidInput for an impossible amount."""
        charges = tuple(charge.to_domain(currency) for charge in self.charges)
        return ChargeCandidate(score=self.score, reasons=self.reasons, charges=charges, lines=self.lines)


class StatementLineJson(JsonShape[MatchedLine]):
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

    def to_domain(self, currency: str = "") -> MatchedLine:
        """Return the line. Raises InvalidInput for an impossible amount."""
        original = self.original.to_domain() if self.original else None
        line = StatementLine(on=self.date, amount=Money.of(self.amount, self.currency or currency), text=self.text, original=original)
        return MatchedLine(
            entry=CardLine(id=self.id, card=self.card, line=line),
            state=self.state,
            match=self.match.to_domain() if self.match else None,
            candidates=tuple(candidate.to_domain() for candidate in self.candidates),
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


class StatementMonthJson(JsonShape[StatementMonth]):
    """A month of a card. Sentences: `waits_for` says what must happen before an open month can be closed, `changes` what changed later."""

    card: str
    month: str
    state: MonthState
    lines: Count
    matched: Count
    missing: Count
    amounts: tuple[MoneyJson, ...]
    waits_for: tuple[str, ...]
    changes: tuple[str, ...]

    @classmethod
    def of(cls, value: StatementMonth) -> Self:
        """Return a month."""
        amounts = tuple(map(MoneyJson.of, value.amounts))
        return cls(
            card=value.card,
            month=value.month,
            state=value.state,
            lines=value.lines,
            matched=value.matched,
            missing=value.missing,
            amounts=amounts,
            waits_for=value.waits_for,
            changes=value.changes,
        )

    def to_domain(self, currency: str = "") -> StatementMonth:
        """Return the month. Raises InvalidInput for an impossible amount."""
        return StatementMonth(
            card=self.card,
            month=self.month,
            state=self.state,
            lines=self.lines,
            matched=self.matched,
            missing=self.missing,
            amounts=tuple(amount.to_domain(currency) for amount in self.amounts),
            waits_for=self.waits_for,
            changes=self.changes,
        )


class StatementImportJson(JsonShape[StatementImport]):
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


class StatementBody(Struct, omit_defaults=True):
    """A statement as base64: CSV, OFX, QFX or QIF. `card` is needed if the file does not name it, like "visa/1234".

    `dry_run` returns what the import would bring and stores nothing. `columns` names columns of a CSV file, as "date=Buchungstag";
    they are remembered. `dates`: whether 03/04 is in April or in March. `charges`: the sign of money that left the card. `every_line`
    keeps lines that are not about Amazon, too.
    """

    name: Annotated[str, Meta(min_length=1, max_length=255, pattern="^[^\\u0000]*$")]
    content: bytes = field(name="content_base64")
    card: Short | None = None
    columns: Annotated[tuple[Short, ...], Meta(max_length=20)] = ()
    dates: Literal["dmy", "mdy"] | None = None
    charges: Literal["negative", "positive"] | None = None
    currency: Annotated[str, Meta(max_length=3)] | None = None
    every_line: bool = False
    dry_run: bool = False


class MatchBody(Struct):
    """What a line pays for: ids of entries; no entries: not a purchase; null: undo the decision."""

    line: Short
    entries: Annotated[tuple[Short, ...], Meta(max_length=100)] | None


class CloseBody(Struct, omit_defaults=True):
    """A month of a card to close again after it changed. Without both values every complete month is closed."""

    card: Short | None = None
    month: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}$")] | None = None
