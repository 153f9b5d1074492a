"""Work between requests: word lists, the daily backup, the drop folder."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import Services
from assistant.domain.accounts.account import AccountChange
from assistant.rules.matching import vocabulary
from assistant.rules.matching.word_lists import word_list
from assistant.server.limits import Limits
from assistant.storage.backups import prove
from tests.purchases import LAMP, TONER, bought, export_of
from tests.server.conftest import ROOMY, Caller, MovableClock


@pytest.fixture
def limits() -> Limits:
    return replace(ROOMY, idle=0.05, settle=0.05, drop=0.05)


@pytest.fixture
def loaded(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that collects the languages whose word lists are loaded."""
    languages: list[str] = []

    def counted(language: str) -> object:
        languages.append(language)
        return word_list(language)

    services.accounts.add("Personal", key="per", change=AccountChange(marketplaces=("amazon.it",)))
    monkeypatch.setattr(vocabulary, "word_list", counted)
    return languages


def comes(language: str, loaded: list[str]) -> bool:
    end = time.monotonic() + 10
    while language not in loaded and time.monotonic() < end:
        time.sleep(0.02)
    return language in loaded


def test_word_lists_are_loaded_for_accounts_registered_before_and_after_the_start(
    loaded: list[str], request: pytest.FixtureRequest, services: Services
) -> None:
    request.getfixturevalue("port")
    assert comes("it", loaded)
    assert "fr" not in loaded
    services.accounts.add("Studio", key="stu", change=AccountChange(marketplaces=("amazon.fr",)))
    assert comes("fr", loaded)
    services.accounts.edit("per", AccountChange(marketplaces=("amazon.it", "amazon.es")))
    assert comes("es", loaded)


def test_a_running_server_makes_one_backup_a_day(request: pytest.FixtureRequest, services: Services, clock: MovableClock) -> None:
    request.getfixturevalue("port")
    folder = services.home / "backups"
    for day in range(1, 3):
        end = time.monotonic() + 20
        while len(list(folder.glob("ledger-*.sqlite"))) < day and time.monotonic() < end:
            time.sleep(0.02)
        clock.forward(days=1)
    time.sleep(0.2)
    copies = sorted(folder.glob("ledger-*.sqlite"))
    assert [copy.name[7:15] for copy in copies[:2]] == ["20261125", "20261126"]
    assert len(copies) <= 3
    assert prove(copies[0]).file == copies[0]


def test_a_failure_ends_no_background_work(request: pytest.FixtureRequest, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[str] = []

    def failing(job: str) -> None:
        failed.append(job)
        raise ValueError(job)

    monkeypatch.setattr(services.visits, "write_down", lambda: failing("visits"))
    monkeypatch.setattr(services.drop_folder, "look", lambda: failing("drop folder"))
    request.getfixturevalue("port")
    end = time.monotonic() + 20
    while min(failed.count("visits"), failed.count("drop folder")) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    assert min(failed.count("visits"), failed.count("drop folder")) >= 2
    assert list((services.home / "backups").glob("ledger-*.sqlite"))
    monkeypatch.undo()


def test_a_backup_that_keeps_failing_is_logged_once_in_one_sentence(request: pytest.FixtureRequest, services: Services) -> None:
    tries, daily = [], services.backups.daily

    def counted() -> object:
        tries.append(1)
        return daily()

    services.backups.daily = counted  # type: ignore[method-assign,assignment]  # counts
    (services.home / "backups").write_text("in the way")
    request.getfixturevalue("port")
    end = time.monotonic() + 20
    while len(tries) < 3 and time.monotonic() < end:
        time.sleep(0.02)
    (line,) = [line for line in (services.home / "log" / "shopper.log").read_text().splitlines() if "INFO" not in line]
    assert "The daily backup failed: The copy" in line


def test_the_drop_folder_is_watched_and_a_file_at_its_top_is_asked_about(services: Services, call: Caller, token: str) -> None:
    for label, key in (("Personal", "per"), ("Ortiz Design", "biz")):
        services.accounts.add(label, key=key)
    folder = Path(call("GET", "/imports/drop", token=token).json["folder"])
    assert folder == services.home / "drop"
    assert appears(folder / "biz" / "done")
    export_of(folder / "per" / "a.zip", bought(1, date(2026, 3, 1), LAMP))
    export_of(folder / "b.zip", bought(2, date(2026, 3, 2), TONER))
    assert appears(folder / "per" / "done" / "a.zip")
    end = time.monotonic() + 20
    while not (found := call("GET", "/imports/drop", token=token).json)["waiting"] and time.monotonic() < end:
        time.sleep(0.02)
    assert found["waiting"] == [{"name": "b.zip", "account": None, "reason": ""}]
    taken = call("POST", "/imports/drop", {"name": "b.zip", "account": "biz"}, token=token)
    assert (taken.json["account"], taken.json["new"]) == ("biz", 1)
    assert call("POST", "/imports/drop", {"name": "b.zip", "account": "biz"}, token=token).status == 404
    assert (folder / "biz" / "done" / "b.zip").is_file()


def appears(path: Path) -> bool:
    end = time.monotonic() + 20
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return path.exists()
