"""Helpers that open the app over a client in memory and read what the terminal shows."""

from contextlib import asynccontextmanager

from tests.tui.household import NOON, TODAY
from tests.tui.memory_client import MemoryClient
from tui.app import ShopperApp


class Opener:
    """Opens the app over a client and presses the given keys."""

    @asynccontextmanager
    async def __call__(self, client: MemoryClient, *keys: str, size=(120, 34)):
        app = app_over(client)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                await pilot.press(key)
            await settle(pilot)
            yield pilot


def app_over(client: MemoryClient) -> ShopperApp:
    async def connect():
        return client

    return ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON)


async def settle(pilot) -> None:
    """Wait until all workers but the store's are done and the screen is redrawn."""
    for _ in range(200):
        await pilot.pause(0.02)
        busy = [worker for worker in pilot.app.workers if worker.group != "store" and not worker.is_finished]
        if not busy:
            break
    await pilot.pause()


def text_of(app) -> str:
    """Return what the terminal shows, as plain text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    assert len(lines) == height
    return "\n".join(line.text[:width] for line in lines)


def said(app) -> str:
    """Return the notifications of this session, as one text."""
    return " ".join(notification.message for notification in app._notifications)


def written(app, selector: str) -> str:
    """Return the content of one widget, before it is wrapped."""
    return str(app.screen.query_one(selector).content)


async def shows(pilot, text: str) -> bool:
    """Wait, at most a second, until the terminal shows a text: screens reload a moment after they hear of a change."""
    for _ in range(50):
        if text in text_of(pilot.app):
            return True
        await pilot.pause(0.02)
    return False
