"""Pictures of what a person sees in the browser, for `--screenshots DIR`; each also shows that the thing can be seen at all."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS, HOUSEHOLD
from tests.e2e.desk import OPTIONS, Desk


def shot(page: Page, folder: Path, name: str) -> None:
    file = folder / f"browser-{name}.png"
    page.screenshot(path=file)
    assert file.stat().st_size > 2000


def popup_shot(desk: Desk, folder: Path, name: str) -> None:
    popup = desk.popup()
    popup.emulate_media(color_scheme="dark" if name.endswith("dark") else "light")
    popup.wait_for_timeout(150)
    height = popup.evaluate("document.documentElement.getBoundingClientRect().height")
    popup.set_viewport_size({"width": 348, "height": int(height)})
    shot(popup, folder, name)
    popup.close()


def test_popup_before_pairing(unpaired: Desk, screenshots: Path):
    unpaired.open()
    popup_shot(unpaired, screenshots, "popup-not-paired")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_warning_from_cart_to_dialog(desk: Desk, screenshots: Path, scheme: str):
    desk.page.emulate_media(color_scheme=scheme)
    page = desk.open("/dp/B0DEMOB001")
    desk.ribbon().wait("Personal", "sure")
    shot(page, screenshots, f"ribbon-{scheme}")
    page.click("#add-to-cart-button")
    desk.ribbon().wait("toner")
    desk.ribbon().click("Why")
    desk.ribbon().wait("Source")
    shot(page, screenshots, f"warning-line-{scheme}")
    page.click("[name=proceedToRetailCheckout]")
    desk.dialog().wait("to the checkout on Personal")
    desk.dialog().click("Go to checkout anyway")
    page.wait_for_url("**/spc")
    desk.ribbon().wait("toner")
    page.click("#submitOrderButtonId input")
    desk.dialog().wait("Stay here")
    page.wait_for_timeout(100)
    shot(page, screenshots, f"dialog-{scheme}")
    page.keyboard.press("Escape")
    popup_shot(desk, screenshots, f"popup-warning-{scheme}")


def test_popup_of_each_state(desk: Desk, server: Server, screenshots: Path):
    desk.open()
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    popup_shot(desk, screenshots, "popup-business")
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    popup_shot(desk, screenshots, "popup-not-registered")
    desk.open("/gp/flex/sign-out.html")
    desk.sees_badge("")
    popup_shot(desk, screenshots, "popup-signed-out")
    server.stop()
    desk.open()
    desk.sees_badge("off")
    popup_shot(desk, screenshots, "popup-server-away")


def test_options_page(desk: Desk, screenshots: Path):
    desk.open()
    desk.sees_badge("PER")
    page = desk.context.new_page()
    page.set_viewport_size({"width": 900, "height": 820})
    page.goto(OPTIONS)
    page.wait_for_selector("text=Server ready")
    shot(page, screenshots, "options")
