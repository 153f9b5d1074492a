"""From a page in the browser to its warnings: promotions, limits, trials, families, reviews, returns, gift cards."""

from datetime import timedelta

import pytest

from assistant.domain.filters import Filter
from assistant.domain.judging.verdict import Choice
from assistant.domain.languages.language import speaking
from assistant.domain.terms import Term, TermChange, TermKind
from tests.services.visits.offer_pages import NOW, checkout, opened, order_list, page, register

SPC, THANKS = "/checkout/p/p-1/spc", "/gp/buy/thankyou/handlers/display.html"
WELCOME = """<div data-testid="promotion-applied"><b class="promotion-name">WELCOME10</b><p>Limit one per customer.</p></div>"""


@pytest.fixture
def household(services):
    register(services)
    return services


def kept(services, kind: TermKind):
    return services.terms.terms(kind=kind).items


def order(services, account: str, html: str) -> None:
    """Place an order."""
    services.visits.assess("browser", page(SPC, html, account, at=NOW - timedelta(minutes=5)))
    services.visits.assess("browser", page(THANKS, "", account, at=NOW - timedelta(minutes=4)))


def test_a_used_promotion_is_not_used_again_by_the_same_person(household):
    order(household, "per", checkout(promotion=WELCOME))
    reason = opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", WELCOME), "biz"))["PROMO_REUSE_LIMITED"]
    assert reason["level"] == "block-confirm"
    assert "Limit one per customer." in reason["evidence"][0]
    assert "PROMO_REUSE_LIMITED" not in opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", WELCOME), "kim"))


@pytest.mark.parametrize(("language", "advice"), [("de", "Bestellen Sie ohne diese Aktion."), ("fr", "Commandez sans cette promotion.")])
def test_kept_advice_about_terms_speaks_the_readers_language_and_names_no_account(household, language, advice):
    order(household, "per", checkout(promotion=WELCOME))
    opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", WELCOME), "biz"))
    with speaking(language):
        (alert,) = [found for found in household.alerts.alerts(Filter()).items if found.code == "PROMO_REUSE_LIMITED"]
    assert alert.advice == advice


def test_reopening_a_thank_you_page_does_not_count_twice(household):
    order(household, "per", checkout(promotion=WELCOME))
    household.visits.assess("browser", page(THANKS, "", "per", at=NOW - timedelta(minutes=3)))
    (use,) = kept(household, TermKind.PROMO_USED)
    assert (use.what, use.account, use.details["scope"], use.details["asins"]) == ("WELCOME10", "per", "customer", ["B0EXAMPLE1"])


def test_a_use_in_a_cancelled_order_does_not_count(household):
    order(household, "per", checkout(promotion=WELCOME))
    cancelled = order_list("112-0000001-0000001", "November 25, 2026", status="Cancelled")
    household.visits.assess("browser", page("/your-orders/orders", cancelled, "per"))
    assert "PROMO_REUSE_LIMITED" not in opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", WELCOME), "biz"))


def test_a_label_without_a_promotion_is_not_a_promotion(household):
    label = "<table id='subtotals-marketplace-table'><tr><td>Promotion Applied:</td><td>-$1.00</td></tr></table>"
    order(household, "per", checkout(promotion=label))
    assert kept(household, TermKind.PROMO_USED) == ()
    assert "PROMO_TERMS_UNKNOWN" not in opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", label), "biz"))


def test_terms_read_in_a_pop_up_are_remembered_for_the_checkout(household):
    bare = '<div class="applied-promotion"><b class="promotion-name">BOOKS5</b></div>'
    order(household, "per", checkout(promotion=bare))
    popup = '<h1>Books</h1><div id="promotion-terms">Use promo code: BOOKS5. Limit one per household.</div>'
    household.visits.assess("browser", page("/gp/promotions/details/popup/A1EXAMPLE7", popup))
    reason = opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", bare), "kim"))["PROMO_REUSE_LIMITED"]
    assert reason["level"] == "warn"


def test_the_text_of_the_page_is_shown_beside_what_was_read_before(household):
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "March 2, 2025"), "per"))
    popup = '<h1>Hello</h1><div id="promotion-terms">Use promo code: HELLO20. Limit one per customer.</div>'
    household.visits.assess("browser", page("/gp/promotions/details/popup/A1EXAMPLE7", popup))
    here = '<div class="applied-promotion"><b class="promotion-name">HELLO20</b><p>New customers only.</p></div>'
    assert "PROMO_NEW_CUSTOMER" in opened(household, page(SPC, checkout(promotion=here), "biz"))


