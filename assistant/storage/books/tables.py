"""The tables of the books. Money is minor units; days are ISO text.

`entries`, `entry_shares` and `doubts` are derived from orders and can be derived again at any time. People's decisions are
in `splits`, `split_rules`, `purposes` and `claim_settlements`. Items are identified by their key, which survives every merge.
"""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

WHOLE_ORDER = 0
"""The item key for a whole order."""
PURCHASE = 0
"""The refund key of entries that are not refunds."""
_PARTS = ("goods", "shipping", "gift_wrap", "tip", "fee", "discount", "points", "tax")


class EntryRow(SQLModel, table=True):
    """One money movement (`domain.books.entries.BookEntry`). `line` is the item's place now, `taxes` and `paid` NULL for none."""

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint(f"{' + '.join(_PARTS)} = gross", name="entries_add_up"),
        CheckConstraint("(kind = 'refund') = (refund > 0)", name="entries_refunds_have_a_key"),
        CheckConstraint("kind <> 'refund' OR gross < 0", name="entries_refunds_are_negative"),
        CheckConstraint("kind IN ('purchase', 'refund', 'top_up')", name="entries_kinds"),
        CheckConstraint("gross <> 0", name="entries_are_not_nought"),
        Index("entries_by_day", "on", "order_id"),
        {"sqlite_with_rowid": False},
    )
    order_id: int = Field(primary_key=True, foreign_key="orders.id", ondelete="CASCADE")
    item: int = Field(primary_key=True)
    refund: int = Field(primary_key=True, default=PURCHASE)
    nth: int = Field(primary_key=True, default=0)
    line: int | None = None
    occurrence: int = 1
    kind: str
    on: str
    basis: str
    currency: str
    gross: int
    goods: int = 0
    shipping: int = 0
    gift_wrap: int = 0
    tip: int = 0
    fee: int = 0
    discount: int = 0
    points: int = 0
    tax: int = 0
    certainty: str
    quantity: int | None = None
    taxes: str | None = None
    paid: str | None = None


class EntryShareRow(SQLModel, table=True):
    """A part of an entry that serves another purpose than its account's; entries without shares serve it entirely."""

    __tablename__ = "entry_shares"
    __table_args__ = (
        ForeignKeyConstraint(
            ["order_id", "item", "refund", "nth"],
            ["entries.order_id", "entries.item", "entries.refund", "entries.nth"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )
    order_id: int = Field(primary_key=True)
    item: int = Field(primary_key=True)
    refund: int = Field(primary_key=True)
    nth: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    purpose: str
    share: str
    gross: int


class DoubtRow(SQLModel, table=True):
    """A question that deriving the entries of an order raised."""

    __tablename__ = "doubts"
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE", index=True)
    code: str
    line: int | None = None
    amount: int
    currency: str | None = None
    on: str | None = None
    text: str = ""


class SplitRow(SQLModel, table=True):
    """The part of an item or of a whole order that serves a purpose: `percent` in hundredths, or an `amount`."""

    __tablename__ = "splits"
    __table_args__ = (
        CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name="splits_are_percent_or_amount"),
        CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 10000", name="splits_are_at_most_all"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="splits_are_positive"),
    )
    order_id: int = Field(primary_key=True, foreign_key="orders.id", ondelete="CASCADE")
    item: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    purpose: str
    percent: int | None = None
    amount: int | None = None


class SplitRuleRow(SQLModel, table=True):
    """Shares that every item with this ASIN, or from this seller, gets unless it has its own."""

    __tablename__ = "split_rules"
    id: int | None = Field(default=None, primary_key=True)
    asin: str | None = Field(default=None, index=True)
    seller: str | None = Field(default=None, index=True)
    shares: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ClaimSettlementRow(SQLModel, table=True):
    """An amount that was settled for an item's share of a purpose, negative if it was paid back. Rows are never changed.

    `owes` and `paid` are what the purses were called then.
    """

    __tablename__ = "claim_settlements"
    __table_args__ = (Index("claim_settlements_by_item", "order_id", "item"),)
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE")
    item: int
    owes: str
    paid: str
    purpose: str = ""
    amount: int
    currency: str
    settled_on: str


class BookStateRow(SQLModel, table=True):
    """The zone that the entries' days were derived with; one row."""

    __tablename__ = "book_state"
    id: int | None = Field(default=None, primary_key=True)
    zone: str = ""


class TransactionRow(SQLModel, table=True):
    """A line of an account's payment history; `key` identifies the line across pages (`domain.books.charges`)."""

    __tablename__ = "transactions"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    key: str
    on: str | None = None
    currency: str | None = None
    amount: int | None = None
    method: str | None = None
    last4: str | None = None
    status: str | None = None
    descriptor: str | None = None
    document_id: int = Field(foreign_key="documents.id", index=True)


class TransactionOrderRow(SQLModel, table=True):
    """An order that a line of the payment history names, at its place among those named."""

    __tablename__ = "transaction_orders"
    transaction_id: int = Field(primary_key=True, foreign_key="transactions.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    number: str = Field(index=True)


class StatementRow(SQLModel, table=True):
    """A statement of a card as it was imported; never changed. `lines` are those about Amazon, `others` counts the rest."""

    __tablename__ = "statements"
    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(index=True)
    name: str
    card: str = Field(index=True)
    since: str
    until: str
    others: int = 0
    imported_at: str
    lines: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class StatementProfileRow(SQLModel, table=True):
    """What the columns of a bank's CSV files are, by the headings of the file."""

    __tablename__ = "statement_profiles"
    header: str = Field(primary_key=True)
    columns: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class StatementDecisionRow(SQLModel, table=True):
    """The entries that a line of a card pays for, as the user decided; none: the line is not about a purchase."""

    __tablename__ = "statement_decisions"
    line: str = Field(primary_key=True)
    entries: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ReconciledMonthRow(SQLModel, table=True):
    """A month of a card that was closed, and what its lines paid for then."""

    __tablename__ = "reconciled_months"
    card: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    closed_on: str
    lines: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
