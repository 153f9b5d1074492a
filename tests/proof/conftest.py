"""What all proofs share: their size, and how they print figures."""

from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the proofs that need extra tools, which only `make proof` installs."""
    return True if collection_path.name == "by_other_tools" and not config.getoption("--full") else None


class Scale:
    """Chooses between the short form of a proof, which every run of the tests takes, and the full one of `make proof`."""

    def __init__(self, *, full: bool) -> None:
        self.full = full
        self.figures: list[str] = []

    def __call__(self, short: int, full: int) -> int:
        return full if self.full else short

    def report(self, figure: str) -> None:
        """Store a figure to be printed at the end."""
        self.figures.append(figure)


@pytest.fixture
def scale(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[Scale]:
    made = Scale(full=request.config.getoption("--full"))
    yield made
    if made.full:
        with capsys.disabled():
            print("", *made.figures, sep="\n")
