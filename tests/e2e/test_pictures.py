"""Pictures of what a person sees in the browser, for `--screenshots DIR`; each also shows that the thing can be seen at all."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.server.threaded_server import Server
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS, HOUSEHOLD


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
def test_warning_from_cart_to_dialog(chromium: ChromiumDesk, screenshots: Path, scheme: str):
    chromium.page.emulate_media(color_scheme=scheme)
    page = chromium.open("/dp/B0DEMOB001")
    chromium.ribbon().wait("Personal", "sure")
    shot(page, screenshots, f"ribbon-{scheme}")
    page.click("#add-to-cart-button")
    chromium.ribbon().wait("toner")
    chromium.ribbon().click("Why")
    chromium.ribbon().wait("Source")
    shot(page, screenshots, f"warning-line-{scheme}")
    page.click("[name=proceedToRetailCheckout]")
    chromium.dialog().wait("to the checkout on Personal")
    chromium.dialog().click("Go to checkout anyway")
    page.wait_for_url("**/spc")
    chromium.ribbon().wait("toner")
    page.click("#submitOrderButtonId input")
    chromium.dialog().wait("Stay here")
    page.wait_for_timeout(100)
    shot(page, screenshots, f"dialog-{scheme}")
    page.keyboard.press("Escape")
    popup_shot(chromium, screenshots, f"popup-warning-{scheme}")


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


def test_options_page(chromium: ChromiumDesk, screenshots: Path):
    chromium.open()
    chromium.sees_badge("PER")
    page = chromium.options()
    page.set_viewport_size({"width": 900, "height": 820})
    page.wait_for_selector("text=Server ready")
    shot(page, screenshots, "options")
