"""The tables that several rooms share. Other tables are in their room: `books/tables.py`, `imports/pages.py`, ...

Money is minor units; dates are ISO text, instants UTC ISO text.

An order is kept twice on purpose: `sightings` hold what each document says, unchanged; `orders` and its children
hold the merged order, which can be rebuilt from the sightings at any time.
"""

from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_HELD = text("quarantine IS NOT NULL")


class AccountRow(SQLModel, table=True):
    """A registered account (`domain.accounts.Account`)."""

    __tablename__ = "accounts"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    label: str
    purpose: str
    owner: str
    home: str
    colour: str
    symbol: str
    letters: str = Field(unique=True)
    business: bool = False
    organization: str | None = None
    status: str = "ok"
    closed_at: str | None = None
    notice: str | None = None
    marketplaces: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    addresses: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    cards: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    created_at: str


class IdentityRow(SQLModel, table=True):
    """A customer id that a browser has shown; `account_id` is set when the user links it."""

    __tablename__ = "identities"
    customer_id: str = Field(primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="accounts.id", index=True)
    greeting: str | None = None
    business: bool = False
    organization: str | None = None
    marketplace: str | None = None
    first_seen: str
    last_seen: str


class DocumentRow(SQLModel, table=True):
    """A document. `content` (zlib) only while parked; `first_day`, `last_day` of its orders; `listing`: period and counts of a list."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("digest", "account_id"), Index("documents_by_judged", "judged", "id"))
    id: int | None = Field(default=None, primary_key=True)
    digest: str
    name: str
    kind: str
    layout: str | None = None
    media_type: str = ""
    url: str | None = None
    account_id: int | None = Field(default=None, foreign_key="accounts.id", index=True)
    customer_id: str | None = Field(default=None, index=True)
    received_at: str
    state: str
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    judged: bool = Field(default=False)
    first_day: str | None = None
    last_day: str | None = None
    listing: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


class OrderRow(SQLModel, table=True):
    """The merged order.

    `cost` and `refunded` are sums of its entries, `booked`: these are up to date. `item_keys` and `refund_keys`
    count all keys ever given out, so that no key is used twice. `amounts`: line to minor units; `sources`: field to
    document; `quarantine`: open doubts; `confirmed`: dismissed ones.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("account_id", "number"),
        Index("orders_by_date", "placed_on", "id"),
        Index("orders_by_account_and_date", "account_id", "placed_on"),
        Index("orders_to_book", "id", sqlite_where=text("NOT booked"), postgresql_where=text("NOT booked")),
        Index("orders_in_quarantine", "account_id", sqlite_where=_HELD, postgresql_where=_HELD),
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    number: str = Field(index=True)
    kind: str
    status: str
    cancelled: bool = False
    placed_on: str | None = None
    placed_at: str | None = None
    marketplace: str | None = None
    currency: str | None = None
    total: int | None = None
    cost: int | None = None
    refunded: int = 0
    booked: bool = False
    item_keys: int = 0
    refund_keys: int = 0
    title: str = ""
    item_count: int = 0
    recipient: str | None = None
    address: str | None = None
    purchase_order: str | None = None
    buyer: str | None = None
    replaces: str | None = None
    amounts: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    sources: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    conflicts: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    quarantine: list[dict[str, str]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    confirmed: list[dict[str, str]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    search: str = ""


class ItemRow(SQLModel, table=True):
    """A line of an order. `category`, `purpose` and `person` are the user's own words and survive every re-import."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("order_id", "line"), Index("items_by_asin", "asin", "order_id"))
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE")
    line: int
    key: int = 0
    asin: str | None = None
    title: str | None = None
    quantity: int | None = None
    currency: str | None = None
    unit_price: int | None = None
    unit_tax: int | None = None
    tax: int | None = None
    shipping: int | None = None
    discount: int | None = None
    total: int | None = None
    seller: str | None = None
    condition: str | None = None
    return_by: str | None = None
    return_closed_on: str | None = None
    subscription_every: str | None = None
    gift: bool | None = None
    brand: str | None = None
    product_category: str | None = None
    unspsc: str | None = None
    gl_code: str | None = None
    cost_center: str | None = None
    department: str | None = None
    category: str | None = None
    purpose: str | None = None
    person: str | None = None
    document_id: int | None = Field(default=None, foreign_key="documents.id")


class CategoryRow(SQLModel, table=True):
    """A category that the user added or moved, and the one that it belongs to, "" for the top (`domain.categories`)."""

    __tablename__ = "categories"
    word: str = Field(primary_key=True)
    parent: str = ""


class PurposeRow(SQLModel, table=True):
    """A purpose that the user added."""

    __tablename__ = "purposes"
    word: str = Field(primary_key=True)


class PersonRow(SQLModel, table=True):
    """A person that the user added; owners of accounts are persons anyway."""

    __tablename__ = "persons"
    word: str = Field(primary_key=True)


class ShipmentRow(SQLModel, table=True):
    """A delivery of an order; `items` are line numbers."""

    __tablename__ = "shipments"
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE", index=True)
    position: int
    status: str | None = None
    shipped_on: str | None = None
    delivered_on: str | None = None
    tracking: str | None = None
    items: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    document_id: int | None = Field(default=None, foreign_key="documents.id")


class PaymentRow(SQLModel, table=True):
    """A charge of an order, or a payment method named without one."""

    __tablename__ = "payments"
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE", index=True)
    position: int
    method: str | None = None
    last4: str | None = None
    currency: str | None = None
    amount: int | None = None
    charged_on: str | None = None
    document_id: int | None = Field(default=None, foreign_key="documents.id")


class RefundRow(SQLModel, table=True):
    """A refund of an order."""

    __tablename__ = "refunds"
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE", index=True)
    position: int
    key: int = 0
    source_key: str | None = None
    currency: str | None = None
    amount: int | None = None
    refunded_on: str | None = None
    item: int | None = None
    document_id: int | None = Field(default=None, foreign_key="documents.id")


class SightingRow(SQLModel, table=True):
    """What one document said about one order, as JSON (`wire.orders.OrderJson`), and the problems found while reading it, NULL for none."""

    __tablename__ = "sightings"
    __table_args__ = (UniqueConstraint("order_id", "document_id"),)
    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE")
    document_id: int = Field(foreign_key="documents.id")
    payload: str
    doubts: str | None = None


BUYING_STEP = text("kind IN ('cart', 'checkout', 'buy_now', 'sns_signup')")


class VisitRow(SQLModel, table=True):
    """A visited page with its reply; a repeated id gets the same reply."""

    __tablename__ = "visits"
    __table_args__ = (
        Index("visits_by_store", "store", "at"),
        Index("visits_by_tab", "store", "tab", "kind", "at"),
        Index("visits_buying", "account_id", "at", sqlite_where=BUYING_STEP, postgresql_where=BUYING_STEP),
    )
    id: str = Field(primary_key=True)
    client_id: str
    at: str
    tab: int
    store: str
    kind: str
    host: str
    customer_id: str | None = None
    account_id: int | None = Field(default=None, foreign_key="accounts.id")
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reply: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class AlertRow(SQLModel, table=True):
    """A raised reason and its outcome; `order_id` is the purchase that followed the visit, or was judged without one.

    `message` is the key of its sentence with its parameters, whatever the language; `grounds` are those of the evidence, and last of
    the source. None in rows of earlier versions.
    """

    __tablename__ = "alerts"
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(index=True)
    visit_id: str | None = Field(default=None, foreign_key="visits.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="accounts.id", index=True)
    code: str
    level: str
    text: str
    advice: str
    evidence: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    source: str = ""
    origin: str = "ledger"
    message: str | None = None
    grounds: str | None = None
    url: str | None = None
    asin: str | None = None
    order_id: int | None = Field(default=None, foreign_key="orders.id", index=True, ondelete="SET NULL")
    situation_id: int | None = Field(default=None, foreign_key="situations.id", index=True)
    choice: str | None = None
    decided_at: str | None = None
    dismissed_at: str | None = None


class UserRuleRow(SQLModel, table=True):
    """A user rule, in the form of a described situation.

    `origin` is None where the user wrote it, else the answer or habit that it was learned from (`services.user_rules.habits`).
    """

    __tablename__ = "rules"
    id: int | None = Field(default=None, primary_key=True)
    type: str
    body: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: str
    origin: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class TermRow(SQLModel, table=True):
    """A promotion, limit, membership, … that was seen (`domain.terms.Term`); `name` is `what` for looking up, folded."""

    __tablename__ = "terms"
    __table_args__ = (Index("terms_by_name", "name", "kind"), Index("terms_by_kind", "kind", "account_id"))
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    account_id: int | None = Field(default=None, foreign_key="accounts.id")
    what: str
    name: str
    on: str | None = None
    until: str | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_hand: bool = False
    visit_id: str | None = Field(default=None, foreign_key="visits.id")
    seen_at: str


class OutboxRow(SQLModel, table=True):
    """An event for clients (`domain.events.Event`)."""

    __tablename__ = "outbox"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    at: str
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
