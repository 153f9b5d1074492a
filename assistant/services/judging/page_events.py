"""From what a page around buying says to the event that the rules are asked about (contract, section 3.1)."""

from collections.abc import Iterable
from typing import Any

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.account import Account
from assistant.domain.pages.facts import Family, PageFacts
from assistant.domain.pages.kinds import BUYING_STEPS, SourceKind
from assistant.domain.pages.visit import Basket, Promotion
from assistant.domain.text import fold
from assistant.services.visits.terms_seen import conditions

_SIGN_UP = frozenset({SourceKind.PRIME_SIGNUP, SourceKind.PRIME_INTERSTITIAL, SourceKind.TRIAL_SIGNUP})
_ALWAYS = (
    BUYING_STEPS
    | _SIGN_UP
    | {SourceKind.PROMO_ENTRY, SourceKind.GIFT_CARD_REDEEM, SourceKind.FAMILY_INVITE}
    | {SourceKind.RETURN_FORM, SourceKind.REVIEW_FORM, SourceKind.CLOSE_ACCOUNT}
)


def judged_page(seen: SeenPage) -> SourceKind | None:
    """Return the page that the rules are to judge, None for one that they have nothing to say about.

    A product with a price coupon is a place to clip one; a review with a vote button, where the vote is the matter.
    """
    facts = seen.extraction.facts or PageFacts()
    if seen.kind in _ALWAYS:
        return seen.kind
    if seen.kind in (SourceKind.PRODUCT, SourceKind.COUPON_CLIP) and any(offer.public for offer in facts.promotions):
        return SourceKind.COUPON_CLIP
    return SourceKind.REVIEW_VOTE if seen.kind is SourceKind.REVIEW_VOTE and facts.review is not None else None


def basket_of(seen: SeenPage, page: SourceKind | None = None) -> Basket:
    """Return what the page would buy: its basket, or the one product of a page that signs up for it or clips its coupon."""
    facts = seen.extraction.facts
    if facts is not None and facts.product is not None and page in (SourceKind.SNS_SIGNUP, SourceKind.COUPON_CLIP):
        return Basket(lines=(facts.product.line,))
    return seen.extraction.checkout or seen.extraction.cart or Basket()


def promotions_of(seen: SeenPage, page: SourceKind | None) -> list[Promotion]:
    """Return the promotions that would be used here; those merely shown beside a product are not, labels tell nothing."""
    facts = seen.extraction.facts or PageFacts()
    offered = [offer for offer in facts.promotions if offer.public or page is SourceKind.PROMO_ENTRY]
    return [offer for offer in (*basket_of(seen).promotions, *offered) if offer.named]


def promotion_json(promotion: Promotion) -> dict[str, Any]:
    """Return a promotion as an event holds it."""
    said = conditions(promotion.terms)
    known = {"scope": None, "limit": None, "text": None, **said} if said else None
    return {"id": promotion.name, "terms": known, **({"public": True} if promotion.public else {})}


def about(seen: SeenPage, accounts: Iterable[Account]) -> dict[str, Any]:
    """Return the keys of the event that a form adds: the offer, the order that goes back, the product that is reviewed, …."""
    facts = seen.extraction.facts or PageFacts()
    event: dict[str, Any] = {}
    if facts.offer is not None:
        event["offer"] = {"service": facts.offer.service, "kind": "free_trial" if facts.offer.trial else "paid"}
    if facts.returning is not None:
        event["order_id"] = facts.returning.order_number
    if facts.review is not None:
        event |= {"asin": facts.review.asin, "brand": facts.review.brand, "review_id": facts.review.review_id}
    if facts.gift_card is not None and facts.gift_card.amount is not None:
        event |= {"amount": facts.gift_card.amount.decimal, "currency": facts.gift_card.amount.currency}
    if facts.family is not None:
        event["invitee"] = _invitee(facts.family, accounts)
    if basket_of(seen).instalments:
        event["plan"] = "monthly_payments"
    return {name: value for name, value in event.items() if value is not None}


def _invitee(family: Family, accounts: Iterable[Account]) -> str | None:
    """Return the one registered account that the invited name can only mean."""
    if not family.invitee:
        return None
    wanted = fold(family.invitee)
    fitting = [account.key for account in accounts if wanted in (fold(account.label), fold(account.owner), fold(account.key))]
    return fitting[0] if len(fitting) == 1 else None
