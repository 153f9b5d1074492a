"""Pictures of what a person sees in the browser, for `--screenshots DIR`. Each test waits until what it shows is visible."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Page

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS, HOUSEHOLD
from tests.e2e.firefox import FirefoxDesk
from tests.e2e.test_wrong_account_at_checkout import PLACE, THANK_YOU, TONER, checkout
from tests.e2e.waiting import until


class Look(NamedTuple):
    """How a person looks at a page."""

    width: int = 1180
    height: int = 760
    scheme: Literal["light", "dark"] = "light"
    contrast: Literal["active", "none"] = "none"
    direction: str = "ltr"


LOOKS = {
    "light": Look(),
    "dark": Look(scheme="dark"),
    "high-contrast": Look(scheme="dark", contrast="active"),
    "right-to-left": Look(direction="rtl"),
    "narrow": Look(width=360, height=640),
    "twice-as-large": Look(width=590, height=380),
}


def look_at(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(color_scheme=look.scheme, forced_colors=look.contrast)
    page.evaluate("direction => { document.documentElement.dir = direction; }", look.direction)
    page.wait_for_timeout(250)


def shot(page: Page, folder: Path, name: str) -> None:
    file = folder / f"browser-{name}.png"
    page.screenshot(path=file)
    assert file.stat().st_size > 2000


def popup_shot(chromium: ChromiumDesk, folder: Path, name: str) -> None:
    popup = chromium.popup()
    popup.emulate_media(color_scheme="dark" if name.endswith("dark") else "light")
    popup.wait_for_timeout(150)
    height = popup.evaluate("document.documentElement.getBoundingClientRect().height")
    popup.set_viewport_size({"width": 348, "height": int(height)})
    shot(popup, folder, name)
    popup.close()


def test_popup_before_pairing(unpaired_chromium: ChromiumDesk, screenshots: Path):
    unpaired_chromium.open()
    popup_shot(unpaired_chromium, screenshots, "popup-not-paired")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_warning_in_the_cart_that_is_not_held_again_at_the_checkout(chromium: ChromiumDesk, screenshots: Path, scheme: Any):
    chromium.page.emulate_media(color_scheme=scheme)
    page = chromium.open("/dp/B0DEMOB001")
    chromium.ribbon().wait("Personal", "sure")
    shot(page, screenshots, f"product-{scheme}")
    page.click("#add-to-cart-button")
    chromium.ribbon().wait("toner")
    chromium.ribbon().click("Why")
    chromium.ribbon().wait("Source")
    shot(page, screenshots, f"warning-line-{scheme}")
    popup_shot(chromium, screenshots, f"popup-warning-{scheme}")
    page.click("[name=proceedToRetailCheckout]")
    chromium.dialog().wait("to the checkout on Personal")
    chromium.dialog().click("Go to checkout anyway")
    page.wait_for_url("**/spc")
    chromium.ribbon().wait("toner")
    page.click(PLACE)
    page.wait_for_url(THANK_YOU)


def test_ribbon_and_dialog_in_each_look(chromium: ChromiumDesk, screenshots: Path):
    page = checkout(chromium, TONER)
    chromium.ribbon().wait("toner", "Why")
    for name, look in LOOKS.items():
        look_at(page, look)
        shot(page, screenshots, f"ribbon-{name}")
    look_at(page, LOOKS["light"])
    page.emulate_media(media="print")
    shot(page, screenshots, "ribbon-print")
    page.emulate_media(media="null")
    page.click(PLACE)
    chromium.dialog().wait("Stay here")
    page.wait_for_timeout(700)
    for name, look in LOOKS.items():
        look_at(page, look)
        shot(page, screenshots, f"dialog-{name}")


def test_the_small_ribbon_and_a_page_that_was_not_checked(chromium: ChromiumDesk, ledger: Services, server: Server, screenshots: Path):
    ledger.accounts.edit("biz", AccountChange(letters="ORTZ"))
    page = chromium.open()
    chromium.switch_to(BUSINESS)
    chromium.ribbon().wait("Ortiz Design")
    chromium.ribbon().click("Make small")
    until(lambda: chromium.ribbon().text().startswith("ORTZ"), "the letters")
    shot(page, screenshots, "ribbon-small")
    server.stop()
    page.reload()
    chromium.ribbon().wait("Not checked")
    for name in ("light", "narrow"):
        look_at(page, LOOKS[name])
        shot(page, screenshots, f"ribbon-not-checked-{name}")


def test_ribbon_and_dialog_in_firefox(firefox: FirefoxDesk, screenshots: Path):
    page = checkout(firefox, TONER)
    firefox.ribbon().wait("toner", "Why")
    firefox.picture(screenshots, "firefox-ribbon")
    page.click(PLACE)
    firefox.dialog().wait("Stay here")
    page.wait_for_timeout(700)
    firefox.picture(screenshots, "firefox-dialog")
    assert (screenshots / "firefox-dialog.png").read_bytes() != (screenshots / "firefox-ribbon.png").read_bytes()


def test_popup_of_each_state(chromium: ChromiumDesk, server: Server, screenshots: Path):
    chromium.open()
    chromium.switch_to(BUSINESS)
    chromium.sees_badge("BIZ")
    popup_shot(chromium, screenshots, "popup-business")
    chromium.switch_to(HOUSEHOLD)
    chromium.sees_badge("?")
    popup_shot(chromium, screenshots, "popup-not-registered")
    chromium.open("/gp/flex/sign-out.html")
    chromium.sees_badge("")
    popup_shot(chromium, screenshots, "popup-signed-out")
    server.stop()
    chromium.open()
    chromium.sees_badge("off")
    popup_shot(chromium, screenshots, "popup-server-away")


@pytest.mark.parametrize(("path", "sign"), [("options", "#accounts li"), ("welcome", "#practice button")])
def test_options_and_first_steps_in_each_look(chromium: ChromiumDesk, screenshots: Path, path: str, sign: str):
    page = chromium.extension_page(f"{path}/{path}.html")
    page.wait_for_selector(sign)
    if path == "welcome":
        page.click("text=A business account")
    for name, look in LOOKS.items():
        look_at(page, look)
        page.screenshot(path=screenshots / f"browser-{path}-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def test_the_popup_of_a_busy_account_in_each_look(chromium: ChromiumDesk, orders: Services, screenshots: Path):
    orders.accounts.edit("biz", AccountChange(label="Müller & Söhne International Trading Company"))
    chromium.open()
    chromium.switch_to(BUSINESS)
    chromium.sees_badge("BIZ")
    popup = chromium.popup()
    popup.wait_for_selector("#windows li")
    popup.fill("#search", "tea")
    popup.wait_for_selector("#found li")
    for name in ("light", "dark", "high-contrast", "right-to-left"):
        look_at(popup, LOOKS[name])
        popup.set_viewport_size({"width": 348, "height": 400})
        popup.screenshot(path=screenshots / f"browser-popup-busy-{name}.png", full_page=True)
        assert popup.evaluate("document.documentElement.scrollWidth <= 348"), name
