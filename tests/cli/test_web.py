"""`shopper tui --web`: one browser of this machine gets in, with a link that works once."""

import os
from dataclasses import replace

import pytest
from aiohttp import ClientSession, CookieJar, web

from assistant.cli.web import _free_port, guarded_server
from assistant.settings import Settings, load


@pytest.fixture
async def served(unused_port):
    server, guard = guarded_server(unused_port)
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_port).start()
    yield guard, f"http://127.0.0.1:{unused_port}"
    await runner.cleanup()


@pytest.fixture
def unused_port():
    return _free_port(0)


async def test_the_link_lets_one_browser_in_and_nobody_else(served):
    guard, origin = served
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as mine, ClientSession(cookie_jar=CookieJar(unsafe=True)) as other:
        for path in ("/", "/?token=guess", "/ws", "/static/"):
            async with other.get(origin + path) as answer:
                assert answer.status == 403
        async with mine.get(guard.link) as answer:
            assert answer.status == 200
            assert "Shopper" in await answer.text()
        async with other.get(guard.link) as answer:
            assert answer.status == 403
            assert "was used already" in await answer.text()
        async with mine.get(origin + "/", headers={"Origin": "http://evil.example"}) as answer:
            assert answer.status == 403
        async with mine.get(origin + "/", headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with mine.get(origin + "/") as answer:
            assert answer.status == 200
        cookie = next(iter(mine.cookie_jar))
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_the_app_is_started_with_the_same_settings_and_no_password_among_its_flags(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    settings = Settings(home=tmp_path / "my home", database="postgresql://kim:secret@x/y", port=0)
    server, _ = guarded_server(_free_port(0))
    settings.hand_down()
    assert "secret" not in server.command
    assert load() == replace(settings, own_home=True, own_port=True)


def test_two_ways_at_once_are_refused(shopper):
    assert "not both" in shopper("tui", "--web", "--plain").err
