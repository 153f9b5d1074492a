"""Taking files in from the app: one after the other, in the background, with progress on the status line."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import DomainError, InvalidInput, ServerAway
from assistant.domain.views import ImportResult
from tui.errors import told
from tui.formatting import bar, plain
from tui.messages import ImportsChanged, OrdersChanged
from tui.screens.import_file import ImportFileScreen, Wanted

if TYPE_CHECKING:
    from tui.app import ShopperApp

_BAR = 12


def import_file(app: "ShopperApp") -> None:
    """Ask for a file or folder, then take it in."""

    def take(wanted: Wanted | None) -> None:
        if wanted is not None:
            app.run_worker(_take(app, *wanted), group="import", exclusive=False, exit_on_error=False)

    app.push_screen(ImportFileScreen([plain(account.label) for account in app.store.accounts]), take)


async def _take(app: "ShopperApp", path: Path, account: str | None) -> None:
    with told(app):
        try:
            files = await asyncio.to_thread(_files, path)
            results = await _upload_all(app, files, account)
        finally:
            app.store.note_work("")
        app.store.expect(OrdersChanged, ImportsChanged)
        if results:
            app.say(summary(results))


def _files(path: Path) -> list[Path]:
    files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")) if path.is_dir() else [path]
    if not files:
        raise InvalidInput(f"The folder '{plain(path.name)}' has no files. Press i to choose another one.")
    return files


async def _upload_all(app: "ShopperApp", files: list[Path], account: str | None) -> list[ImportResult]:
    results = []
    for place, file in enumerate(files):
        app.store.note_work(progress(place, len(files), file.name))
        try:
            content = await asyncio.to_thread(file.read_bytes)
            results.append(await app.store.client.upload(file.name, content, account))
        except ServerAway:
            raise
        except DomainError as error:
            app.tell_failure(error)
        except OSError as error:
            app.tell_failure(InvalidInput(f"The file '{plain(file.name)}' cannot be opened: {error.strerror}."))
    return results


def progress(done: int, total: int, name: str) -> str:
    """Return what the status line says while files come in."""
    if total == 1:
        return f"importing {plain(name)} …"
    return f"importing {done + 1} of {total} ▕{bar(done / total, _BAR):<{_BAR}}▏ {plain(name)}"


def summary(results: list[ImportResult]) -> str:
    """Return what came in, in one sentence with the next key."""
    new, changed = sum(result.new for result in results), sum(result.changed for result in results)
    same, unread = sum(result.same for result in results), sum(len(result.problems) for result in results)
    parked = sum(result.state == "parked" for result in results)
    said = f"{new} new order{'s' if new != 1 else ''}, {changed} changed, {same} known already."
    said += f" {unread} thing{'s' if unread != 1 else ''} could not be read: press 6." if unread else ""
    return said + (" Some wait until their account is linked: press 5, then l." if parked else "")
