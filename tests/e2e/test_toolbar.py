"""The toolbar of a real window: the badge as a person sees it, in the account's own colour."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.browsers.pairing import pair
from assistant.domain.accounts.account import colour
from assistant.server.threaded_server import Server
from tests.e2e.conftest import BUSINESS, HOUSEHOLD
from tests.e2e.desk import Desk, until
from tests.e2e.screen import PRESENT, Picture, Screen, screen

TOOLBAR = 86
"""Rows of the window above the page, in points."""
ENOUGH = 60


@pytest.fixture
def seen() -> Iterator[Screen]:
    if not PRESENT:
        pytest.skip("the toolbar needs a virtual screen: apt-get install xvfb")
    with screen(1200, 800) as display:
        yield display


@pytest.fixture
def desk(seen: Screen, open_desk: Callable[..., Desk], ledger: Services, server: Server, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DISPLAY", seen.display)
    opened = open_desk("--window-size=1200,800", "--window-position=0,0", headless=False)
    pair(opened.context, server.port, ledger.pairing.open_code().code)
    return opened


def badge_in(seen: Screen, hue: str) -> Picture:
    """The screen once its toolbar shows a badge of this colour."""

    def looked() -> Picture | None:
        picture = seen.look()
        return picture if picture.count(colour(hue).hex, rows=TOOLBAR) >= ENOUGH else None

    return until(looked, f"a badge in {hue}")


def test_the_badge_of_each_account_can_be_seen_in_the_toolbar(desk: Desk, seen: Screen, server: Server, screenshots: Path):
    desk.open("/your-orders/orders")
    desk.sees_badge("PER")
    personal = badge_in(seen, "blue")
    personal.save(screenshots / "browser-badge-personal.png")
    assert personal.count(colour("orange").hex, rows=TOOLBAR) == 0
    desk.switch_to(BUSINESS)
    desk.sees_badge("BIZ")
    business = badge_in(seen, "orange")
    business.save(screenshots / "browser-badge-business.png")
    assert business.count(colour("blue").hex, rows=TOOLBAR) == 0
    desk.switch_to(HOUSEHOLD)
    desk.sees_badge("?")
    badge_in(seen, "charcoal").save(screenshots / "browser-badge-not-registered.png")
    server.stop()
    desk.open()
    desk.sees_badge("off")
    until(lambda: seen.look().count(colour("charcoal").hex, rows=TOOLBAR) < ENOUGH, "the charcoal badge going away")
    seen.look().save(screenshots / "browser-badge-server-away.png")
