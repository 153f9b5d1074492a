"""Options and fixtures that all tests share."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text

from tests import real_time  # isort: skip  # before what keeps a clock
from assistant.bootstrap import Services, build
from assistant.importers.sandbox import parent, protocol
from assistant.settings import Settings
from tests import postgres

ROOMS_WITH_DATES = ("cli", "server", "services", "tui")
"""The tests that `make dates` chooses from. Browsers take long, and the other rooms get every date from their callers."""

# How long one drawn example takes says nothing on a machine that is busy with other things.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--samples", type=Path, default=None, help="folder of labelled sample pages and files")
    parser.addoption("--postgres", default=None, help="URL of a PostgreSQL database that ledgers are made in instead of SQLite files")
    parser.addoption("--full", action="store_true", help="run the proofs of tests/proof at their full size, for hours")
    parser.addoption("--screenshots", type=Path, default=None, help="folder that pictures are written to")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of commands as dated; leave out tests over samples, PostgreSQL or benches that are missing or were not asked for."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent / "cli"):
            item.add_marker("dated")
    without = postgres.programs() is None
    samples = config.getoption("--samples") is not None
    benches = "bench" in (config.getoption("-m") or "")
    chosen, left = [], []
    for item in items:
        wanted = (samples or "samples" not in getattr(item, "fixturenames", ())) and (benches or item.get_closest_marker("bench") is None)
        wanted = wanted and not (without and "cluster" in getattr(item, "fixturenames", ()))
        (chosen if wanted else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = chosen


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tested."""
    if postgres.programs() is None:
        terminalreporter.write_line(
            "PostgreSQL is not installed, so its tests are left out. Install Debian's package 'postgresql'.", yellow=True
        )


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server, shared by all tests that ask for it. Its user cannot enter the folder of the tests."""
    with TemporaryDirectory(prefix="shopper-postgres-", ignore_cleanup_errors=True) as folder:
        made = postgres.Cluster(Path(folder))
        yield made
        made.stop()


@pytest.fixture
def samples(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("--samples")).resolve()


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = request.config.getoption("--screenshots") or tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(folder).resolve()


@pytest.fixture(autouse=True)
def only_dated_tests_ask_for_the_real_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that asks for the real time and would not be run on other days."""
    before = len(real_time.asked)
    yield
    room = request.path.relative_to(Path(__file__).parent).parts[0]
    if room in ROOMS_WITH_DATES and request.node.get_closest_marker("dated") is None:
        assert len(real_time.asked) == before, "Pass a clock, or mark this test `dated`: then `make dates` runs it on other days too."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class Watch:
    """A clock that does not move until a test moves it."""

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
def ledger_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of an empty ledger: "" for the file in the home, with --postgres a schema of its own there."""
    server = request.config.getoption("--postgres")
    if server is None:
        yield ""
        return
    with own_schema(server) as url:
        yield url


@contextmanager
def own_schema(server: str) -> Iterator[str]:
    """Make a schema of its own in a PostgreSQL database during the block; yield the URL that leads to it."""
    server = server.replace("postgresql://", "postgresql+psycopg://")
    engine, schema = create_engine(server, isolation_level="AUTOCOMMIT", pool_pre_ping=True), f"test_{uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://")
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty ledger. Tests copy it, because making the tables takes longer than most tests do."""
    home = tmp_path_factory.mktemp("new") / "home"
    build(Settings(home=home, port=0)).close()
    return home


@pytest.fixture(autouse=True)
def files_are_read_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files here instead of in a child process, which would be started again and again for a few small files.

    The tests of the child process itself, and those marked `process`, use the real one.
    """
    if "importers" in request.path.parts or "bench" in request.path.parts or request.node.get_closest_marker("process"):
        return

    def arrivals(how: str, paths: Sequence[Path], url: str | None) -> Iterator[parent.Arriving]:
        from assistant.importers.sandbox import worker  # noqa: PLC0415  # most tests read no file

        for path in paths:
            for part in worker._documents(how, path, url):
                pipe = BytesIO()
                protocol.send_extraction(pipe, part.read())
                pipe.seek(0)
                received = protocol.receive_extraction(pipe)
                if received is not None:
                    yield parent.Arriving(path, *received, part.page, part.number)

    monkeypatch.setattr(parent, "_arrivals", arrivals)


@pytest.fixture
def services(home: Path, clock: Watch, ledger_url: str, new_home: Path):
    shutil.copytree(new_home, home)
    found: Services = build(Settings(home=home, port=0, database=ledger_url), clock=clock)
    yield found
    found.close()
