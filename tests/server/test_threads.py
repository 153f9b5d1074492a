"""Work after an answer: a burst of requests shares one run, and a request after it gets another."""

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
