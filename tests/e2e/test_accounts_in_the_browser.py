"""Pairing, badge and ribbon on the look-alike shop, with the real server."""

from assistant.bootstrap import Services
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS, HOUSEHOLD, LOOK_ALIKE, PERSONAL
from tests.e2e.desk import Desk
from tests.e2e.waiting import until


def test_a_browser_pairs_with_a_code_and_shows_it(unpaired: Desk, ledger: Services, server: Server):
    unpaired.open()
    popup = unpaired.popup()
    popup.click("summary")
    popup.fill("#port", str(server.port))
    popup.fill("#code", "123")
    popup.keyboard.press("Enter")
    popup.wait_for_selector("text=The code has eight digits")
    ledger.pairing.open_code()
    popup.fill("#code", "0000-0000")
    popup.keyboard.press("Enter")
    popup.wait_for_selector("text=Get a new one in Shopper")
    assert ledger.pairing.clients() == []
    popup.fill("#code", ledger.pairing.open_code().code)
    popup.keyboard.press("Enter")
    popup.wait_for_selector(f"text=Server ready on port {server.port}")
    client = ledger.pairing.clients()[0]
    assert client.origin is not None
    assert client.origin.startswith(("chrome-extension://", "moz-extension://"))
    assert [scope.value for scope in client.scopes] == ["badge:read", "observe:write", "summary:read"]


def test_a_page_opened_before_pairing_shows_its_account_at_once(unpaired: Desk, ledger: Services, server: Server):
    unpaired.open()
    assert unpaired.badge() == ""
    popup = unpaired.popup()
    popup.click("summary")
    popup.fill("#port", str(server.port))
    popup.fill("#code", ledger.pairing.open_code().code)
    popup.keyboard.press("Enter")
    popup.wait_for_selector("#paired:not([hidden])")
    unpaired.sees_badge("PER")


def test_the_badge_follows_the_account(desk: Desk):
    desk.open()
    desk.sees_badge("PER")
    assert desk.badge_colour() == (0, 114, 178, 255)
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    assert desk.badge_colour() == (230, 159, 0, 255)
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    assert desk.badge_colour() == (58, 58, 58, 255)
    desk.open("/gp/flex/sign-out.html")
    desk.sees_badge("")
    assert desk.ribbon().text() == ""


def test_the_ribbon_says_when_the_account_comes_from_another_page(desk: Desk):
    page = desk.open()
    assert "Personal" in desk.ribbon().wait("Personal", "sure")
    assert page.evaluate("document.querySelector('[data-shopper=ribbon]').shadowRoot") is None
    assert page.evaluate("typeof window.shopper") == "undefined"
    assert "sure" not in page.inner_text("body")


def test_the_checkout_takes_the_account_from_the_page_before(desk: Desk):
    page = desk.open("/dp/B0DEMOP004")
    desk.ribbon().wait("sure")
    page.click("#buy-now-button")
    page.wait_for_url("**/spc")
    desk.ribbon().wait("Personal", "from the page before")
    desk.sees_badge("PER")


def test_a_collapsed_ribbon_stays_small_and_closing_it_affects_one_page(desk: Desk):
    desk.open()
    desk.ribbon().wait("Personal")
    desk.ribbon().click("Make small")
    until(lambda: desk.ribbon().text().startswith("PER +"), "a small ribbon")
    desk.open("/gp/cart/view.html")
    until(lambda: desk.ribbon().text().startswith("PER +"), "a ribbon that is still small")
    desk.ribbon().click("Personal. Show the account")
    desk.ribbon().wait("Personal", "sure")
    desk.ribbon().click("Close on this page")
    desk.ribbon().wait_away()
    desk.open()
    desk.ribbon().wait("Personal", "sure")


def test_the_options_page_switches_the_ribbon_off(desk: Desk):
    desk.open()
    desk.ribbon().wait("Personal")
    options = desk.options()
    options.click("#ribbon")
    desk.ribbon().wait_away()
    desk.open("/gp/cart/view.html")
    desk.sees_badge("PER")
    assert desk.ribbon().text() == ""


def test_a_lookalike_host_gets_nothing(desk: Desk, ledger: Services):
    page = desk.open(host=LOOK_ALIKE)
    before = ledger.outbox.latest(), len(ledger.accounts.identities())
    page.click("text=Coffee beans")
    page.wait_for_timeout(1200)
    assert page.evaluate("document.querySelectorAll('[data-shopper]').length") == 0
    assert (ledger.outbox.latest(), len(ledger.accounts.identities())) == before
    assert desk.kept_views() == 0


def test_a_revoked_browser_forgets_its_key(desk: Desk, ledger: Services):
    desk.open()
    desk.sees_badge("PER")
    ledger.pairing.revoke(ledger.pairing.clients()[0].id)
    desk.open("/gp/cart/view.html")
    desk.sees_badge("")
    popup = desk.popup()
    assert popup.is_visible("#unpaired")


def test_nothing_is_lost_when_the_worker_stops(desk: Desk):
    desk.open()
    desk.sees_badge("PER")
    popup = desk.popup()
    desk.stop_background()
    desk.open("/gp/cart/view.html")
    desk.ribbon().wait("Personal", "sure")
    popup.reload()
    popup.wait_for_selector("#paired:not([hidden])")
    assert popup.inner_text("#label") == "Personal"


def test_german_and_american_marketplaces_are_kept_apart(desk: Desk, ledger: Services):
    ledger.accounts.add("Berlin", "family", key="fam")
    ledger.accounts.link("fam", "A1DEMOFAMI0004")
    desk.open(host="www.amazon.de")
    desk.ribbon().wait("Berlin")
    desk.open(host="www.amazon.com")
    desk.ribbon().wait("Personal")


def test_the_customer_id_is_sent_to_the_server_with_its_greeting(desk: Desk, ledger: Services):
    desk.open()
    desk.sees_badge("PER")
    seen = next(identity for identity in ledger.accounts.identities() if identity.customer_id == PERSONAL)
    assert (seen.account, seen.greeting, seen.marketplace) == ("per", "Robin", "amazon.com")
