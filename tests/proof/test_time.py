"""R10: days and month totals are right in every time zone, and a clock that jumps breaks neither tokens nor codes."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from assistant.bootstrap import Services
from assistant.domain.books.civil_days import civil_day
from assistant.domain.errors import NotAuthorised
from tests.conftest import Watch
from tests.proof.conftest import Scale

Day = Callable[[ZoneInfo, date | None, datetime | None], date | None]


def edges(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return instants around each change of a zone's offset in a year, and around the ends of its months."""
    found = []
    hour = datetime(year, 1, 1, tzinfo=UTC)
    offset = hour.astimezone(zone).utcoffset()
    for _ in range(366 * 4):
        hour += timedelta(hours=6)
        here = hour.astimezone(zone)
        if here.utcoffset() != offset or here.day == 1:
            offset = here.utcoffset()
            found += [hour + timedelta(hours=shift) for shift in (-7, -6, -1, 0, 1)]
    return found


def wrong_months(names: list[str], years: range, day_of: Day) -> int:
    """Return how many zones have a month whose count differs from the model: the printed local time of each instant."""
    wrong = 0
    for name in names:
        zone = ZoneInfo(name)
        instants = [instant for year in years for instant in edges(zone, year)]
        model = Counter(instant.astimezone(zone).strftime("%Y-%m") for instant in instants)
        days = [day_of(zone, None, instant) for instant in instants]
        wrong += Counter(f"{day:%Y-%m}" for day in days if day is not None) != model
    return wrong


def test_month_totals_equal_the_model_in_every_zone(scale: Scale) -> None:
    names = sorted(available_timezones())[:: scale(40, 1)]
    years = range(2024, scale(2025, 2034))
    assert wrong_months(names, years, civil_day) == 0
    scale.report(f"R10: {len(names)} zones, {len(years)} years of changes and month ends: 0 wrong totals")


def test_the_harness_notices_days_in_utc() -> None:
    def universal(_: ZoneInfo, __: date | None, instant: datetime | None) -> date | None:
        return instant.date() if instant else None

    assert wrong_months(["America/Los_Angeles", "Asia/Tokyo"], range(2024, 2025), universal) == 2


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=-1), timedelta(days=1), timedelta(days=89)])
def test_a_clock_that_jumps_breaks_no_token(services: Services, clock: Watch, jump: timedelta) -> None:
    token = services.pairing.redeem(services.pairing.open_code().code, "Firefox", None).token
    for _ in range(2):
        clock.now += jump
        assert services.pairing.client_of(token).name == "Firefox"
        clock.now -= jump
        assert services.pairing.client_of(token).name == "Firefox"


def test_a_token_expires_when_the_clock_jumps_ahead_and_works_again_at_the_right_time(services: Services, clock: Watch) -> None:
    token = services.pairing.redeem(services.pairing.open_code().code, "Firefox", None).token
    clock.now += timedelta(days=200)
    with pytest.raises(NotAuthorised):
        services.pairing.client_of(token)
    clock.now -= timedelta(days=200)
    assert services.pairing.client_of(token).name == "Firefox"