def test_a_new_customer_offer_is_not_for_somebody_who_ordered_on_another_account(household):
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "March 2, 2025"), "per"))
    offer = '<div class="applied-promotion"><b class="promotion-name">HELLO</b><p>New customers only.</p></div>'
    assert "PROMO_NEW_CUSTOMER" in opened(household, page("/gp/buy/promotions", offer, "biz"))
    assert "PROMO_NEW_CUSTOMER" not in opened(household, page("/gp/buy/promotions", offer, "kim"))


def test_a_limit_of_the_product_page_counts_at_a_checkout_without_one(household):
    product = '<div id="dp"><span id="productTitle">Booster box</span><div id="availability">Limit 1 per customer.</div></div>'
    household.visits.assess("browser", page("/dp/B0EXAMPLE1", product, "kim"))
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "October 2, 2026"), "per"))
    reason = opened(household, page(SPC, checkout(title="Booster box"), "biz"))["QTY_LIMIT_AGGREGATE"]
    assert (reason["level"], reason["evidence"]) == ("block-confirm", ["limit 1 per customer", "1 bought on Personal on 2 Oct 2026"])
    assert "QTY_LIMIT_ACCOUNT" in opened(household, page(SPC, checkout(title="Booster box", quantity=2), "kim"))


def test_a_limit_on_the_page_beats_an_earlier_one(household):
    product = '<div id="dp"><span id="productTitle">Mug</span><div id="availability">Limit 1 per customer.</div></div>'
    household.visits.assess("browser", page("/dp/B0EXAMPLE1", product))
    raised = checkout(notes="<p>Limit 5 per customer</p>", quantity=2)
    assert not {"QTY_LIMIT_ACCOUNT", "QTY_LIMIT_AGGREGATE"} & opened(household, page(SPC, raised)).keys()


def test_the_department_of_the_product_page_is_the_category_at_the_checkout(household):
    toy = '<div id="dp"><div id="wayfinding-breadcrumbs_container"><ul><li><a>Toys &amp; Games</a></li></ul></div></div>'
    household.visits.assess("browser", page("/dp/B0EXAMPLE1", toy, "per"))
    assert "BUSINESS_PERSONAL_USE" in opened(household, page(SPC, checkout(title="Castle"), "biz"))
    assert "BUSINESS_PERSONAL_USE" not in opened(household, page(SPC, checkout("B0EXAMPLE2", "Castle"), "biz"))


def test_a_clipped_coupon_that_was_bought_with_is_used(household):
    coupon = """<div id="dp"><span id="productTitle">Soap</span><input id="checkboxpctch1" type="checkbox" checked>
      <label id="couponText1">Save 10% with coupon. Limit one per customer.</label></div>"""
    household.visits.assess("browser", page("/dp/B0EXAMPLE1", coupon, "per"))
    order(household, "per", checkout(title="Soap"))
    (use,) = kept(household, TermKind.COUPON_USED)
    assert (use.what, use.account) == ("COUPON-B0EXAMPLE1", "per")
    assert "PROMO_REUSE_LIMITED" in opened(household, page("/dp/B0EXAMPLE1", coupon, "biz"))
    public = coupon.replace(" Limit one per customer.", "")
    assert opened(household, page("/dp/B0EXAMPLE1", public, "kim")) == {}


def test_a_second_trial_of_one_person_is_warned_about_and_a_partners_first_is_not(household):
    running = "<h2>Audible</h2><p>Free trial</p><p>Your free trial ends on December 3, 2026</p>"
    household.visits.assess("browser", page("/yourmembershipsandsubscriptions", running, "per"))
    offer = "<h1>Audible</h1><button>Start your free trial</button>"
    assert "TRIAL_REPEAT" in opened(household, page("/hz/audible/mlp", offer, "biz"))
    assert opened(household, page("/hz/audible/mlp", offer, "kim")) == {}
    assert opened(household, page("/hz/audible/mlp", "<h1>Audible</h1><button>Join for $14.95</button>", "biz")) == {}


def test_a_second_prime_in_the_household_gives_only_a_notice(household):
    household.visits.assess("browser", page("/gp/primecentral", "<p>Renews on January 4, 2027</p>", "per"))
    found = opened(household, page("/amazonprime", "<h1>Prime</h1><button>Start your free trial</button>", "kim"))
    assert {code: reason["level"] for code, reason in found.items()} == {"PRIME_DOUBLE": "notice"}
    between = "<h2>Try Prime</h2><span id='prime-declineCTA'>No thanks</span>"
    assert "PRIME_DOUBLE" in opened(household, page("/checkout/p/p-1/byg", between, "kim"))


