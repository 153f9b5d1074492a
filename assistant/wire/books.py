"""What was spent, the entries of the books, and the formats of exports. The README of `services/books` describes entries."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from assistant.domain.books.claims import Claim, ClaimState, MonthlySettlement
from assistant.domain.books.conversion import ConvertedEntry, ConvertedExpense, DayRate
from assistant.domain.books.entries import Certainty, DateBasis, EntryKind, Parts, PurseShare, QuestionCode, TaxShare
from assistant.domain.books.ledger_entry import Entry, EntryItem, EntryOrder, ExpenseRow
from assistant.domain.books.questions import Question
from assistant.domain.books.shares import PurposeShare
from assistant.domain.money import Money
from assistant.wire.shape import Count, DecimalText, JsonShape, Short


class ExpenseJson(JsonShape[ExpenseRow]):
    """What one account spent for one purpose in one month and currency; refunds are positive and not subtracted."""

    account: str
    purpose: str
    month: str
    currency: str
    orders: Count
    spent: DecimalText
    refunded: DecimalText
    net: DecimalText
    gaps: tuple[str, ...]

    def to_domain(self, currency: str = "") -> ExpenseRow:
        """Return the sum. Raises InvalidInput for an impossible amount."""
        return super().to_domain(self.currency or currency)


class EntryItemJson(JsonShape[EntryItem]):
    """The item of an entry; `nth` counts equal products of the order from 1."""

    asin: str | None
    title: str | None
    nth: Count
    quantity: int | None
    person: str | None = None

    @classmethod
    def of(cls, value: EntryItem) -> Self:
        """Return an item: msgspec would take a named tuple for an array."""
        return cls(value.asin, value.title, value.nth, value.quantity, value.person)


class TaxJson(Struct):
    """One tax within an entry; `rate` is a fraction, null where it is not known or has no single rate."""

    code: str
    rate: DecimalText | None
    base: DecimalText
    amount: DecimalText
    certainty: Certainty


class PaidJson(Struct, omit_defaults=True):
    """What one purse paid of an entry."""

    instrument: str
    amount: DecimalText
    network: str | None = None
    last4: str | None = None


class PurposeShareJson(Struct):
    """The part of an entry that serves a purpose; `share` is a fraction."""

    purpose: str
    share: DecimalText
    amount: DecimalText


class DayRateJson(Struct):
    """An exchange rate: what one unit of `currency` is worth, on which day, by which source."""

    currency: str
    rate: DecimalText
    day: date
    source: str

    @classmethod
    def of(cls, currency: str, value: DayRate) -> Self:
        """Return a rate of a currency."""
        return cls(currency, DecimalText(format(value.rate, "f")), value.day, value.source)


class ConvertedAmountJson(Struct):
    """An entry's amount in the wanted currency; `amount` is null where no rate is known, `rate` where none is needed."""

    currency: str
    amount: DecimalText | None
    rate: DayRateJson | None


