"""Builds the event that the rules judge from a page around buying."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.account import Account
from assistant.domain.accounts.cards import card_name
from assistant.domain.judging.situation import JudgedEvent, JudgedItem, Limit, PromotionTerms, ServiceOffer
from assistant.domain.pages.facts import Family, PageFacts
from assistant.domain.pages.kinds import BUYING_STEPS, SourceKind
from assistant.domain.pages.visit import Basket, BasketLine, OfferTerms, Promotion, Visit
from assistant.domain.text import fold
from assistant.rules.amounts import decimal_of
from assistant.rules.matching.service_names import service_name

_SIGN_UP = frozenset({SourceKind.PRIME_SIGNUP, SourceKind.PRIME_INTERSTITIAL, SourceKind.TRIAL_SIGNUP})
_ALWAYS = (
    BUYING_STEPS
    | _SIGN_UP
    | {SourceKind.PROMO_ENTRY, SourceKind.GIFT_CARD_REDEEM, SourceKind.FAMILY_INVITE}
    | {SourceKind.RETURN_FORM, SourceKind.REVIEW_FORM, SourceKind.CLOSE_ACCOUNT}
)


def judged_page(seen: SeenPage) -> SourceKind | None:
    """Return the page kind that the rules judge, None for pages without rules.

    A product with a price coupon is a place to clip one; a page with a vote button counts as the review it would vote for.
    """
    facts = seen.extraction.facts or PageFacts()
    if seen.kind in _ALWAYS:
        return seen.kind
    if seen.kind in (SourceKind.PRODUCT, SourceKind.COUPON_CLIP) and any(offer.public for offer in facts.promotions):
        return SourceKind.COUPON_CLIP
    return SourceKind.REVIEW_VOTE if seen.kind is SourceKind.REVIEW_VOTE and facts.review is not None else None


def basket_of(seen: SeenPage, page: SourceKind | None = None) -> Basket:
    """Return what the page would buy: its basket, or the product that the page subscribes to or clips a coupon for."""
    facts = seen.extraction.facts
    if facts is not None and facts.product is not None and page in (SourceKind.SNS_SIGNUP, SourceKind.COUPON_CLIP):
        product = facts.product
        line = replace(product.line, brand=product.line.brand or product.brand, seller=product.line.seller or product.seller)
        return Basket(lines=(line,))
    return seen.extraction.checkout or seen.extraction.cart or Basket()


def promotions_of(seen: SeenPage, page: SourceKind | None) -> list[Promotion]:
    """Return the promotions that would be used here, without those only shown beside a product and generic labels."""
    facts = seen.extraction.facts or PageFacts()
    offered = [offer for offer in facts.promotions if offer.public or page is SourceKind.PROMO_ENTRY]
    return [offer for offer in (*basket_of(seen).promotions, *offered) if offer.named]


def event_of(visit: Visit, page: SourceKind, basket: Basket, active: Account | None, marketplace: str | None) -> JudgedEvent:
    """Return the event of a page: what it would buy, where it goes, how it is paid."""
    return JudgedEvent(
        page=page.value,
        at=visit.at,
        day=visit.at.date(),
        account=active.key if active else None,
        store=visit.store,
        tab=str(visit.tab),
        marketplace=marketplace,
        items=tuple(item_of(line) for line in basket.lines if line.selected),
        ship_to=f"new/{basket.ship_to}" if basket.ship_to else None,
        recipient=basket.recipient,
        gift=basket.gift,
        pay=card_name(basket.method, basket.last4),
        total=decimal_of(basket.total) if basket.total else None,
        currency=basket.total.currency if basket.total else None,
        plan="monthly_payments" if basket.instalments else None,
    )


def item_of(line: BasketLine) -> JudgedItem:
    """Return a line of a cart or checkout as the rules judge it."""
    return JudgedItem(
        asin=line.asin,
        title=line.title,
        quantity=line.quantity,
        price=decimal_of(line.price) if line.price else None,
        brand=line.brand,
        seller=line.seller,
        limit=Limit(most=line.limit.limit, scope=line.limit.scope) if line.limit and line.limit.limit else None,
        subscription=line.subscription,
        every=line.every,
    )


def with_forms(event: JudgedEvent, seen: SeenPage, accounts: Iterable[Account]) -> JudgedEvent:
    """Return the event with the subject of a form: the offer, the returned order, the reviewed product, the invited person."""
    facts = seen.extraction.facts or PageFacts()
    if facts.offer is not None:
        event = replace(event, offer=ServiceOffer(service=service_name(facts.offer.service), trial=facts.offer.trial))
    if facts.returning is not None:
        event = replace(event, order_id=facts.returning.order_number)
    if facts.review is not None:
        event = replace(event, asin=facts.review.asin, brand=facts.review.brand, review_id=facts.review.review_id)
    if facts.family is not None:
        event = replace(event, invitee=_invitee(facts.family, accounts))
    return event


def terms_of(offer: OfferTerms | None) -> PromotionTerms | None:
    """Return the terms that a page states, or None."""
    if offer is None or offer == OfferTerms():
        return None
    return PromotionTerms(
        scope=offer.scope,
        limit=offer.limit,
        text=offer.text,
        new_customer=bool(offer.new_customer),
        transferable=offer.transferable,
    )


def _invitee(family: Family, accounts: Iterable[Account]) -> str | None:
    """Return the registered account with the invited name, if there is exactly one."""
    if not family.invitee:
        return None
    wanted = fold(family.invitee)
    fitting = [account.key for account in accounts if wanted in (fold(account.label), fold(account.owner), fold(account.key))]
    return fitting[0] if len(fitting) == 1 else None
