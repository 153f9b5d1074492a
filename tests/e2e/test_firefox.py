"""Firefox only: the button in the toolbar, containers, host permissions that people revoke."""

from tests.e2e.conftest import BUSINESS
from tests.e2e.firefox import FirefoxDesk, FirefoxHidden


def test_the_badge_is_in_the_toolbar_itself(firefox: FirefoxDesk):
    firefox.open()
    firefox.sees_badge("PER")
    assert firefox.is_in_toolbar()


def test_a_container_keeps_its_own_account(firefox: FirefoxDesk):
    firefox.open()
    firefox.switch_to(BUSINESS)
    firefox.ribbon().wait("Ortiz Design")
    container = firefox.new_page(container=2)
    container.goto("https://www.amazon.com/")
    FirefoxHidden(container, "ribbon").wait("Personal", "sure")
    # The thank-you page shows no id: it goes by its own container.
    container.goto("https://www.amazon.com/gp/buy/spc/handlers/nothing.html")
    firefox.page.bring_to_front()
    firefox.open("/gp/cart/view.html")
    firefox.ribbon().wait("Ortiz Design")


def test_a_revoked_permission_is_named_and_can_be_granted_again(firefox: FirefoxDesk):
    firefox.open()
    firefox.sees_badge("PER")
    firefox.withdraw("http://127.0.0.1/*")
    firefox.open("/gp/cart/view.html")
    firefox.sees_badge("off")
    firefox.ribbon().wait("no longer lets Shopper reach its own server")
    popup = firefox.extension_page("popup/popup.html")
    assert popup.count("#allow:not([hidden])") == 1
    popup.close()
