"""Pages around buying: their values, and that every selector of their tables is used."""

from datetime import UTC, date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant.amazon.layouts.buying import cart, checkout, forms, memberships, product, promotions, subscriptions
from assistant.amazon.observed_page import SeenPage, read_visit
from assistant.domain.money import Money
from assistant.domain.pages.facts import Family, GiftCard, Membership, MembershipOffer, PageFacts, Return, Review, SignedIn, Subscription
from assistant.domain.pages.kinds import SourceKind
from assistant.domain.pages.visit import OfferTerms, Visit
from assistant.wire.imports import ExtractionJson
from assistant.wire.shape import builtins
from tests.amazon import offer_pages as pages
from tests.amazon.markup import reading
from tests.amazon.offer_pages import OfferPage

TABLES = {
    module.__name__.rpartition(".")[2]: module.SELECTORS
    for module in (cart, checkout, forms, memberships, product, promotions, subscriptions)
}
EVERY = [(name, selector) for name, table in TABLES.items() for selectors in table.values() for selector in selectors]


def opened(shown: OfferPage) -> SeenPage:
    moment = datetime(2026, 11, 25, tzinfo=UTC)
    return read_visit(Visit(id="v", at=moment, url=shown.url, tab=1, store="default", html=shown.html))


def facts(shown: OfferPage) -> PageFacts:
    found = opened(shown).extraction.facts
    assert found is not None
    return found


@pytest.mark.parametrize(("table", "selector"), EVERY, ids=lambda part: part)
def test_every_selector_matches_something_on_a_sample_page(table: str, selector: str):
    assert any(LexborHTMLParser(shown.html).css_first(selector) is not None for shown in pages.PAGES), table


@pytest.mark.parametrize("shown", pages.PAGES, ids=lambda shown: shown.path)
def test_every_page_is_read_by_address_and_as_a_saved_file(shown: OfferPage):
    assert [problem.code for problem in opened(shown).extraction.problems if problem.where != "subscriptions"] == []
    assert "unknown-page" not in {problem.code for problem in reading(pages.saved(shown), url=shown.url).problems}


def test_a_product_page_gives_item_seller_and_limit():
    found = facts(pages.PRODUCTS[0])
    assert found.product is not None
    line = found.product.line
    assert (line.asin, line.title, line.quantity, line.price) == ("B0EXAMPLE1", "Blue mug", 2, Money(1250, "USD"))
    assert line.limit == OfferTerms(scope="customer", limit=2, text="Limit 2 per customer.")
    assert (found.product.seller, found.product.brand, found.product.path) == (
        "Example Goods Ltd",
        "Crumb Bakery",
        ("Kitchen & Dining", "Mugs"),
    )
    (coupon,) = found.promotions
    assert (coupon.name, coupon.public, coupon.clipped, coupon.asin) == ("COUPON-B0EXAMPLE1", True, False, "B0EXAMPLE1")


def test_a_product_set_to_subscribe_gives_its_interval():
    found = facts(pages.PRODUCTS[1]).product
    assert found is not None
    assert (found.line.subscription, found.line.every) == (True, "Every 2 months")


def test_a_german_product_page_is_read():
    found = facts(pages.PRODUCTS[2]).product
    assert found is not None
    assert (found.line.price, found.brand, found.seller) == (Money(743, "EUR"), "Papyra", "Papyra GmbH")
    assert found.line.limit == OfferTerms(scope="household", limit=3, text="Begrenzt auf 3 pro Haushalt")


def test_a_promotion_beside_a_product_has_its_code_and_terms_link():
    coupon, code, *others = facts(pages.PRODUCTS[3]).promotions
    assert (coupon.clipped, coupon.terms and coupon.terms.scope) == (True, "household")
    assert (code.name, code.reference, code.public) == ("BOOKS5", "A1EXAMPLE7", False)
    assert [offer.name for offer in others] == ["Save 15% on two.", "Buy 3, pay 2"]


def test_a_terms_page_gives_all_conditions():
    (offer,) = facts(pages.TERMS[0]).promotions
    assert (offer.name, offer.reference) == ("BOOKS5", "A1EXAMPLE7")
    assert offer.terms is not None
    said = (offer.terms.scope, offer.terms.limit, offer.terms.transferable, offer.terms.new_customer, offer.terms.ends_on)
    assert said == ("customer", 1, False, None, date(2026, 12, 31))
    assert facts(pages.TERMS[1]).promotions[0].terms == OfferTerms(text="Nur für Neukunden.", new_customer=True)