class EntryJson(JsonShape[Entry]):
    """One money movement of one item; `parts` names those that are not zero, and their sum is `gross`.

    `in` is its amount in one currency, only where that was asked for.
    """

    id: str
    kind: EntryKind
    on: date = field(name="date")
    basis: DateBasis = field(name="date_basis")
    account: str
    order_id: str
    item: EntryItemJson | None = field(name="line")
    parts: dict[str, DecimalText]
    gross: DecimalText
    currency: str
    certainty: Certainty
    taxes: tuple[TaxJson, ...]
    paid: tuple[PaidJson, ...]
    shares: tuple[PurposeShareJson, ...]
    converted: ConvertedAmountJson | None = field(name="in", default=None)

    @classmethod
    def of_converted(cls, value: ConvertedEntry, currency: str) -> Self:
        """Return an entry with its amount in a currency."""
        amount = DecimalText(value.amount.decimal) if value.amount else None
        rate = DayRateJson.of(value.entry.currency, value.rate) if value.rate else None
        return replace(cls.of(value.entry), converted=ConvertedAmountJson(currency, amount, rate))

    @classmethod
    def of(cls, value: Entry) -> Self:
        """Return an entry; its amounts are minor units of one currency in the domain."""

        def amount(minor: int) -> DecimalText:
            return DecimalText(Money(minor, value.currency).decimal)

        return cls(
            id=value.id,
            kind=value.kind,
            on=value.on,
            basis=value.basis,
            account=value.account,
            order_id=value.order.number,
            item=EntryItemJson.of(value.item) if value.item else None,
            parts={name: amount(minor) for name, minor in zip(Parts._fields, value.parts, strict=True) if minor},
            gross=amount(value.parts.gross),
            currency=value.currency,
            certainty=value.certainty,
            taxes=tuple(
                TaxJson(tax.code, None if tax.rate is None else DecimalText(tax.rate), amount(tax.base), amount(tax.amount), tax.certainty)
                for tax in value.taxes
            ),
            paid=tuple(PaidJson(paid.instrument, amount(paid.amount), paid.network or None, paid.last4 or None) for paid in value.paid),
            shares=tuple(PurposeShareJson(share.purpose, DecimalText(share.share), amount(share.gross)) for share in value.shares),
        )

    def to_domain(self, currency: str = "") -> Entry:
        """Return the entry, as far as its JSON goes. Raises InvalidInput for an impossible amount."""
        unit = self.currency or currency

        def minor(amount: DecimalText) -> int:
            return Money.of(amount, unit).minor

        return Entry(
            id=self.id,
            kind=self.kind,
            on=self.on,
            basis=self.basis,
            account=self.account,
            order=EntryOrder(number=self.order_id),
            item=self.item.to_domain() if self.item else None,
            parts=Parts(**{name: minor(amount) for name, amount in self.parts.items()}),
            currency=unit,
            certainty=self.certainty,
            taxes=tuple(
                TaxShare(
                    code=tax.code,
                    rate=None if tax.rate is None else Decimal(tax.rate),
                    base=minor(tax.base),
                    amount=minor(tax.amount),
                    certainty=tax.certainty,
                )
                for tax in self.taxes
            ),
            paid=tuple(
                PurseShare(instrument=paid.instrument, amount=minor(paid.amount), network=paid.network, last4=paid.last4)
                for paid in self.paid
            ),
            shares=tuple(
                PurposeShare(purpose=share.purpose, share=Decimal(share.share), gross=minor(share.amount)) for share in self.shares
            ),
        )


class ConvertedExpenseJson(Struct):
    """What one account spent for one purpose in one month, in one currency, with every rate that was used."""

    account: str
    purpose: str
    month: str
    currency: str
    orders: Count
    spent: DecimalText
    refunded: DecimalText
    net: DecimalText
    rates: tuple[DayRateJson, ...]

    @classmethod
    def of(cls, value: ConvertedExpense) -> Self:
        """Return a sum."""
        return cls(
            account=value.account,
            purpose=value.purpose,
            month=value.month,
            currency=value.spent.currency,
            orders=value.orders,
            spent=DecimalText(value.spent.decimal),
            refunded=DecimalText(value.refunded.decimal),
            net=DecimalText(value.net.decimal),
            rates=tuple(DayRateJson.of(unit, rate) for unit, rates in value.rates.items() for rate in rates),
        )


class ExportFormatJson(Struct):
    """A format of exports: for whom it is, what it keeps and what it cannot carry."""

    name: str
    description: str
    suffix: str
    audience: str
    keeps: str
    loses: str


class NamedItemJson(Struct):
    """An item by its product number and title."""

    asin: str | None
    title: str | None


