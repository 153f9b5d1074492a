"""The summary for the popup: months with budgets, last orders, dates; the search over all accounts; naming an account."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import col

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.domain.terms import Term, TermKind
from assistant.storage.tables import AlertRow, ItemRow, OrderRow
from tests.server.conftest import Caller

HEAD = "Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name,Order Status\n"


@pytest.fixture
def household(services: Services) -> Services:
    """Two people with an account each; both bought something today and yesterday."""
    for number, (label, owner) in enumerate((("Alpha", "me"), ("Beta", "kim")), 1):
        services.accounts.add(label, change=AccountChange(owner=owner))
        rows = "".join(
            f"113-000000{number}-000000{day},{services.today - timedelta(days=day)},USD,{number}0.00,{number}0.00,"
            f"B00000000{number},1,{title} {label},Closed\n"
            for day, title in enumerate(("Toner", "Pens", "Lamp", "Mug"))
        )
        services.imports.take_bytes(f"Retail.OrderHistory.{number}.csv", (HEAD + rows).encode(), account=label.lower())
    services.rules.add({"type": "budget", "account": "beta", "month": "300", "currency": "USD"})
    services.rules.add({"type": "budget", "account": "beta", "month": "50", "currency": "EUR"})
    services.rules.add({"type": "budget", "account": "alpha", "month": "5", "currency": "USD", "category": "office"})
    return services


@pytest.mark.usefixtures("household")
def test_a_summary_has_every_accounts_month_and_the_last_orders_of_one(call: Caller, browser: str) -> None:
    told = call("POST", "/summary", {"account": "beta"}, token=browser).json
    alpha, beta = told["accounts"]
    assert [one["account"]["label"] for one in (alpha, beta)] == ["Alpha", "Beta"]
    assert all(month["budget"] is None for month in alpha["month"])
    assert {month["budget"]["currency"]: month["budget"]["amount"] for month in beta["month"]} == {"USD": "300.00", "EUR": "50.00"}
    assert [order["title"] for order in told["orders"]] == ["Toner Beta", "Pens Beta", "Lamp Beta"]
    everything = call("POST", "/summary", {}, token=browser).json
    assert {order["account"] for order in everything["orders"]} == {"alpha", "beta"}
    assert call("POST", "/summary", {"account": "nobody"}, token=browser).status == 404


def test_a_search_says_which_account_bought_it_and_hides_other_peoples_private_orders(
    call: Caller, household: Services, browser: str
) -> None:
    def found(words: str, account: str) -> list[tuple[str, str]]:
        orders = call("POST", "/summary/search", {"words": words, "account": account}, token=browser).json["orders"]
        return sorted((order["account"], order["title"]) for order in orders)

    assert found("toner", "alpha") == [("alpha", "Toner Alpha"), ("beta", "Toner Beta")]
    assert found("  ", "alpha") == []
    household.rules.add({"type": "private", "account": "beta", "order_id": "113-0000002-0000000", "reveal": "hint"})
    assert found("toner", "alpha") == [("alpha", "Toner Alpha"), ("beta", "")]
    assert found("toner", "beta") == [("alpha", "Toner Alpha"), ("beta", "Toner Beta")]


def test_without_an_account_a_private_rule_hides_dates_and_warnings_that_name_what_was_bought(
    call: Caller, household: Services, browser: str
) -> None:
    def listed(account: str) -> list[str]:
        shown = call("POST", "/summary", {"account": account}, token=browser).json
        return [str(entry) for entry in (*shown["dates"], *shown["warnings"])]

    household.terms.add(Term(kind=TermKind.INSTALMENT, account="beta", what="plan of Kim", until=household.today, details={}))
    assert listed("") == listed("beta") != []
    household.rules.add({"type": "private", "account": "beta", "order_id": "113-0000002-0000000", "reveal": "hint"})
    assert listed("") == []
    assert listed("beta") != []


def test_a_browser_names_only_an_account_that_it_has_shown(call: Caller, services: Services, browser: str, a_visit: dict[str, Any]) -> None:
    services.accounts.add("Alpha")
    page = {"html": "", "scripts": ["window.fwcimData = { customerId: 'A1STRANGER0009' };"], "nav": ""}
    call("POST", "/visits", {**a_visit, "page": page}, token=browser)
    (shown,) = services.accounts.identities()
    assert call("POST", "/identities/name", {"customer_id": "A9NEVERSEEN99", "label": "Beta"}, token=browser).status == 404
    named = call("POST", "/identities/name", {"customer_id": shown.customer_id, "label": "Beta", "purpose": "business"}, token=browser).json
    assert (named["label"], named["purpose"], named["customer_ids"]) == ("Beta", "business", [shown.customer_id])
    again = call("POST", "/identities/name", {"customer_id": shown.customer_id, "account": "alpha"}, token=browser)
    assert (again.status, [account.label for account in services.accounts.all()]) == (409, ["Alpha", "Beta"])


def test_notices_tell_what_can_still_be_cancelled_and_returned_in_the_language_of_the_request(
    call: Caller, household: Services, browser: str
) -> None:
    def notices(language: str) -> list[tuple[str, str]]:
        told = call("POST", "/summary/notices", {}, token=browser, headers=[("Accept-Language", language)]).json["notices"]
        return [(one["key"], one["text"]) for one in told]

    assert notices("en") == []
    household.rules.add({"type": "route", "match": {"words": ["toner"]}, "to": "beta", "strength": "hard"})
    household.retrospective.catch_up()
    with household.database.writing() as work:
        work.session.execute(update(OrderRow).values(status="placed"))
        work.session.execute(update(ItemRow).where(col(ItemRow.title) == "Pens Beta").values(return_by=str(household.today)))
        later = str(household.today + timedelta(days=3))
        work.session.execute(update(ItemRow).where(col(ItemRow.title) == "Lamp Beta").values(return_by=later))
        work.commit()
    with household.database.writing() as work:
        # A warning about something else than the account is no reason for a notice.
        known = work.session.scalars(select(AlertRow)).first()
        work.session.execute(insert(AlertRow).values(**{**known.model_dump(exclude={"id"}), "code": "CARD_MISMATCH"}))
        work.commit()
    (cancel, english), (back, pens) = notices("en-GB")
    assert cancel == "cancel/113-0000001-0000000"
    assert "Toner Alpha" in english
    assert "can probably still be cancelled" in english
    assert back.startswith("return/113-0000002-0000001/")
    assert "Pens" not in back  # browsers keep the keys
    assert "'Pens Beta' can be returned until" in pens
    (again, german), (_, stifte) = notices("de, en;q=0.5")
    assert again == cancel
    assert "Ihre Regel schickt „Toner Alpha“ zu Beta" in german
    assert "stornieren" in german
    assert "„Pens Beta“ lässt sich noch bis" in stifte
    with household.database.writing() as work:
        work.session.execute(update(OrderRow).values(status="delivered"))
        work.commit()
    assert [key for key, _ in notices("ja")] == [back]
    household.rules.add({"type": "private", "account": "beta", "reveal": "hint"})
    assert notices("en") == []
