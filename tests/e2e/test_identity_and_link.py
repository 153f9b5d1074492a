"""Never the wrong account: two browsers, two marketplaces, and strangers on the server's port, in real browsers."""

import re
import time
from pathlib import Path
from typing import Any

from assistant.bootstrap import Services, build
from assistant.server.threaded_server import Server
from assistant.settings import Settings
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk, buy_now
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.strangers import ANYTHING, hanging, relay, stranger
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout, placed
from tests.e2e.waiting import until

ORDERS = "/your-orders/orders"


def orders_arrive(ledger: Services) -> None:
    """Wait for the orders of a page that was opened while the server was away."""
    until(lambda: any(result.new for result in ledger.imports.imports().items), "the late orders")


def waiting_pages(popup: Any) -> int:
    popup.reload()
    popup.wait_for_selector("#foot:not([hidden])")
    found = re.search(r"Waiting for the server: (\d+)", popup.inner_text("#foot"))
    return int(found[1]) if found else 0


def open_orders(desk: Desk, *words: str) -> None:
    """Open the list of orders without a server, and wait until the page has reported its account and its content."""
    desk.open(ORDERS)
    desk.ribbon().wait(*words)
    popup = desk.popup()
    until(lambda: waiting_pages(popup) >= 2, "two waiting reports")
    popup.close()
    desk.page.bring_to_front()


def test_two_paired_browsers_that_take_turns_keep_their_own_accounts(chromium: ChromiumDesk, firefox: FirefoxDesk):
    page = checkout(chromium, TONER)
    chromium.sees_badge("!")
    firefox.open()
    firefox.switch_to(BUSINESS)
    firefox.sees_badge("BIZ")
    page.reload()
    chromium.sees_badge("!")
    chromium.ribbon().wait("Personal")
    # Nor does a change of the page without a load.
    page.evaluate("document.querySelector('.lineitem-title-text').textContent = 'Black toner, two pieces'")
    chromium.ribbon().wait("Personal", "two pieces")
    page.click(PLACE)
    chromium.dialog().wait("toner", "Ortiz Design")
    page.keyboard.press("Escape")
    buy_now(firefox, TONER)
    firefox.sees_badge("BIZ")


def test_another_marketplace_does_not_change_who_is_signed_in_here(desk: Desk, ledger: Services):
    ledger.accounts.add("Berlin", "family", key="fam")
    ledger.accounts.link("fam", "A1DEMOFAMI0004")
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    other = desk.new_page()
    other.goto("https://www.amazon.de/")
    desk.ribbon(other).wait("Berlin")
    other.close()
    page.bring_to_front()
    page.reload()
    desk.ribbon().wait("Personal")
    desk.sees_badge("!")


def test_back_a_page_without_a_load_and_a_sign_out_show_who_is_signed_in_now(desk: Desk):
    page = desk.open("/gp/cart/view.html")
    desk.ribbon().wait("Personal")
    desk.switch_to(BUSINESS)
    desk.ribbon().wait("Ortiz Design")
    page.evaluate("history.pushState({}, '', '/gp/cart/view.html?ref=moved')")
    page.evaluate("document.querySelector('main, body').append('More')")
    desk.ribbon().wait("Ortiz Design")
    page.evaluate("setTimeout(() => history.go(-2))")
    page.wait_for_url("**signin**")
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_url("**/gp/cart/view.html")
    desk.ribbon().wait("Ortiz Design")
    assert "Personal" not in desk.ribbon().text()
    desk.open("/gp/flex/sign-out.html")
    desk.sees_badge("")
    desk.open("/checkout/p/p-1/spc")
    page.wait_for_timeout(300)
    assert not {"PER", "BIZ"} & {desk.badge()}
    assert not any(name in desk.ribbon().text() for name in ("Personal", "Ortiz Design"))


def test_an_account_switch_in_one_tab_is_seen_in_the_others_at_once(desk: Desk):
    desk.open()
    desk.ribbon().wait("Personal")
    other = desk.new_page()
    other.goto("https://www.amazon.com/ap/signin?switch_account=picker")
    other.click(f"button[value={BUSINESS}]")
    other.wait_for_url("**/")
    desk.ribbon(other).wait("Ortiz Design")
    desk.ribbon().wait("Ortiz Design")


