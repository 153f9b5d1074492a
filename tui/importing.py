"""Importing files from the app: one after the other, in the background, with progress on the status line."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from assistant.domain.documents import ImportResult
from assistant.domain.errors import DomainError, InvalidInput, KnownElsewhere, ServerAway
from tui.errors import Notifies
from tui.formatting import bar, plain
from tui.messages import ImportsChanged, OrdersChanged
from tui.store import Store

_BAR = 12


Asked = Callable[[KnownElsewhere], Awaitable[bool]]
"""Asks whether to store a file whose orders another account has."""


async def import_path(store: Store, notices: Notifies, path: Path, account: str | None, ask: Asked) -> InvalidInput | None:
    """Import a file, or every file of a folder, and say what came in. `account` is None where the file names its own.

    `ask` is called before orders are stored that another account has. Return why a single file was refused, when the user can put
    that right.
    """
    with notices.failures_shown(store):
        try:
            files = await asyncio.to_thread(_files, path)
            results = await _upload_all(store, notices, files, account, ask)
        finally:
            store.note_work("")
        store.announce(OrdersChanged, ImportsChanged)
        if isinstance(results, InvalidInput):
            return results
        if results:
            notices.say(summary(results))
    return None


def _files(path: Path) -> list[Path]:
    files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")) if path.is_dir() else [path]
    if not files:
        raise InvalidInput(f"The folder '{plain(path.name)}' has no files. Press i to choose another one.")
    return files


async def _upload_all(
    store: Store, notices: Notifies, files: list[Path], account: str | None, ask: Asked
) -> list[ImportResult] | InvalidInput:
    results: list[ImportResult] = []
    for place, file in enumerate(files):
        store.note_work(progress(place, len(files), file.name))
        try:
            content = await asyncio.to_thread(file.read_bytes)
            results += await _upload(store, file.name, content, account, ask)
        except ServerAway:
            raise
        except DomainError as error:
            if isinstance(error, InvalidInput) and len(files) == 1:
                return error
            notices.show_failure(error)
        except OSError as error:
            notices.show_failure(InvalidInput(f"The file '{plain(file.name)}' cannot be opened: {error.strerror}."))
    return results


async def _upload(store: Store, name: str, content: bytes, account: str | None, ask: Asked) -> list[ImportResult]:
    try:
        return [await store.client.upload(name, content, account)]
    except KnownElsewhere as known:
        return [await store.client.upload(name, content, account, store_known=True)] if await ask(known) else []


def progress(done: int, total: int, name: str) -> str:
    """Return the text of the status line while files are imported."""
    if total == 1:
        return f"importing {plain(name)} …"
    return f"importing {done + 1} of {total} ▕{bar(done / total, _BAR):<{_BAR}}▏ {plain(name)}"


def summary(results: list[ImportResult]) -> str:
    """Return the result in one sentence with the next key."""
    new, changed = sum(result.new for result in results), sum(result.changed for result in results)
    same, unread = sum(result.same for result in results), sum(len(result.problems) for result in results)
    parked = sum(result.state == "parked" for result in results)
    text = f"{new} new order{'s' if new != 1 else ''}, {changed} changed, {same} already known."
    text += f" {unread} value{'s' if unread != 1 else ''} could not be read: press 6." if unread else ""
    return text + (" Some wait until their account is linked: press 5, then l." if parked else "")
