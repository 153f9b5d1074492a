"""Pages that work against the extension: they override the language, hide, remove or imitate what is ours, or are very large."""

from typing import Any

import pytest

from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout, placed
from tests.e2e.waiting import until

RIBBON = "document.querySelector('[data-shopper=ribbon]')"
OVERRIDE = """() => {
    const caught = [];
    window.caught = caught;
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (...parts) { caught.push("shadow"); return attach.apply(this, parts); };
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...parts) {
        if (this instanceof Element && this.closest("[data-shopper]")) caught.push("listener");
        return listen.apply(this, parts);
    };
    JSON.parse = () => { caught.push("parse"); return {}; };
    window.fetch = async () => { caught.push("fetch"); return new Response(""); };
    Object.defineProperty(Object.prototype, "reasons", {get: () => [], set: () => undefined, configurable: true});
    Object.defineProperty(Object.prototype, "standing", {get: () => "ready", set: () => undefined, configurable: true});
}"""
HIDE = """() => {
    const style = document.createElement("style");
    style.textContent = "[data-shopper] { display: none !important; opacity: 0 !important; position: absolute !important; }";
    document.head.append(style);
}"""
VERY_LARGE = {
    "a title of a million letters": "document.title = 'toner '.repeat(170000)",
    "a text of a million letters": "document.body.insertAdjacentHTML('beforeend', `<p>${'toner '.repeat(170000)}</p>`)",
    "4,000 buttons and prices": (
        "document.body.insertAdjacentHTML('beforeend', '<button type=button>Join</button><b class=a-price>$1</b>'.repeat(4000))"
    ),
    "500 scripts that name accounts": """for (let left = 500; left > 0; left -= 1) {
        const one = document.body.appendChild(document.createElement('script'));
        [one.type, one.text] = ['text/plain', 'customerId = 1;'.repeat(1000)];
    }""",
}
# A page cannot tell us apart from any other empty element.
SEES = """() => {
    const host = document.querySelector("[data-shopper=ribbon]");
    return [host.shadowRoot, host.textContent, document.body.innerText.includes("sure"), window.caught ?? [], typeof window.shopper];
}"""


def test_a_page_that_overrides_the_language_neither_sees_us_nor_frees_its_order(desk: Desk):
    page = checkout(desk, TONER)
    page.evaluate(OVERRIDE)
    desk.ribbon().wait("Personal", "toner")
    page.click(PLACE)
    desk.dialog().wait("toner", "Stay here")
    root, text, is_read, caught, ours = page.evaluate(SEES)
    assert (root, text, is_read, caught, ours) == (None, "", False, [], "undefined")
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    assert placed(page) == 0


def test_a_page_cannot_hide_the_ribbon_by_its_styles(desk: Desk):
    page = desk.open()
    page.evaluate(HIDE)
    desk.ribbon().wait("Personal")
    left, top, right, bottom = desk.ribbon().box("Personal")
    assert (right - left > 20, bottom - top > 10) == (True, True)
    assert page.evaluate(f"getComputedStyle({RIBBON}).display") == "block"
    assert page.evaluate(f"getComputedStyle({RIBBON}).opacity") == "1"


def test_a_ribbon_that_the_page_removes_comes_back_five_times_and_then_the_page_wins(desk: Desk):
    page = desk.open()
    desk.ribbon().wait("Personal")
    page.evaluate(
        """() => {
            window.removals = 0;
            const remove = () => {
                for (const one of document.querySelectorAll("[data-shopper=ribbon]")) { one.remove(); window.removals += 1; }
            };
            new MutationObserver(remove).observe(document.documentElement, {childList: true});
            remove();
        }"""
    )
    until(lambda: page.evaluate("window.removals") == 6, "five returns")
    page.wait_for_timeout(500)
    assert page.evaluate("window.removals") == 6
    desk.sees_badge("PER")
    desk.open("/gp/cart/view.html")
    desk.ribbon().wait("Personal")


def test_ids_that_somebody_wrote_on_a_page_count_for_nothing(desk: Desk):
    page = desk.open()
    desk.ribbon().wait("Personal")
    page.evaluate(
        """id => {
            const one = document.createElement("div");
            one.innerHTML = `<div data-hook="review">customerID='${id}' ue_mid</div><nav data-raw-id="${id}">Hello, Ortiz</nav>
                <script type="application/json">{"text": "customerID='${id}'"}</script>
                <script type="text/plain">var customerId = "${id}";</script>`;
            document.body.append(one);
            document.title = `customerId = "${id}"`;
        }""",
        BUSINESS,
    )
    page.wait_for_timeout(800)
    assert "Ortiz Design" not in desk.ribbon().wait("Personal")
    desk.sees_badge("PER")


@pytest.mark.parametrize("name", VERY_LARGE)
def test_a_very_large_page_stays_usable_and_its_order_is_held(desk: Desk, name: str):
    page: Any = checkout(desk, TONER)
    desk.sees_badge("!")
    page.evaluate(f"() => {{ {VERY_LARGE[name]} }}")
    page.evaluate(
        """() => {
            const ours = document.createElement('button');
            Object.assign(ours, {id: 'ours', type: 'button', textContent: '1', onclick: () => { document.title = '1'; }});
            document.body.prepend(ours);
        }"""
    )
    page.click("#ours")
    until(lambda: page.title() == "1", "a page that answers")
    page.click(PLACE, no_wait_after=True)
    # A page of a megabyte may take longer to judge than a click waits; what was known before it grew counts until then.
    desk.dialog().wait("toner", "Stay here")
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert placed(page) == 0