def test_a_checkout_gives_limits_subscriptions_and_instalments():
    seen = opened(pages.CHECKOUTS[0])
    basket = seen.extraction.checkout
    assert basket is not None
    (line,) = basket.lines
    assert (line.limit and (line.limit.scope, line.limit.limit), line.every, basket.instalments) == (
        ("customer", 2),
        "Every 2 months",
        True,
    )
    assert {offer.name for offer in basket.promotions} == {"MUGS", "Coupon A", "B", "C", "D", "E", "F"}
    old = opened(pages.CHECKOUTS[1]).extraction.checkout
    assert old is not None
    assert [(entry.asin, entry.title, entry.price) for entry in old.lines] == [("B0EXAMPLE2", "Red mug", Money(500, "USD"))]
    assert [(offer.name, offer.named) for offer in old.promotions] == [("Promotion Applied", False)]
    assert opened(pages.CHECKOUTS[2]).kind is SourceKind.BUY_NOW


def test_carts_of_every_layout_are_read():
    full, added, small = (opened(shown).extraction.cart for shown in pages.CARTS)
    assert full is not None
    assert added is not None
    assert small is not None
    assert full.lines[0].limit == OfferTerms(scope="household", limit=3, text="Limit 3 per household")
    assert (added.lines[0].asin, added.total) == ("B0EXAMPLE1", Money(1250, "USD"))
    assert (small.lines[0].quantity, small.lines[0].title, small.total) == (3, "Blue mug", Money(3750, "USD"))


@pytest.mark.parametrize(
    ("host", "label", "price"),
    [("amazon.com", "Sold by", "$12.50"), ("amazon.de", "Verkauf durch", "12,50 €"), ("amazon.fr", "Vendu par", "12,50 €")],
)
def test_lines_of_a_cart_and_a_checkout_name_their_sellers(host: str, label: str, price: str):
    row = """<div data-itemtype="active" data-asin="B0EXAMPLE{n}" data-quantity="1"><span class="sc-product-title">
    <span class="a-truncate-full">Mug {n}</span></span><span class="sc-product-price">{price}</span><p>{label}: {seller}</p></div>"""
    line = """<div class="lineitem-container"><span class="lineitem-title-text">Mug {n}</span>
    <span data-testid="Item_asin_0">B0EXAMPLE{n}</span><span class="lineitem-price-text">{price}</span><p>{label}: {seller}</p></div>"""
    sold = [{"n": n, "price": price, "label": label, "seller": seller} for n, seller in ((1, "Acme Office"), (2, "Beta Books"))]
    filled = "".join(row.format(**one) for one in sold)
    cart_page = f'<div id="sc-active-cart"><div data-name="Active Items">{filled}</div></div>'
    shown = {"/gp/cart/view.html": cart_page, "/checkout/p/p-1/spc": "".join(line.format(**one) for one in sold)}
    for path, html in shown.items():
        visit = Visit(id="v", at=datetime(2026, 11, 25, tzinfo=UTC), url=f"https://www.{host}{path}", tab=1, store="default", html=html)
        found = read_visit(visit).extraction
        basket = found.cart or found.checkout
        assert basket is not None
        assert [(entry.asin, entry.seller) for entry in basket.lines] == [("B0EXAMPLE1", "Acme Office"), ("B0EXAMPLE2", "Beta Books")]


def test_memberships_need_a_date_and_trials_differ_from_paid_ones():
    assert facts(pages.MEMBERSHIPS[0]).memberships == (
        Membership(service="audible", plan="trial", ends_on=date(2026, 12, 3), renews=True, price=Money(1495, "USD")),
        Membership(service="prime", plan="paid", renews_on=date(2027, 1, 4), renews=True, price=Money(13900, "USD")),
    )
    assert facts(pages.MEMBERSHIPS[1]).memberships == (Membership(service="prime", plan="paid", ends_on=date(2027, 1, 4), renews=False),)


def test_a_membership_page_does_not_list_advertised_memberships_as_active():
    central = OfferPage("/gp/primecentral", "<p>Prime Video</p><p>Audible</p><p>Renews on January 4, 2027</p>")
    assert [(one.service, one.renews_on) for one in facts(central).memberships] == [("prime", date(2027, 1, 4))]


def test_sign_up_pages_offer_a_trial_only_where_they_say_so():
    prime, between, audible = pages.OFFERS
    assert facts(prime).offer == MembershipOffer(service="prime", trial=True, price=Money(1499, "USD"))
    assert (opened(between).kind, facts(between).offer) == (SourceKind.PRIME_INTERSTITIAL, MembershipOffer(service="prime", trial=True))
    assert facts(audible).offer == MembershipOffer(service="audible", trial=False, price=Money(1495, "USD"))


