"""Promotions, trials, memberships, subscriptions, limits and reviews that were seen: whose, on which conditions, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

CONDITIONS = ("scope", "limit", "text", "new_customer", "transferable", "ends_on")
"""The details of a term that are an offer's own conditions (`domain.pages.visit.OfferTerms`)."""


class TermKind(StrEnum):
    """The kind of a term. Kinds that occur in a described situation have the same name there."""

    PROMOTION = "promotion"
    PROMO_USED = "promo_used"
    PROMO_ISSUED = "promo_issued"
    COUPON_CLIPPED = "coupon_clipped"
    COUPON_USED = "coupon_used"
    LIMIT = "limit"
    PRODUCT = "product"
    MEMBERSHIP = "membership"
    SUBSCRIPTION = "subscription"
    FAMILY_LEFT = "family_left"
    REVIEW = "review"
    NOTE = "note"
    GIFT_CARD = "gift_card"
    INSTALMENT = "instalment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a kind is written in a described history: the keys of its subject and its two days.

    `owned`: it belongs to one account. `lasting`: one account has it once, and a newer sighting replaces the older one.
    """

    what: str
    on: str = "at"
    until: str = "until"
    owned: bool = True
    lasting: bool = False


SHAPES: Mapping[TermKind, Shape] = {
    TermKind.PROMOTION: Shape(what="promo", owned=False, lasting=True),
    TermKind.PROMO_USED: Shape(what="promo"),
    TermKind.PROMO_ISSUED: Shape(what="promo", lasting=True),
    TermKind.COUPON_CLIPPED: Shape(what="promo", lasting=True),
    TermKind.COUPON_USED: Shape(what="promo"),
    TermKind.LIMIT: Shape(what="asin", owned=False, lasting=True),
    TermKind.PRODUCT: Shape(what="asin", owned=False, lasting=True),
    TermKind.MEMBERSHIP: Shape(what="service", on="from", until="to", lasting=True),
    TermKind.SUBSCRIPTION: Shape(what="asin", until="next_delivery", lasting=True),
    TermKind.FAMILY_LEFT: Shape(what="family"),
    TermKind.REVIEW: Shape(what="asin", lasting=True),
    TermKind.NOTE: Shape(what="asin"),
    TermKind.GIFT_CARD: Shape(what="card"),
    TermKind.INSTALMENT: Shape(what="order_id", until="due", lasting=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One entry that was seen or noted.

    `account` is the key of the account that has it, None for what belongs to no account (a product's limit, a promotion's terms).
    `what` is a promotion's name, a service or an ASIN, depending on the kind. `on` is the day it was used, began or was written;
    `until` the day it ends, or the next delivery. `details` are the further keys of a described history entry: plan, auto_renew,
    scope, limit, text, title, every, … `by_hand`: the user wrote or changed it, and no page changes it again.
    """

    id: int = 0
    kind: TermKind
    account: str | None = None
    what: str
    on: date | None = None
    until: date | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    by_hand: bool = False
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """What an edit of a term sets; None keeps a field. Details set to None and `cleared` days ("on", "until") are removed."""

    what: str | None = None
    account: str | None = None
    on: date | None = None
    until: date | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()


def described(term: Term) -> dict[str, Any]:
    """Return a term as an entry of a described history; an offer's conditions are grouped under `terms`."""
    shape = SHAPES[term.kind]
    conditions = {name: term.details[name] for name in CONDITIONS if term.details.get(name) is not None}
    entry: dict[str, Any] = {name: value for name, value in term.details.items() if name not in CONDITIONS}
    entry |= {"type": term.kind.value, "account": term.account, shape.what: term.what}
    if conditions:
        entry["terms"] = conditions
    if term.on is not None:
        entry[shape.on] = term.on.isoformat()
    if term.until is not None:
        entry[shape.until] = term.until.isoformat()
    return entry
