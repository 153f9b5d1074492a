"""Work after an answer, of which a burst of requests shares one run, and work between requests, which waits for a pause."""

import asyncio
import threading
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


async def test_closing_waits_for_running_work_as_long_as_it_is_told() -> None:
    threads, go_on = Threads(), threading.Event()
    work = [asyncio.create_task(threads.run(go_on.wait, lane)) for lane in (Lane.READ, Lane.LONG)]
    await asyncio.sleep(0.1)
    started = time.monotonic()
    assert not threads.close(0.1)
    assert time.monotonic() - started < 1
    go_on.set()
    assert threads.close(10)
    assert await asyncio.gather(*work) == [True, True]


async def test_background_work_waits_for_a_write_that_takes_long() -> None:
    threads = Threads()
    for _ in range(2):
        written = asyncio.create_task(threads.run(lambda: time.sleep(0.3), Lane.WRITE))
        await asyncio.sleep(0.1)
        await threads.idle(0.05)
        assert written.done()
    threads.close()


async def test_background_work_is_done_some_time_although_writes_never_pause() -> None:
    threads = Threads()
    idle = [asyncio.create_task(threads.idle(0.02)) for _ in range(2)]
    end = time.monotonic() + 5
    while not all(task.done() for task in idle):
        assert time.monotonic() < end
        await threads.run(lambda: time.sleep(0.01), Lane.WRITE)
    threads.close()
