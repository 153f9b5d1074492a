"""Dates that come near are reported once, before they pass."""

from datetime import date

import pytest

from assistant.domain.terms import Term, TermChange, TermKind
from tests.services.visits.shop_pages import ORDERS, PERSONAL, page

LAST_DAY = '</div><span class="a-size-small">Return or replace items: Eligible through {}</span>'


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per")
    services.accounts.link("per", PERSONAL)
    return services


@pytest.fixture
def order(household):
    """Return a function that opens an order list with an order that can be returned until a day."""

    def opened(until: str, status: str = "Delivered November 20") -> None:
        html = ORDERS.replace("March 2, 2025", "November 2, 2026").replace("Delivered March 5", status)
        listed = page("/your-orders/orders", html.replace("Desk lamp</a></div>", f"Desk lamp</a>{LAST_DAY.format(until)}"))
        household.visits.assess("browser", listed)

    return opened


def told(household, *, open_only=True):
    return [alert.text for alert in household.alerts.alerts(open_only=open_only).items]


def noted(household, kind, what, until, **details):
    return household.terms.add(Term(kind=kind, account="per", what=what, until=until, details=details))


def test_a_return_window_is_reported_within_three_days_with_the_order_page(household, order, clock):
    order("November 29, 2026")
    assert household.due_dates.look() == 0
    clock.forward(days=1)
    assert household.due_dates.look() == 1
    (alert,) = household.alerts.alerts().items
    assert (alert.code, alert.level.value, alert.account) == ("RETURN_WINDOW_SOON", "notice", "per")
    assert alert.text == "'Desk lamp' can be returned until 29 Nov 2026."
    assert alert.url == "https://www.amazon.com/your-orders/order-details?orderID=112-0000001-0000001"
    assert household.explanations.explain(alert.id)


def test_a_reminder_is_raised_once_and_stays_dismissed(household, order, clock):
    order("November 28, 2026")
    assert [household.due_dates.look(), household.due_dates.look()] == [1, 0]
    household.alerts.dismiss(household.alerts.alerts().items[0].id)
    for _ in range(3):
        clock.forward(days=1)
        assert household.due_dates.look() == 0
    assert len(told(household, open_only=False)) == 1


def test_a_changed_date_raises_a_new_reminder_that_replaces_the_old_one(household, clock):
    trial = noted(household, TermKind.MEMBERSHIP, "audible", date(2026, 11, 27), plan="trial")
    assert household.due_dates.look() == 1
    household.terms.edit(trial.id, TermChange(until=date(2026, 11, 29)))
    clock.forward(days=1)
    assert household.due_dates.look() == 1
    assert told(household) == ["The free trial of Audible ends on 29 Nov 2026, and then it costs money."]


@pytest.mark.parametrize("status", ["Returned", "Delivered November 20"])
def test_returned_and_expired_orders_leave_the_list(household, order, clock, status):
    order("November 26, 2026")
    household.due_dates.look()
    if status == "Returned":
        order("November 26, 2026", "Return complete")
        clock.forward(days=1)
    else:
        clock.forward(days=2)
    assert household.due_dates.look() == 0
    assert told(household) == []


def test_trials_and_payments_are_reported_on_their_noted_dates(household):
    noted(household, TermKind.MEMBERSHIP, "audible", date(2026, 11, 28), plan="trial")
    noted(household, TermKind.MEMBERSHIP, "kindle-unlimited", date(2026, 11, 28), plan="trial", auto_renew=False)
    noted(household, TermKind.MEMBERSHIP, "prime", date(2026, 11, 28), plan="paid")
    noted(household, TermKind.INSTALMENT, "112-0000002-0000002", date(2026, 11, 26), amount="59.99", currency="USD")
    noted(household, TermKind.INSTALMENT, "112-0000002-0000002", date(2026, 11, 29), amount="59.99", currency="USD")
    assert household.due_dates.look() == 2
    assert sorted(told(household)) == [
        "59.99 USD of a Monthly Payments plan is due on 26 Nov 2026.",
        "The free trial of Audible ends on 28 Nov 2026, and then it costs money.",
    ]


def test_a_muted_code_raises_no_reminder(household, order):
    household.rules.add({"type": "mute", "code": "RETURN_WINDOW_SOON"})
    order("November 26, 2026")
    assert household.due_dates.look() == 0
