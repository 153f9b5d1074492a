"""From a warning to Amazon's own page: the account switcher opens in this tab, and the order that was held is left."""

from assistant.bootstrap import Services
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout, placed
from tests.e2e.waiting import until


def test_the_dialog_leads_to_amazons_own_switcher_and_places_nothing(desk: Desk, ledger: Services):
    page = checkout(desk, TONER)
    desk.ribbon().wait("Why", "Switch account")
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Stay here", "Switch account")
    desk.dialog().click("Switch account")
    page.wait_for_url("https://www.amazon.com/ap/signin?**")
    assert "switch_account=picker" in page.url
    choices = until(lambda: [alert.choice for alert in ledger.alerts.alerts(open_only=False).items if alert.choice], "the decision")
    assert set(choices) == {"left"}
    assert placed(page) == 0