def test_leaving_a_family_is_remembered_for_the_next_invitation(household):
    left = '<div class="a-alert-success">You have left Amazon Family.</div>'
    household.visits.assess("browser", page("/myh/households", left, "kim", at=NOW - timedelta(minutes=1)))
    invite = '<h1>Invite an adult</h1><span data-testid="invitee-name">Kim</span>'
    assert "FAMILY_WAIT_PERIOD" in opened(household, page("/myh/households/invite", invite, "per"))
    assert opened(household, page("/myh/households/invite", "<h1>Invite an adult</h1>", "biz")) == {}


def test_a_written_review_stops_the_second_one_of_the_same_person(household):
    done = '<p>Thank you</p><a href="/gp/customer-reviews/R1EXAMPLE0001">See your review</a>'
    household.visits.assess("browser", page("/review/create-review/thankyou?asin=B0EXAMPLE1", done, "per"))
    again, other = (opened(household, page("/review/create-review?asin=B0EXAMPLE1", account=account)) for account in ("biz", "kim"))
    assert again["REVIEW_DUPLICATE"]["level"] == "block-confirm"
    assert {code: reason["level"] for code, reason in other.items()} == {"REVIEW_HOUSEHOLD": "notice"}
    vote = '<input data-hook="vote-helpful-button">'
    assert "REVIEW_VOTE" in opened(household, page("/gp/customer-reviews/R1EXAMPLE0001", vote, "kim"))
    assert opened(household, page("/gp/customer-reviews/R1EXAMPLE0001", "<p>A review</p>", "kim")) == {}


def test_a_review_of_an_own_brand_is_found_by_the_brand_on_the_product_page(household):
    household.rules.add({"type": "conflict", "brands": ["Crumb Bakery"], "relation": "own"})
    product = '<div id="dp"><span id="productTitle">Cookies</span><a id="bylineInfo">Visit the Crumb Bakery Store</a></div>'
    household.visits.assess("browser", page("/dp/B0EXAMPLE1", product))
    visit = page("/review/create-review?asin=B0EXAMPLE1")
    assert "REVIEW_CONFLICT" in opened(household, visit)
    household.visits.decide("browser", visit.id, "REVIEW_CONFLICT", Choice.ALWAYS_RIGHT)
    assert household.rules.all()[-1].body["asin"] == ["B0EXAMPLE1"]


def test_a_review_is_not_reported_when_the_ledger_is_younger_than_a_year(household):
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "November 2, 2026"), "per"))
    assert opened(household, page("/review/create-review?asin=B0EXAMPLE1")) == {}
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000002-0000002", "March 2, 2025"), "per"))
    assert "REVIEW_NOT_ELIGIBLE" in opened(household, page("/review/create-review?asin=B0EXAMPLE1"))


def test_a_return_under_the_wrong_account_names_the_right_one(household):
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "November 2, 2026"), "biz"))
    reply = household.visits.assess("browser", page("/spr/returns/cart?orderId=112-0000001-0000001"))
    assert ([reason["code"] for reason in reply["verdict"]["reasons"]], reply["verdict"]["suggest"]) == (["RETURN_WRONG_ACCOUNT"], "biz")
    assert opened(household, page("/spr/returns/cart?orderId=112-0000001-0000001", account="biz")) == {}


def test_a_return_of_an_order_with_a_promotion_loses_its_credit(household):
    order(household, "per", checkout(promotion=WELCOME))
    household.visits.assess("browser", page("/your-orders/orders", order_list("112-0000001-0000001", "November 25, 2026"), "per"))
    assert "PROMO_CREDIT_LOST" in opened(household, page("/spr/returns/cart?orderId=112-0000001-0000001"))


def test_a_gift_card_is_held_on_an_account_without_permission(household):
    household.rules.add({"type": "gift_card", "to": "kim", "strength": "hard"})
    assert opened(household, page("/gc/redeem", account="per"))["GIFT_CARD_WRONG_ACCOUNT"]["level"] == "block-confirm"
    assert opened(household, page("/gc/redeem", account="kim")) == {}


def test_a_subscription_from_the_list_is_noticed_at_another_accounts_checkout(household):
    listed = """<div data-subscription-id="S1" data-asin="B0EXAMPLE1"><b class="subscription-title">Detergent</b><p>Every 2 months</p>
      <p>Next delivery: November 29</p></div>"""
    household.visits.assess("browser", page("/auto-deliveries/subscriptionList", listed, "kim"))
    assert "DUP_SNS_OVERLAP" in opened(household, page(SPC, checkout(title="Detergent"), "per"))
    later = listed.replace("November 29", "December 29")
    household.visits.assess("browser", page("/auto-deliveries/subscriptionList", later, "kim"))
    assert "DUP_SNS_OVERLAP" not in opened(household, page(SPC, checkout(title="Detergent"), "per"))


