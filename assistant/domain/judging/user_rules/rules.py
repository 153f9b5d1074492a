"""User rules as the engine applies them, one class per kind.

Words are normalised for comparison; `written` keeps the user's own text for display and storage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMatch:
    """The item conditions of a rule; empty parts match anything. Price bounds are of one unit, both included.

    `given` are the names of the parts that are set; `wording` is the user's own text.
    """

    words: frozenset[str] = frozenset()
    category: frozenset[str] = frozenset()
    asin: frozenset[str] = frozenset()
    brand: frozenset[str] = frozenset()
    seller: frozenset[str] = frozenset()
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str | None = None
    given: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRule:
    """A user rule. `number` is its id in lists; `accounts` None: it is for all of them; `until`: its last day."""

    number: str
    accounts: tuple[str, ...] | None = None
    hard: bool = False
    until: date | None = None
    written: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule(UserRule):
    """Items that fit belong on the account `to`."""

    match: ItemMatch
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule(UserRule):
    """Items that fit, or orders to these addresses, are `tag`: a category, or resale, rental, customer, business."""

    match: ItemMatch
    tag: str | None = None
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceRule(UserRule):
    """Allowed addresses or cards: `only` is the user's text, empty for a rule that forbids nothing; `allowed` is for comparison."""

    only: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipRule(AllowanceRule):
    """Where an account may ship."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRule(AllowanceRule):
    """How an account may pay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeRule(UserRule):
    """What counts as business."""

    categories: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRule(UserRule):
    """A monthly budget; purposes and categories as its owner wrote them, None for all."""

    month: Decimal | None = None
    currency: str | None = None
    purposes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCardRule(UserRule):
    """Gift cards go to the account `to`."""

    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRule(UserRule):
    """Orders that other people see as a hint only, or never; a part that is None matches all."""

    reveal: str = "hint"
    order_ids: tuple[str, ...] | None = None
    asins: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRule(UserRule):
    """Items of these companies must not be reviewed."""

    relation: str | None = None
    companies: frozenset[str] = frozenset()
    asins: frozenset[str] = frozenset()
    owners: tuple[str, ...] | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteRule(UserRule):
    """Muted warnings, or other rules by number; `asins` None: for all items."""

    codes: frozenset[str] = frozenset()
    asins: frozenset[str] | None = None
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftenRule(UserRule):
    """Warnings lowered by one level."""

    codes: tuple[str, ...] = ()
