"""Actions that cannot be undone are held like an order: redeeming, reviewing, subscribing, closing an account."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from assistant.bootstrap import Services
from assistant.demo.shop.household import Shop
from assistant.domain.terms import TermKind
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.waiting import until

HEADPHONES, TONER = "B0DEMOP003", "B0DEMOB001"


class Deed(NamedTuple):
    """A page, its final button, the address it leads to, and what the dialog says about it."""

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
    """The ledger with a rule that gift cards go to the business account, like toner."""
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


COUPON = Deed("/coupons", "[data-testid=clip-coupon-button]", "", "Amazon clips this coupon for Personal", "Clip anyway")
OTHERS = [
    Deed("/amazonprime", "main form input[type=submit]", "**/amazonprime?", "starts this membership or trial on Personal", "Start anyway"),
    Deed("/hz/myh/invite", "main form input[type=submit]", "**/done", "who belongs to the Amazon Family of Personal", "Go on anyway"),
    Deed("/hz/wishlist/ls", "main form input[type=submit]", "**/done", "you change a list of Personal", "Change it anyway"),
]


class Strict:
    """The real visits, except that every page gets a reason to stop."""

    def __init__(self, visits: Any) -> None:
        self._visits = visits

    def answer(self, client_id: str, visit: Any, prepared: Any = None) -> Any:
        answer = self._visits.answer(client_id, visit, prepared)
        reason = {"code": "STRICT", "level": "block-confirm", "text": "Not here.", "advice": "", "evidence": [], "source": "", "links": []}
        verdict = {"verdict": "block-confirm", "suggest": None, "suggest_label": None, "reasons": [reason]}
        return answer | {"verdict": verdict}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._visits, name)


@pytest.fixture
def strict_desk(unpaired: Desk, ledger: Services) -> Iterator[Desk]:
    strict: Any = Strict(ledger.visits)
    ledger.visits = strict
    with Server(ledger, 0) as running:
        unpaired.pair(running.port, ledger.pairing.open_code().code)
        yield unpaired


def hold_and_go_on(desk: Desk, deed: Deed) -> None:
    page = desk.open(deed.path)
    desk.ribbon().wait("Not here.", "Personal")
    page.click(deed.button)
    desk.dialog().wait(deed.consequence, "Stay here", deed.anyway)
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    assert page.url.endswith(deed.path)
    page.click(deed.button)
    desk.dialog().wait(deed.anyway)
    desk.dialog().click(deed.anyway)


def test_each_further_action_is_held_where_a_rule_stops_it(strict_desk: Desk, shop: Shop):
    desk = strict_desk
    page = desk.open()
    desk.sees_badge("!")
    for deed in OTHERS:
        hold_and_go_on(desk, deed)
        page.wait_for_url(deed.leads_to)
    page = desk.open(COUPON.path)
    desk.ribbon().wait("Not here.")
    page.evaluate("() => { document.querySelector('[data-testid=clip-coupon-button]').onclick = () => { document.title = 'clipped'; }; }")
    page.click(COUPON.button)
    desk.dialog().wait(COUPON.consequence)
    assert page.title() != "clipped"
    desk.dialog().click(COUPON.anyway)
    until(lambda: page.title() == "clipped", "the clipped coupon")
    # This form leads to its own address, so it comes last.
    address = f"/spr/returns/cart?orderId={shop.accounts[0].orders[0].number}"
    returning = Deed(address, "main form input[type=submit]", address, "takes this return on Personal", "Return anyway")
    hold_and_go_on(desk, returning)
    desk.dialog().wait_away()


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
    popup = desk.popup()
    until(lambda: "rule 2 of yours: gift cards go to Ortiz Design" in popup.inner_text("#reasons"), "the evidence")
    assert "Source: P16" in popup.inner_text("#reasons")
