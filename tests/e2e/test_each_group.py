"""A verdict of two more groups of reasons, from the shop through the extension to the server and back: identity, duplicate."""

from assistant.bootstrap import Services
from assistant.domain.filters import Filter
from tests.e2e.conftest import BUSINESS, HOUSEHOLD, PERSONAL
from tests.e2e.desk import Desk, until

LAMP = "B0DEMOB002"


def buy(desk: Desk, asin: str) -> None:
    desk.open(f"/dp/{asin}")
    desk.page.click("#buy-now-button")
    desk.page.wait_for_url("**/spc")


def bought(ledger: Services) -> set[str | None]:
    return {item.asin for view in ledger.ledger.views(Filter(), limit=50).items for item in view.order.items}


def test_a_checkout_of_an_account_that_nobody_registered_says_so(desk: Desk):
    desk.open()
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    buy(desk, LAMP)
    desk.ribbon().wait("The account that is signed in here is not one of the registered ones.")


def test_what_was_just_ordered_on_one_account_is_told_on_the_other(desk: Desk, ledger: Services):
    desk.open()
    desk.switch_to(PERSONAL)
    buy(desk, LAMP)
    desk.page.click("#submitOrderButtonId input")
    desk.page.wait_for_url("**/gp/buy/thankyou/**")
    desk.open("/your-orders/orders")
    until(lambda: LAMP in bought(ledger), "the order in the ledger")
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    buy(desk, LAMP)
    desk.ribbon().wait("was just ordered on Personal")
