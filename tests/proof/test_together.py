"""R4: three processes write to one ledger at the same time: none is refused, and no change overwrites another."""

from pathlib import Path

from sqlalchemy import text

from tests.proof.conftest import Scale
from tests.proof.writers import acknowledged, count_up, services_on, started

PROCESSES = 3


def counted_up(home: Path, times: int, *, plain_begin: bool = False) -> tuple[int, int, float]:
    """Let three processes raise one number; return the number, how often a process was refused, and the slowest percent in seconds."""
    services = services_on(home)
    with services.database.writing() as work:
        work.session.execute(text("CREATE TABLE proof (n INTEGER NOT NULL)"))
        work.session.execute(text("INSERT INTO proof VALUES (0)"))
        work.commit()
    with (
        started(count_up, home, times, plain_begin=plain_begin) as (one, first),
        started(count_up, home, times, plain_begin=plain_begin) as (two, second),
        started(count_up, home, times, plain_begin=plain_begin) as (three, third),
    ):
        said = [*acknowledged(first), *acknowledged(second), *acknowledged(third)]
        for process in (one, two, three):
            process.join()
    with services.database.reading() as session:
        reached = session.scalar(text("SELECT n FROM proof"))
    services.close()
    return reached, said.count("refused"), max([entry for entry in said if isinstance(entry, float)], default=0.0)


def test_no_process_is_refused_and_nothing_is_overwritten(home: Path, scale: Scale) -> None:
    times = scale(50, 10_000)
    reached, refused, slowest = counted_up(home, times)
    scale.report(f"R4: {PROCESSES} processes, {times} transactions each, {refused} refused, p99 {slowest * 1000:.0f} ms")
    assert (reached, refused) == (PROCESSES * times, 0)


def test_the_harness_notices_transactions_that_take_the_lock_late(home: Path) -> None:
    times = 40
    reached, refused, _ = counted_up(home, times, plain_begin=True)
    assert refused > 0 or reached < PROCESSES * times
