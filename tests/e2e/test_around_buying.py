"""Pages around buying, from the shop through the extension to the server and back into the ribbon and the dialog."""

import pytest

from assistant.bootstrap import Services
from assistant.domain.terms import TermKind
from tests.e2e.conftest import BUSINESS, PERSONAL
from tests.e2e.desk import Desk, buy_now
from tests.e2e.waiting import until

HEADPHONES = "B0DEMOP003"


@pytest.fixture
def quiet(ledger: Services) -> Services:
    """The ledger without its rule about toner."""
    ledger.rules.remove(ledger.rules.all()[0].id)
    return ledger


def signed_in(desk: Desk, customer_id: str, letters: str) -> None:
    desk.open()
    desk.switch_to(customer_id)
    desk.sees_badge(letters)


def go_to_checkout(desk: Desk, asin: str, code: str) -> None:
    """Go to the checkout with one product and a promotion code."""
    buy_now(desk, asin)
    desk.page.fill("#spc-gcpromoinput", code)
    desk.page.click("#gcApplyButtonId")
    desk.page.wait_for_selector("[data-testid=promotion-applied]")


def test_a_promotion_the_person_used_on_another_account_holds_the_order(desk: Desk, quiet: Services):
    signed_in(desk, PERSONAL, "PER")
    go_to_checkout(desk, HEADPHONES, "STUDIO10")
    desk.ribbon().wait("Personal")
    desk.page.click("#submitOrderButtonId input")
    desk.page.wait_for_url("**/gp/buy/thankyou/**")
    until(lambda: quiet.terms.terms(kind=TermKind.PROMO_USED).total, "the used promotion")
    signed_in(desk, BUSINESS, "BIZ")
    go_to_checkout(desk, "B0DEMOB002", "STUDIO10")
    desk.sees_badge("!")
    desk.page.click("#submitOrderButtonId input")
    text = desk.dialog().wait("limited to 1 per customer", "Order anyway")
    assert "another account" not in text
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert desk.page.url.endswith("/spc")


def test_a_limit_on_a_product_page_is_stored_with_its_text(desk: Desk, quiet: Services):
    signed_in(desk, PERSONAL, "PER")
    desk.open(f"/dp/{HEADPHONES}")
    (limit,) = until(lambda: quiet.terms.terms(kind=TermKind.LIMIT).items, "the limit")
    assert (limit.what, limit.details["scope"], limit.details["limit"]) == (HEADPHONES, "customer", 1)
    assert "Limit 1 per customer" in limit.details["text"]


def test_a_review_on_one_account_holds_the_second_on_another(desk: Desk, quiet: Services):
    signed_in(desk, PERSONAL, "PER")
    desk.open(f"/review/create-review?asin={HEADPHONES}")
    desk.page.fill("textarea", "words that nobody but the shop may see")
    desk.page.click("input[type=submit]")
    desk.page.wait_for_url("**/thankyou**")
    (review,) = until(lambda: quiet.terms.terms(kind=TermKind.REVIEW).items, "the review")
    assert (review.what, review.account, review.details["review_id"]) == (HEADPHONES, "per", "R1LOOKALIKE01")
    signed_in(desk, BUSINESS, "BIZ")
    desk.open(f"/review/create-review?asin={HEADPHONES}")
    desk.sees_badge("!")
    desk.ribbon().wait("You have already reviewed this product.")


def test_subscriptions_trials_returns_and_gift_cards_are_seen_in_the_browser(desk: Desk, quiet: Services):
    quiet.rules.add({"type": "gift_card", "to": "biz", "strength": "hard"})
    signed_in(desk, PERSONAL, "PER")
    desk.open("/auto-deliveries/subscriptionList")
    (subscription,) = until(lambda: quiet.terms.terms(kind=TermKind.SUBSCRIPTION).items, "the subscription")
    assert (subscription.account, subscription.details["every"]) == ("per", "Every 2 months")
    desk.open("/gc/redeem")
    desk.sees_badge("!")
    desk.ribbon().wait("Gift cards go to Ortiz Design")