def test_monthly_payments_for_a_business_purchase_are_warned_about(household):
    paying = '<div id="selected-payment-methods-list-container">Paying with Visa 1234 in 5 monthly payments</div>'
    assert "MONTHLY_PAY_BUSINESS" in opened(household, page(SPC, checkout(promotion=paying), "biz"))


def test_closing_an_account_is_stopped_with_its_consequence(household):
    assert opened(household, page("/privacy/data-deletion"))["CLOSE_ACCOUNT"]["level"] == "block-confirm"


def test_advice_on_these_pages_never_names_an_account(household):
    order(household, "per", checkout(promotion=WELCOME))
    for reason in opened(household, page(SPC, checkout("B0EXAMPLE2", "Red mug", WELCOME), "biz")).values():
        assert not any(name in reason["advice"] for name in ("per ", "biz", "Ortiz", "Kim"))


def test_a_term_corrected_by_the_user_is_not_overwritten_by_a_page(household):
    household.visits.assess("browser", page("/gp/primecentral", "<p>Renews on January 4, 2027</p>", "per"))
    (prime,) = kept(household, TermKind.MEMBERSHIP)
    household.terms.edit(prime.id, TermChange(details={"plan": "trial"}))
    household.visits.assess("browser", page("/gp/primecentral", "<p>Renews on February 4, 2027</p>", "per"))
    assert {(term.details["plan"], term.by_hand) for term in kept(household, TermKind.MEMBERSHIP)} >= {("trial", True)}


def test_an_older_page_that_arrives_late_changes_nothing(household):
    listed = '<div data-subscription-id="S1" data-asin="B0EXAMPLE1"><p>Every 2 months</p><p>Next delivery: December {}</p></div>'
    household.visits.assess("browser", page("/auto-deliveries/subscriptionList", listed.format(20)))
    late = page("/auto-deliveries/subscriptionList", listed.format(4), at=NOW - timedelta(hours=2))
    household.visits.assess("browser", late)
    assert kept(household, TermKind.SUBSCRIPTION)[0].until.day == 20


def test_dates_printed_on_pages_become_reminders(household):
    listed = (
        "<h2>Audible</h2><p>Free trial</p><p>Your free trial ends on November 27, 2026</p><h2>Prime</h2><p>Renews on December 1, 2026</p>"
    )
    household.visits.assess("browser", page("/yourmembershipsandsubscriptions", listed, "per"))
    due = household.reminders.due(NOW.date(), 14)
    assert [(entry.due.day, entry.account, entry.what, entry.title) for entry in due] == [
        (27, "per", "free trial goes on paid", "audible"),
        (1, "per", "membership renews", "prime"),
    ]
    household.terms.edit(kept(household, TermKind.MEMBERSHIP)[-1].id, TermChange(details={"auto_renew": False}))
    assert [entry.title for entry in household.reminders.due(NOW.date(), 14)] == ["prime"]


def test_an_unused_coupon_or_code_gives_a_reminder_before_it_ends(household):
    def note(kind, what, **details):
        household.terms.add(Term(kind=kind, account="per", what=what, on=NOW.date(), details=details))

    note(TermKind.COUPON_CLIPPED, "COUPON-B0EXAMPLE1", ends_on="2026-11-28", text="Save 10% with coupon")
    note(TermKind.PROMO_ISSUED, "THANKS5", ends_on="2026-11-30")
    note(TermKind.PROMO_ISSUED, "WELCOME5", ends_on="soon")
    due = household.reminders.due(NOW.date(), 14)
    assert [(entry.due.day, entry.what, entry.title) for entry in due] == [
        (28, "coupon ends", "Save 10% with coupon"),
        (30, "code ends", "THANKS5"),
    ]
    note(TermKind.COUPON_USED, "COUPON-B0EXAMPLE1")
    assert [entry.title for entry in household.reminders.due(NOW.date(), 14)] == ["THANKS5"]


def test_similar_subscriptions_on_two_accounts_give_a_tip_at_sign_up(household):
    crumb = '<div id="dp"><div id="wayfinding-breadcrumbs_container"><ul><li><a>Grocery</a></li></ul></div></div>'
    listed = '<div data-subscription-id="S1" data-asin="B0EXAMPLE1"><p>Every 2 months</p></div>'
    for asin in ("B0EXAMPLE1", "B0EXAMPLE2"):
        household.visits.assess("browser", page(f"/dp/{asin}", crumb))
    household.visits.assess("browser", page("/auto-deliveries/subscriptionList", listed, "kim"))
    form = '<form id="addToCart"><input id="ASIN" name="ASIN" value="B0EXAMPLE2"></form><span id="productTitle">Coffee</span>'
    assert "SNS_SPLIT" in opened(household, page("/auto-deliveries/signup", form, "per"))
    assert "SNS_SPLIT" not in opened(household, page("/auto-deliveries/signup", form, "kim"))