def test_another_program_on_the_port_learns_nothing_and_no_page_is_lost_whatever_it_answers(desk: Desk, ledger: Services, server: Server):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    with stranger(port, ANYTHING) as heard:
        open_orders(desk, "another program")
        for number in range(len(ANYTHING)):
            desk.open("/gp/cart/view.html")
            until(lambda: len(heard) > number, "a call")  # noqa: B023  # waited for at once
            desk.sees_badge("off")
            desk.ribbon().wait("another program")
        popup = desk.popup()
        assert popup.is_visible("#paired")
        assert waiting_pages(popup) >= len(ANYTHING)
        popup.close()
        assert not any(b"amazon" in one or b"Bearer" in one for one in heard)
    with Server(ledger, port):
        desk.open()
        desk.sees_badge("PER")
        orders_arrive(ledger)


def test_a_relay_to_the_real_server_learns_nothing_and_forwards_no_page(desk: Desk, ledger: Services, server: Server):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    before = ledger.outbox.latest()
    with Server(ledger, 0) as moved, relay(port, moved.port) as heard:
        desk.open(ORDERS)
        desk.ribbon().wait("another program")
        desk.sees_badge("off")
        assert heard
        assert not any(b"amazon" in one or b"Bearer" in one for one in heard)
        assert ledger.outbox.latest() == before


def test_unpairing_asks_says_what_waits_and_keeps_it(desk: Desk, ledger: Services, server: Server):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    open_orders(desk, "Shopper is not running")
    popup = desk.popup()
    popup.wait_for_selector("#waiting:not([hidden])")
    popup.click("#unpair")
    until(lambda: re.search(r"\d", popup.inner_text("#unpair")), "a question that says what waits")
    assert popup.is_visible("#paired")
    popup.click("#unpair")
    popup.wait_for_selector("#unpaired:not([hidden])")
    popup.close()
    with Server(ledger, port):
        desk.pair(port, ledger.pairing.open_code().code)
        orders_arrive(ledger)


def test_pages_that_wait_are_sent_to_the_new_port(desk: Desk, ledger: Services, server: Server):
    desk.open()
    desk.sees_badge("PER")
    server.stop()
    open_orders(desk, "Shopper is not running")
    with Server(ledger, 0) as moved:
        options = desk.options()
        options.fill("#port", str(moved.port))
        options.click("#move button")
        options.wait_for_selector(f"text=Server ready on port {moved.port}")
        options.close()
        desk.ribbon().wait("Personal", "sure")
        orders_arrive(ledger)


def test_two_homes_that_take_turns_on_one_port_keep_their_own_pages(desk: Desk, ledger: Services, server: Server, tmp_path: Path):
    desk.open()
    desk.sees_badge("PER")
    port = server.port
    server.stop()
    other = build(Settings(home=tmp_path / "another home", port=0))
    before = other.outbox.latest()
    with Server(other, port):
        open_orders(desk, "another program")
        assert other.outbox.latest() == before
    other.close()
    with Server(ledger, port):
        desk.open()
        desk.sees_badge("PER")
        orders_arrive(ledger)


def test_a_hanging_server_dims_the_badge_and_lets_the_order_go(desk: Desk, server: Server):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    port = server.port
    server.stop()
    with hanging(port):
        page.reload()
        loaded = time.monotonic()
        page.click(PLACE, no_wait_after=True)
        page.wait_for_url(THANK_YOU)
        assert time.monotonic() - loaded < 3
        desk.ribbon().wait("Your last click went through unchecked")
        loaded = time.monotonic()
        desk.open("/gp/cart/view.html")
        desk.sees_badge("off")
        assert time.monotonic() - loaded < 3
        desk.ribbon().wait("Not checked")
    assert placed(page) == 1


def test_a_page_that_changes_is_held_by_its_last_verdict_while_the_new_one_takes_long(desk: Desk, server: Server):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    port = server.port
    server.stop()
    with hanging(port) as asked:
        page.evaluate("document.querySelector('.lineitem-title-text').textContent += ', two pieces'")
        question, _ = asked.accept()
        with question:
            page.click(PLACE, no_wait_after=True)
            desk.dialog().wait("toner", "Stay here")
            desk.dialog().click("Stay here")
            desk.dialog().wait_away()
            desk.sees_badge("off")
    assert placed(page) == 0


def test_the_page_after_an_unchecked_order_says_that_it_was_not_checked(desk: Desk, server: Server):
    page = checkout(desk, TONER)
    server.stop()
    page.reload()
    desk.ribbon().wait("Not checked: Shopper is not running")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)
    desk.ribbon().wait("Your last click went through unchecked")
    desk.open("/gp/cart/view.html")
    assert "Your last click" not in desk.ribbon().wait("Not checked")