class QuestionJson(JsonShape[Question]):
    """A question of the worklist; `fix` is the command that answers it, `date` the day it is about."""

    code: QuestionCode
    number: str | None = field(name="order_id")
    account: str
    line: NamedItemJson | None
    amount: DecimalText | None
    currency: str | None
    text: str
    fix: str
    on: date | None = field(name="date")

    @classmethod
    def of(cls, value: Question) -> Self:
        """Return a question."""
        return cls(
            code=value.code,
            number=value.number,
            account=value.account,
            line=_named(value.asin, value.title),
            amount=DecimalText(value.amount.decimal) if value.amount else None,
            currency=value.amount.currency if value.amount else None,
            text=value.text,
            fix=value.fix,
            on=value.on,
        )

    def to_domain(self, currency: str = "") -> Question:
        """Return the question. Raises InvalidInput for an impossible amount."""
        return Question(
            code=self.code,
            number=self.number,
            account=self.account,
            amount=Money.of(self.amount, self.currency or currency) if self.amount is not None else None,
            text=self.text,
            fix=self.fix,
            asin=self.line.asin if self.line else None,
            title=self.line.title if self.line else None,
            on=self.on,
        )


class ClaimJson(JsonShape[Claim]):
    """A claim: `from` owes `to`, which paid."""

    id: str
    number: str = field(name="order_id")
    line: NamedItemJson | None
    owes: str = field(name="from")
    paid: str = field(name="to")
    amount: DecimalText
    currency: str
    state: ClaimState
    opened: date
    settled: date | None

    @classmethod
    def of(cls, value: Claim) -> Self:
        """Return a claim."""
        return cls(
            id=value.id,
            number=value.number,
            line=_named(value.asin, value.title),
            owes=value.owes,
            paid=value.paid,
            amount=DecimalText(value.amount.decimal),
            currency=value.amount.currency,
            state=value.state,
            opened=value.opened,
            settled=value.settled_on,
        )

    def to_domain(self, currency: str = "") -> Claim:
        """Return the claim, without the ledger's own numbers of order and item. Raises InvalidInput for an impossible amount."""
        return Claim(
            id=self.id,
            order_id=0,
            item=0,
            number=self.number,
            asin=self.line.asin if self.line else None,
            title=self.line.title if self.line else None,
            owes=self.owes,
            paid=self.paid,
            amount=Money.of(self.amount, self.currency or currency),
            state=self.state,
            opened=self.opened,
            settled_on=self.settled,
        )


class SettleBody(Struct, omit_defaults=True):
    """The claims that were paid: by id, or all open ones of a month ("2025-03"). `amount`: a part of one claim, like "20.00"."""

    ids: Annotated[tuple[Short, ...], Meta(min_length=1, max_length=500)] | None = None
    month: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}$")] | None = None
    amount: Short | None = None


class SplitBody(Struct):
    """How an order, or one of its items counted from 1, is shared: "business=60%" or "business=12.50"; no parts remove the split.

    `repeat` does it again: for the same product ("item"), or for everything from the same seller ("seller"). `seen`: the version of
    the order that the user looks at.
    """

    parts: Annotated[tuple[Short, ...], Meta(max_length=20)]
    item: Annotated[int, Meta(ge=1, le=9999)] | None = None
    new_purpose: bool = False
    repeat: Literal["item", "seller"] | None = None
    seen: Short | None = None


def _named(asin: str | None, title: str | None) -> NamedItemJson | None:
    return NamedItemJson(asin, title) if asin or title else None


class MonthlySettlementJson(JsonShape[MonthlySettlement]):
    """What `from` owes `to` in all for the open claims of a month."""

    month: str
    owes: str = field(name="from")
    paid: str = field(name="to")
    amount: DecimalText
    currency: str
    claims: tuple[str, ...]

    @classmethod
    def of(cls, value: MonthlySettlement) -> Self:
        """Return the sum of a month."""
        return cls(value.month, value.owes, value.paid, DecimalText(value.amount.decimal), value.amount.currency, value.claims)

    def to_domain(self, currency: str = "") -> MonthlySettlement:
        """Return the sum. Raises InvalidInput for an impossible amount."""
        amount = Money.of(self.amount, self.currency or currency)
        return MonthlySettlement(month=self.month, owes=self.owes, paid=self.paid, amount=amount, claims=self.claims)
