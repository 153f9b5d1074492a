"""Options and fixtures that all tests share."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.bootstrap import Services, build
from assistant.settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--samples", type=Path, default=None, help="folder of labelled sample pages and files")
    parser.addoption("--screenshots", type=Path, default=None, help="folder that pictures are written to")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests over samples that are not here, and benches unless they are asked for."""
    samples = config.getoption("--samples") is not None
    benches = "bench" in (config.getoption("-m") or "")
    chosen, left = [], []
    for item in items:
        wanted = (samples or "samples" not in getattr(item, "fixturenames", ())) and (benches or item.get_closest_marker("bench") is None)
        (chosen if wanted else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = chosen


@pytest.fixture
def samples(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("--samples")).resolve()


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = request.config.getoption("--screenshots") or tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(folder).resolve()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class Watch:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **lapse: float) -> datetime:
        self.now += timedelta(**lapse)
        return self.now


@pytest.fixture
def clock() -> Watch:
    return Watch()


@pytest.fixture
def services(home: Path, clock: Watch):
    found: Services = build(Settings(home=home, port=0), clock=clock)
    yield found
    found.close()
