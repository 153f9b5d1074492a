"""Helpers that open the app over a client in memory and read what the terminal shows."""

from contextlib import asynccontextmanager, suppress

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

    app = ShopperApp(connect, today=lambda: TODAY, clock=lambda: NOON)
    app.heard, tell = [], app.notify

    def notify(message, **options) -> None:
        # The app forgets notifications after seconds, and a busy machine needs longer to look.
        app.heard.append(message)
        tell(message, **options)

    app.notify = notify
    return app


_PATIENCE = 40
"""After how many looks at the same running workers nothing more is expected: they wait for an answer to a dialog, or for the test."""


async def settle(pilot) -> None:
    """Wait until nothing is going on: every change is heard and passed on, every short-lived worker is done, its answer is drawn.

    Screens reload a moment after a change is announced, so a look right after an action would see the screen of before.
    """
    quiet, same, before = 0, 0, None
    for _ in range(300):
        await pilot.pause(0.02)
        running = _running(pilot.app)
        quiet = quiet + 1 if running == [] else 0
        same = same + 1 if running and running == before else 0
        before = running
        if quiet > 2 or same > _PATIENCE:  # a change is passed on, heard by a screen, loaded by its worker
            break
    await pilot.pause()


def _running(app: ShopperApp) -> list[object] | None:
    """Return the short-lived workers that are not done; None while a change is on its way to the screens."""
    store = app.store
    outbox = getattr(store.client, "outbox", ()) if store.connected else ()
    heard = not outbox or store._last_event >= outbox[-1].id
    if not heard or store.state == "connecting" or not store.all_told:
        return None
    return [worker for worker in app.workers if worker.group != "store" and not worker.is_finished]


def text_of(app) -> str:
    """Return what the terminal shows, as plain text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    assert len(lines) == height
    return with_usual_spaces("\n".join(line.text[:width] for line in lines))


def with_usual_spaces(text: str) -> str:
    """Return a text with usual spaces instead of those at which no line ends."""
    return text.replace("\u00a0", " ")


def said(app) -> str:
    """Return the notifications of this session, as one text."""
    return with_usual_spaces(" ".join(getattr(app, "heard", None) or [notification.message for notification in app._notifications]))


def written(app, selector: str) -> str:
    """Return the content of one widget, before it is wrapped."""
    return with_usual_spaces(str(app.screen.query_one(selector).content))


async def shows(pilot, text: str) -> bool:
    """Wait until the terminal shows a text; return False if it never does. A busy machine gets the time that it needs."""
    for _ in range(500):
        await pilot.pause(0.02)
        # Before its first layout a screen has no lines.
        with suppress(AssertionError):
            if text in text_of(pilot.app):
                return True
    return False
