"""The popup: the account of the page and how certain it is, spending, last orders, the search, and what a person can do."""

from datetime import date
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.domain.filters import Filter
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BOUGHT, BUSINESS, HOUSEHOLD
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import TONER, checkout
from tests.e2e.waiting import until

HOLD_DATABASE = """() => new Promise(held => {
    const request = indexedDB.open("shopper");
    request.onsuccess = () => {
        const work = request.result.transaction(["facts", "outbox"], "readwrite");
        const hold = () => {
            held();
            if (!window.isReleased) work.objectStore("facts").get("pairing").onsuccess = hold;
        };
        hold();
    };
})"""
"""Nobody else can read the extension's database until the page is told to release it."""
BESIDE = """row => {
    const [chip, name] = [...document.querySelectorAll(row)].at(-1).querySelectorAll(".chip, .text, bdi:not(.chip)");
    return name.getBoundingClientRect().left - chip.getBoundingClientRect().right;
}"""
"""The gap between the letters of the last account and its name."""


def says(popup: Any, selector: str, *words: str) -> None:
    until(
        lambda: all(word in popup.inner_text(selector) for word in words), f"{selector} saying {words}, it is {popup.inner_text(selector)}"
    )


@pytest.mark.usefixtures("orders")
def test_it_shows_the_accounts_month_last_orders_and_who_bought_something(desk: Desk):
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    popup = desk.popup()
    says(popup, "#account", "Ortiz Design", "This page itself shows the account")
    if date.today().day > len(BOUGHT):  # noqa: DTZ011  # the popup goes by this machine's day
        says(popup, "#month", "$600.00", "of $100.00")
    assert popup.is_visible(".gauge.over")
    says(popup, "#orders", "Desk lamp", "Notebooks", "Coffee", "$150.00")
    assert "Green tea" not in popup.inner_text("#orders")
    popup.fill("#search", "green tea")
    says(popup, "#found", "PER", "BIZ", "$20.00", "$150.00")
    popup.fill("#search", "submarine")
    says(popup, "#found", "No order has these words")
    says(popup, "#windows", "Personal", "Ortiz Design (this page)")


@pytest.mark.usefixtures("orders")
def test_it_shows_what_it_knew_last_before_the_database_answers(desk: Desk):
    desk.open()
    desk.sees_badge("PER")
    before = desk.popup()
    says(before, "#orders", "Desk lamp", "$20.00")
    before.close()
    options = desk.options()
    options.evaluate(HOLD_DATABASE)
    popup = desk.popup(until_it_is="known")
    says(popup, "#account", "Personal", "This page itself shows the account")
    says(popup, "#orders", "Desk lamp", "$20.00")
    options.evaluate("() => { window.isReleased = true; }")
    options.click("#unpair")
    options.click("#unpair")
    popup.wait_for_selector("#unpaired:not([hidden])")
    assert not popup.is_visible("#paired")
    popup.close()
    options.close()


@pytest.mark.usefixtures("orders")
def test_keys_go_to_the_search_and_from_row_to_row(desk: Desk):
    desk.open()
    desk.sees_badge("PER")
    popup = desk.popup()
    says(popup, "#windows", "Ortiz Design")
    focused = "document.activeElement.id || document.activeElement.dataset.account"
    popup.focus("[data-account=per]")
    popup.keyboard.press("ArrowDown")
    assert popup.evaluate(focused) == "biz"
    popup.keyboard.press("ArrowUp")
    popup.keyboard.press("ArrowUp")
    assert popup.evaluate(focused) == "search"
    popup.focus("[data-account=biz]")
    popup.keyboard.press("/")
    assert popup.evaluate(focused) == "search"
    assert popup.input_value("#search") == ""


def test_an_account_without_a_name_gets_one_and_the_page_learns_it(desk: Desk, ledger: Services):
    desk.open()
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    popup = desk.popup()
    says(popup, "#account", "Not registered")
    until(lambda: popup.evaluate("document.querySelectorAll('#whose option').length") == 3, "the accounts to choose from")
    popup.fill("#name", "Our home")
    popup.click("#naming button")
    says(popup, "#account", "Our home")
    assert not popup.is_visible("#naming")
    popup.close()
    desk.ribbon().wait("Our home", "sure")
    assert [(account.label, account.customer_ids) for account in ledger.accounts.all()][-1] == ("Our home", (HOUSEHOLD,))


def test_a_pause_keeps_no_page_and_still_checks_an_order(desk: Desk, ledger: Services):
    desk.open()
    desk.sees_badge("PER")
    popup = desk.popup()
    popup.click("#pause")
    says(popup, "#capture", "Paused")
    popup.close()
    desk.open("/your-orders/orders")
    desk.ribbon().wait("Personal")
    checkout(desk, TONER)
    desk.sees_badge("!")
    popup = desk.popup()
    says(popup, "#reasons", "toner")
    popup.click("#pause")
    says(popup, "#capture", "Pages are kept")
    popup.close()
    assert ledger.ledger.orders(Filter()).total == 0
    desk.open("/your-orders/orders")
    until(lambda: ledger.ledger.orders(Filter()).total, "the orders of the list")


def test_without_a_server_it_says_how_to_start_it_and_tries_again(desk: Desk, server: Server, ledger: Services):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    desk.open()
    desk.sees_badge("off")
    popup = desk.popup()
    says(popup, "#away", "Start it with 'shopper'")
    with Server(ledger, port):
        popup.click("#again")
        says(popup, "#server", "Server ready")
        says(popup, "#windows", "Personal")
        assert not popup.is_visible("#away")
    popup.close()


def test_a_name_that_reads_right_to_left_begins_beside_its_letters(desk: Desk, ledger: Services):
    ledger.accounts.add("متجر ٢", "family", key="shop")
    desk.open()
    desk.sees_badge("PER")
    for page, row in ((desk.popup(), "#windows li"), (desk.options(), "#accounts li")):
        until(lambda page=page, row=row: page.evaluate(f"document.querySelectorAll('{row}').length") == 3, "three accounts")
        assert 0 < page.evaluate(BESIDE, row) < 12
        page.close()


@pytest.mark.usefixtures("orders")
def test_it_follows_the_page_to_another_account(desk: Desk):
    desk.open()
    desk.sees_badge("PER")
    popup = desk.popup()
    says(popup, "#orders", "Desk lamp", "$20.00")
    desk.switch_to(BUSINESS)
    says(popup, "#account", "Ortiz Design")
    says(popup, "#orders", "Desk lamp", "$150.00")
    assert "$20.00" not in popup.inner_text("#orders")
    says(popup, "#windows", "Ortiz Design (this page)")
    popup.close()


def test_popup_and_options_notice_by_themselves_that_the_server_ended_and_came_back(desk: Desk, server: Server, ledger: Services):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    popup = desk.popup()
    popup.wait_for_selector("#away:not([hidden])")
    options = desk.options()
    says(options, "#server", "Server away", "Start it with 'shopper'")
    with Server(ledger, port):
        desk.open()
        for page in (popup, options):
            says(page, "#server", "Server ready")
        says(popup, "#account", "Personal")
        says(popup, "#windows", "Personal (this page)", "Ortiz Design")
        says(options, "#accounts", "Personal", "Ortiz Design")
        assert not popup.is_visible("#away")
    options.close()
    popup.close()
