"""Six languages and the themes: options, popup, first steps, ribbon and dialog speak the chosen one, and everything fits."""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from tests.e2e.chromium import ChromiumDesk
from tests.e2e.conftest import BUSINESS
from tests.e2e.desk import Desk
from tests.e2e.test_wrong_account_at_checkout import PLACE, TONER, checkout
from tests.e2e.waiting import until


class Said(NamedTuple):
    """What a language says on the options page, in the popup, in a warning and on the two buttons of the dialog."""

    options: str
    windows: str
    warning: str
    stay: str
    go: str


LANGUAGES = {
    "de": Said("Sprache und Farben", "Ein Fenster für jedes Konto", "Ihre Regel", "Hier bleiben", "Trotzdem bestellen"),
    "en": Said("Language and colours", "A window for each account", "Your rule", "Stay here", "Order anyway"),
    "es": Said("Idioma y colores", "Una ventana para cada cuenta", "Tu regla", "Quedarme aquí", "Pedir de todos modos"),
    "fr": Said("Langue et couleurs", "Une fenêtre pour chaque compte", "Votre règle", "Rester ici", "Commander quand même"),
    "it": Said("Lingua e colori", "Una finestra per ogni account", "La tua regola", "Resta qui", "Ordina comunque"),
    "ja": Said("言語と色", "アカウントごとのウィンドウ", "ルール", "このページに残る", "それでも注文する"),
}
CHOOSE = """([id, value]) => {
    const list = document.getElementById(id);
    list.value = value;
    list.dispatchEvent(new Event("change"));
}"""


def choose(desk: Desk, language: str) -> Any:
    """Choose a language in the options and return that page, in the new language."""
    page = desk.options()
    until(lambda: page.evaluate("document.querySelectorAll('#language option').length") == 7, "the languages")
    page.evaluate(CHOOSE, ["language", language])
    until(lambda: _language_of(page) == language, f"the options in '{language}'")
    return page


def _language_of(page: Any) -> str:
    """Return the language of a page, "" while it is loaded anew."""
    with suppress(Exception):
        return str(page.evaluate("document.documentElement.lang"))
    return ""


@pytest.mark.parametrize("language", ["de", "ja"])
def test_every_part_of_the_extension_speaks_the_chosen_language(desk: Desk, language: str):
    said = LANGUAGES[language]
    options = choose(desk, language)
    until(lambda: said.options in options.inner_text("main"), "the heading")
    options.close()
    page = checkout(desk, TONER)
    desk.ribbon().wait(said.warning)
    page.click(PLACE)
    desk.dialog().wait(said.warning, said.stay, said.go)
    desk.dialog().click(said.stay)
    popup = desk.popup()
    until(lambda: said.windows in popup.inner_text("#paired"), "the popup's words")
    until(lambda: said.warning in popup.inner_text("#reasons"), "the warning in the popup")
    popup.close()
    desk.stop_background()
    desk.open()
    desk.switch_to(BUSINESS)
    desk.ribbon().wait({"de": "Geschäftlich", "ja": "ビジネス"}[language])


def test_an_open_page_changes_its_language_whole(desk: Desk):
    checkout(desk, TONER)
    desk.ribbon().wait("Your rule", "Why")
    for language, why in (("de", "Warum"), ("fr", "Pourquoi")):
        choose(desk, language).close()
        desk.ribbon().wait(LANGUAGES[language].warning, why)


def overflow(page: Page) -> list[str]:
    """Return the elements that are wider than the window, or whose text is cut off without an ellipsis."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(one => {
            if (!one.checkVisibility() || one.closest("svg, select")) return false;
            const box = one.getBoundingClientRect(), style = getComputedStyle(one);
            const cut = one.scrollWidth > one.clientWidth + 1 && style.overflowX === "hidden" && style.textOverflow !== "ellipsis";
            return box.width > 2 && (box.right > innerWidth + 1 || box.left < -1 || cut);
        }).map(one => one.outerHTML.slice(0, 160))"""
    )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("orders")