def test_advertising_on_a_sign_up_page_is_not_the_offer():
    praised = "<h1>The best of shopping</h1><h2>Prime Video</h2><h2>Audible</h2><button>Start your free trial</button>"
    assert facts(OfferPage("/amazonprime", praised)).offer == MembershipOffer(service="prime", trial=True)
    assert facts(OfferPage("/business/prime", praised)).offer == MembershipOffer(service="business-prime", trial=True)


def test_a_prime_offer_during_checkout_is_recognised_by_its_buttons():
    step = OfferPage("/checkout/p/p-1/byg", pages.OFFERS[1].html)
    assert opened(step).kind is SourceKind.PRIME_INTERSTITIAL


def test_subscriptions_are_read_from_cards_groups_or_plain_text():
    detergent, coffee = facts(pages.SUBSCRIPTIONS[0]).subscriptions
    assert detergent == Subscription(
        asin="B0EXAMPLE1",
        title="Laundry detergent",
        every="Every 2 months",
        next_delivery=date(2026, 12, 4),
        discount="15%",
        price=Money(2000, "USD"),
    )
    assert (coffee.every, coffee.next_delivery) == ("Monthly", date(2026, 12, 9))
    grouped = facts(pages.SUBSCRIPTIONS[1]).subscriptions
    assert [(one.asin, one.every, one.next_delivery) for one in grouped] == [
        ("B0EXAMPLE1", "Alle 2 Monate", date(2026, 12, 4)),
        ("B0EXAMPLE2", None, date(2026, 12, 4)),
    ]
    assert [(one.asin, one.every) for one in facts(pages.SUBSCRIPTIONS[2]).subscriptions] == [("B0EXAMPLE1", "Tous les 2 mois")]


def test_a_return_takes_its_order_from_the_address_or_field_not_from_other_links():
    by_address, by_field = facts(pages.FORMS[0]).returning, facts(pages.FORMS[1]).returning
    assert by_address == Return(order_number="112-1234567-1234567", asins=("B0EXAMPLE1", "B0EXAMPLE2"), return_by=date(2026, 12, 20))
    assert by_field is not None
    assert by_field.order_number == "112-1234567-1234567"
    link = OfferPage("/spr/returns/cart", '<a href="/x?session=143-7654321-7654321">143-7654321-7654321</a>')
    assert facts(link).returning == Return()


def test_reviews_are_identified_by_product_and_review_number():
    form, done, vote = (facts(shown).review for shown in pages.FORMS[2:5])
    assert form == Review(asin="B0EXAMPLE1", brand="Crumb")
    assert done == Review(asin="B0EXAMPLE1", brand="Crumb", review_id="R1EXAMPLE0001", written=True)
    assert vote == Review(asin="B0EXAMPLE1", review_id="R1EXAMPLE0001")
    assert facts(OfferPage("/gp/customer-reviews/R1EXAMPLE0001", "<p>My own review</p>")).review is None
    assert facts(OfferPage("/review/create-review?asin=B0EXAMPLE1", "")).review == Review(asin="B0EXAMPLE1")


def test_gift_card_family_and_account_switcher_pages_are_read():
    assert facts(pages.FORMS[5]).gift_card == GiftCard()
    assert facts(pages.FORMS[6]).gift_card == GiftCard(amount=Money(5000, "USD"), redeemed=True)
    assert facts(pages.FORMS[7]).family == Family(members=("Ana",), invitee="Tom")
    assert facts(pages.FORMS[8]).family == Family(members=("Ana",), left=True)
    assert facts(pages.FORMS[10]).signed_in == (
        SignedIn(name="Robin", kind="personal"),
        SignedIn(name="Robin", kind="business", organization="Ortiz Design"),
    )
    assert facts(pages.FORMS[11]).signed_in == (SignedIn(name="Robin", kind="business", organization="Ortiz"),)


@pytest.mark.parametrize(
    ("html", "kind"),
    [(shown.html, opened(shown).kind) for shown in (pages.SUBSCRIPTIONS[0], pages.MEMBERSHIPS[1], pages.FORMS[5], pages.FORMS[8])],
)
def test_a_page_at_an_unknown_address_is_recognised_by_its_marks(html: str, kind: SourceKind):
    assert opened(OfferPage("/gp/something/new", html)).kind is kind


def test_a_saved_page_with_facts_has_the_key_facts_and_any_other_has_not():
    found = builtins(ExtractionJson.of(reading(pages.saved(pages.SUBSCRIPTIONS[2]), url=pages.SUBSCRIPTIONS[2].url)))
    assert (found["source"]["kind"], found["problems"]) == (SourceKind.OTHER.value, [])
    assert found["facts"]["subscriptions"][0]["next_delivery"] == "2026-12-04"
    assert "facts" not in builtins(ExtractionJson.of(reading("<p>Nothing</p>")))
