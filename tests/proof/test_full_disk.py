"""R3: on a full disk nothing is left incomplete, one sentence reports it, and everything works again once there is space."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.cli import app as command_line
from assistant.domain.clock import system_clock
from assistant.domain.errors import DomainError, LedgerUnusable
from assistant.domain.filters import Filter
from assistant.services.doctor import examine
from assistant.storage.backups import back_up, prove
from assistant.storage.engine import Database
from assistant.storage.schema import newest_version
from assistant.storage.sqlite import sqlite_module
from tests.proof.conftest import Scale
from tests.proof.test_upgrades import LEDGERS, kept_in, version_in
from tests.proof.writers import ORDERS, services_on, take

ROOM = 8 << 20
"""Bytes of the small disk."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path_factory.mktemp("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        assert "CI" not in os.environ, mounted.stderr
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def home(disk: Path, new_home: Path) -> Iterator[Path]:
    for entry in disk.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    shutil.copytree(new_home, disk / "home")
    services = services_on(disk / "home")
    take(services, 1)
    services.close()
    return disk / "home"


def with_little_space(disk: Path, free: int, work: Callable[[], object]) -> bool:
    """Do something while only this many bytes are free; return whether it worked. Afterwards the space is freed."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb") as stream:
        while (left := shutil.disk_usage(disk).free - free) > 0:
            stream.write(b"x" * min(left, 1 << 16))
            stream.flush()
    try:
        work()
    except (DomainError, OSError):
        return False
    finally:
        ballast.unlink()
    return True


def points(scale: Scale, most: int) -> list[int]:
    """Return amounts of free space, from none to enough."""
    count = scale(5, 75)
    return [most * number // (count - 1) for number in range(count)]


def orders_of(home: Path) -> int:
    services = services_on(home)
    try:
        return services.ledger.orders(Filter(), limit=1).total
    finally:
        services.close()


def test_an_import_is_stored_whole_or_not_at_all(disk: Path, home: Path, scale: Scale) -> None:
    worked, expected = [], ORDERS
    for number, free in enumerate(points(scale, 800_000), 2):

        def import_one(number: int = number) -> None:
            services = services_on(home)
            try:
                take(services, number)
            finally:
                services.close()

        worked.append(with_little_space(disk, free, import_one))
        found = orders_of(home)
        assert found in ({expected + ORDERS} if worked[-1] else {expected, expected + ORDERS})
        assert prove(home / "ledger.sqlite").orders == found
        if not worked[-1]:
            import_one()
        expected = orders_of(home)
        assert expected == number * ORDERS
    scale.report(f"R3 import: {len(worked)} full disks, {worked.count(False)} refused with one sentence, 0 half documents")
    assert worked[0] is False
    assert worked[-1] is True


def test_a_backup_is_sound_or_absent(disk: Path, home: Path, scale: Scale) -> None:
    targets = [disk / f"copy-{number}.sqlite" for number, _ in enumerate(points(scale, 2_500_000))]
    worked = []
    for free, target in zip(points(scale, 2_500_000), targets, strict=True):
        worked.append(with_little_space(disk, free, lambda target=target: back_up(home / "ledger.sqlite", target)))
        assert target.exists() is worked[-1]
        assert [entry.name for entry in disk.iterdir() if entry.name.endswith(".part")] == []
        if worked[-1]:
            assert prove(target).orders == ORDERS
            target.unlink()
    scale.report(f"R3 backup: {len(worked)} full disks, {worked.count(False)} refused, 0 half copies")
    assert worked[0] is False
    assert worked[-1] is True


def test_the_harness_notices_a_copy_that_is_left_incomplete(disk: Path, home: Path) -> None:
    target = disk / "copy.sqlite"
    assert with_little_space(disk, 100_000, lambda: shutil.copyfile(home / "ledger.sqlite", target)) is False
    with pytest.raises(LedgerUnusable):
        prove(target)


def test_a_migration_leaves_the_old_or_the_new_ledger(disk: Path, scale: Scale) -> None:
    worked = []
    for number, free in enumerate(points(scale, 2_000_000)):
        file = disk / f"old-{number}" / "ledger.sqlite"
        file.parent.mkdir()
        connection = sqlite_module().connect(file)
        connection.executescript(LEDGERS[0].read_text(encoding="utf-8"))
        connection.close()
        old, rows = version_in(file), kept_in(file)

        def migrate(file: Path = file) -> None:
            ledger = Database(f"sqlite:///{file}")
            try:
                ledger.upgrade()
            finally:
                ledger.close()

        worked.append(with_little_space(disk, free, migrate))
        assert version_in(file) == (newest_version() if worked[-1] else old)
        migrate()
        assert (version_in(file), kept_in(file)) == (newest_version(), rows)
        shutil.rmtree(file.parent)
    scale.report(f"R3 migration: {len(worked)} full disks, {worked.count(False)} refused, every ledger old or new")
    assert worked[0] is False
    assert worked[-1] is True


def test_an_export_is_whole_or_absent_and_says_why(disk: Path, home: Path, scale: Scale, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--home", str(home), "export", "accountant-csv", "--purpose", "personal", "-o", str(disk / "out.csv")]
    for free in points(scale, 64_000):
        codes: list[int] = []
        with_little_space(disk, free, lambda codes=codes: codes.append(command_line.run(arguments)))
        written = (disk / "out.csv").exists()
        assert codes == [1 if written else 3], capsys.readouterr().err
        if written:
            assert (disk / "out.csv").read_text().count("\n") == ORDERS + 1
            (disk / "out.csv").unlink()


def test_the_doctor_of_a_full_disk_asks_for_space_and_offers_no_copy_in_place_of_a_sound_ledger(disk: Path, home: Path) -> None:
    ledger, found = home / "ledger.sqlite", []
    # Without the files of a running program, for which there is no room.
    assert [entry.name for entry in home.glob("ledger.sqlite-*")] == []
    url = f"sqlite:///{ledger}"
    with_little_space(disk, 0, lambda: found.extend(examine(home, url, system_clock())))
    told = {finding.name: finding for finding in found}
    assert (told["ledger"].state, told["ledger"].fix) == ("fail", "Free some space.")
    assert "the disk is full" in told["ledger"].text
    (again,) = [finding for finding in examine(home, url, system_clock()) if finding.name == "ledger"]
    assert again.state == "ok"
