"""The toolbar of a real window: the badge as a person sees it, in the account's own colour."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Services
from assistant.domain.accounts.account import colour
from assistant.server.threaded_server import Server
from tests.e2e.chromium import POPUP, ChromiumDesk
from tests.e2e.conftest import BUSINESS, HOUSEHOLD
from tests.e2e.screen import PRESENT, Box, Picture, Screen, screen
from tests.e2e.waiting import until

THEMES: dict[str, list[str]] = {"light": [], "dark": ["--force-dark-mode"]}
MARK = "#FF00FF"
"""No theme draws its toolbar in this colour."""
MARK_ICON = """async () => {
    const [tab] = await chrome.tabs.query({url: ["https://*/*"]});
    const pen = new OffscreenCanvas(32, 32).getContext("2d");
    pen.fillStyle = "#FF00FF";
    pen.fillRect(0, 0, 32, 32);
    await chrome.action.setBadgeText({tabId: tab.id, text: ""});
    await chrome.action.setIcon({tabId: tab.id, imageData: pen.getImageData(0, 0, 32, 32)});
}"""
OFF = "#6B6B6B"
ENOUGH = 0.08
"""The least share of the icon's box that a badge fills; letters cover the rest of it."""


@pytest.fixture
def seen() -> Iterator[Screen]:
    if not PRESENT:
        pytest.skip("the toolbar needs a virtual screen: apt-get install xvfb")
    with screen(1200, 800) as display:
        yield display


@pytest.fixture
def shown(seen: Screen, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The screen that browsers open their windows on."""
    monkeypatch.setenv("DISPLAY", seen.display)
    return seen


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(shown: Screen, theme: str, open_desk: Callable[..., ChromiumDesk], ledger: Services, server: Server) -> ChromiumDesk:
    size = f"--window-size={shown.look().width},{shown.look().height}"
    opened = open_desk(size, "--window-position=0,0", *THEMES[theme], headless=False)
    opened.pair(server.port, ledger.pairing.open_code().code)
    return opened


def icon_box(desk: ChromiumDesk, seen: Screen) -> Box:
    """Find the extension's icon in the toolbar: paint it in one colour, look where that is, and reload the page to restore it."""

    def marked() -> Box | None:
        # Again and again, because an answer about the page may arrive and paint the account's icon.
        desk.in_background(MARK_ICON)
        return seen.look().find(MARK)

    found = until(marked, "the marked icon")
    desk.page.reload()
    return found.wider(4)


def badge_in(seen: Screen, hue: str, place: Box) -> Picture:
    """The screen once the icon's place shows this account colour."""

    def looked() -> Picture | None:
        picture = seen.look()
        return picture if picture.share(colour(hue).hex, place) >= ENOUGH else None

    return until(looked, f"a badge in {hue}")


def in_popup(desk: ChromiumDesk, script: str) -> Any:
    """Evaluate an expression in the popup that hangs from the toolbar: Playwright does not take it for a page."""
    browser = desk.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    targets = session.send("Target.getTargets")["targetInfos"]
    popup = next(target["targetId"] for target in targets if target["url"] == POPUP)
    answers: list[dict[str, Any]] = []
    session.on("Target.receivedMessageFromTarget", lambda event: answers.append(json.loads(event["message"])))
    attached = session.send("Target.attachToTarget", {"targetId": popup, "flatten": False})["sessionId"]
    call = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": script, "returnByValue": True}}
    session.send("Target.sendMessageToTarget", {"sessionId": attached, "message": json.dumps(call)})
    until(lambda: bool(desk.badge()) and answers, "the popup's answer")
    session.detach()
    return answers[0]["result"]["result"]["value"]


@pytest.mark.usefixtures("orders")
def test_the_popup_is_as_wide_as_it_is_drawn(desk: ChromiumDesk, seen: Screen, screenshots: Path, theme: str):
    desk.open("/your-orders/orders")
    desk.sees_badge("PER")
    desk.in_background("() => chrome.action.openPopup()")
    until(lambda: "Desk lamp" in str(in_popup(desk, "document.querySelector('#orders')?.innerText")), "the popup with the last orders")
    assert in_popup(desk, "innerWidth") >= 348
    assert in_popup(desk, "document.documentElement.scrollWidth <= innerWidth")
    seen.look().save(screenshots / f"browser-popup-{theme}.png")


def test_the_badge_of_each_account_is_visible_in_the_toolbar(
    desk: ChromiumDesk, seen: Screen, server: Server, screenshots: Path, theme: str
):
    desk.open("/your-orders/orders")
    desk.sees_badge("PER")
    place = icon_box(desk, seen)
    personal = badge_in(seen, "blue", place)
    personal.save(screenshots / f"browser-badge-personal-{theme}.png")
    assert personal.share(colour("orange").hex, place) == 0
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    business = badge_in(seen, "orange", place)
    business.save(screenshots / f"browser-badge-business-{theme}.png")
    assert business.share(colour("blue").hex, place) == 0
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    badge_in(seen, "charcoal", place).save(screenshots / f"browser-badge-not-registered-{theme}.png")
    server.stop()
    desk.open()
    desk.sees_badge("off")
    until(lambda: seen.look().share(OFF, place) >= ENOUGH, "the grey badge")
    seen.look().save(screenshots / f"browser-badge-server-away-{theme}.png")
