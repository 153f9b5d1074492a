"""Firefox only: the button in the toolbar, containers, private windows, revoked host permissions."""

from assistant.bootstrap import Services
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import buy_now
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout


def test_the_badge_is_in_the_toolbar_itself(firefox: FirefoxDesk):
    firefox.open()
    firefox.sees_badge("PER")
    assert firefox.is_in_toolbar()
    assert firefox.toolbar_popup_width() == 348


def test_a_container_keeps_its_own_account(firefox: FirefoxDesk):
    firefox.open()
    firefox.switch_to(BUSINESS)
    firefox.ribbon().wait("Ortiz Design")
    container = firefox.new_page(container=2)
    container.goto("https://www.amazon.com/")
    firefox.ribbon(container).wait("Personal", "sure")
    # The checkout shows no id: it goes by its own container.
    container.goto(f"https://www.amazon.com/dp/{TONER}")
    container.click("#buy-now-button")
    container.wait_for_url("**/spc")
    firefox.ribbon(container).wait("Personal", "from the page before")
    firefox.page.bring_to_front()
    firefox.open("/gp/cart/view.html")
    firefox.ribbon().wait("Ortiz Design")


def test_a_private_window_keeps_its_own_account(firefox: FirefoxDesk, ledger: Services):
    firefox.open()
    firefox.switch_to(BUSINESS)
    firefox.ribbon().wait("Ortiz Design")
    private = firefox.new_page(private=True)
    private.goto("https://www.amazon.com/")
    firefox.ribbon(private).wait("Personal", "sure")
    private.goto(f"https://www.amazon.com/dp/{TONER}")
    private.click("#buy-now-button")
    private.wait_for_url("**/spc")
    firefox.ribbon(private).wait("Personal", "toner")
    private.click(PLACE)
    firefox.dialog(private).wait("Ortiz Design", "Stay here")
    # This page shows no id: it goes by its own window too, although the private one showed another account last.
    firefox.page.bring_to_front()
    firefox.open("/help")
    firefox.ribbon().wait("Ortiz Design", "from the page before")
    private.close()
    firefox.page.bring_to_front()
    buy_now(firefox, TONER)
    firefox.ribbon().wait("Ortiz Design", "from the page before")
    assert len(ledger.pairing.clients()) == 1


def test_a_revoked_permission_is_named_and_can_be_granted_again(firefox: FirefoxDesk):
    page = checkout(firefox, TONER)
    firefox.sees_badge("!")
    firefox.withdraw("http://127.0.0.1/*")
    # The open page says so at once, and nothing is held any more.
    firefox.ribbon().wait("no longer lets Shopper reach its own server")
    firefox.sees_badge("off")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    popup = firefox.extension_page("popup/popup.html")
    popup.click("#allow")
    popup.wait_for_selector("text=Server ready")
    assert not popup.is_visible("#forbidden")
    popup.close()
    firefox.open()
    firefox.sees_badge("PER")
    firefox.ribbon().wait("Personal", "sure")
