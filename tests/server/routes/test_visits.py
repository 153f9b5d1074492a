"""A page without new data is answered first and stored a moment later."""

import time
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from assistant.bootstrap import Services
from assistant.domain.pages.visit import Visit
from assistant.server.limits import Limits
from tests.server.conftest import ROOMY, Caller, MovableClock
from tests.services.visits.shop_pages import script

CUSTOMER = "A1PERSONAL0001"


@pytest.fixture
def limits(request: pytest.FixtureRequest) -> Limits:
    return replace(ROOMY, settle=request.param, idle=0.05)


def home_page(at: datetime) -> Visit:
    return Visit(id=str(uuid4()), at=at, url="https://www.amazon.com/", tab=7, store="default", html="", scripts=(script(CUSTOMER),))


def written(services: Services, at: datetime) -> bool:
    """Return whether the ledger says within a few seconds that the account was seen at this time."""
    end = time.monotonic() + 5
    while services.accounts.get("per").last_seen != at and time.monotonic() < end:
        time.sleep(0.02)
    return services.accounts.get("per").last_seen == at


@pytest.fixture
def known(services: Services) -> Services:
    services.accounts.add("Personal", key="per")
    services.accounts.link("per", CUSTOMER)
    return services


@pytest.mark.parametrize("limits", [60], indirect=True)
def test_visits_are_stored_right_after_the_answer(call: Caller, known: Services, clock: MovableClock, browser: str) -> None:
    for _ in range(2):
        clock.forward(minutes=5)
        visit = home_page(clock())
        page = {"html": "", "scripts": list(visit.scripts), "nav": ""}
        body = {"id": visit.id, "at": visit.at.isoformat(), "url": visit.url, "tab": 7, "store": "default", "page": page}
        assert call("POST", "/visits", body, token=browser).json["account"]["key"] == "per"
    assert written(known, clock())


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize("limits", [0.05], indirect=True)
def test_visits_that_could_not_be_stored_are_stored_between_answers(known: Services, clock: MovableClock) -> None:
    known.visits.assess("browser", home_page(clock()))
    clock.forward(minutes=5)
    known.visits.answer("browser", home_page(clock()))
    assert written(known, clock())
