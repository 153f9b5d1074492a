"""Purchases that were not checked become warnings afterwards, once, and never in large numbers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from assistant.demo.catalogue import CatalogueProduct
from assistant.demo.export_zips import ExportLine, ExportOrder, write_export
from assistant.domain.accounts.account import AccountChange
from assistant.domain.judging.verdict import Choice, Level
from assistant.storage.orders.history import Purchase as Made
from assistant.storage.tables import AccountRow
from assistant.storage.warnings.outcomes import pages_before
from tests.services.visits.shop_pages import BUSINESS, ORDERS, PERSONAL, checkout, page

TODAY = date(2026, 11, 25)
TONER = CatalogueProduct("B0TONER001", "Black toner cartridge", 8999, "office", 1)
LAMP = CatalogueProduct("B0LAMP0001", "Desk lamp", 2000, "home", 1)


def purchase(number: int, days_ago: int, product: CatalogueProduct = TONER, **more) -> ExportOrder:
    return ExportOrder(
        number=f"112-{number:07d}-{number:07d}",
        on=TODAY - timedelta(days=days_ago),
        lines=(ExportLine(product=product, quantity=1, price=product.price, tax=0),),
        site="Amazon.com",
        currency="USD",
        payment="Visa - 1111",
        address="12 Fern Street",
        **more,
    )


@pytest.fixture
def household(services):
    services.accounts.add("Personal", "personal", key="per", change=AccountChange(marketplaces=("amazon.com",)))
    services.accounts.add("Ortiz Design", "business", key="biz", change=AccountChange(marketplaces=("amazon.com",)))
    services.accounts.link("per", PERSONAL)
    services.accounts.link("biz", BUSINESS)
    return services


@pytest.fixture
def bring(household, tmp_path):
    """Return a function that imports purchases of an account and runs the retrospective."""

    def brought(account: str, *purchases: ExportOrder) -> int:
        file = tmp_path / f"{account}.zip"
        write_export(file, purchases, old=True)
        results = household.imports.take_paths([file], account=account)
        warned = household.retrospective.catch_up()
        return warned, len(household.retrospective.look_back(results).misplaced)

    return brought


def test_a_recent_purchase_on_the_wrong_account_becomes_a_warning_that_suggests_cancelling(household, bring):
    bring("biz", *(purchase(number, 40 * number) for number in (1, 2, 3)))
    assert bring("per", purchase(9, 1, open=True)) == (1, 0)
    (alert,) = household.alerts.alerts().items
    assert (alert.code, alert.account, alert.level) == ("WRONG_ACCOUNT_HISTORY", "per", Level.WARN)
    assert alert.text == "Ordered on Personal on 24 Nov 2026: You always bought 'Black toner cartridge' on Ortiz Design."
    assert alert.advice.startswith("It can probably still be cancelled")
    assert "bought on Ortiz Design 3 times" in " ".join(alert.evidence)
    assert alert.afterwards
    assert [(link.kind, link.url) for link in alert.links] == [
        ("order", "https://www.amazon.com/your-orders/order-details?orderID=112-0000009-0000009")
    ]


@pytest.mark.parametrize(
    ("days", "open_", "first"), [(2, False, "It can probably still be returned"), (12, True, "It can probably still be returned")]
)
def test_shipped_or_older_orders_are_not_called_cancellable(household, bring, days, open_, first):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    bring("per", purchase(9, days, open=open_))
    (alert,) = household.alerts.alerts().items
    assert alert.advice.startswith(first)
    assert alert.level is Level.WARN, "there is no click left to hold"


def test_two_years_of_orders_raise_no_warnings_but_are_counted_and_listed(household, bring):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    assert bring("per", *(purchase(number, 31 + 30 * number) for number in range(20)), purchase(90, 400, LAMP)) == (0, 20)
    assert household.alerts.alerts(open_only=False).total == 0
    looked = household.retrospective.look_back()
    listed = looked.misplaced
    assert (looked.checked, len(listed)) == (21, 20)
    assert (listed[0].account, listed[0].suggest, listed[0].placed_on) == ("per", "Ortiz Design", TODAY - timedelta(days=31))


def test_importing_again_raises_no_second_warning(household, bring):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    assert bring("per", purchase(9, 3))[0] == 1
    household.alerts.dismiss(household.alerts.alerts().items[0].id)
    assert bring("per", purchase(9, 3))[0] == 0
    assert bring("per", purchase(9, 3), purchase(10, 200))[0] == 0
    assert household.alerts.alerts(open_only=False).total == 1


def test_only_facts_known_before_the_purchase_count(bring):
    bring("biz", *(purchase(number, number) for number in (1, 2, 3)))
    assert bring("per", purchase(9, 20))[0] == 0


@pytest.mark.parametrize("change", [{"cancelled": True}, {}])
def test_cancelled_orders_and_the_right_account_are_silent(household, bring, change):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    assert bring("per" if change else "biz", purchase(9, 3, **change)) == (0, 0)


def test_a_checked_purchase_is_not_reported_twice_and_its_outcome_is_kept(household, bring):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    household.visits.assess("browser", page("/checkout/p/p-1/spc", checkout("Black toner cartridge")))
    assert bring("per", purchase(9, 0))[0] == 0
    (alert,) = household.alerts.alerts().items
    assert (alert.order, alert.afterwards) == ("112-0000009-0000009", False)
    # The same product again, without a page visit, is another purchase.
    assert bring("per", purchase(9, 0), purchase(10, 0))[0] == 1


def test_the_advice_for_a_purchase_that_was_cancelled_since_is_to_do_nothing(household, bring):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    bring("per", purchase(9, 1, open=True))
    bring("per", purchase(9, 1, cancelled=True))
    (alert,) = household.alerts.alerts().items
    assert alert.advice == "It has been cancelled or sent back since then, so there is nothing left to do."


def test_pages_before_a_purchase_are_found_by_index_among_many(household):
    if household.database.file is None:
        pytest.skip("the words of the plan are those of SQLite")
    with household.database.reading() as session:
        account = session.scalar(select(AccountRow.id).where(AccountRow.key == "per"))
        plan = []

        def explain(connection, _cursor, statement, parameters, *_):
            if "FROM visits" in statement and not statement.startswith("EXPLAIN"):
                plan.extend(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))

        event.listen(session.connection(), "before_cursor_execute", explain)
        bought = {"id": 1, "account_id": account, "number": "112-1", "placed_on": TODAY, "account": "biz", "state": "placed"}
        unknown = dict.fromkeys(("marketplace", "currency", "total", "recipient", "address"))
        assert pages_before(session, Made(**bought, **unknown)) == []
    assert "visits_buying" in plan[0]


def test_the_retrospective_of_a_captured_order_page_runs_after_the_answer(household):
    household.rules.add({"type": "route", "match": {"words": ["lamp"]}, "to": "biz"})
    recent = ORDERS.replace("March 2, 2025", "November 20, 2026")
    household.visits.assess("browser", page("/your-orders/orders", recent))
    assert household.alerts.alerts().total == 0
    assert household.retrospective.catch_up() == 1
    assert household.retrospective.catch_up() == 0


def test_stats_show_outcomes_and_propose_softening_what_is_mostly_overridden(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    for number in range(5):
        visit = page(f"/checkout/p/p-{number}/spc", checkout("Black toner", asin=f"B0TONER00{number}"))
        household.visits.assess("browser", visit)
        household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_ROUTE", Choice.LEFT if number == 0 else Choice.CONTINUE)
    (entry,) = household.alert_stats.stats()
    assert (entry.code, entry.raised, entry.heeded, entry.overridden, entry.soften) == ("WRONG_ACCOUNT_ROUTE", 5, 1, 4, True)
    rule = household.alert_stats.soften("WRONG_ACCOUNT_ROUTE")
    assert not household.alert_stats.stats()[0].soften
    softer = household.visits.assess("browser", page("/checkout/p/p-9/spc", checkout("Black toner", asin="B0TONER009")))
    assert softer["verdict"]["verdict"] == "notice"
    household.rules.remove(rule.id)
    again = household.visits.assess("browser", page("/checkout/p/p-10/spc", checkout("Black toner", asin="B0TONER010")))
    assert again["verdict"]["verdict"] == "warn"


def test_a_hard_rule_of_the_user_is_neither_proposed_nor_softened(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"})
    for number in range(6):
        visit = page(f"/checkout/p/p-{number}/spc", checkout("Black toner", asin=f"B0TONER00{number}"))
        household.visits.assess("browser", visit)
        household.visits.decide("browser", visit.id, "WRONG_ACCOUNT_ROUTE", Choice.CONTINUE)
    assert not household.alert_stats.stats()[0].soften
    household.alert_stats.soften("WRONG_ACCOUNT_ROUTE")
    reply = household.visits.assess("browser", page("/checkout/p/p-9/spc", checkout("Black toner", asin="B0TONER009")))
    assert reply["verdict"]["verdict"] == "block-confirm"


def test_reasons_of_a_reply_link_to_pages_of_the_open_marketplace(household):
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "biz"})
    visit = page("/checkout/p/p-1/spc", checkout("Black toner"), url="https://www.amazon.de/checkout/p/p-1/spc")
    (reason,) = [one for one in household.visits.assess("browser", visit)["verdict"]["reasons"] if one["code"] == "WRONG_ACCOUNT_ROUTE"]
    (link,) = reason["links"]
    assert (link["kind"], link["label"]) == ("switch", "Switch account")
    assert link["url"].startswith("https://www.amazon.de/ap/signin?")
    (alert,) = [one for one in household.alerts.alerts().items if one.code == "WRONG_ACCOUNT_ROUTE"]
    assert [one.url for one in alert.links] == [link["url"]]
