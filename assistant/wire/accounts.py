"""Accounts, customer ids, what an edit changes, and whether two accounts may be linked."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from assistant.domain.accounts.account import Account, AccountChange, AccountOverview, Identity
from assistant.domain.accounts.linking import Comparison, OwnerStatement
from assistant.wire.shape import Count, InstantText, JsonShape, MoneyJson, Short, Text, Words
from assistant.wire.verdicts import LinkJson, ReasonJson


class AccountJson(JsonShape[Account], kw_only=True):
    """A registered account. `hex` and `ink` are the colour codes of `colour`; `understood` says how each address is understood."""

    key: str
    label: str
    purpose: str
    owner: str
    home: str
    colour: str
    symbol: str
    letters: str
    business: bool
    organization: str | None
    status: str
    closed_at: date | None
    notice: str | None
    marketplaces: tuple[str, ...]
    addresses: tuple[str, ...]
    understood: tuple[str, ...]
    cards: tuple[str, ...]
    customer_ids: tuple[str, ...]
    last_seen: InstantText | None
    hex: str
    ink: str


class AccountChangeBody(JsonShape[AccountChange], kw_only=True):
    """The fields that an edit of an account sets; absent fields stay unchanged."""

    label: Short | None = None
    purpose: Short | None = None
    owner: Short | None = None
    home: Short | None = None
    colour: Short | None = None
    symbol: Short | None = None
    letters: Short | None = None
    business: bool | None = None
    organization: Short | None = None
    status: Short | None = None
    closed_at: Short | None = None
    notice: Text | None = None
    marketplaces: Words | None = None
    addresses: Words | None = None
    cards: Words | None = None


class AccountBody(AccountChangeBody, kw_only=True):
    """A new account; absent fields are chosen so that no two accounts look alike."""

    label: Short
    purpose: Short = "personal"
    key: Short | None = None


class LinkBody(Struct):
    """A customer id that belongs to an account."""

    customer_id: Short


class NameBody(Struct):
    """The account of a customer id: the key of an account, or the name and purpose of a new one."""

    customer_id: Short
    account: Short = ""
    label: Short = ""
    purpose: Short = "personal"


class IdentityJson(JsonShape[Identity]):
    """A customer id that a browser has shown, linked to an account or not yet."""

    customer_id: str
    account: str | None
    greeting: str | None
    business: bool
    organization: str | None
    marketplace: str | None
    first_seen: InstantText | None
    last_seen: InstantText | None


class AccountOverviewJson(JsonShape[AccountOverview]):
    """An account with its spending of this month and year, one amount per currency, and its open warnings."""

    account: AccountJson
    month: tuple[MoneyJson, ...]
    year: tuple[MoneyJson, ...]
    orders: Count
    alerts: Count
    last_order_on: date | None
    gaps: tuple[str, ...]


class OwnerStatementBody(JsonShape[OwnerStatement]):
    """The owner's answers about an account; absent fields are unanswered."""

    name: Short | None = None
    phone: Short | None = None
    addresses: Words = ()
    representatives: Words = ()
    open_alerts: Annotated[int, Meta(ge=0, le=1000)] | None = None


class CompareBody(Struct, omit_defaults=True):
    """Another account, by key or name, and what the owner says about both, by key."""

    other: Short
    told: Annotated[dict[Short, OwnerStatementBody], Meta(max_length=2)] = field(default_factory=dict)


class ComparisonJson(JsonShape[Comparison]):
    """Whether two accounts may be linked, and why; `not_said` lists by account what its owner has not said."""

    accounts: tuple[str, str]
    result: Literal["may", "mend", "no"]
    reasons: tuple[ReasonJson, ...]
    fits: tuple[str, ...]
    asked: dict[str, tuple[str, ...]] = field(name="not_said")
    links: tuple[LinkJson, ...]