def test_all_pages_fit_at_360_pixels(chromium: ChromiumDesk, screenshots: Path, language: str):
    choose(chromium, language).close()
    checkout(chromium, TONER)
    chromium.ribbon().wait(LANGUAGES[language].warning)
    popup = chromium.popup()
    popup.wait_for_selector("#windows li")
    popup.wait_for_selector("#reasons li")
    height = popup.evaluate("document.documentElement.getBoundingClientRect().height")
    popup.set_viewport_size({"width": 348, "height": int(height)})
    popup.screenshot(path=screenshots / f"browser-popup-{language}.png")
    assert overflow(popup) == []
    popup.close()
    for path in ("options/options.html", "welcome/welcome.html"):
        page = chromium.extension_page(path)
        page.set_viewport_size({"width": 360, "height": 700})
        page.wait_for_selector("dl dd:not(:empty)")
        page.screenshot(path=screenshots / f"browser-{Path(path).stem}-{language}.png", full_page=True)
        assert overflow(page) == [], path
        page.close()
    chromium.page.set_viewport_size({"width": 360, "height": 700})
    chromium.page.click(PLACE)
    chromium.dialog().wait(LANGUAGES[language].stay)
    chromium.page.wait_for_timeout(700)
    chromium.page.screenshot(path=screenshots / f"browser-dialog-{language}.png")
    left, _, right, _ = chromium.dialog().box(LANGUAGES[language].go)
    assert left >= 0
    assert right <= 360
    chromium.dialog().click(LANGUAGES[language].stay)


@pytest.mark.parametrize(
    "name", ['🦊 Kim\'s "shop" <b>&amp;', "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenbü", "متجر عائلة أورتيز (٢)"]
)
def test_odd_names_are_whole_text_and_fit(chromium: ChromiumDesk, orders: Services, screenshots: Path, name: str):
    orders.accounts.edit("per", AccountChange(label=name))
    page = checkout(chromium, TONER)
    page.set_viewport_size({"width": 360, "height": 700})
    chromium.ribbon().wait(name)
    popup = chromium.popup()
    popup.wait_for_selector("#reasons li")
    popup.wait_for_selector("#windows li")
    assert popup.inner_text("#label") == name
    until(lambda: "1 warning" in popup.inner_text("#windows"), "the open warning of the account")
    popup.screenshot(path=screenshots / f"browser-name-popup-{len(name)}.png", full_page=True)
    assert overflow(popup) == []
    popup.close()
    options = chromium.extension_page("options/options.html")
    options.set_viewport_size({"width": 360, "height": 700})
    until(lambda: name in options.inner_text("#accounts"), "the name")
    assert overflow(options) == []
    options.close()
    page.click(PLACE)
    chromium.dialog().wait("Stay here")
    page.screenshot(path=screenshots / f"browser-name-dialog-{len(name)}.png")
    left, _, right, _ = chromium.dialog().box("Order anyway")
    assert (left >= 0, right <= 360) == (True, True)
    chromium.dialog().click("Stay here")


def test_a_theme_counts_on_all_pages_whatever_the_system_says(desk: Desk):
    def colour(page: Any) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page = desk.options()
    until(lambda: page.evaluate("document.querySelectorAll('#theme option').length") == 4, "the themes")
    for theme, paper in (("dark", "rgb(31, 34, 38)"), ("light", "rgb(255, 255, 255)"), ("dark", "rgb(31, 34, 38)")):
        page.evaluate(CHOOSE, ["theme", theme])
        until(lambda paper=paper: colour(page) == paper, theme)
    page.close()
    desk.open()
    desk.ribbon().wait("Personal")
    for path in ("popup/popup.html", "welcome/welcome.html"):
        other = desk.extension_page(path)
        assert colour(other) == "rgb(31, 34, 38)", path
        other.close()
    page = desk.options()
    page.evaluate(CHOOSE, ["theme", "contrast"])
    until(lambda: page.evaluate("getComputedStyle(document.querySelector('.soft')).color") in ("rgb(0, 0, 0)", "rgb(255, 255, 255)"), "ink")
    page.evaluate(CHOOSE, ["theme", ""])
