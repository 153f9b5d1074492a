"""What a page around buying says: its basket, and facts about products, memberships and forms."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from assistant.domain.money import Money
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.visit import Basket, BasketLine, OfferTerms, Promotion
from assistant.wire.shape import DecimalText, JsonShape, builtins


class OfferTermsJson(JsonShape[OfferTerms]):
    """The conditions of an offer; the last three only where the page states them."""

    scope: str | None
    limit: int | None
    text: str | None
    new_customer: bool | None = None
    transferable: bool | None = None
    ends_on: date | None = None


class BasketLineJson(JsonShape[BasketLine]):
    """An item in a cart or at checkout, with a printed limit and the interval of a subscription where there is one."""

    asin: str | None
    title: str | None
    quantity: int
    price: DecimalText | None
    currency: str | None
    selected: bool
    limit: OfferTermsJson | None = None
    every: str | None = None
    seller: str | None = None
    brand: str | None = None


class PromotionJson(JsonShape[Promotion]):
    """A promotion; `named` is false where the page only prints a generic label, which does not identify the promotion."""

    name: str
    terms: OfferTermsJson | None
    named: bool = True


class BasketJson(JsonShape[Basket]):
    """A cart or a checkout."""

    lines: tuple[BasketLineJson, ...]
    total: DecimalText | None
    currency: str | None
    recipient: str | None
    ship_to: str | None
    method: str | None
    last4: str | None
    gift: bool
    promotions: tuple[PromotionJson, ...]


def basket_json(basket: Basket) -> dict[str, Any]:
    """Return a cart or a checkout as builtins, for a JSON column."""
    return dict(builtins(BasketJson.of(basket)))


def facts_json(facts: PageFacts) -> dict[str, Any]:
    """Return the facts of a page as builtins: the names of the domain's own classes, without what is unknown."""
    return dict(_plain(facts))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"amount": value.decimal, "currency": value.currency}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if is_dataclass(value):
        parts = ((entry.name, getattr(value, entry.name)) for entry in fields(value))
        return {name: _plain(part) for name, part in parts if part is not None and part != ()}
    return value
