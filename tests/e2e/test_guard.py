"""Every way to place an order: the guard holds it until it is confirmed, and always lets a confirmed one through."""

from typing import Any, NamedTuple

import pytest

from tests.e2e.desk import Desk, click_inside
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout, placed
from tests.e2e.waiting import until

ORDER = "/checkout/p/p-1/place-order"
SEND = f"fetch('{ORDER}', {{method: 'POST'}}).then(() => location.assign('/gp/buy/thankyou/handlers/display.html'))"
ANYWHERE = "https://www.amazon.com"


class Way(NamedTuple):
    """Markup to put on the page, and the script or click that orders by it; a click if there is no script."""

    markup: str
    script: str = ""
    click: str = "#ours"
    key: str = ""


def form(inside: str, action: str = ORDER) -> str:
    return f"<form method=post action='{action}'>{inside}</form>"


WAYS = {
    "a button known only by where its form goes": Way(form("<button id=ours>Continue</button>")),
    "a button known only by its German label": Way(f'<button id=ours type=button onclick="{SEND}">Jetzt kaufen</button>'),
    "a button known only by its Japanese label": Way(f'<button id=ours type=button onclick="{SEND}">注文を確定する</button>'),
    "an approval of Amazon Business": Way(form("<button id=ours>Submit order for approval</button>", action="/checkout/p/p-1/place-order")),
    "one-click": Way(
        f'<button id="one-click-button" type=button onclick="{SEND}">1</button>',
        click="#one-click-button",
    ),
    "one-click of the app": Way(f'<span id="oneClickBuyButton" role=button onclick="{SEND}">1</span>', click="#oneClickBuyButton"),
    "a name without an id": Way(form("<input id=ours type=submit name=placeYourOrder value=Go>", action=ORDER)),
    "Buy Again": Way(f'<a id=ours role=button href="#" onclick="{SEND}">Buy now</a>'),
    "a button outside its form": Way(f"<form id=far method=post action='{ORDER}'></form><button id=ours form=far>Continue</button>"),
    "Enter in a text field of the form": Way(form("<input id=ours name=gift><button>Place your order</button>"), key="Enter"),
    "a span used as a button": Way(f'<span id=ours role=button onclick="{SEND}">Place your order</span>'),
    "a page that acts on pointerdown": Way(f'<button id=ours type=button onpointerdown="{SEND}">Place your order</button>'),
    "a page that acts on mousedown": Way(f'<button id=ours type=button onmousedown="{SEND}">Place your order</button>'),
    "a page that acts on keydown": Way(f'<button id=ours type=button onkeydown="{SEND}">Place your order</button>', key="Enter"),
    "a span that acts on the key": Way(f'<span id=ours tabindex=0 role=button onkeydown="{SEND}">Place your order</span>', key="Enter"),
    "form.submit() of the page": Way(
        form("<button>Continue</button>"), script="document.querySelector('main form:last-of-type, body > form').submit()"
    ),
    "a form that hides its methods": Way(
        form("<input name=querySelector><input name=elements><input name=requestSubmit><button id=ours>Place your order</button>")
    ),
    "an open shadow root": Way(
        "<div id=host></div>",
        script=f"""(() => {{
            const host = document.querySelector('#host');
            const root = host.shadowRoot ?? host.attachShadow({{mode: 'open'}});
            root.innerHTML = "<button id=inner>Place your order</button>";
            root.querySelector('#inner').onclick = () => {SEND};
            root.querySelector('#inner').click();
        }})()""",
    ),
}


def add(page: Any, way: Way) -> None:
    page.evaluate("markup => document.body.insertAdjacentHTML('afterbegin', markup)", way.markup)


def act(page: Any, way: Way) -> None:
    if way.script:
        page.evaluate(way.script)
    elif way.key:
        page.press(way.click, way.key)
    else:
        page.click(way.click, no_wait_after=True)


@pytest.mark.parametrize("name", WAYS)
def test_an_order_is_held_and_placed_once_when_confirmed(desk: Desk, name: str):
    page, way = checkout(desk, TONER), WAYS[name]
    desk.sees_badge("!")
    add(page, way)
    act(page, way)
    desk.dialog().wait("toner", "Stay here")
    desk.dialog().click("Stay here")
    desk.dialog().wait_away()
    assert page.url.endswith("/spc")
    act(page, way)
    desk.dialog().wait("Order anyway")
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)
    assert placed(page) == 1


