"""axe-core finds no violations: in popup and options as they run, in ribbon and dialog inside an open shadow root."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from assistant.browsers.chromium import extension_folder
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import HOUSEHOLD
from tests.e2e.test_languages import choose
from tests.e2e.test_wrong_account_at_checkout import TONER, checkout

AXE = Path(__file__).parents[1] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
REASON = {
    "code": "WRONG_ACCOUNT_ROUTE",
    "level": "block-confirm",
    "text": "Your rule sends 'حبر أسود' to Ortiz Design, and you are on Personal.",
    "advice": "Switch to Ortiz Design, or go on if it is right this time.",
    "evidence": ["'حبر أسود': toner goes to Ortiz Design"],
    "source": "rule 1",
    "shape": "M9 4h14l7 12l-7 12H9L2 16z",
    "links": [{"kind": "switch", "label": "Switch account", "url": "https://www.amazon.com/ap/signin"}],
}
ACCOUNT = {
    "label": "Personal", "purpose": "personal", "letters": "PERS", "colour": "#0072B2", "ink": "#FFFFFF", "registered": True,
    "certainty": "sure", "customer_id": "A1DEMOPERS0001", "shape": "M16 6L26 16L16 26L6 16z",
}  # fmt: skip
VIEW = {"standing": "ready", "visit": "v", "account": ACCOUNT, "reasons": [REASON]}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def in_each_look(page: Page, folder: Path, name: str) -> None:
    """Find no violation in light and dark, from left to right and from right to left."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # Playwright names the two values
        for direction in ("rtl", "ltr"):
            page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
            assert violations(page) == [], (scheme, direction)
        page.screenshot(path=folder / f"browser-{name}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.usefixtures("orders")
def test_popup_options_and_first_steps_have_no_violations(chromium: ChromiumDesk, screenshots: Path, language: str):
    choose(chromium, language).close()
    checkout(chromium, TONER)
    chromium.sees_badge("!")
    popup = chromium.popup()
    popup.wait_for_selector("#reasons li")
    popup.wait_for_selector("#windows li")
    assert popup.inner_text("#options") == {"en": "Options", "de": "Einstellungen"}[language]
    in_each_look(popup, screenshots, f"popup-{language}")
    for path, sign in (("options", "#accounts li"), ("welcome", "#practice button")):
        page = chromium.extension_page(f"{path}/{path}.html")
        page.wait_for_selector(sign)
        in_each_look(page, screenshots, f"{path}-{language}")
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popup_before_pairing_has_no_violations(unpaired_chromium: ChromiumDesk, scheme: Any):
    unpaired_chromium.open()
    popup = unpaired_chromium.popup()
    popup.emulate_media(color_scheme=scheme)
    assert violations(popup) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popup_that_names_an_account_has_no_violations(chromium: ChromiumDesk, scheme: Any):
    chromium.open()
    chromium.switch_to(HOUSEHOLD)
    chromium.sees_badge("?")
    popup = chromium.popup()
    popup.emulate_media(color_scheme=scheme)
    popup.wait_for_selector("#naming:not([hidden])")
    assert violations(popup) == []


def put_scripts_on_a_plain_page(page: Page, language: str, ours: str = "en") -> None:
    """Our content scripts on a page of their own: with a stand-in for the browser, and shadow roots that can be looked into."""
    words = json.loads((extension_folder() / "_locales" / ours / "messages.json").read_text("utf-8"))
    page.set_content(
        f"<!doctype html><html lang='{language}'><head><title>Page</title></head><body><main><h1>Page</h1></main></body></html>"
    )
    page.evaluate(
        """words => {
            const attach = Element.prototype.attachShadow;
            Element.prototype.attachShadow = function (options) { return attach.call(this, {...options, mode: 'open'}); };
            const listeners = [];
            globalThis.tell = message => listeners.forEach(listener => listener(message));
            const texts = {'@@bidi_dir': 'ltr', '@@ui_locale': 'en'};
            for (const [name, {message}] of Object.entries(words)) texts[name] = message.replace(/\\$[A-Z]+\\$/, '$$1');
            globalThis.chrome = {runtime: {
                id: 'own',
                sendMessage: async () => ({words: texts}),
                onMessage: {addListener: listener => listeners.push(listener)},
            }};
        }""",
        words,
    )
    for name in ("shared-ui", "dialog", "ribbon"):
        page.evaluate((extension_folder() / "content" / f"{name}.js").read_text("utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_ribbon_and_dialog_have_no_violations(unpaired_chromium: ChromiumDesk, scheme: Any, language: str, screenshots: Path):
    page = unpaired_chromium.new_page()
    page.set_viewport_size({"width": 900, "height": 560})
    page.emulate_media(color_scheme=scheme)
    put_scripts_on_a_plain_page(page, language, "de" if language == "de" else "en")
    if language == "ar":
        page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate("view => tell({what: 'view', view, look: {ribbon: true, small: false}})", VIEW)
    page.wait_for_timeout(300)
    assert violations(page) == []
    page.screenshot(path=screenshots / f"browser-ribbon-{language}-{scheme}.png")
    page.evaluate("view => void shopper.confirm(view, 'order')", VIEW)
    page.wait_for_timeout(700)
    assert violations(page) == []
    page.screenshot(path=screenshots / f"browser-dialog-{language}-{scheme}.png")


def test_names_and_buttons_are_distinguishable_in_high_contrast(unpaired_chromium: ChromiumDesk, screenshots: Path):
    page = unpaired_chromium.new_page()
    page.set_viewport_size({"width": 900, "height": 560})
    page.emulate_media(forced_colors="active", color_scheme="dark")
    put_scripts_on_a_plain_page(page, "en")
    page.evaluate("view => tell({what: 'view', view, look: {ribbon: true, small: false}})", VIEW)
    page.evaluate("view => void shopper.confirm(view, 'order')", VIEW)
    page.wait_for_timeout(700)
    page.screenshot(path=screenshots / "browser-dialog-high-contrast.png")
    style = page.evaluate(
        """(() => {
            const style = getComputedStyle(document.querySelector('[data-shopper=ribbon]').shadowRoot.querySelector('.bar'));
            return [style.borderBottomWidth, style.backgroundColor];
        })()"""
    )
    assert style == ["3px", "rgb(0, 114, 178)"]
