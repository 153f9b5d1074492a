"""The ribbon: its position, keyboard access, and that it does not cover or move the page."""

from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout
from tests.e2e.waiting import until

RIBBON = "document.querySelector('[data-shopper=ribbon]')"


def box(page: Any, of: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(f"(() => {{ const box = {of}.getBoundingClientRect(); return box.toJSON(); }})()")
    return found


def covers_nothing(page: Any) -> None:
    """Wait until the page starts below the ribbon and nothing covers the ribbon; the page moves down a moment after a change."""
    script = f"""() => {{
        const box = {RIBBON}?.getBoundingClientRect();
        if (!box || box.height < 18 || document.body.getBoundingClientRect().top < box.bottom - 1) return false;
        const points = [0.02, 0.5, 0.98].map(share => document.elementFromPoint(box.left + box.width * share, box.top + box.height / 2));
        return points.every(one => one === {RIBBON});
    }}"""
    until(lambda: page.evaluate(script), "a page that starts below the ribbon")


def test_the_ribbon_takes_its_own_space_on_cart_and_checkout(desk: Desk):
    page = checkout(desk, TONER)
    for path in ("/checkout/p/p-1/spc", "/gp/cart/view.html"):
        desk.open(path)
        desk.ribbon().wait("toner", "Switch account", "Why")
        covers_nothing(page)


@pytest.mark.parametrize("width", [590, 360])
def test_a_narrow_ribbon_covers_nothing_and_cuts_nothing_off(desk: Desk, width: int):
    page = checkout(desk, TONER)
    desk.make_narrow(width)
    for path in ("/checkout/p/p-1/spc", "/gp/cart/view.html"):
        desk.open(path)
        desk.ribbon().wait("toner", "Switch account", "Why")
        covers_nothing(page)
        for label in ("Why", "Switch account", "Close on this page"):
            left, _, right, _ = desk.ribbon().box(label)
            assert 0 <= left < right <= width, label
        assert page.evaluate(f"{RIBBON}.scrollWidth <= {RIBBON}.clientWidth")


def test_the_ribbon_is_visible_below_a_fixed_header(desk: Desk):
    page = desk.open()
    page.evaluate(
        """() => {
            const header = document.querySelector('header');
            Object.assign(header.style, {position: 'fixed', top: 0, left: 0, right: 0, zIndex: 1000});
            document.body.style.paddingTop = header.offsetHeight + 'px';
        }"""
    )
    desk.ribbon().wait("Personal")
    desk.ribbon().click("Make small")
    desk.ribbon().click("Personal. Show the account")
    header = box(page, "document.querySelector('header')")
    left, top, right, bottom = desk.ribbon().box("Personal")
    assert top >= header["bottom"] - 1
    assert (
        page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.dataset.shopper", [(left + right) / 2, (top + bottom) / 2]) == "ribbon"
    )


def test_our_words_keep_their_direction_on_a_right_to_left_page(desk: Desk):
    page = checkout(desk, TONER)
    page.evaluate("document.documentElement.dir = 'rtl'")
    desk.ribbon().wait("toner")
    assert page.evaluate(f"getComputedStyle({RIBBON}).direction") == "ltr"
    sentence_start, _, _, _ = desk.ribbon().box("Personal")
    assert sentence_start < 200
    page.click(PLACE)
    desk.dialog().wait("Order anyway")
    page.keyboard.press("Escape")


def test_the_ribbon_is_not_printed(desk: Desk):
    page = desk.open("/your-orders/orders")
    desk.ribbon().wait("Personal")
    desk.as_printed()
    assert page.evaluate(f"getComputedStyle({RIBBON}).display") == "none"


def test_four_letters_fit_into_the_small_ribbon(desk: Desk, ledger: Services):
    ledger.accounts.edit("biz", AccountChange(letters="ORTZ"))
    desk.open()
    desk.switch_to(BUSINESS)
    desk.ribbon().wait("Ortiz Design")
    desk.ribbon().click("Make small")
    until(lambda: "ORTZ" in desk.ribbon().text(), "the letters")
    left, top, right, bottom = desk.ribbon().box("ORTZ")
    assert right - left > 24
    assert bottom - top > 12


def test_a_key_reaches_the_ribbon_and_focus_survives_an_update(desk: Desk):
    page = checkout(desk, TONER)
    desk.ribbon().wait("Why")
    desk.press_command()
    until(lambda: page.evaluate("document.activeElement?.dataset.shopper") == "ribbon", "the focus in the ribbon")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    desk.ribbon().wait("Source")
    assert page.evaluate("document.activeElement?.dataset.shopper") == "ribbon"
    page.keyboard.press("Enter")
    until(lambda: "Source" not in desk.ribbon().text(), "the explanation closing")


def test_escape_closes_why_and_keeps_the_focus(desk: Desk):
    page = checkout(desk, TONER)
    desk.ribbon().wait("Why")
    desk.press_command()
    until(lambda: page.evaluate("document.activeElement?.dataset.shopper") == "ribbon", "the focus in the ribbon")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    desk.ribbon().wait("Source")
    page.keyboard.press("Escape")
    until(lambda: "Source" not in desk.ribbon().text(), "the explanation closing")
    assert page.evaluate("document.activeElement?.dataset.shopper") == "ribbon"


def test_an_update_is_announced_once(desk: Desk):
    checkout(desk, TONER)
    until(lambda: "Ortiz Design" in desk.ribbon().spoken(), "the words for a screen reader")
    assert desk.ribbon().spoken().startswith("Personal.")


def test_the_next_page_reserves_the_space_so_nothing_jumps(chromium: ChromiumDesk):
    desk = chromium
    page = desk.open()
    desk.ribbon().wait("Personal")
    page.goto("https://www.amazon.com/gp/cart/view.html", wait_until="commit")
    until(lambda: page.evaluate(f"{RIBBON} !== null"), "the line")
    desk.ribbon().wait("Personal")
    shifts = page.evaluate(
        """() => new Promise(resolve => {
            const found = [];
            new PerformanceObserver(list => found.push(...list.getEntries().map(entry => entry.value)))
                .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => resolve(found.reduce((sum, value) => sum + value, 0)), 300);
        })"""
    )
    assert shifts < 0.05


def test_each_reason_for_not_checking_has_its_own_words(unpaired: Desk, ledger: Services, server: Server):
    unpaired.open()
    unpaired.ribbon().wait("Not checked: this browser is not paired")
    unpaired.pair(server.port, ledger.pairing.open_code().code)
    unpaired.ribbon().wait("Personal")
    server.stop()
    unpaired.open("/gp/cart/view.html")
    unpaired.ribbon().wait("Not checked: Shopper is not running")