@pytest.mark.parametrize("kind", ["srcdoc", "blank"])
def test_a_frame_without_an_address_uses_the_page_around_it(desk: Desk, kind: str):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.evaluate(
        """([kind, inside]) => {
            const frame = Object.assign(document.createElement('iframe'), {id: 'inner'});
            frame.style = 'position: fixed; inset: 120px; width: 900px; height: 500px; background: #fff';
            if (kind === 'srcdoc') frame.srcdoc = inside;
            document.body.append(frame);
            if (kind === 'blank') frame.contentDocument.body.innerHTML = inside;
        }""",
        [kind, form("<button id=ours>Place your order</button>", action=f"{ANYWHERE}{ORDER}")],
    )
    page.wait_for_timeout(300)
    click_inside(page, "#inner", "#ours")
    desk.dialog().wait("toner", "Stay here")
    page.keyboard.press("Escape")
    desk.dialog().wait_away()
    assert placed(page) == 0


def test_a_middle_click_opens_no_order_in_another_tab(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    add(page, Way("<a id=placeOrder href='/gp/buy/spc/handlers/place'>Go</a>"))
    page.click("#placeOrder", button="middle")
    desk.dialog().wait("Stay here")
    assert desk.tabs() == 1


def test_an_enter_key_that_is_held_down_confirms_nothing_and_keeps_the_dialog(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.evaluate(
        """() => {
            window.dialogs = 0;
            const isOurs = node => node.dataset?.shopper === "dialog";
            new MutationObserver(records => {
                for (const record of records) window.dialogs += [...record.addedNodes].filter(isOurs).length;
            }).observe(document.documentElement, {childList: true});
        }"""
    )
    page.focus(PLACE)
    page.keyboard.down("Enter")
    desk.dialog().wait("Order anyway")
    for _ in range(12):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    desk.dialog().wait("Order anyway")
    assert page.evaluate("window.dialogs") == 1
    assert page.url.endswith("/spc")
    page.keyboard.press("Enter")
    desk.dialog().wait_away()
    assert placed(page) == 0


def test_a_double_click_on_the_order_button_places_nothing(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.evaluate("selector => document.querySelector(selector).scrollIntoView({block: 'center'})", PLACE)
    x, y = page.evaluate(
        """selector => {
            const box = document.querySelector(selector).getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        PLACE,
    )
    page.mouse.dblclick(x, y)
    desk.dialog().wait("Order anyway")
    page.keyboard.press("Escape")
    assert placed(page) == 0


def test_an_impatient_second_click_does_not_confirm(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Order anyway")
    left, top, right, bottom = desk.dialog().box("Order anyway")
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    page.mouse.dblclick((left + right) / 2, (top + bottom) / 2)
    page.wait_for_timeout(200)
    desk.dialog().wait("Order anyway")
    page.keyboard.press("Escape")
    assert placed(page) == 0


def test_a_page_that_covers_the_dialog_gets_no_confirmation(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    page.click(PLACE)
    desk.dialog().wait("Order anyway")
    page.evaluate(
        """() => {
            const cover = Object.assign(document.createElement('div'), {popover: 'manual', textContent: 'You have won'});
            cover.style = 'inset: 0; width: 100vw; height: 100vh; margin: 0; background: #fff; pointer-events: none';
            document.body.append(cover);
            cover.showPopover();
        }"""
    )
    left, top, right, bottom = desk.dialog().box("Order anyway")
    page.wait_for_timeout(800)
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    page.wait_for_timeout(300)
    assert page.url.endswith("/spc")
    page.evaluate("document.querySelector('[popover]').remove()")
    # A person rests on the button before pressing it.
    page.mouse.move((left + right) / 2 + 3, (top + bottom) / 2)
    page.wait_for_timeout(600)
    desk.dialog().click("Order anyway")
    page.wait_for_url(THANK_YOU)


def test_a_confirmation_applies_to_no_other_button(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    add(
        page,
        Way("<button id=one type=button>Buy now</button><button id=two type=button onclick='document.title = `gone`'>Order now</button>"),
    )
    page.click("#one")
    desk.dialog().wait("Order anyway")
    desk.dialog().click("Order anyway")
    desk.dialog().wait_away()
    page.click("#two")
    desk.dialog().wait("Order anyway")
    assert page.title() != "gone"


def test_an_order_goes_through_after_the_page_has_removed_the_dialog_twice(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    for _ in range(2):
        page.click(PLACE, no_wait_after=True)
        desk.dialog().wait("Order anyway")
        page.evaluate("document.querySelector('[data-shopper=dialog]').remove()")
    page.wait_for_url(THANK_YOU)
    desk.ribbon().wait("Your last click went through unchecked")


def test_other_buttons_of_the_checkout_are_not_held(desk: Desk):
    page = checkout(desk, TONER)
    desk.sees_badge("!")
    add(page, Way("<button id=ours type=button onclick='document.title = `pressed`'>Change the address of your order</button>"))
    page.click("#ours")
    until(lambda: page.title() == "pressed", "a press that nobody holds")
    page.click("text=Change: Ortiz Design")
    page.wait_for_url("**/spc")
    desk.ribbon().wait("Personal")
    assert desk.dialog().text() == ""
