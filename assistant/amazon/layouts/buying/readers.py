"""Which reader a page around buying needs, by what the page is for."""

from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.layouts.buying import forms, memberships, promotions, subscriptions
from assistant.amazon.layouts.buying.product import asin_of, read_product
from assistant.amazon.notes import Notes
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.visit import PageKind

Reader = Callable[[LexborHTMLParser, Notes, str | None], PageFacts]


def _product(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    root, product = tree.root, read_product(tree, notes, url)
    if root is None or product is None or product.line.asin is None:
        return PageFacts()
    coupon = promotions.read_coupon(root, product.line.asin, notes)
    return PageFacts(product=product, promotions=((coupon,) if coupon else ()) + promotions.read_offers(root, notes))


def _coupon(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    root = tree.root
    asin = asin_of(root, url) if root is not None else None
    coupon = promotions.read_coupon(root, asin, notes) if root is not None and asin else None
    return PageFacts(promotions=(coupon,) if coupon else ())


def _applied(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts(promotions=promotions.read_promotions(tree.root, notes) if tree.root is not None else ())


def _terms(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(promotions=promotions.read_terms_page(tree.root, notes, url) if tree.root is not None else ())


def _offer(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(offer=memberships.read_offer(tree, notes, url))


def _memberships(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(memberships=memberships.read_memberships(tree, notes, url))


def _subscriptions(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts(subscriptions=subscriptions.read_subscriptions(tree, notes))


def _return(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(returning=forms.read_return(tree, notes, url))


def _review(tree: LexborHTMLParser, _notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(review=forms.read_review(tree, url))


def _written(tree: LexborHTMLParser, _notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(review=forms.read_review(tree, url, written=True))


def _vote(tree: LexborHTMLParser, _notes: Notes, url: str | None) -> PageFacts:
    return PageFacts(review=forms.read_review(tree, url) if forms.offers_vote(tree) else None)


def _gift_card(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts(gift_card=forms.read_gift_card(tree, notes))


def _family(tree: LexborHTMLParser, _notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts(family=forms.read_family(tree))


def _switcher(tree: LexborHTMLParser, _notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts(signed_in=forms.read_switcher(tree))


def _nothing(_tree: LexborHTMLParser, _notes: Notes, _url: str | None) -> PageFacts:
    return PageFacts()


READERS: Mapping[PageKind, Reader] = {
    PageKind.PRODUCT: _product,
    PageKind.SNS_SIGNUP: _product,
    PageKind.COUPON_CLIP: _coupon,
    PageKind.PROMO_ENTRY: _applied,
    PageKind.OFFER_TERMS: _terms,
    PageKind.PRIME_SIGNUP: _offer,
    PageKind.PRIME_INTERSTITIAL: _offer,
    PageKind.TRIAL_SIGNUP: _offer,
    PageKind.MEMBERSHIPS: _memberships,
    PageKind.SUBSCRIPTIONS: _subscriptions,
    PageKind.RETURN_FORM: _return,
    PageKind.REVIEW_FORM: _review,
    PageKind.REVIEW_DONE: _written,
    PageKind.REVIEW_VOTE: _vote,
    PageKind.GIFT_CARD_REDEEM: _gift_card,
    PageKind.FAMILY: _family,
    PageKind.FAMILY_INVITE: _family,
    PageKind.ACCOUNT_SWITCHER: _switcher,
    PageKind.CLOSE_ACCOUNT: _nothing,
    PageKind.THANK_YOU: _nothing,
}
