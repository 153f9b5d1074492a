"""Work after an answer: a burst of requests shares one run, and a request after it gets another."""

import time

from assistant.server.threads import Lane, Threads


async def test_work_for_a_burst_of_requests_runs_once_and_later_requests_get_another_run() -> None:
    threads = Threads()
    runs: list[str] = []

    async def shown(count: int) -> None:
        while len(runs) < count:
            await threads.run(lambda: None, Lane.LONG)

    for name in ("visits", "visits", "others", "visits"):
        threads.later(lambda name=name: runs.append(name), Lane.LONG, once_for=name)
    await shown(2)
    threads.later(lambda: runs.append("visits again"), Lane.LONG, once_for="visits")
    await shown(3)
    threads.close()
    assert sorted(runs[:2]) == ["others", "visits"]
    assert runs[2:] == ["visits again"]


async def test_work_for_a_long_burst_of_requests_runs_a_few_times_and_after_its_end() -> None:
    threads = Threads()
    asked: list[int] = []
    served: list[int] = []
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        asked.append(len(asked))
        threads.later(lambda: served.append(len(asked)), Lane.LONG, once_for="visits")
        await threads.run(lambda: None, Lane.READ)
    while served[-1:] != [len(asked)]:
        await threads.run(lambda: None, Lane.LONG)
    threads.close()
    assert len(served) <= min(7, len(asked))
