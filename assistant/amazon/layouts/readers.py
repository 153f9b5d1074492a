"""Calls the reader for a kind of page, by the names in pages.toml."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.layouts.buying import forms, memberships, promotions, subscriptions
from assistant.amazon.layouts.buying.cart import read_cart
from assistant.amazon.layouts.buying.checkout import read_checkout
from assistant.amazon.layouts.buying.product import asin_of, read_product
from assistant.amazon.layouts.orders import invoice, order_details, order_list, transactions
from assistant.amazon.notes import Notes
from assistant.amazon.page_kinds import page_table
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.orders.order import Order, Transaction
from assistant.domain.pages.facts import PageFacts
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import Basket


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContents:
    """The orders, transactions or basket on a page."""

    orders: tuple[Order, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    cart: Basket | None = None
    checkout: Basket | None = None


ContentReader = Callable[[LexborHTMLParser, Notes, str | None], PageContents]
FactReader = Callable[[LexborHTMLParser, Notes, str | None], PageFacts]


def read_contents(kind: SourceKind, tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageContents:
    """Return the orders, transactions or basket on a page that is read as `kind`."""
    reader = CONTENT_READERS.get(page_table().reader_of(kind))
    return reader(tree, notes, url) if reader else PageContents()


def read_facts(page: SourceKind, tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageFacts | None:
    """Return the facts on a page around buying; None if a page of the kind `page` has none.

    A page may have both contents and facts: a checkout that took a code, a product under a Buy Now checkout.
    """
    reader = FACT_READERS.get(page_table().reader_of(page))
    return reader(tree, notes, url) if reader else None


def _order_list(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageContents:
    return PageContents(orders=order_list.read_order_list(tree, notes, url))


def _order_details(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageContents:
    return PageContents(orders=order_details.read_order_details(tree, notes, url))


def _invoice(tree: LexborHTMLParser, notes: Notes, url: str | None) -> PageContents:
    """Read a printable summary. The newer kind has the marks of order details; the older kind is read by its lines."""
    if order_details.MARKS.first(tree) is None:
        return PageContents(orders=invoice.read_invoice(tree, notes, url))
    return _order_details(tree, notes, url)


def _transactions(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageContents:
    return PageContents(transactions=transactions.read_transactions(tree, notes))


def _cart(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageContents:
    return PageContents(cart=read_cart(tree, notes))


def _checkout(tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageContents:
    return PageContents(checkout=read_checkout(tree, notes))


def _sign_in(_tree: LexborHTMLParser, notes: Notes, _url: str | None) -> PageContents:
    notes.problem("account", "signed-out", sentence_of("This is Amazon's sign-in page. Sign in, open the page you want and save that."))
    return PageContents()


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


CONTENT_READERS: Mapping[str | None, ContentReader] = {
    "order_list": _order_list,
    "order_details": _order_details,
    "invoice": _invoice,
    "transactions": _transactions,
    "cart": _cart,
    "checkout": _checkout,
    "sign_in": _sign_in,
}
FACT_READERS: Mapping[str | None, FactReader] = {
    "product": _product,
    "coupon": _coupon,
    "applied_promotions": _applied,
    "offer_terms": _terms,
    "membership_offer": _offer,
    "memberships": _memberships,
    "subscriptions": _subscriptions,
    "return_form": _return,
    "review": _review,
    "review_done": _written,
    "review_vote": _vote,
    "gift_card": _gift_card,
    "family": _family,
    "account_switcher": _switcher,
    "nothing": _nothing,
}
