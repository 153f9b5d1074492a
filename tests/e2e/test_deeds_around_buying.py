"""Actions that cannot be undone are held like an order: redeeming, reviewing, subscribing, closing an account."""

from typing import NamedTuple

import pytest

from assistant.bootstrap import Services
from assistant.domain.terms import TermKind
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.waiting import until

HEADPHONES, TONER = "B0DEMOP003", "B0DEMOB001"


class Deed(NamedTuple):
    """A page, its decisive button, where it leads, and what the dialog says of it."""

    path: str
    button: str
    leads_to: str
    consequence: str
    anyway: str


REDEEM = Deed("/gc/redeem", "#gc-redemption-apply input", "**/gc/redeem/done", "is added to Personal and stays there", "Redeem anyway")
SUBSCRIBE = Deed(
    f"/auto-deliveries/subscribe?asin={TONER}",
    "#rcx-subscribe-submit-button input",
    "**/subscriptionList",
    "Amazon sets up this subscription on Personal",
    "Subscribe anyway",
)
CLOSE = Deed("/privacy/data-deletion", "main input[type=submit]", "**/data-deletion/done", "ask Amazon to close Personal", "Close anyway")


@pytest.fixture
def household(ledger: Services) -> Services:
    """Gift cards go to the business, as toner does."""
    ledger.rules.add({"type": "gift_card", "to": "biz"})
    return ledger


def at(desk: Desk, deed: Deed) -> None:
    desk.open()
    desk.sees_badge("PER")
    desk.open(deed.path)
    desk.sees_badge("!")


@pytest.mark.parametrize("deed", [REDEEM, SUBSCRIBE, CLOSE], ids=lambda deed: deed.path.split("?")[0])
def test_an_action_is_held_explained_and_done_once_when_confirmed(desk: Desk, household: Services, deed: Deed):
    at(desk, deed)
    page = desk.page
    page.click(deed.button)
    desk.dialog().wait(deed.consequence, "Stay here", deed.anyway)
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    assert page.url.endswith(deed.path)
    page.click(deed.button)
    desk.dialog().wait(deed.anyway)
    desk.dialog().click(deed.anyway)
    page.wait_for_url(deed.leads_to)
    until(lambda: any(alert.choice == "continue" for alert in household.alerts.alerts(open_only=False).items), "the decision")


@pytest.mark.usefixtures("household")
def test_enter_in_the_claim_code_is_held_like_the_button(desk: Desk):
    at(desk, REDEEM)
    desk.page.fill("#gc-redemption-input", "ABCD-EFGHIJ-KLMN")
    desk.page.press("#gc-redemption-input", "Enter")
    text = desk.dialog().wait("a redeemed card cannot be moved", "Redeem anyway")
    assert "Always right for this item" not in text
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert desk.page.input_value("#gc-redemption-input") == "ABCD-EFGHIJ-KLMN"


def test_a_second_review_is_held_and_the_first_is_not(desk: Desk, household: Services):
    form = f"/review/create-review?asin={HEADPHONES}"
    desk.open()
    desk.sees_badge("PER")
    desk.open(form)
    desk.ribbon().wait("Personal")
    desk.page.click("main input[type=submit]")
    desk.page.wait_for_url("**/thankyou**")
    until(lambda: household.terms.terms(kind=TermKind.REVIEW).total, "the review")
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    desk.open(form)
    desk.sees_badge("!")
    desk.page.click("main input[type=submit]")
    desk.dialog().wait("You have already reviewed this product", "the review is sent to Amazon from Ortiz Design", "Send anyway")
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert desk.page.url.endswith(form)


@pytest.mark.usefixtures("household")
def test_the_right_account_redeems_without_a_warning(desk: Desk):
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    desk.open(REDEEM.path)
    desk.ribbon().wait("Ortiz Design")
    desk.page.click(REDEEM.button)
    desk.page.wait_for_url(REDEEM.leads_to)


@pytest.mark.usefixtures("household")
def test_other_buttons_of_such_a_page_are_left_alone(desk: Desk):
    at(desk, REDEEM)
    desk.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<form action=\"/\"><button id=elsewhere>Elsewhere</button></form>')")
    desk.page.click("#elsewhere")
    desk.page.wait_for_url("https://www.amazon.com/?")


@pytest.mark.usefixtures("household")
@pytest.mark.parametrize("deed", [REDEEM, CLOSE], ids=lambda deed: deed.path)
def test_no_action_is_held_while_the_server_is_down(desk: Desk, server: Server, deed: Deed):
    at(desk, deed)
    server.stop()
    desk.page.reload()
    desk.sees_badge("off")
    desk.page.click(deed.button)
    desk.page.wait_for_url(deed.leads_to)


@pytest.mark.usefixtures("household")
def test_the_popup_shows_the_evidence_of_a_warning(desk: Desk):
    at(desk, REDEEM)
    reasons = desk.popup().locator("#reasons")
    reasons.get_by_text("rule 2 of yours: gift cards go to Ortiz Design").wait_for()
    assert "Source: P16" in reasons.inner_text()
